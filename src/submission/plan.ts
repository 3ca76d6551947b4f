import { isDeepStrictEqual } from "node:util";
import type { Content, Submission } from "../contract/contract.js";
import { mayRevise } from "../contract/lifecycle.js";
import { failed } from "../errors/errors.js";
import type { PreparedSubmission } from "../newsroom-client/types.js";

/** What sending a post amounts to: a new submission, a new revision of one, or nothing at all. */
export type SubmitAction =
  | { action: "create" }
  | { action: "revise"; update: NonNullable<PreparedSubmission["update"]> }
  | { action: "nothing" };

/**
 * Decides from what the newsroom has now. Unchanged content sends nothing, unless it was returned and a message
 * explains why it stays.
 *
 * @param known the revision that this machine last saw
 * Throws `revision-stale` (exit 1) when the newsroom has a newer one, `step-impossible` (exit 1) when nothing may
 * be sent in its state.
 */
export function planSubmit(
  content: Content,
  newsroom: Submission | undefined,
  known: number | undefined,
  message?: string,
): SubmitAction {
  if (!newsroom) return { action: "create" };
  if (known !== undefined && newsroom.revision > known) {
    throw failed("revision-stale", { revision: newsroom.revision, post: content.slug });
  }
  const resubmit = newsroom.state === "returned";
  if (isSame(newsroom.content, content) && !(resubmit && message)) return { action: "nothing" };
  if (!mayRevise(newsroom.state, "operator"))
    throw failed("step-impossible", { possible: newsroom.possible });
  return { action: "revise", update: { id: newsroom.id, revision: newsroom.revision, resubmit } };
}

/** Whether two contents say the same; an instant may be written in another zone. */
function isSame(one: Content, other: Content): boolean {
  const meant = ({ needed_by, embargo, ...rest }: Content) => ({
    ...rest,
    instants: [needed_by, embargo].map((instant) => instant && Date.parse(instant)),
  });
  return isDeepStrictEqual(meant(one), meant(other));
}
