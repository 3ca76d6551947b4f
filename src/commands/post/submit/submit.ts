import { randomUUID } from "node:crypto";
import type { Context } from "../../../context.js";
import { cancelled } from "../../../errors/errors.js";
import { explain } from "../../../language/explain.js";
import type { Messages } from "../../../language/index.js";
import { lacksPhoto } from "../../../post/facts.js";
import type { Post, PostPhoto } from "../../../post/types.js";
import { type CheckedBundle, checkBundle } from "../../../submission/check.js";
import type { SubmitProgress, Submitted, Unasked } from "../../../submission/session.js";
import { previewSubmit, submitPost } from "../../../submission/submit.js";
import { logTransfer } from "../../../terminal/debug.js";
import { createProgress, type Progress } from "../../../terminal/progress.js";
import { cleanLine } from "../../../text/clean.js";
import { formatInstant } from "../../../text/instant.js";
import { describePhoto } from "../../../workspace/change.js";
import { type Bundle, readIndex } from "../../../workspace/posts.js";
import { problemJson } from "../../photo/upload/upload-report.js";
import { findPost } from "../choose.js";
import { orKept } from "../kept.js";
import { labelled, unfit, warningsJson } from "../labelled.js";
import { describePhotos, isDescribed } from "../photos.js";
import { warnOfLeftOut } from "../unfinished-work.js";
import { recordLocalApproval } from "./local-approval.js";
import { asQueued, withWaiting } from "./queued.js";
import { isBeyondQuestions, knownObstacle, requirePossible } from "./require-possible.js";

interface Input {
  post: string;
  dryRun?: boolean;
  message?: string;
}

export async function run(context: Context, input: Input): Promise<void> {
  const workspace = await context.workspace();
  const bundle = await findPost(context, input.post, { whole: true });
  const before = await readIndex(bundle);
  const own = { ...workspace.settings, now: context.host.now() };
  const check = () => checkBundle(bundle, own);
  const first = await check();
  // What cannot be sent is said before anything is asked for.
  const { post: unasked } = first;
  const obstacle = await knownObstacle(bundle);
  // An editor takes back a rejection, but nobody a withdrawal.
  if (obstacle?.params.state === "withdrawn" && !input.dryRun) throw obstacle;
  if (obstacle && unasked && input.dryRun && !isBeyondQuestions(first)) {
    context.output.warn(cleanLine(explain(obstacle, context.messages).message));
    const warnings = warningsJson(context, await labelled(context, unasked.kind, first.problems));
    return showPreview(context, bundle, unasked, warnings);
  }
  const isAnswered = first.errors.length === 0 || (await context.prompter()) !== undefined;
  if (!unasked || isBeyondQuestions(first) || !isAnswered) {
    throw unfit(bundle, unasked, await labelled(context, unasked?.kind, first.problems));
  }
  if (!input.dryRun) await requirePossible(context, bundle, unasked, first);
  const begun = { bundle, before, during: "submit", command: `kominfo post submit ${bundle.slug}` } as const;
  const checked = await orKept(begun, async () => {
    const described = await describeMissing(context, bundle, first, check);
    return own.requireLocalApproval ? recordLocalApproval(context, bundle, described, check) : described;
  });
  const problems = await labelled(context, checked.post?.kind, checked.problems);
  if (checked.errors.length > 0 || !checked.post) {
    throw unfit(bundle, checked.post, problems);
  }
  const { messages, output } = context;
  // A person is asked whether it has none; a script has been told by `post check`.
  const told = problems.filter(({ code }) => code !== "photo-wanted");
  for (const warning of told) output.warn(messages.diagnosticLine(warning));
  if (input.dryRun) await warnOfLeftOut(context, bundle);
  const warnings = warningsJson(context, problems);
  if (input.dryRun) return showPreview(context, bundle, checked.post, warnings);
  const { post } = checked;
  // Captions and an approval that were asked for are in index.md by now.
  await orKept(begun, async () => {
    if (!(await agreesToSend(context, bundle, post))) throw cancelled("cancelled");
  });
  const sent = await submit(context, bundle, { ...checked, post: checked.post }, input);
  showSubmitted(context, bundle, sent, warnings);
}

