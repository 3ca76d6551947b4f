import path from "node:path";
import type { Context } from "../../context.js";
import { cancelled, type ExitCode, exit, KominfoError } from "../../errors/errors.js";
import type { PostPhoto } from "../../post/types.js";
import type { Prompter } from "../../terminal/prompts/prompter.js";
import { cleanLine } from "../../text/clean.js";
import { attachPhotos } from "../../workspace/change.js";
import { type Bundle, type GivenPhoto, readBundleStrictly } from "../../workspace/posts.js";
import { commandOf, passedJson } from "../photo/gather.js";
import { findPost } from "./choose.js";
import { requireNotOver } from "./obstacle.js";
import {
  checkPhotos,
  describePhotos,
  isDescribed,
  type PhotoCaptions,
  type UnpackedPhotos,
  unpackedPhotosAt,
} from "./photos.js";
import { forgetUnfinishedAttach, saveUnfinishedAttach, withEarlierTexts } from "./unfinished-work.js";

interface Input extends PhotoCaptions {
  post: string;
  photo: string[];
}

export async function run(context: Context, input: Input): Promise<ExitCode> {
  const workspace = await context.workspace();
  const bundle = await findPost(context, input.post);
  await readBundleStrictly(bundle);
  await requireNotOver(bundle);
  const { caption, alt, credit } = input;
  const prompter = caption && alt && credit ? undefined : await context.prompter();
  const defaultCredit = credit ?? (prompter ? undefined : workspace.settings.credit);
  const captions = defined({ caption, alt, credit: defaultCredit });
  const found = await unpackedPhotosAt(context, input.photo, captions, bundle.slug);
  try {
    const { usable, failed: unusable } = await checkPhotos(context, found.photos, found.displayName);
    const failed = [...found.failed, ...unusable];
    const command = commandOf("kominfo", "post", "attach", bundle.slug, ...input.photo);
    const described = prompter
      ? await describe(context, prompter, bundle, { photos: await withEarlierTexts(bundle, usable), command })
      : usable;
    const copied = await attachPhotos(bundle, described);
    await forgetUnfinishedAttach(bundle, described);
    return report(context, bundle, { copied, usable, failed, passed: found.passed });
  } finally {
    await found.release();
  }
}

function report(context: Context, bundle: Bundle, { copied, usable, failed, passed }: Attached): ExitCode {
  const messages = context.messages.post;
  const json = {
    post: { slug: bundle.slug, path: bundle.folder },
    photos: copied.map((photo) => ({ path: path.join(bundle.folder, photo.file) })),
    ...(failed.length > 0 ? { failed } : {}),
    passed_over: passedJson(passed),
  };
  const lacking = copied.filter((photo) => !isDescribed(photo)).length;
  context.output.result(json, (style) => {
    if (copied.length === 0) return usable.length > 0 ? messages.alreadyThere : "";
    const { slug } = bundle;
    return [
      `${failed.length > 0 ? style.warning("!") : style.good("✓")} ${messages.attached({ count: copied.length, slug })}`,
      ...(lacking > 0
        ? [messages.attachedBare({ count: lacking }), `  ${style.command(`kominfo post photos ${slug}`)}`]
        : []),
    ].join("\n");
  });
  return failed.length > 0 ? exit.partial : exit.done;
}

interface Attached extends Pick<UnpackedPhotos, "passed" | "failed"> {
  /** The photos that were not in the post yet, as it lists them. */
  copied: readonly PostPhoto[];
  usable: readonly GivenPhoto[];
}

/**
 * Asks for the texts of each photo; stopped, they wait for the same photos.
 *
 * @param command names the post and the photos, also where they were asked for
 */
async function describe(
  context: Context,
  prompter: Prompter,
  bundle: Bundle,
  { photos, command }: { photos: readonly GivenPhoto[]; command: string },
): Promise<GivenPhoto[]> {
  const { credit } = (await context.workspace()).settings;
  let isKept = false;
  try {
    return await describePhotos(
      context,
      prompter,
      photos,
      credit,
      (photo) => photo.path,
      async (latest) => {
        await saveUnfinishedAttach(bundle, latest);
        isKept = latest.some(({ caption, alt }) => caption || alt);
      },
    );
  } catch (error) {
    if (!(error instanceof KominfoError) || error.exit !== exit.cancelled) throw error;
    if (!isKept) throw cancelled("declined");
    throw cancelled("texts-kept", { during: "attach", command: cleanLine(command) });
  }
}

function defined(captions: { [K in keyof PhotoCaptions]: string | undefined }): PhotoCaptions {
  return Object.fromEntries(Object.entries(captions).filter(([, text]) => text !== undefined));
}
