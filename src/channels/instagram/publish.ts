import { z } from "zod";
import type { LookupKeys } from "../../contract/contract.js";
import { isNotThere, readNode } from "../meta/graph.js";
import { graphProblem } from "../meta/problems.js";
import type { Job, Outcome, Session } from "../publishing.js";
import { committed, minuteMs, nextLook } from "../sending/outcome.js";
import { textKey } from "../sending/text.js";
import { openAccount } from "./account.js";
import { type Containers, statusFields, statusOf } from "./containers.js";
import { intentKeys, keysOf, unnamed } from "./intent.js";

export { account, quota, storedAccount } from "./account.js";
export { prepare } from "./prepare.js";
export { takeDown } from "./take-down.js";

/** Minutes after the intent at which the container is asked for; it expires after 24 hours. */
const looks = [1, 5];
const looksWhileProcessing = [1, 5, 15, 60, 6 * 60, 12 * 60, 25 * 60];
/** What Meta's clock and the newsroom's may differ by. */
const slackMs = 5 * minuteMs;
const mediaId = z.string().regex(/^\d{5,30}$/);
const permalink = z
  .url({ protocol: /^https$/, hostname: /(^|\.)instagram\.com$/ })
  .nullable()
  .catch(null);

/** Publishes the container, which Meta does once. The link is asked for afterwards. */
export async function commit(session: Session, _job: Job, intent: LookupKeys): Promise<Outcome> {
  const { user, graph } = openAccount(session);
  const { container } = keysOf(intent, user);
  const outcome = await committed(
    () =>
      graph({
        method: "POST",
        path: `/${encodeURIComponent(user)}/media_publish`,
        form: { creation_id: container },
      }),
    ({ body }) => {
      const id = z.object({ id: mediaId }).safeParse(body).data?.id;
      return id === undefined ? undefined : { remote_id: id, url: null };
    },
  );
  if (outcome.state !== "published") return outcome;
  // It is out, whatever becomes of this question.
  const answer = await readNode(graph, outcome.remote_id, "permalink").catch(() => undefined);
  return { ...outcome, url: z.object({ permalink }).safeParse(answer?.body).data?.permalink ?? null };
}

/**
 * The container tells: a published one is out, and one that is still ready after five minutes was not published. It is then sent
 * again itself, never a second one, since Meta publishes a container once.
 */
export async function lookup(session: Session, intent: LookupKeys, elapsedMs: number): Promise<Outcome> {
  const containers = openAccount(session);
  // A redaction has taken the rest: what it leaves is for a take-down.
  if (!intentKeys.safeParse(intent).success) return { state: "unclear" };
  const { container, text, since } = keysOf(intent, containers.user);
  const answer = await readNode(containers.graph, container, statusFields);
  const { status_code, status } = isNotThere(answer) ? forgotten : statusOf(answer, containers.asked);
  if (status_code === "IN_PROGRESS") {
    const again_ms = nextLook(elapsedMs, looksWhileProcessing);
    return { state: "unclear", code: status_code, ...(again_ms !== undefined && { again_ms }) };
  }
  if (status_code === "FINISHED") {
    const again_ms = nextLook(elapsedMs, looks);
    return again_ms === undefined ? { state: "absent" } : { state: "unclear", code: status_code, again_ms };
  }
  const [media, ...others] = await mediaSince(containers, new Date(since), text);
  if (media && others.length === 0) return { state: "published", remote_id: media.id, url: media.permalink };
  if (status_code === "PUBLISHED")
    return { state: "published", remote_id: `${unnamed}${container}`, url: null };
  // Nothing tells what became of a container that Meta has forgotten, or which of several is ours: a person has to look.
  if (others.length > 0 || status_code === "FORGOTTEN")
    return { state: "unclear", code: status_code, reason: status };
  return { state: "failed", code: status_code, reason: status };
}

/** Of a container that Meta does not know any more. */
const forgotten = { status_code: "FORGOTTEN" as const, status: "" };

const mediaPage = z.object({
  data: z.array(z.object({ id: mediaId, caption: z.string().default(""), permalink, timestamp: z.string() })),
});

/** The account's media since then that have this caption. */
async function mediaSince({ graph, asked, user }: Containers, since: Date, text: string) {
  const from = since.getTime() - slackMs;
  const answer = await graph({
    method: "GET",
    path: `/${encodeURIComponent(user)}/media`,
    query: {
      fields: "id,permalink,caption,timestamp",
      since: String(Math.floor(from / 1000)),
      limit: "100",
    },
  });
  const found = mediaPage.safeParse(answer.body);
  if (answer.status !== 200 || !found.success) throw graphProblem(answer, asked);
  return found.data.data.filter(
    ({ caption, timestamp }) => textKey(caption) === text && !(Date.parse(timestamp) < from),
  );
}
