import path from "node:path";
import { type Content, type Submission, submissionUrl } from "../contract/contract.js";
import { endStates } from "../contract/lifecycle.js";
import { failed, KominfoError } from "../errors/errors.js";
import { realInside } from "../files/links.js";
import type { UploadMemory } from "../newsroom-client/types.js";
import { type PostState, submissionRecord, withoutPending, withoutQueued } from "../workspace/state.js";
import { firstKey, recogniseCopy, withCopy } from "./copies.js";
import { fitContent, needsFeatures } from "./features.js";
import { contentMark } from "./mark.js";
import { impossibleFor, planSubmit, type SubmitAction } from "./plan.js";
import type { Pending, Queued, SendSession, Submitted } from "./session.js";

/**
 * Sends what is queued: uploads the photos that the newsroom lacks, then the content, under a key that is on disk first. A request of an earlier
 * run is finished before.
 */
export async function sendPost(session: SendSession, queued: Queued): Promise<Submitted> {
  // What the newsroom holds is only certain once the request of an earlier run is finished.
  if (session.state.pending) await sendPending(session, session.state.pending);
  const record = session.state.submission;
  const current = record && (await session.newsroom.submission(record.id));
  const { origin } = session.newsroom;
  const { features } = needsFeatures(queued.content) ? await session.newsroom.service() : { features: [] };
  const { content, plan } = await planOrDequeue(session, current, () => {
    const content = fitContent(queued.content, features, origin);
    return { content, plan: planSubmit(content, current, record?.revision, queued.message) };
  });
  if (plan.action === "nothing") {
    await recordSubmission(session, current!, withoutQueued(session.state), queued);
    // It stays what it is there, which is not what a person means who sends it again.
    if (endStates.includes(current!.state)) throw impossibleFor(current!, session.bundle.slug);
    return submitted(session, current!, "nothing", { uploaded: 0, present: queued.photos.length });
  }
  const photos = await uploadPhotos(session, queued.photos);
  const update = plan.action === "revise" ? plan.update : undefined;
  const submission = await sendContent(session, content, queued, update);
  const sent = submitted(session, submission, plan.action, photos);
  return update ? sent : recogniseCopy(session, submission, sent);
}

/** Content that the newsroom can never accept leaves the queue: a person has to decide first. */
async function planOrDequeue<T>(
  session: SendSession,
  current: Submission | undefined,
  plan: () => T,
): Promise<T> {
  try {
    return plan();
  } catch (error) {
    const rest = withoutQueued(session.state);
    const isImpossible = error instanceof KominfoError && error.code === "step-impossible";
    // What the next command may do depends on the state there; the revision stays the one that was received.
    const latest = isImpossible &&
      current &&
      rest.submission && {
        submission: {
          ...submissionRecord(current, session.newsroom.origin),
          revision: rest.submission.revision,
        },
      };
    await session.save({ ...rest, ...latest });
    throw error;
  }
}

async function uploadPhotos(session: SendSession, queued: Queued["photos"]): Promise<Submitted["photos"]> {
  const { newsroom, bundle, onProgress } = session;
  // The same picture may be listed under two names.
  const photos = [...new Map(queued.map((photo) => [photo.sha256, photo])).values()];
  if (photos.length === 0) return { uploaded: 0, present: 0 };
  const present = await newsroom.findKnownPhotos(photos.map((photo) => photo.sha256));
  // A process killed right after an upload leaves its address; the next save drops it.
  for (const sha256 of present) delete session.state.uploads[sha256];
  const missing = photos.filter((photo) => !present.has(photo.sha256));
  const size = missing.reduce((sum, photo) => sum + photo.bytes, 0);
  let sentBefore = 0;
  for (const [done, { name, ...photo }] of missing.entries()) {
    const report = (sent: number) =>
      onProgress?.({ step: "uploading", done, total: missing.length, sent: sentBefore + sent, size });
    report(0);
    // A shared workspace's state.json may name any path.
    const rendition = {
      ...photo,
      path: await realInside(bundle.folder, path.join(bundle.renditions, name)),
    };
    await newsroom.upload(rendition, uploadMemory(session), { onBytes: report });
    sentBefore += photo.bytes;
  }
  return { uploaded: missing.length, present: photos.length - missing.length };
}

/** Keeps the addresses of unfinished uploads in the state file. */
function uploadMemory(session: SendSession): UploadMemory {
  const saveUploads = (uploads: PostState["uploads"]) => session.save({ ...session.state, uploads });
  return {
    get: (sha256) => session.state.uploads[sha256],
    set: (sha256, url) => saveUploads({ ...session.state.uploads, [sha256]: url }),
    remove: (sha256) => {
      const { [sha256]: _, ...uploads } = session.state.uploads;
      return saveUploads(uploads);
    },
  };
}

