import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type ExitCode, exit, KominfoError } from "../errors/errors.js";
import type { ImageEngine } from "../photo/types.js";
import type { Post } from "../post/types.js";
import type { Bundle } from "../workspace/posts.js";
import { type PostState, readState, withoutQueued } from "../workspace/state.js";
import { contentOf } from "./content.js";
import { contentMark, manuscriptMark } from "./mark.js";
import { allowedAction } from "./plan.js";
import { countPhotosToPrepare, type PreparedPhoto, preparePhotos } from "./prepare.js";
import { sendPending, sendPost, submitted } from "./send.js";
import {
  type Queued,
  type SendSession,
  type SubmitDeps,
  type Submitted,
  type Unasked,
  withSession,
} from "./session.js";

interface SubmitRequest extends SubmitDeps {
  post: Post;
  body: string;
  /** Of the workspace, without `#`. */
  hashtags?: readonly string[];
  message?: string;
  /** Called only when there are photos to resize. */
  images: () => Promise<ImageEngine>;
  signal: AbortSignal;
}

/** Predicts `submitPost` from the local state alone: sends no request and writes nothing. */
export async function previewSubmit(request: Pick<SubmitRequest, "bundle" | "post" | "images">) {
  const state = await readState(request.bundle.state);
  const toPrepare = await countPhotosToPrepare(request, state);
  return { action: allowedAction(state.submission), toPrepare };
}

/**
 * Submits a post: prepares its photos, queues content and photos on disk, uploads the photos that the newsroom lacks,
 * and sends the content under a key that is on disk first. After a kill at any point, or without a connection, the same
 * call or `sendQueued` ends with one complete submission and sends no photo twice. One process at a time per bundle
 * (`lock-held`, exit 5).
 */
export async function submitPost(request: SubmitRequest): Promise<Submitted | Unasked> {
  return withSession(request, async (session) => {
    const queuedBefore = session.state.queued;
    const queued = await prepareContent(request, session.state);
    const known = isUnchanged(session.state, queued) ? session.state.submission : undefined;
    await session.save({ ...session.state, queued });
    try {
      return await sendPost(session, queued);
    } catch (error) {
      // The newsroom has it already: nothing waits, and nothing will have been sent.
      if (known && error instanceof KominfoError && waits.includes(error.exit)) {
        await session.save(withoutQueued(session.state));
        const present = queued.photos.length;
        const photos = { uploaded: 0, present };
        return { submission: known, url: known.url, action: "nothing", photos, unasked: error };
      }
      // After Ctrl-C or a refusal, do not send this content later, but keep the content that was queued before.
      if (error instanceof KominfoError && !waits.includes(error.exit)) {
        await restoreQueue(session, queuedBefore);
      }
      throw error;
    }
  });
}

/** What passes: the connection, or a login that a person renews. Then the content waits for `sendQueued`. */
const waits: readonly ExitCode[] = [exit.temporary, exit.denied];

/** Whether the newsroom was sent exactly this, as far as this computer knows; a message to a returned post is something new. */
function isUnchanged({ pending, sent, submission }: PostState, { content, message }: Queued): boolean {
  if (pending || !submission || sent?.revision !== submission.revision) return false;
  if (submission.state === "returned" && message) return false;
  return sent.content === contentMark(content);
}

/** Sends a bundle's queued or pending content as `submitPost` does. Returns undefined where there is none. */
export async function sendQueued(deps: SubmitDeps): Promise<Submitted | undefined> {
  return withSession(deps, async (session) => {
    const { queued, pending } = session.state;
    if (queued) return sendPost(session, queued);
    if (!pending) return undefined;
    const submission = await sendPending(session, pending);
    const action = pending.update ? "revise" : "create";
    return submitted(session, submission, action, { uploaded: 0, present: 0 });
  });
}

async function prepareContent(request: SubmitRequest, state: PostState): Promise<Queued> {
  const { bundle, post, body, hashtags, message } = request;
  const prepared = await preparePhotos(request, state);
  return {
    content: contentOf(bundle.slug, post, body, prepared, hashtags),
    photos: [...prepared.values()].map((photo) => queuedPhoto(photo, bundle)),
    mark: manuscriptMark({ post, body }),
    ...(message ? { message } : {}),
  };
}

function queuedPhoto(
  { path: file, bytes, sha256, source_sha256, filename }: PreparedPhoto,
  { renditions }: Bundle,
): Queued["photos"][number] {
  return {
    name: path.relative(renditions, file),
    bytes,
    sha256,
    source_sha256: source_sha256 ?? sha256,
    filename,
  };
}

/** Restores the content that was queued before this run, unless this run's content has left the queue. */
async function restoreQueue(session: SendSession, queued: Queued | undefined): Promise<void> {
  const { state } = session;
  if (!state.queued || isDeepStrictEqual(state.queued, queued)) return;
  await session.save({ ...withoutQueued(state), ...(queued && { queued }) });
}
