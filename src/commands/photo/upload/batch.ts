import path from "node:path";
import type { Context } from "../../../context.js";
import { limits } from "../../../contract/contract.js";
import { cancelled, exit, KominfoError, usage } from "../../../errors/errors.js";
import type { RateLimit } from "../../../http/rate.js";
import type { NewsroomClient } from "../../../newsroom-client/types.js";
import { writeBox } from "../../../post/blur.js";
import { longDate } from "../../../post/dates.js";
import { slugLength, slugOf } from "../../../post/slug.js";
import type { Post } from "../../../post/types.js";
import { logTransfer } from "../../../terminal/debug.js";
import { createProgress, type Progress } from "../../../terminal/progress.js";
import { transferFormat } from "../../../terminal/transfer.js";
import { waitingText } from "../../../terminal/waiting.js";
import { cleanLine } from "../../../text/clean.js";
import { isWholeText } from "../../../text/decode.js";
import { looseNameKey } from "../../../text/same-name.js";
import { batchPaths, sharedRenditions } from "../../../upload/batches.js";
import { albumDestination, postDestination } from "../../../upload/destination.js";
import { waitingIn } from "../../../upload/forget.js";
import { readJournal } from "../../../upload/journal.js";
import type { UploadPlan } from "../../../upload/plan.js";
import type { UploadProgress, UploadRequest } from "../../../upload/request.js";
import { runUpload } from "../../../upload/run.js";
import type { PhotoCaptions, Target, UploadOutcome, UploadSource } from "../../../upload/types.js";
import { type Bundle, readBundleStrictly } from "../../../workspace/posts.js";
import { findPost } from "../../post/choose.js";
import { requireNotOver } from "../../post/obstacle.js";
import { printNotes } from "../notes.js";

/** Photos that a warning names. */
const maxNamed = 5;

/** An upload target, and the post it belongs to, if any. */
export interface OpenTarget {
  target: Target;
  /** Set if the target is a post. */
  bundle?: Bundle;
  post?: Post;
}

/** Throws `upload-target-missing`, `upload-target-twice`, `event-name-invalid`, the errors of `findBundle` (exit 2), and `step-impossible` (exit 1). */
export async function openTarget(
  context: Context,
  input: { event?: string; post?: string },
): Promise<OpenTarget> {
  const workspace = await context.workspace();
  if (input.event !== undefined && input.post !== undefined) throw usage("upload-target-twice");
  if (input.post !== undefined) {
    const bundle = await findPost(context, input.post);
    const { post } = await readBundleStrictly(bundle);
    await requireNotOver(bundle);
    return { target: { kind: "post", slug: bundle.slug }, bundle, post };
  }
  if (input.event === undefined) throw usage("upload-target-missing");
  const title = cleanLine(input.event).slice(0, 250);
  const slug = slugOf(title, slugLength);
  if (slug === "" || !isWholeText(title)) throw usage("event-name-invalid", { name: input.event });
  return { target: { kind: "event", kecamatan: workspace.settings.kecamatan.code, slug, title } };
}

/** Checks the limit of photos a post. Throws `post-photos-too-many` (exit 2). */
export function checkPhotoLimit({ post }: OpenTarget, sources: readonly UploadSource[]): void {
  if (!post) return;
  const listed = new Set(post.photos.map((photo) => looseNameKey(path.posix.basename(photo.file))));
  const fresh = sources.filter((source) => !listed.has(looseNameKey(path.basename(source.file))));
  const count = post.photos.length + fresh.length;
  const max = limits.photos_per_submission;
  if (count > max) throw usage("post-photos-too-many", { count, max });
}

export interface BatchOptions {
  jobs?: number | undefined;
  limit?: RateLimit | undefined;
  rehash?: boolean | undefined;
  /** Skips the question about the data plan. */
  yes?: boolean | undefined;
  progress: "json" | undefined;
  /** The photos are those of a batch that was interrupted: after a no they wait on. */
  isResumed?: boolean;
  /** Called when a person wants what is left of a resumed batch sent never. */
  onForget?: () => void;
}

/** Smaller uploads start without a question. Bytes */
const minBytesToConfirm = 500_000;

