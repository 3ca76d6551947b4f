import type { FastifyRequest } from "fastify";
import { recordFailedLogin } from "../../services/failed-logins.js";
import { findLogin } from "../../store/people/desk-logins.js";
import { deskOrigin } from "../http/session.js";
import type { Desk } from "../types.js";
import { type LoginOutcome, loginNameOf } from "./check.js";

/** Whether a try was evaluated and failed. One that was not evaluated is no failed login: it guesses nothing. */
export function isFailure({ kind }: LoginOutcome): boolean {
  return kind === "wrong" || kind === "no-editor" || kind === "no-key";
}

/**
 * Records in the audit log that somebody tried to log in at the desk, or to confirm that they are who logged in.
 *
 * @param whose the login name that was typed, or the id of the person whose session it is; absent when nobody knows
 */
export async function failedLogin(
  { writeOpenly, now }: Pick<Desk, "writeOpenly" | "now">,
  request: FastifyRequest,
  way: "password" | "link" | "code",
  whose?: { typed: string } | { id: string },
): Promise<void> {
  await writeOpenly(request, async (transaction) => {
    const subject =
      whose && "typed" in whose
        ? (await findLogin(transaction, loginNameOf(whose.typed)))?.user_id
        : whose?.id;
    await recordFailedLogin(transaction, { way, subject, origin: deskOrigin(request) }, now());
  });
}
