import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { exit, failed, KominfoError } from "../errors.js";
import type { NewsroomClient, UploadMemory } from "../newsroom/client/types.js";
import { type Submission, submissionUrl } from "../newsroom/contract.js";
import type { ImageEngine } from "../photo/types.js";
import type { Post } from "../post/types.js";
import type { Bundle } from "../workspace/posts.js";
import {
  knownSubmission,
  type PostState,
  readState,
  requireHere,
  whileSending,
  writeState,
} from "../workspace/state.js";
import { contentOf } from "./content.js";
import { planSubmit, type SubmitAction } from "./plan.js";
import { type PreparedPhoto, preparePhotos } from "./prepare.js";

/** What sending what is queued needs. */
export interface Sending {
  bundle: Bundle;
  newsroom: NewsroomClient;
  /** A UUID that nobody has used. */
  newKey: () => string;
  onProgress?: (progress: SubmitProgress) => void;
}

interface SubmitRequest extends Sending {
  post: Post;
  body: string;
  message?: string;
  /** Only asked for when there are photos. */
  images: () => Promise<ImageEngine>;
  signal: AbortSignal;
}

type Queued = NonNullable<PostState["queued"]>;
type QueuedPhoto = Queued["photos"][number];

export type SubmitProgress =
  | { step: "preparing"; done: number; total: number }
  /** Bytes. */
  | { step: "uploading"; done: number; total: number; sent: number; size: number }
  | { step: "sending" };

export interface Submitted {
  submission: Submission;
  url: string;
  action: SubmitAction["action"];
  photos: { uploaded: number; present: number };
}

/**
 * Brings a post to the newsroom: photos prepared, what is to be sent written down, those photos that are not known
 * there uploaded, then the content sent under a key that is on disk before. Killed anywhere, or without a line, the
 * same call again or `sendQueued` ends with one submission, complete, and sends no photo twice. One process at a time
 * per bundle (`lock-held`, exit 5).
 */
export async function submitPost(request: SubmitRequest): Promise<Submitted> {
  const { bundle, message } = request;
  return whileSending(bundle.state, async () => {
    const state = await readState(bundle.state);
    requireHere(state, request.newsroom.origin, bundle.slug);
    const prepared = await preparePhotos(request, state);
    const content = contentOf(bundle.slug, request.post, request.body, prepared);
    const queued = {
      content,
      photos: [...prepared.values()].map((photo) => queuedPhoto(photo, bundle)),
      ...(message ? { message } : {}),
    };
    await writeState(bundle.state, { ...state, queued });
    try {
      return await bring(request, { ...state, queued }, queued);
    } catch (error) {
      // Who presses Ctrl-C does not want it sent later; what was queued before still is.
      if (error instanceof KominfoError && error.exit === exit.cancelled) {
        await requeue(bundle, state.queued);
      }
      throw error;
    }
  });
}

/** Sends what is queued in a bundle; undefined where nothing is. Like `submitPost` otherwise. */
export async function sendQueued(request: Sending): Promise<Submitted | undefined> {
  const { bundle } = request;
  return whileSending(bundle.state, async () => {
    const state = await readState(bundle.state);
    requireHere(state, request.newsroom.origin, bundle.slug);
    if (state.queued) return bring(request, state, state.queued);
    if (!state.pending) return undefined;
    const submission = await deliver(request, state, state.pending);
    await remember(request, state, submission);
    const action = state.pending.update ? "revise" : "create";
    return outcome(request.newsroom, submission, action, { uploaded: 0, present: 0 });
  });
}

async function bring(request: Sending, before: PostState, queued: Queued): Promise<Submitted> {
  const { newsroom, bundle } = request;
  const state = await settle(before, request);
  const known = state.submission;
  const current = known && (await newsroom.submission(known.id));
  const plan = await planned(bundle, state, () =>
    planSubmit(queued.content, current, known?.revision, queued.message),
  );
  if (plan.action === "nothing") {
    await remember(request, state, current!);
    return outcome(newsroom, current!, "nothing", { uploaded: 0, present: queued.photos.length });
  }
  const photos = await upload(request, state, queued.photos);
  const update = plan.action === "revise" ? plan.update : undefined;
  const submission = await send(request, state, queued, update);
  return outcome(newsroom, submission, plan.action, photos);
}

async function requeue(bundle: Bundle, queued: Queued | undefined): Promise<void> {
  const now = await readState(bundle.state);
  if (!now.queued || isDeepStrictEqual(now.queued, queued)) return;
  await writeState(bundle.state, { ...withoutQueued(now), ...(queued && { queued }) });
}

/** What can never be sent as it is does not wait: a person has to decide first. */
async function planned<T>(bundle: Bundle, state: PostState, plan: () => T): Promise<T> {
  try {
    return plan();
  } catch (error) {
    await writeState(bundle.state, withoutQueued(state));
    throw error;
  }
}