async function sendContent(
  session: SendSession,
  content: Content,
  original: Queued,
  update: Pending["update"],
): Promise<Submission> {
  session.onProgress?.({ step: "sending" });
  const { message, mark } = original;
  const pending = {
    origin: session.newsroom.origin,
    key: update ? session.newKey() : firstKey(session),
    content,
    ...(update ? { update } : {}),
    ...(message ? { message } : {}),
    ...(mark ? { mark } : {}),
  };
  // One write: the content is either queued or pending, never both or neither.
  await session.save({ ...withoutQueued(session.state), pending });
  try {
    return await sendPending(session, pending);
  } catch (error) {
    // The newsroom has nothing of it: it only waits, and can be taken out of the queue.
    if (isNeverSent(error) || isTurnedAway(error)) {
      await session.save({ ...withoutPending(session.state), queued: original });
    }
    throw error;
  }
}

/** No connection was made, so that no request can have arrived. A name may be unknown, a port closed, a network absent. */
const withoutConnection = ["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ENETUNREACH", "EHOSTUNREACH"];

function isNeverSent(error: unknown): boolean {
  if (!(error instanceof KominfoError) || error.code !== "server-unreachable") return false;
  return withoutConnection.includes((error as KominfoError<"server-unreachable">).params.reason);
}

/**
 * Whether the newsroom itself turned the sender away before it looked at what was sent. That says nothing of an earlier request with the
 * same key, whose answer was lost; and nothing where something in between refused.
 */
function isTurnedAway(error: unknown): boolean {
  if (!(error instanceof KominfoError)) return false;
  if (error.code === "token-not-enough" || error.code === "client-too-old") return true;
  const isRefused = error.code === "login-refused" || error.code === "not-allowed";
  return isRefused && (error as KominfoError<"login-refused" | "not-allowed">).params.byNewsroom === true;
}

/**
 * Errors that only the newsroom itself returns, and that mean it stored nothing. After any other error the request may
 * have been stored: another server may answer at the newsroom's address.
 */
const refusals: readonly string[] = [
  "newsroom-refused",
  "revision-stale",
  "step-impossible",
  "submission-not-found",
  "submitted-from-copy",
];

/**
 * Sends the request that is on disk, and records the answer. When the answer is lost, the request stays, and the same
 * key gives the first answer later. When the newsroom refuses it, it is removed, so that a corrected post starts anew.
 */
export async function sendPending(session: SendSession, pending: Pending): Promise<Submission> {
  const { bundle, newsroom } = session;
  let submission: Submission;
  try {
    submission = await newsroom.send(pending);
  } catch (error) {
    if (error instanceof KominfoError && refusals.includes(error.code)) {
      await session.save(withoutPending(session.state));
    }
    throw await withCopy(withPostName(error, bundle.slug), session, pending.content);
  }
  // Content that is queued by now was submitted later than this request, so it stays queued.
  await recordSubmission(session, submission, withoutPending(session.state), pending);
  return submission;
}

/** Adds the post to `revision-stale` and `step-impossible`: their hints name it. */
function withPostName(error: unknown, post: string): unknown {
  if (!(error instanceof KominfoError)) return error;
  if (error.code === "step-impossible") {
    return failed("step-impossible", { ...(error as KominfoError<"step-impossible">).params, post }, error);
  }
  if (error.code !== "revision-stale") return error;
  return failed("revision-stale", { ...(error as KominfoError<"revision-stale">).params, post });
}

/** Writes the newsroom's answer and the rest of the state in one step, so that a kill cannot lose queued content. */
async function recordSubmission(
  { save, newsroom }: SendSession,
  answer: Submission,
  { sent: _, ...rest }: PostState,
  { mark, content }: Pick<Queued, "mark" | "content">,
): Promise<void> {
  const { revision } = answer;
  const sent = mark === undefined ? {} : { sent: { revision, mark, content: contentMark(content) } };
  await save({ ...rest, ...sent, submission: submissionRecord(answer, newsroom.origin) });
}

/** What a run that sent, or had nothing to send, came to. */
export function submitted(
  { newsroom }: SendSession,
  submission: Submission,
  action: SubmitAction["action"],
  photos: Submitted["photos"],
): Submitted {
  return { submission, url: submissionUrl(newsroom.origin, submission.id), action, photos };
}