/** Runs a batch and shows its progress. */
export async function runBatch(
  context: Context,
  { target, bundle, post }: OpenTarget,
  sources: readonly UploadSource[],
  options: BatchOptions,
  newsroom?: NewsroomClient,
): Promise<UploadOutcome> {
  const { host, messages, language, output } = context;
  const workspace = await context.workspace();
  const client = newsroom ?? (await context.newsroom());
  const format = transferFormat(output, messages.upload, language, options.progress === "json");
  const progress = createProgress(output, format);
  const logStep = logTransfer(context.debug("upload"));
  const prompter = options.yes ? undefined : await context.prompter();
  const { settings, root } = workspace;
  const fileOf = new Map(sources.map((source) => [source.displayPath, source.file]));
  const blurOf = new Map(sources.map(({ displayPath, blur }) => [displayPath, blur?.map(writeBox)]));
  const request: UploadRequest = {
    target,
    place: batchPaths(root, target, host.hostname),
    sources,
    newsroom: client,
    destination:
      target.kind === "event"
        ? albumDestination(client, target)
        : postDestination(
            bundle!,
            (source) => fileOf.get(source) ?? source,
            (source) => blurOf.get(source),
          ),
    images: context.images,
    renditions: bundle?.renditions ?? sharedRenditions(root),
    defaultCaptions: defaultCaptions(target, post, settings.credit),
    jobs: options.jobs,
    limit: options.limit,
    rehash: options.rehash,
    isResumed: options.isResumed,
    now: host.now,
    signal: host.signal,
    onRendered: (renditions) => {
      progress.clear();
      printNotes(context, renditions);
    },
    onUnreadCaptions: (photos) => {
      progress.clear();
      output.warn(
        context.messages.upload.unreadCaptions({
          names: photos.slice(0, maxNamed).map(cleanLine),
          count: photos.length,
        }),
      );
    },
    onProgress: (step) => {
      logStep(step);
      showProgress(context, progress, step);
    },
    confirm: prompter && ((plan) => askQuota(context, plan, options, progress.clear)),
    confirmFrom: minBytesToConfirm,
  };
  return runUpload(request)
    .catch((error: unknown) => throwStopped(context, request, error))
    .finally(progress.clear);
}

/**
 * Ctrl-C ends this run and not the batch: a later `sync`, which may run unattended, sends the rest.
 *
 * @throws `upload-waits` (exit 130) where photos wait, else the error
 */
async function throwStopped(
  { host }: Context,
  { place, target }: UploadRequest,
  error: unknown,
): Promise<never> {
  const isCancelled = error instanceof KominfoError && error.exit === exit.cancelled;
  const isDeclined = isCancelled && error.code === "declined";
  if (isDeclined || !(isCancelled || host.signal.aborted)) throw error;
  const { agreed, unagreed, done } = waitingIn(await readJournal(place.journal));
  const left = agreed + unagreed;
  if (left === 0) throw error;
  const { slug } = target;
  throw cancelled("upload-waits", { slug, done, total: done + left, left, agreed: agreed > 0 });
}

function showProgress({ messages }: Context, progress: Progress, step: UploadProgress): void {
  const { upload } = messages;
  const label = upload.steps[step.step];
  const waiting = "waiting" in step && step.waiting ? waitingText(messages, step.waiting) : undefined;
  if (step.step !== "uploading") {
    progress.update({ label, ...step, waiting });
    return;
  }
  const { waiting: _, current, failed, ...numbers } = step;
  progress.update({
    label,
    ...numbers,
    failures: { count: failed, text: upload.failedSoFar({ count: failed }) },
    current: current.map((file) => path.basename(file)),
    waiting,
  });
}

async function askQuota(
  context: Context,
  { bytes }: UploadPlan,
  { isResumed, onForget }: BatchOptions,
  clear: () => void,
): Promise<boolean> {
  const prompter = await context.prompter();
  if (!prompter || bytes < minBytesToConfirm) return true;
  clear();
  const { formatBytes } = await import("../../../text/bytes.js");
  const size = formatBytes(bytes, context.language);
  const { quota, leftover } = context.messages.upload;
  const message = quota({ size });
  if (!isResumed) return prompter.confirm({ message, default: true });
  const choices = (["send", "later", "forget"] as const).map((value) => ({ name: leftover[value], value }));
  const chosen = await prompter.select({ message, choices });
  if (chosen === "forget") onForget?.();
  return chosen === "send";
}

/** The caption and credit for photos that have none of their own. */
function defaultCaptions(target: Target, post: Post | undefined, credit: string | undefined): PhotoCaptions {
  const day = post?.event_date && longDate(post.event_date);
  const caption =
    target.kind === "event" ? target.title : [post?.title, post?.place, day].filter(Boolean).join(", ");
  return { ...(caption && { caption }), ...(credit && { credit }) };
}