function outcome(
  newsroom: NewsroomClient,
  submission: Submission,
  action: SubmitAction["action"],
  photos: Submitted["photos"],
): Submitted {
  return { submission, url: submissionUrl(newsroom.origin, submission.id), action, photos };
}

/** What an earlier run left half-done is ended first: only then is it known what the newsroom has. */
async function settle(state: PostState, request: Sending): Promise<PostState> {
  if (!state.pending) return state;
  const { queued } = state;
  const submission = await deliver(request, state, state.pending);
  const settled = await remember(request, state, submission);
  // What is asked for now was asked after that, and waits still.
  const next = queued ? { ...settled, queued } : settled;
  if (queued) await writeState(request.bundle.state, next);
  return next;
}

async function upload(
  request: Sending,
  state: PostState,
  renditions: readonly QueuedPhoto[],
): Promise<Submitted["photos"]> {
  const { newsroom, bundle, onProgress } = request;
  // The same picture may be listed twice under two names.
  const photos = [...new Map(renditions.map((one) => [one.sha256, one])).values()];
  if (photos.length === 0) return { uploaded: 0, present: 0 };
  const present = await newsroom.known(photos.map((photo) => photo.sha256));
  // A process that was killed after an upload had no time to forget its address.
  for (const sha256 of present) delete state.uploads[sha256];
  const missing = photos.filter((photo) => !present.has(photo.sha256));
  const size = missing.reduce((sum, photo) => sum + photo.bytes, 0);
  let before = 0;
  for (const [done, { name, ...photo }] of missing.entries()) {
    const tell = (sent: number) =>
      onProgress?.({ step: "uploading", done, total: missing.length, sent: before + sent, size });
    tell(0);
    const rendition = { ...photo, path: path.join(bundle.renditions, name) };
    await newsroom.upload(rendition, memory(bundle, state), { onBytes: tell });
    before += photo.bytes;
  }
  return { uploaded: missing.length, present: photos.length - missing.length };
}

function queuedPhoto(
  { path: file, bytes, sha256, source_sha256, filename }: PreparedPhoto,
  { renditions }: Bundle,
) {
  return {
    name: path.relative(renditions, file),
    bytes,
    sha256,
    source_sha256: source_sha256 ?? sha256,
    filename,
  };
}

function memory(bundle: Bundle, state: PostState): UploadMemory {
  return {
    get: (sha256) => state.uploads[sha256],
    set: async (sha256, url) => {
      state.uploads[sha256] = url;
      await writeState(bundle.state, state);
    },
    remove: async (sha256) => {
      delete state.uploads[sha256];
      await writeState(bundle.state, state);
    },
  };
}

async function send(
  request: Sending,
  state: PostState,
  { content, message }: Queued,
  update: NonNullable<PostState["pending"]>["update"],
): Promise<Submission> {
  const { bundle, newsroom } = request;
  request.onProgress?.({ step: "sending" });
  const pending = {
    origin: newsroom.origin,
    key: request.newKey(),
    content,
    ...(update ? { update } : {}),
    ...(message ? { message } : {}),
  };
  // From here on it is the pending request that counts.
  const sending = { ...withoutQueued(state), pending };
  await writeState(bundle.state, sending);
  const submission = await deliver(request, sending, pending);
  await remember(request, sending, submission);
  return submission;
}

/** Said by the newsroom itself; a stranger's answer at its address proves nothing about what was done. */
const refusals: readonly string[] = [
  "newsroom-refused",
  "revision-stale",
  "step-impossible",
  "submission-not-found",
];

/**
 * Sends what is on disk. A lost answer leaves it there, and the same key later gives the first answer; a refusal
 * (nothing was done, and nothing would be) takes it away, so that a mended post starts anew.
 */
async function deliver(
  { bundle, newsroom }: Sending,
  state: PostState,
  pending: NonNullable<PostState["pending"]>,
): Promise<Submission> {
  try {
    return await newsroom.send(pending);
  } catch (error) {
    if (error instanceof KominfoError && refusals.includes(error.code))
      await writeState(bundle.state, withoutPending(state));
    throw staleIn(bundle.slug, error);
  }
}

/** A refusal for a newer revision names the post: it is the one to pull. */
function staleIn(post: string, error: unknown): unknown {
  if (!(error instanceof KominfoError && error.code === "revision-stale")) return error;
  return failed("revision-stale", { ...(error as KominfoError<"revision-stale">).params, post });
}

async function remember(
  { bundle, newsroom }: Sending,
  state: PostState,
  now: Submission,
): Promise<PostState> {
  const submission = knownSubmission(now, newsroom.origin);
  const next = { ...withoutQueued(withoutPending(state)), submission };
  await writeState(bundle.state, next);
  return next;
}

function withoutPending({ pending: _, ...rest }: PostState): PostState {
  return rest;
}

function withoutQueued({ queued: _, ...rest }: PostState): PostState {
  return rest;
}
