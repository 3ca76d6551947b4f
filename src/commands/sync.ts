import path from "node:path";
import type { Context } from "../context.js";
import { type ExitCode, exit, KominfoError } from "../errors/errors.js";
import { indexName } from "../post/bundle.js";
import { cleanLine } from "../text/clean.js";
import { unfinishedBatches } from "../upload/batches.js";
import { forgetBatch } from "../upload/forget.js";
import { loadUnfinished } from "../upload/resume.js";
import type { Target, UploadedPhoto, UploadOutcome } from "../upload/types.js";
import { findBundle, isFile, readBundleStrictly } from "../workspace/posts.js";
import type { Workspace } from "../workspace/types.js";
import { newsroomOrigin } from "../workspace/workspace.js";
import { type BatchOptions, type OpenTarget, runBatch } from "./photo/upload/batch.js";
import { whereOf } from "./photo/upload/forget.js";
import type { UploadInput } from "./photo/upload/input.js";
import { batchOptions } from "./photo/upload/upload.js";
import { batchLine, exitOf, problemJson, summaryOf, targetJson } from "./photo/upload/upload-report.js";
import { type SentPost, sendQueuedPosts } from "./post/submit/queued.js";
import { takeDownWanted } from "./publish/down/wanted-down.js";
import { bringAllForward } from "./publish/out/forward-all.js";
import { findInterrupted, hasJournals } from "./publish/out/pending.js";
import { exitOfResults, resultJson, resultLine } from "./publish/out/report.js";
import { type ScrubbedPublication, scrubRedacted } from "./publish/scrub.js";
import type { PublishResult } from "./publish/types.js";
import { findStillWaiting } from "./still-waiting.js";

type Input = Pick<UploadInput, "jobs" | "limitRate" | "yes" | "progress"> & {
  /** Album or post of a batch. */
  forget?: string;
};

/** Finishes every interrupted upload and sends every queued post of the workspace. */
export async function run(context: Context, input: Input): Promise<ExitCode> {
  const options = batchOptions(input);
  if (input.forget !== undefined) {
    const { forget } = await import("./photo/upload/forget.js");
    return forget(context, input.forget, input.yes);
  }
  const posts = await sendQueuedPosts(context);
  const { outcomes: batches, isLeftOut } = await finishBatches(context, options);
  const { publications, redacted, isLeft, failure } = await finishPublications(context, input.yes ?? false);
  const { output, messages } = context;
  const { upload } = messages;
  const waiting = await findStillWaiting(context, { posts, batches });
  const json = {
    uploads: batches.map(({ target, photos, bytesSent, paused }) => ({
      ...targetJson(target),
      summary: summaryOf(photos, bytesSent),
      ...(paused && { paused: problemJson(paused, context) }),
    })),
    submissions: posts.map(({ slug, submission, isUnchanged, hasLaterChanges, error }) => ({
      post: slug,
      submission: submission ?? null,
      ...(isUnchanged && { unchanged: true }),
      ...(hasLaterChanges && { later_changes: true }),
      ...(error && { error: problemJson(error, context) }),
    })),
    publications: publications.map((result) => resultJson(context, result)),
    redacted,
    ...(waiting.length > 0 && { waiting: waiting.map((each) => each.json) }),
    ...(failure && { error: problemJson(failure, context) }),
  };
  for (const error of [
    ...posts,
    ...batches.map(({ paused }) => ({ error: paused })),
    { error: failure },
  ].flatMap((result) => result.error ?? [])) {
    if (!context.flags.json) output.failure(error, messages);
  }
  output.result(json, (style) => {
    const cleaned = redacted.length > 0 ? [messages.publish.scrubbed({ count: redacted.length })] : [];
    const left = waiting.map(({ line }) => `  ${cleanLine(line)}`);
    const still = left.length > 0 ? [upload.stillWaiting, ...left] : [];
    if (batches.length + posts.length + publications.length + cleaned.length === 0) {
      return failure || isLeft || isLeftOut || still.length > 0 ? still.join("\n") : upload.clean;
    }
    const sent = posts.flatMap(({ slug, submission, isUnchanged, hasLaterChanges }) => [
      ...(submission && isUnchanged
        ? [upload.unchanged({ post: slug, revision: submission.revision })]
        : submission
          ? [`${style.good("✓")} ${upload.sent({ post: slug, revision: submission.revision })}`]
          : []),
      ...(hasLaterChanges ? [`  ${style.warning(upload.laterChanges({ post: slug }))}`] : []),
    ]);
    const finished = batches.map((batch) => batchLine(style, upload, whereOf(context, batch.target), batch));
    const published = publications.map((result) => resultLine(context, style, result));
    return [...sent, ...finished, ...published, ...cleaned, ...still].join("\n");
  });
  const codes = [...posts.map(postExit), ...batches.map(exitOf), exitOfResults(publications)];
  return mostSevere([...codes, failure?.exit ?? exit.done]);
}

interface Published {
  publications: PublishResult[];
  redacted: ScrubbedPublication[];
  /** Something shall be taken down, and the person said no. */
  isLeft?: boolean;
  /** Why the newsroom could not be asked what shall be taken down. */
  failure?: KominfoError;
}

/**
 * Goes on with publications that a run of this computer left undone, forgets what was redacted of them, then takes down what others have
 * asked for. Without either a run to go on with or an account of a channel, nothing is asked of anybody.
 */
