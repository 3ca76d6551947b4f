import { z } from "zod";
import type { LookupKeys } from "../../contract/contract.js";
import { failed, temporary } from "../../errors/errors.js";
import type { HttpAnswer } from "../../http/client.js";
import { cleanLine } from "../../text/clean.js";
import type { ChannelAccount, Job, Outcome, Session } from "../publishing.js";
import { unanswered } from "../sending/unanswered.js";
import { checkAltTexts, uploadPhotos } from "./media.js";
import { checkLogin, findPost, isPostThere, postAddress, snowflake } from "./posts.js";
import { ask, reasonOf, xProblem } from "./requests.js";
import { postText, textKey } from "./text.js";

const minuteMs = 60_000;
/** When after an intent its timeline is read: by then a request has come to its end. */
const firstLookMs = 2 * minuteMs;
/** X shows a new post within seconds. What is not there by then stays unproved. */
const lastLookMs = 5 * minuteMs;
/** X may be behind the newsroom: by less than five minutes, because it refuses signatures that are further off. */
const clockSpareMs = 6 * minuteMs;
/** A post of an attempt is not older than this after its intent: a commit leaves within 20 s. */
const latestMs = 60 * minuteMs;

const me = z.object({ data: z.object({ id: snowflake, username: z.string().regex(/^\w{1,50}$/) }) });
const created = z.object({ data: z.object({ id: snowflake }) });

export const accountIsStored = true;

export function storedAccount(session: Pick<Session, "secret">): string | undefined {
  return session.secret.user_id ?? idInToken(session);
}

/**
 * Whose login this is. The name is what a login of kominfo has kept; the id begins an access token of OAuth 1.0a. Only where both
 * are missing X is asked, which it bills (0.010 USD): a login in the browser from before the id was kept.
 */
export async function account(session: Session): Promise<ChannelAccount> {
  const { username } = session.secret;
  const known = storedAccount(session);
  if (known !== undefined) return named(known, username);
  const asked = await askWho(session);
  return named(asked.id, asked.username);
}

function named(id: string, username: string | undefined): ChannelAccount {
  return { account: id, label: username === undefined ? id : `@${username}`, mode: "publish" };
}

/** https://docs.x.com/resources/fundamentals/authentication/oauth-1-0a/obtaining-user-access-tokens: "<user id>-…" */
function idInToken({ secret }: Pick<Session, "secret">): string | undefined {
  return secret.client_id === undefined ? /^(\d{1,19})-/.exec(secret.access_token ?? "")?.[1] : undefined;
}

async function askWho(session: Session) {
  const answer = await ask(session, { method: "GET", path: "/2/users/me" });
  const found = answer.status === 200 ? me.safeParse(answer.body).data : undefined;
  if (!found) throw xProblem(answer, session);
  return found.data;
}

/**
 * Uploads the photos with their alt texts. Where there is nothing to upload, the timeline of the last minutes is read, so that a
 * withdrawn login or spent credits end the attempt before its intent, and not as unclear.
 *
 * Throws `x-text-too-long`, `x-alt-too-long`, `x-photo-too-large` (exit 2), `x-credits-spent`, `x-refuses` (exit 1),
 * `channel-refused`, `channel-forbidden` (exit 4), `server-busy` and the other `server-*` (exit 5).
 */
export async function prepare(session: Session, job: Job): Promise<LookupKeys> {
  const text = postText(job);
  checkAltTexts(job.rendering.photos);
  const user = idInToken(session) ?? session.secret.user_id ?? (await job.once("user", () => whoId(session)));
  const quoted = await quotedPost(session, job);
  const { media, hasAsked } = await uploadPhotos(session, job);
  // Photos of an earlier attempt may be in a post that its own lookup has not found.
  const first = Math.min(session.newsroomNow().getTime(), ...media.map((medium) => Date.parse(medium.since)));
  const since = new Date(first - clockSpareMs).toISOString();
  if (!hasAsked && quoted === undefined) await checkLogin(session, user, since);
  return {
    user,
    since,
    text: textKey(text),
    ...(media.length > 0 && { media_ids: media.map(({ id }) => id), media: media.map(({ key }) => key) }),
    ...(quoted !== undefined && { quotes: quoted }),
  };
}

