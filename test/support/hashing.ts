import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import { afterAll, beforeAll } from "vitest";

const quickCost = 2 ** 10;
/** What comes at once shall still meet while passwords are hashed. */
const hashingMs = 20;

/** The one form of scrypt that the program calls. */
type Scrypt = (
  typed: string,
  salt: Buffer,
  length: number,
  options: crypto.ScryptOptions,
  done: (error: Error | null, key: Buffer) => void,
) => void;

/** Lets `hash` stand for scrypt in all its forms. */
export const asScrypt = (hash: Scrypt): typeof crypto.scrypt => hash as typeof crypto.scrypt;

/**
 * Lets scrypt do little work in this suite, whose subject is not what a guess costs: whoever calls it still says the
 * full cost. What is sealed so opens in this suite only.
 */
export function hashQuickly(): void {
  const real = crypto.scrypt;
  const replaceWith = (scrypt: typeof real) => {
    crypto.scrypt = scrypt;
    syncBuiltinESMExports();
  };
  beforeAll(() =>
    replaceWith(
      asScrypt((typed, salt, length, options, done) =>
        real(typed, salt, length, { ...options, N: quickCost }, (error, key) =>
          setTimeout(done, hashingMs, error, key),
        ),
      ),
    ),
  );
  afterAll(() => replaceWith(real));
}