async function finishPublications(context: Context, agreed: boolean): Promise<Published> {
  const isInterrupted = await hasJournals(context);
  if (!isInterrupted && !(await hasChannels(context))) return { publications: [], redacted: [] };
  const newsroom = await context.newsroom();
  const results = isInterrupted
    ? await bringAllForward(context, newsroom, await findInterrupted(context, newsroom))
    : [];
  let redacted: ScrubbedPublication[] = [];
  // What was found to be out and shall be taken down is asked for once more.
  const done = results.filter(
    ({ publication, sent }) => !(publication?.take_down && sent?.outcome.state === "published"),
  );
  const except = new Set(done.flatMap(({ publication }) => publication?.id ?? []));
  try {
    if (isInterrupted) redacted = await scrubRedacted(context, newsroom);
    const removed = await takeDownWanted(context, newsroom, { except, agreed });
    return { publications: [...results, ...removed.results], redacted, isLeft: removed.isLeft };
  } catch (error) {
    // What was done before is told all the same.
    if (!(error instanceof KominfoError) || error.exit === exit.cancelled) throw error;
    return { publications: results, redacted, failure: error };
  }
}

/** Whether this computer can take something down: it is logged in at a newsroom, and on a channel. */
async function hasChannels(context: Context): Promise<boolean> {
  const listed = await (await context.credentials()).list({ ask: false });
  const isNewsroom = ({ service }: { service: string }) => service === "newsroom";
  return listed.some(isNewsroom) && !listed.every(isNewsroom);
}

/** @returns also whether photos were left out: nobody has agreed to send them, or their post is gone */
async function finishBatches(
  context: Context,
  options: BatchOptions,
): Promise<{ outcomes: UploadOutcome[]; isLeftOut: boolean }> {
  const { host, output, messages } = context;
  const workspace = await context.workspace();
  const outcomes: UploadOutcome[] = [];
  let isLeftOut = false;
  const isAsked = (await context.prompter()) !== undefined;
  for (const { state, place } of await unfinishedBatches(workspace.root, host.hostname)) {
    const { target, origin } = state.begun!;
    const where = whereOf(context, target);
    if (origin !== newsroomOrigin(workspace)) {
      output.warn(messages.upload.elsewhere({ where, origin }));
      continue;
    }
    const leftover = await loadUnfinished(state, host.signal, isAsked);
    const { refused, unanswered } = leftover;
    isLeftOut ||= refused + unanswered > 0;
    const { slug } = target;
    // Nothing new: a person has left them. A line of every run of a timetable, with -q, would be read by nobody.
    if (refused > 0) output.note(messages.upload.refused({ where, count: refused, slug }));
    if (unanswered > 0) output.note(messages.upload.unanswered({ where, count: unanswered, slug }));
    if (refused + unanswered > 0 && leftover.sources.length === 0) continue;
    const folder = target.kind === "post" ? await folderOf(workspace, target.slug) : undefined;
    if (target.kind === "post" && folder === undefined) {
      isLeftOut = true;
      output.warn(messages.upload.postGone({ slug: target.slug, count: leftover.sources.length }));
      await leftover.release();
      continue;
    }
    output.note(messages.upload.batch({ where }));
    let isForgotten = false;
    const onForget = () => {
      isForgotten = true;
    };
    try {
      const opened = await reopen(context, target, folder);
      const resumed = { ...options, isResumed: true, onForget };
      outcomes.push(await runBatch(context, opened, leftover.sources, resumed));
    } catch (error) {
      if (isForgotten) {
        const count = await forgetBatch(place, host.now);
        isLeftOut = true;
        output.note(messages.upload.forgotten({ where, count }));
        continue;
      }
      if (!(error instanceof KominfoError) || error.exit === exit.cancelled) throw error;
      // Another process may hold the lock: the photos wait, they are not none.
      const photos = leftover.sources.map(({ displayPath }) => waitingPhoto(displayPath));
      outcomes.push({ target, photos, bytesSent: 0, paused: error });
    } finally {
      await leftover.release();
    }
    // A lost login stops every batch.
    if (outcomes.at(-1)?.paused?.exit === exit.denied) break;
  }
  return { outcomes, isLeftOut };
}

function waitingPhoto(source: string): UploadedPhoto {
  return { source, sha256: null, bytes: 0, status: "waiting", attached: false };
}

/** The folder of exactly this post: another one that only has its name in its own is not meant. Undefined where it was deleted or renamed. */
async function folderOf({ posts }: Workspace, slug: string): Promise<string | undefined> {
  const folder = path.join(posts, slug);
  return (await isFile(path.join(folder, indexName))) ? folder : undefined;
}

async function reopen(context: Context, target: Target, folder: string | undefined): Promise<OpenTarget> {
  if (folder === undefined) return { target };
  const bundle = await findBundle(await context.workspace(), folder, context.cwd);
  const { post } = await readBundleStrictly(bundle);
  return { target, bundle, post };
}

function postExit({ error }: SentPost): ExitCode {
  return error?.exit ?? exit.done;
}

/** Exit 4 takes precedence over 5, then 3, then 2 and 1. */
function mostSevere(codes: readonly ExitCode[]): ExitCode {
  const order = [exit.denied, exit.temporary, exit.partial, exit.usage, exit.failed] as const;
  return order.find((code) => codes.includes(code)) ?? exit.done;
}
