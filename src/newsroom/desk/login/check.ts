import { mayEnterDesk } from "../../services/people/login-links.js";
import {
  failuresOf,
  findLogin,
  forgetFailures,
  noteFailure,
  spendTotpStep,
} from "../../store/people/desk-logins.js";
import type { Desk } from "../types.js";
import { isPassword, maxPasswordLength } from "./password.js";
import { totpStep } from "./totp.js";

/** This many failures cause no wait. After that, each failure doubles the wait, up to `maxWaitMs`. */
const freeFailures = 5;
const firstWaitMs = 60 * 1000;
const maxWaitMs = 15 * 60 * 1000;

type LoginOutcome =
  | { kind: "right"; userId: string }
  | { kind: "wrong" }
  | { kind: "wait"; minutes: number }
  | { kind: "no-editor" };

/**
 * Checks name, password and code. An unknown name takes as long and gives the same answer as a wrong password. After
 * too many failures the name has to wait, whatever is typed and from whatever address, so that guessing stays slow.
 * A locked-out editor can still log in by an admin's link.
 */
export async function checkLogin(
  { store, writeOpenly }: Pick<Desk, "store" | "writeOpenly">,
  typed: { name: string; password: string; code: string },
  now: Date,
): Promise<LoginOutcome> {
  const name = loginNameOf(typed.name);
  const failures = await failuresOf(store, name);
  const waitMs = failures ? waitOf(failures.failures) - (now.getTime() - Date.parse(failures.last_at)) : 0;
  if (waitMs > 0) return { kind: "wait", minutes: Math.ceil(waitMs / 60_000) };

  const login = await findLogin(store, name);
  const password = typed.password.slice(0, maxPasswordLength + 1);
  const isRight = await isPassword(password, login?.password);
  const step = login && isRight ? totpStep(login.totp_secret, typed.code, now) : undefined;
  const isSpent = await writeOpenly(async (transaction) => {
    if (login && step !== undefined && (await spendTotpStep(transaction, login.user_id, step))) {
      await forgetFailures(transaction, name);
      return true;
    }
    await noteFailure(transaction, name, (failures?.failures ?? 0) + 1, now);
    return false;
  });
  if (!login || !isSpent) return { kind: "wrong" };
  return (await mayEnterDesk(store, login.user_id, now))
    ? { kind: "right", userId: login.user_id }
    : { kind: "no-editor" };
}

/** Normalises a typed login name to lower case, as stored. Does not validate: an invalid name matches no login. */
export function loginNameOf(typed: string): string {
  return typed.trim().toLowerCase().slice(0, 100);
}

function waitOf(failures: number): number {
  if (failures < freeFailures) return 0;
  return Math.min(maxWaitMs, firstWaitMs * 2 ** Math.min(10, failures - freeFailures));
}
