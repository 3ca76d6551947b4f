import { randomUUID } from "node:crypto";
import type { Context } from "../../context.js";
import { exit, KominfoError } from "../../errors.js";
import type { NewsroomClient } from "../../newsroom/client/types.js";
import { sendQueued } from "../../submission/submit.js";
import { createProgress } from "../../terminal/progress.js";
import { listBundles } from "../../workspace/posts.js";
import { isWaiting, readState } from "../../workspace/state.js";

/** What became of a post that was queued. */
export interface SentPost {
  slug: string;
  submission?: { id: string; revision: number; state: string; url: string };
  error?: KominfoError;
}

/** Failures that pass, but not by themselves: each says what to do. */
const toBeMended: readonly string[] = ["lock-held", "photos-not-taken"];

/** A failure that passes, said of a post that waits on this computer meanwhile; any other as it is. */
export function asQueued(error: unknown, post: string): unknown {
  const passes =
    error instanceof KominfoError && error.exit === exit.temporary && !toBeMended.includes(error.code);
  if (!passes) return error;
  return new KominfoError(exit.temporary, "submission-queued", { post }, { cause: error, details: [error] });
}

/** Sends every post of the workspace that is queued; one that fails stops no other, but for a lost login. */
export async function sendQueuedPosts(context: Context): Promise<SentPost[]> {
  const { messages, output } = context;
  const progress = createProgress(output);
  const posts: SentPost[] = [];
  let newsroom: NewsroomClient | undefined;
  for (const bundle of await listBundles(await context.workspace())) {
    const state = await readState(bundle.state).catch(() => undefined);
    if (!state || !isWaiting(state)) continue;
    progress.update({ label: messages.upload.sending({ post: bundle.slug }) });
    try {
      newsroom ??= await context.newsroom();
      const sent = await sendQueued({ bundle, newsroom, newKey: randomUUID });
      if (!sent) continue;
      const { id, revision, state: now } = sent.submission;
      posts.push({ slug: bundle.slug, submission: { id, revision, state: now, url: sent.url } });
    } catch (error) {
      if (!(error instanceof KominfoError) || error.exit === exit.cancelled) throw error;
      posts.push({ slug: bundle.slug, error });
      if (error.exit === exit.denied) break;
    } finally {
      progress.clear();
    }
  }
  return posts;
}
