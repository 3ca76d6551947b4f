import path from "node:path";
import type { Context } from "../context.js";
import { explain } from "../language/explain.js";
import { indexName } from "../post/bundle.js";
import { unfinishedBatches } from "../upload/batches.js";
import { waitingIn } from "../upload/forget.js";
import { refused } from "../upload/journal.js";
import type { Target, UploadOutcome } from "../upload/types.js";
import { isFile, listBundles } from "../workspace/posts.js";
import { isWaiting, readState } from "../workspace/state.js";
import { newsroomOrigin } from "../workspace/workspace.js";
import { whereOf } from "./photo/upload/forget.js";
import { targetJson } from "./photo/upload/upload-report.js";
import type { SentPost } from "./post/submit/queued.js";

/** Something that still waits on this computer after `sync`. */
export interface StillWaiting {
  json:
    | { post: string; reason: string }
    | (ReturnType<typeof targetJson> & { photos: number; reason: string });
  /** "naskah musrenbang: …" */
  line: string;
}

/**
 * Finds what waits on this computer after a `sync`, with the reason, in words.
 *
 * @param done what the `sync` came to
 */
export async function findStillWaiting(
  context: Context,
  done: { posts: readonly SentPost[]; batches: readonly UploadOutcome[] },
): Promise<StillWaiting[]> {
  const { messages, host } = context;
  const { waitingPost, waitingPhotos } = messages.upload;
  const workspace = await context.workspace();
  const found: StillWaiting[] = [];
  for (const { slug, state: file } of await listBundles(workspace)) {
    const state = await readState(file).catch(() => undefined);
    if (!state || !isWaiting(state)) continue;
    const { error } = done.posts.find((post) => post.slug === slug) ?? {};
    const reason = error ? explain(error, messages).message : messages.upload.waitingReasons["not-tried"];
    found.push({ json: { post: slug, reason }, line: waitingPost({ post: slug, reason }) });
  }
  for (const { state } of await unfinishedBatches(workspace.root, host.hostname)) {
    const { target, origin } = state.begun!;
    const { agreed, unagreed } = waitingIn(state);
    const count = agreed + unagreed;
    if (count === 0) continue;
    const reason = await reasonOf(context, {
      ...{ target, unagreed, isElsewhere: origin !== newsroomOrigin(workspace) },
      isRefused: [...state.failed.values()].includes(refused),
      outcome: done.batches.find((batch) => isSame(batch.target, target)),
    });
    const json = { ...targetJson(target), photos: count, reason };
    found.push({ json, line: waitingPhotos({ where: whereOf(context, target), count, reason }) });
  }
  return found;
}

async function reasonOf(
  context: Context,
  batch: {
    target: Target;
    unagreed: number;
    isElsewhere: boolean;
    isRefused: boolean;
    outcome: UploadOutcome | undefined;
  },
): Promise<string> {
  const { messages } = context;
  const reasons = messages.upload.waitingReasons;
  const { target, outcome } = batch;
  if (batch.isElsewhere) return reasons.elsewhere;
  const { posts } = await context.workspace();
  if (target.kind === "post" && !(await isFile(path.join(posts, target.slug, indexName)))) {
    return reasons["post-gone"];
  }
  const error =
    outcome?.paused ?? outcome?.photos.find((photo) => photo.status !== "uploaded" && photo.error)?.error;
  if (error) return explain(error, messages).message;
  if (batch.unagreed > 0) return batch.isRefused ? reasons.refused : reasons.unanswered;
  return reasons["not-tried"];
}

function isSame(one: Target, other: Target): boolean {
  return one.kind === other.kind && one.slug === other.slug;
}