async function whoId(session: Session): Promise<string> {
  return (await askWho(session)).id;
}

/** The post that this one corrects, as long as it can be read: X refuses a quote of what is not there. */
async function quotedPost(session: Session, { corrects }: Job): Promise<string | undefined> {
  const id = corrects?.remote_id ?? /\/status\/(\d{1,19})/.exec(corrects?.url ?? "")?.[1];
  if (id === undefined || !snowflake.safeParse(id).success) return undefined;
  return (await isPostThere(session, id)) ? id : undefined;
}

/** Sends the post. https://docs.x.com/x-api/posts/create-post */
export async function commit(session: Session, job: Job, intent: LookupKeys): Promise<Outcome> {
  const media_ids = listOf(intent.media_ids);
  const body = {
    text: postText(job),
    ...(media_ids.length > 0 && { media: { media_ids } }),
    ...(typeof intent.quotes === "string" && { quote_tweet_id: intent.quotes }),
  };
  let answer: HttpAnswer;
  try {
    answer = await ask(session, { method: "POST", path: "/2/tweets", json: JSON.stringify(body) });
  } catch (error) {
    return unanswered(error, firstLookMs);
  }
  const found =
    answer.status === 201 || answer.status === 200 ? created.safeParse(answer.body).data : undefined;
  if (found) return published(found.data.id);
  // Whatever else it says: such answers came for posts that were live, a duplicate's 403 among them.
  const reason = reasonOf(answer);
  return { state: "unclear", code: String(answer.status), ...(reason && { reason }), again_ms: firstLookMs };
}

function published(id: string): Outcome {
  return { state: "published", remote_id: id, url: postAddress(id) };
}

/**
 * Looks for the post in the account's timeline. It is never `absent`: X has no key of ours, so nothing proves that a post was not
 * made; after the last look a person decides. Throws as `xProblem`.
 */
export async function lookup(session: Session, intent: LookupKeys, elapsedMs: number): Promise<Outcome> {
  const keys = intentKeys.safeParse(intent).data;
  if (!keys) return { state: "unclear" };
  const latest = session.newsroomNow().getTime() - elapsedMs + latestMs;
  // X bills each post that is read, so a lookup of last week's ends soon after the intent.
  const isLongAgo = elapsedMs > 2 * latestMs;
  const found = await findPost(session, {
    ...keys,
    ...(isLongAgo && { until: new Date(latest).toISOString() }),
  });
  if (found !== undefined) return published(found);
  return { state: "unclear", ...(elapsedMs < lastLookMs && { again_ms: lastLookMs }) };
}

const intentKeys = z.object({
  user: snowflake,
  since: z.iso.datetime(),
  text: z.string(),
  media: z.array(z.string()).default([]),
});

function listOf(value: LookupKeys[string] | undefined): string[] {
  return Array.isArray(value) ? value : [];
}

/**
 * Deletes the post, and reads it to see that it is gone. Throws `x-still-there` (exit 5) and as `xProblem`.
 * https://docs.x.com/x-api/posts/delete-post
 */
export async function takeDown(session: Session, remoteId: string): Promise<void> {
  if (!snowflake.safeParse(remoteId).success) {
    throw failed("x-refuses", { status: 404, reason: cleanLine(remoteId) });
  }
  const answer = await ask(session, { method: "DELETE", path: `/2/tweets/${remoteId}` });
  // Not there: an earlier run's deletion whose answer was lost.
  if (answer.status !== 200 && answer.status !== 404) throw xProblem(answer, session);
  for (let tries = 1; await isPostThere(session, remoteId); tries += 1) {
    if (tries === 3) throw temporary("x-still-there", { url: postAddress(remoteId) });
    await session.wait(2000);
  }
}
