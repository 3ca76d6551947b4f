import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Context } from "../../context.js";
import { usage } from "../../errors.js";
import { writeAtomically } from "../../files/atomic.js";
import { mayRevise } from "../../newsroom/lifecycle.js";
import { findPreset } from "../../photo/presets.js";
import { planResize } from "../../photo/resize.js";
import { editPost } from "../../post/edit.js";
import type { PostPhoto } from "../../post/types.js";
import { type CheckedBundle, checkBundle } from "../../submission/check.js";
import { photosAsSent } from "../../submission/prepare.js";
import { type SubmitProgress, submitPost } from "../../submission/submit.js";
import { createProgress } from "../../terminal/progress.js";
import { type Bundle, findBundle } from "../../workspace/posts.js";
import { readState } from "../../workspace/state.js";
import { describePhotos, isDescribed } from "./photos.js";
import { asQueued } from "./queued.js";

interface Input {
  post: string;
  dryRun?: boolean;
  message?: string;
}

export async function run(context: Context, input: Input): Promise<void> {
  const bundle = await findBundle(await context.workspace(), input.post, context.cwd);
  const checked = await describeFirst(context, bundle, await checkBundle(bundle));
  if (checked.errors.length > 0 || !checked.post) {
    throw usage("post-invalid", { path: bundle.index, problems: checked.problems });
  }
  const { messages, output } = context;
  for (const warning of checked.problems) output.warn(messages.problemLine(warning));
  if (input.dryRun) return dryRun(context, bundle, checked);

  const progress = createProgress(output);
  const words = messages.post;
  const tell = (now: SubmitProgress) => {
    const { preparing, uploading, sending } = words;
    progress.update({ label: { preparing, uploading, sending }[now.step], ...now });
  };
  const newsroom = await context.newsroom();
  const sent = await submitPost({
    bundle,
    post: checked.post,
    body: checked.body,
    message: input.message,
    newsroom,
    images: context.images,
    newKey: randomUUID,
    signal: context.host.signal,
    onProgress: tell,
  })
    .catch((error: unknown) => {
      throw asQueued(error, bundle.slug);
    })
    .finally(progress.clear);

  const { id, revision, state } = sent.submission;
  output.result({ submission: { id, revision, state, url: sent.url }, photos: sent.photos }, (style) => {
    if (sent.action === "nothing") {
      return [
        words.nothingNew({ revision }),
        ...(state === "returned" ? [words.returnedUnchanged] : []),
      ].join("\n");
    }
    return [
      `${style.good("✓")} ${words.submitted({ revision })}`,
      `  ${words.photosSent(sent.photos)}`,
      `  ${style.faint(words.number({ id }))}`,
      ...words.nextSteps[state](bundle.slug).map((step) => `  ${step}`),
    ].join("\n");
  });
}

/** A person at a terminal is asked for the captions, alt texts and credits that are missing; they go into index.md. */
async function describeFirst(
  context: Context,
  bundle: Bundle,
  checked: CheckedBundle,
): Promise<CheckedBundle> {
  const { post } = checked;
  const prompter = post?.photos.every(isDescribed) === false ? await context.prompter() : undefined;
  if (!post || !prompter) return checked;
  const { credit } = (await context.workspace()).settings;
  const write = async (photos: readonly PostPhoto[]) =>
    writeAtomically(
      bundle.index,
      editPost(await readFile(bundle.index), { photos: [...photos] }, bundle.index),
    );
  await describePhotos(context, prompter, post.photos, credit, (photo) => photo.file, write);
  return checkBundle(bundle);
}

/** Says from what is on this machine; the newsroom is not asked and nothing is written. */
async function dryRun(context: Context, bundle: Bundle, checked: CheckedBundle): Promise<void> {
  const photos = checked.post?.photos ?? [];
  const state = await readState(bundle.state);
  const asSent = await photosAsSent(bundle, state, photos);
  const files = photos
    .filter((photo) => !asSent.has(photo.file))
    .map((photo) => path.join(bundle.folder, photo.file));
  const web = [findPreset("web")];
  const planned =
    files.length === 0
      ? undefined
      : await planResize(await context.images(), {
          files,
          presets: web,
          folder: bundle.renditions,
          naming: "key",
        });
  const toMake = planned?.plan.actions.length ?? 0;
  const { submission } = state;
  const mayGo = !submission || mayRevise(submission.state, "operator");
  const action = !mayGo ? "nothing" : submission ? "revise" : "create";
  const json = {
    post: { slug: bundle.slug, path: bundle.folder },
    action,
    photos: { total: photos.length, to_prepare: toMake },
  };
  context.output.result(json, () =>
    context.messages.post.wouldSend({ action, photos: photos.length, toMake }),
  );
}
