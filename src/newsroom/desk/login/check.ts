import type { FastifyRequest } from "fastify";
import type { Transact } from "../../http/write.js";
import { mayEnterDesk } from "../../services/people/login-links.js";
import type { Store } from "../../store/database/open.js";
import {
  beginTry,
  endTry,
  failuresOf,
  findLogin,
  forgetFailures,
  spendTotpStep,
} from "../../store/people/desk-logins.js";
import type { DeskLoginRow } from "../../store/schema.js";
import type { Desk } from "../types.js";
import { isPassword, maxPasswordLength } from "./password.js";
import { totpStep } from "./totp.js";

/** This many failures cause no wait. After that, each failure doubles the wait, up to `maxWaitMs`. */
const freeFailures = 5;
const firstWaitMs = 60 * 1000;
const maxWaitMs = 15 * 60 * 1000;
/** A try that has not ended after this time is taken for abandoned: its process has died. Milliseconds. */
const tryMs = 30 * 1000;

/** Why a try is not evaluated: too many have failed, or another one for this name is evaluated right now. */
type Refusal = { kind: "wait"; minutes: number } | { kind: "busy" };

export type LoginOutcome =
  | Refusal
  | { kind: "right" }
  | { kind: "wrong" }
  | { kind: "no-editor" }
  /** The password is right, but the authenticator's secret is sealed with another key than this newsroom's. */
  | { kind: "no-key" };

/**
 * Checks name, password and code. An unknown name takes as long and gives the same answer as a wrong password. After
 * too many failures the name has to wait, whatever is typed and from whatever address, so that guessing stays slow.
 * A locked-out editor can still log in by an admin's link.
 *
 * A try is counted as failed before it is evaluated, one at a time for a name, in the database: of many at once, to
 * whatever process, no more are evaluated than would be one after the other. Success takes the count back. Throws
 * `too-many-requests` (503) when too many wait for their turn.
 *
 * @param enter runs in the transaction in which the login is found right, with the user's id
 */
export async function checkLogin(
  desk: Pick<Desk, "store" | "writeOpenly" | "now" | "hashing" | "secretsKey">,
  request: FastifyRequest,
  typed: { name: string; password: string; code: string },
  enter: (transaction: Store, userId: string) => Promise<void>,
): Promise<LoginOutcome> {
  const write: Transact = (work) => desk.writeOpenly(request, work);
  const name = loginNameOf(typed.name);
  // Asked before the queue too, so that guesses that will be refused fill no places in it.
  const refusal = await refusalOf(desk.store, name, desk.now());
  if (refusal) return refusal;
  return desk.hashing(async () => {
    const late = await write((transaction) => takeTry(transaction, name, desk.now()));
    if (late) return late;
    try {
      return await evaluate(desk, write, name, typed, enter);
    } catch (error) {
      await write((transaction) => endTry(transaction, name));
      throw error;
    }
  });
}

/** Takes the right to evaluate one try, and counts it. Returns the reason when it is refused. */
async function takeTry(transaction: Store, name: string, now: Date): Promise<Refusal | undefined> {
  const refusal = await refusalOf(transaction, name, now);
  if (refusal) return refusal;
  const failures = ((await failuresOf(transaction, name))?.failures ?? 0) + 1;
  await beginTry(transaction, name, { failures, at: now, until: new Date(now.getTime() + tryMs) });
  return undefined;
}

async function refusalOf(store: Store, name: string, now: Date): Promise<Refusal | undefined> {
  const tries = await failuresOf(store, name);
  if (!tries) return undefined;
  if (tries.trying_until !== null && tries.trying_until > now.toISOString()) return { kind: "busy" };
  const waitMs = waitOf(tries.failures) - (now.getTime() - Date.parse(tries.last_at));
  return waitMs > 0 ? { kind: "wait", minutes: Math.ceil(waitMs / 60_000) } : undefined;
}

async function evaluate(
  desk: Pick<Desk, "store" | "now" | "secretsKey">,
  write: Transact,
  name: string,
  typed: { password: string; code: string },
  enter: (transaction: Store, userId: string) => Promise<void>,
): Promise<LoginOutcome> {
  const login = await findLogin(desk.store, name);
  const isRight = await isPassword(typed.password.slice(0, maxPasswordLength + 1), login?.password);
  const secret = login && isRight ? desk.secretsKey.open(login.totp_secret, login.user_id) : undefined;
  const step = secret === undefined ? undefined : totpStep(secret, typed.code, desk.now());
  return write(async (transaction) => {
    if (login && step !== undefined && (await isStillValid(transaction, login, step))) {
      await forgetFailures(transaction, name);
      if (!(await mayEnterDesk(transaction, login.user_id, desk.now()))) return { kind: "no-editor" };
      await enter(transaction, login.user_id);
      return { kind: "right" };
    }
    await endTry(transaction, name);
    return isRight && secret === undefined ? { kind: "no-key" } : { kind: "wrong" };
  });
}

/** Whether the password was not replaced while it was hashed, and the code not used. Spends the code. */
async function isStillValid(transaction: Store, login: DeskLoginRow, step: number): Promise<boolean> {
  const current = await findLogin(transaction, login.login_name);
  if (current?.user_id !== login.user_id || current.password !== login.password) return false;
  return spendTotpStep(transaction, login.user_id, step);
}

/** Normalises a typed login name to lower case, as stored. Does not validate: an invalid name matches no login. */
export function loginNameOf(typed: string): string {
  return typed.trim().toLowerCase().slice(0, 100);
}

function waitOf(failures: number): number {
  if (failures < freeFailures) return 0;
  return Math.min(maxWaitMs, firstWaitMs * 2 ** Math.min(10, failures - freeFailures));
}
