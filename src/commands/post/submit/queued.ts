import { randomUUID } from "node:crypto";
import type { Context } from "../../../context.js";
import { exit, KominfoError } from "../../../errors/errors.js";
import type { NewsroomClient } from "../../../newsroom-client/types.js";
import { hasLaterChanges } from "../../../submission/queue.js";
import { sendQueued } from "../../../submission/submit.js";
import { logTransfer } from "../../../terminal/debug.js";
import { createProgress } from "../../../terminal/progress.js";
import { type Bundle, listBundles } from "../../../workspace/posts.js";
import { isWaiting, readState } from "../../../workspace/state.js";
import { warnOfLinks } from "../links.js";

/** The result of sending a queued post: a submission or an error. */
export interface SentPost {
  slug: string;
  submission?: { id: string; revision: number; state: string; url: string };
  /** The newsroom has it already: nothing was sent. */
  isUnchanged?: boolean;
  /** index.md says something else by now than what was sent. */
  hasLaterChanges?: boolean;
  error?: KominfoError;
}

/** Temporary failures that a person has to resolve; their own messages say how. */
const needsPerson: readonly string[] = ["lock-held", "photos-not-taken"];

/** Turns a temporary failure into `submission-queued`, as the post waits on this computer; others are unchanged. */
export function asQueued(error: unknown, post: string): unknown {
  if (!(error instanceof KominfoError)) return error;
  const isTemporary = error.exit === exit.temporary && !needsPerson.includes(error.code);
  if (!isTemporary) return error;
  return new KominfoError(exit.temporary, "submission-queued", { post }, { cause: error, details: [error] });
}

/** Adds to a refused login that the post waits on this computer, where it does: nothing is queued in silence. */
export async function withWaiting(error: unknown, { slug, state }: Bundle): Promise<unknown> {
  if (!(error instanceof KominfoError) || error.exit !== exit.denied) return error;
  const left = await readState(state).catch(() => undefined);
  if (!left || !isWaiting(left)) return error;
  const waits = new KominfoError(exit.denied, "submission-waits-for-login", { post: slug });
  return new KominfoError(exit.denied, error.code, error.params, {
    cause: error,
    details: [...error.details, waits],
  });
}

/** Sends every queued post of the workspace. Only a refused login stops the rest after a failure. */
export async function sendQueuedPosts(context: Context): Promise<SentPost[]> {
  const { messages, output } = context;
  const progress = createProgress(output);
  const logStep = logTransfer(context.debug("upload"));
  const posts: SentPost[] = [];
  let newsroom: NewsroomClient | undefined;
  const { hashtags } = (await context.workspace()).settings;
  for (const bundle of await listBundles(await context.workspace(), warnOfLinks(context))) {
    const state = await readState(bundle.state).catch(() => undefined);
    if (!state || !isWaiting(state)) continue;
    progress.update({ label: messages.upload.sending({ post: bundle.slug }) });
    try {
      newsroom ??= await context.newsroom();
      const later = await hasLaterChanges(bundle, state, hashtags);
      const sent = await sendQueued({
        bundle,
        newsroom,
        newKey: randomUUID,
        now: context.host.now,
        onProgress: logStep,
      });
      if (!sent) continue;
      const { id, revision, state: step } = sent.submission;
      const submission = { id, revision, state: step, url: sent.url };
      const isUnchanged = sent.action === "nothing" && { isUnchanged: true };
      posts.push({ slug: bundle.slug, submission, ...isUnchanged, ...(later && { hasLaterChanges: true }) });
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
