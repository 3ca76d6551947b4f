import { readFile } from "node:fs/promises";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { writeAtomically } from "../files/atomic.js";
import { makeFolder } from "../files/folders.js";
import { withLock } from "../files/lock.js";

/** How long a publisher leaves a login alone that its channel has refused, in ms. */
const restMs = 60 * 60_000;

/** A refused login by its place in the vault; `stamp` changes when somebody logs in anew. */
const refusal = z.object({
  service: z.string(),
  account: z.string(),
  stamp: z.string(),
  at: z.iso.datetime(),
});
type Refusal = z.infer<typeof refusal>;

/** A login by its place in the vault. */
interface Login {
  service: string;
  account: string;
  /** When somebody logged in (ISO 8601); absent for a login from the environment. */
  obtained_at?: string;
}

/** The logins of this machine that their channels have refused. Kept between runs, by this machine's own clock. */
export interface RefusedLogins {
  /** Whether this very login, and not a newer one in its place, was refused last. */
  has(login: Login): boolean;
  /** Whether it was so within the last hour. */
  rests(login: Login, now: Date): boolean;
  note(login: Login, now: Date): Promise<void>;
  forget(login: Login): Promise<void>;
}

/**
 * Reads what earlier runs have noted. A file that is not there or not readable notes nothing.
 *
 * @param folder of this machine's state
 */
export async function readRefusedLogins(folder: string): Promise<RefusedLogins> {
  const file = path.join(folder, "refused-logins.json");
  let refusals = await readRefusals(file);
  const isSame = (login: Login) => (other: Refusal) =>
    other.service === login.service && other.account === login.account;
  const find = (login: Login) =>
    refusals.find((other) => isSame(login)(other) && other.stamp === (login.obtained_at ?? ""));
  // Several logins are opened at once: they write one after the other.
  let saving = Promise.resolve();
  /** Changes what is known here, and what the file says by now: a publisher and a person may run kominfo at the same time. */
  const change = (changed: (before: readonly Refusal[]) => Refusal[]) => {
    refusals = changed(refusals);
    saving = saving
      .then(async () => {
        await makeFolder(folder);
        await withLock(`${file}.lock`, async () => {
          const before = await readRefusals(file);
          const after = changed(before);
          if (isDeepStrictEqual(after, before)) return;
          await writeAtomically(file, `${JSON.stringify(after)}\n`, 0o600);
        });
      })
      // What is not kept is found out again by the next run; publishing depends on none of it.
      .catch(() => {});
    return saving;
  };
  const others = (login: Login) => (before: readonly Refusal[]) =>
    before.filter((other) => !isSame(login)(other));
  return {
    has: (login) => find(login) !== undefined,
    rests(login, now) {
      const age = now.getTime() - Date.parse(find(login)?.at ?? "");
      // A clock that was put back lets it be tried.
      return age >= 0 && age < restMs;
    },
    async note(login, now) {
      const { service, account, obtained_at: stamp = "" } = login;
      const refused = { service, account, stamp, at: now.toISOString() };
      await change((before) => [...others(login)(before), refused]);
    },
    async forget(login) {
      // Most logins were never refused: the lock is taken for those that another program may have noted, too.
      const known = [...refusals, ...(await readRefusals(file))];
      if (known.some(isSame(login))) await change(others(login));
    },
  };
}

async function readRefusals(file: string): Promise<Refusal[]> {
  try {
    return refusal.array().parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    return [];
  }
}
