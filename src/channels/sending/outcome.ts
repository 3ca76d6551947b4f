import type { HttpAnswer } from "../../http/client.js";
import { cleanLine } from "../../text/clean.js";
import { graphFailure, writeGraphCode } from "../meta/graph.js";
import type { Outcome } from "../publishing.js";
import { unanswered } from "./unanswered.js";

/**
 * Sends one commit and says what is known of it. Only the id that `isExpected` knows is a proof; errors of Meta are none, because
 * posts were live that it had answered with 500 (github.com/arsduo/koala/issues/699) and 400 (code 4/2207051,
 * github.com/gitroomhq/postiz-app/pull/1681). Throws nothing that is expected.
 */
export async function committed(
  send: () => Promise<HttpAnswer>,
  provenBy: (answer: HttpAnswer) => { remote_id: string; url: string | null } | undefined,
): Promise<Outcome> {
  try {
    const answer = await send();
    const proof = answer.status === 200 ? provenBy(answer) : undefined;
    if (proof) return { state: "published", ...proof };
    const found = graphFailure(answer);
    return {
      state: "unclear",
      code: found ? writeGraphCode(found) : String(answer.status),
      ...(found && { reason: cleanLine(found.reason).slice(0, 300) }),
      again_ms: 2 * minuteMs,
    };
  } catch (error) {
    return unanswered(error, 2 * minuteMs);
  }
}

export const minuteMs = 60_000;

/** The first of these moments after the intent that is still to come. */
export function nextLook(elapsedMs: number, minutes: readonly number[]): number | undefined {
  return minutes.map((minute) => minute * minuteMs).find((moment) => moment > elapsedMs);
}
