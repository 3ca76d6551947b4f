import type { LookupKeys } from "../../contract/contract.js";
import type { HttpAnswer } from "../../http/client.js";
import type { ChannelAccount, Job, Outcome, Session } from "../publishing.js";
import { unanswered } from "../sending/unanswered.js";
import { articleOf } from "./article.js";
import {
  correctionBody,
  correctionIntent,
  findCorrected,
  lookupCorrection,
  mediaKeys,
} from "./correction.js";
import { findDraft, writeDraft } from "./draft.js";
import { droppedPhotos } from "./dropped-photos.js";
import { accountOf, siteHome } from "./home.js";
import { prepareParts, together } from "./parts.js";
import { lastNote, outcomeOf, post, postFields, readPost, unclearAnswer } from "./posts.js";
import { ask, isSuccess, siteUser } from "./site.js";

export { removeDropped } from "./dropped-photos.js";
export { findPictures, storedPictures, storePicture } from "./media.js";
export { removePictures, takeDown } from "./take-down.js";

/** By then a server is done with a commit, in ms since the intent. */
const settledMs = 2 * 60_000;

export function storedAccount({ origin }: Pick<Session, "origin">): string {
  return origin;
}

/** The site, and whether its user publishes there or hands over to its editors. */
export async function account(session: Session): Promise<ChannelAccount> {
  const [user, home] = await Promise.all([siteUser(session), siteHome(session)]);
  const { origin } = session;
  const mode = user.can("publish_posts") ? "publish" : "pending";
  const account = accountOf(origin, home);
  return { account, label: new URL(home ?? account).host, mode, ...(home !== undefined && { home }) };
}

/**
 * Stores the photos and writes the article as a draft. What is there already is found again: a photo by its bytes, the
 * draft by its number that was announced, or by the publication's id. A correction has no draft: its commit writes the live post.
 *
 * Throws `web-role`, `web-not-editable`, `channel-refused` (exit 4), `web-not-live`, `web-firewall`,
 * `web-upload-refused`, `web-refused`, `web-text-changed`, `web-answer-broken`, `channel-not-there` (exit 1),
 * `channel-hidden` and `server-*`.
 */
export async function prepare(session: Session, job: Job): Promise<LookupKeys> {
  const user = await siteUser(session);
  const live = job.corrects && (await findCorrected(session, job.corrects));
  const [parts, draft] = await together([
    prepareParts(session, user, job),
    live ? undefined : findDraft(session, job),
  ]);
  const article = articleOf(job.rendering, parts.media);
  const by = { user: String(user.id), mode: user.can("publish_posts") ? "publish" : "pending" };
  const kept = new Set([...parts.media.values()].map(({ id }) => id));
  const dropped = live ? await droppedPhotos(session, live, kept) : [];
  const intent = live
    ? {
        ...{ ...by, ...correctionIntent(live, job.rendering, article, parts) },
        ...(dropped.length > 0 && { dropped }),
      }
    : {
        ...by,
        post: String((await writeDraft(session, job.publication, article, parts, draft)).id),
        // Named so that a take-down finds them, whatever the site's editors have made of the post.
        ...(parts.media.size > 0 && { media: mediaKeys(job.rendering, parts) }),
      };
  const total = job.rendering.photos.length + 1;
  job.onProgress?.({ done: total, total });
  return intent;
}

/** Publishes the draft, hands it over to the site's editors, or writes a correction into the live post. */
export async function commit(session: Session, job: Job, intent: LookupKeys): Promise<Outcome> {
  const isCorrection = intent.corrects !== undefined;
  const id = String(intent.corrects ?? intent.post);
  const status = intent.mode === "publish" ? "publish" : "pending";
  const body = isCorrection
    ? correctionBody(job.rendering, intent)
    : { status, slug: job.rendering.article?.slug };
  let answer: HttpAnswer;
  try {
    answer = await ask(session, {
      method: "POST",
      path: `/posts/${id}?${postFields}`,
      json: JSON.stringify(body),
    });
  } catch (error) {
    return unanswered(error, settledMs);
  }
  const written = isSuccess(answer) ? post.safeParse(answer.body).data : undefined;
  const outcome = written && String(written.id) === id ? outcomeOf(written, id) : undefined;
  if (outcome?.state === "published" || (outcome?.state === "handed_over" && !isCorrection)) return outcome;
  return { state: "unclear", ...unclearAnswer(answer), again_ms: settledMs };
}

/**
 * Reads the post of the intent. A site shows a draft to its author and to editors only, so another user may not learn
 * more than that it is not published; then a person has to decide.
 */
export async function lookup(session: Session, intent: LookupKeys, elapsedMs: number): Promise<Outcome> {
  const isSettled = elapsedMs >= settledMs;
  const untouched: Outcome = isSettled ? { state: "absent" } : { state: "unclear", again_ms: settledMs };
  if (intent.corrects !== undefined) return lookupCorrection(session, intent, untouched);
  // A redaction has taken it: what it leaves is for a take-down.
  if (intent.post === undefined) return { state: "unclear" };
  const id = String(intent.post);
  const outcome = outcomeOf(await readPost(session, id), id);
  return outcome.state === "draft" ? untouched : outcome;
}

/** Asks what the site's editors have done with a post that was handed over. */
export async function follow(session: Session, remoteId: string): Promise<Outcome & { note?: string }> {
  const found = await readPost(session, remoteId);
  const outcome = outcomeOf(found, remoteId);
  if (outcome.state !== "draft") return outcome;
  const note = await lastNote(session, remoteId);
  return { state: "failed", code: "returned", reason: note ?? "", ...(note !== undefined && { note }) };
}