/** Asks a person at a terminal for the missing captions, alt texts and credits, and writes them into index.md. */
async function describeMissing(
  context: Context,
  bundle: Bundle,
  checked: CheckedBundle,
  check: () => Promise<CheckedBundle>,
): Promise<CheckedBundle> {
  const { post } = checked;
  const lacking = post?.photos.filter((photo) => !isDescribed(photo)).length ?? 0;
  const prompter = lacking > 0 ? await context.prompter() : undefined;
  if (!post || !prompter) return checked;
  context.output.note(context.messages.post.lackingFirst({ count: lacking }));
  const { credit } = (await context.workspace()).settings;
  // Only the photo just described: index.md may have changed since the questions began.
  const saveLatest = (_photos: readonly PostPhoto[], latest: PostPhoto) => describePhoto(bundle, latest);
  await describePhotos(context, prompter, post.photos, credit, (photo) => photo.file, saveLatest);
  return check();
}

async function agreesToSend(context: Context, bundle: Bundle, post: Post): Promise<boolean> {
  return (await agreesToLeaveOut(context, bundle)) && (await agreesToNoPhoto(context, post));
}

/** What was typed in an edit that was stopped is not sent: a person may have forgotten it. */
async function agreesToLeaveOut(context: Context, bundle: Bundle): Promise<boolean> {
  if (!(await warnOfLeftOut(context, bundle))) return true;
  const prompter = await context.prompter();
  const message = context.messages.postChanges.sendWithout;
  return prompter === undefined || prompter.confirm({ message, default: false });
}

/** A kind that readers expect a photo of is not sent without one by oversight. */
async function agreesToNoPhoto(context: Context, post: Post): Promise<boolean> {
  const prompter = lacksPhoto(post) ? await context.prompter() : undefined;
  const message = context.messages.postChanges.noPhotoAsk;
  return prompter === undefined || prompter.confirm({ message, default: true });
}

async function submit(
  context: Context,
  bundle: Bundle,
  { post, body }: { post: Post; body: string },
  { message }: Input,
): Promise<Submitted | Unasked> {
  const progress = createProgress(context.output);
  const logStep = logTransfer(context.debug("upload"));
  const newsroom = await context.newsroom();
  const { hashtags } = (await context.workspace()).settings;
  return submitPost({
    ...{ bundle, newsroom, post, body, message, hashtags },
    images: context.images,
    newKey: randomUUID,
    now: context.host.now,
    signal: context.host.signal,
    onProgress: (event) => {
      logStep(event);
      showProgress(progress, event, context.messages.post);
    },
  })
    .catch(async (error: unknown) => {
      throw await withWaiting(asQueued(error, bundle.slug), bundle);
    })
    .finally(progress.clear);
}

function showProgress(progress: Progress, event: SubmitProgress, messages: Messages["post"]): void {
  const { preparing, uploading, sending } = messages;
  progress.update({ label: { preparing, uploading, sending }[event.step], ...event });
}

function showSubmitted(
  context: Context,
  bundle: Bundle,
  sent: Submitted | Unasked,
  warnings: ReturnType<typeof warningsJson>,
): void {
  const { output, language } = context;
  const messages = context.messages.post;
  const { id, revision, state } = sent.submission;
  const submission = { id, revision, state, url: sent.url };
  const unasked = "unasked" in sent ? sent.unasked : undefined;
  const receivedBefore = "receivedBefore" in sent ? sent.receivedBefore : undefined;
  if (unasked) output.warn(cleanLine(explain(unasked, context.messages).message));
  const json = {
    ...{ submission, photos: sent.photos, warnings },
    ...(receivedBefore && { received_before: receivedBefore }),
    ...(unasked && { not_asked: problemJson(unasked, context) }),
  };
  output.result(json, (style) => {
    if (sent.action === "nothing") {
      return [
        messages.nothingNew({ revision }),
        ...(unasked ? [messages.notAsked] : []),
        ...(state === "returned" ? [messages.returnedUnchanged] : []),
      ].join("\n");
    }
    return [
      receivedBefore
        ? messages.receivedBefore({ when: formatInstant(receivedBefore, language) })
        : `${style.good("✓")} ${messages.submitted({ revision })}`,
      ...(sent.photos.uploaded + sent.photos.present > 0 ? [`  ${messages.photosSent(sent.photos)}`] : []),
      `  ${style.faint(messages.number({ id }))}`,
      ...messages.nextSteps[state](bundle.slug).map((step) => `  ${output.nextStep(step)}`),
    ].join("\n");
  });
}

async function showPreview(
  { images, output, messages }: Context,
  bundle: Bundle,
  post: Post,
  warnings: ReturnType<typeof warningsJson>,
): Promise<void> {
  const { action, toPrepare } = await previewSubmit({ bundle, post, images });
  const total = post.photos.length;
  const json = {
    post: { slug: bundle.slug, path: bundle.folder },
    action,
    photos: { total, to_prepare: toPrepare },
    warnings,
  };
  output.result(json, () => messages.post.wouldSend({ action, photos: total, toMake: toPrepare }));
}
