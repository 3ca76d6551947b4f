import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { writeAtomically } from "../files/atomic.js";

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
  // Several logins are opened at once: they write one after the other, each what is known by then.
  let saving = Promise.resolve();
  const save = (next: Refusal[]) => {
    refusals = next;
    saving = saving
      .then(() => writeAtomically(file, `${JSON.stringify(refusals)}\n`, 0o600))
      // What is not kept is found out again by the next run; publishing depends on none of it.
      .catch(() => {});
    return saving;
  };
  return {
    has: (login) => find(login) !== undefined,
    rests(login, now) {
      const age = now.getTime() - Date.parse(find(login)?.at ?? "");
      // A clock that was put back lets it be tried.
      return age >= 0 && age < restMs;
    },
    async note(login, now) {
      const { service, account, obtained_at: stamp = "" } = login;
      const others = refusals.filter((other) => !isSame(login)(other));
      await save([...others, { service, account, stamp, at: now.toISOString() }]);
    },
    async forget(login) {
      const others = refusals.filter((other) => !isSame(login)(other));
      if (others.length < refusals.length) await save(others);
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
