import path from "node:path";
import type { Context } from "../../context.js";
import { type ExitCode, exit, KominfoError } from "../../errors/errors.js";
import type { Prompter } from "../../terminal/prompts/prompter.js";
import { cleanLine } from "../../text/clean.js";
import { attachPhotos } from "../../workspace/change.js";
import { type Bundle, type GivenPhoto, readBundleStrictly } from "../../workspace/posts.js";
import { commandOf, passedJson } from "../photo/gather.js";
import { findPost } from "./choose.js";
import { checkPhotos, describePhotos, type PhotoCaptions, photosAt } from "./photos.js";
import { forgetUnfinishedAttach, saveUnfinishedAttach, withEarlierTexts } from "./unfinished-work.js";

interface Input extends PhotoCaptions {
  post: string;
  photo: string[];
}

export async function run(context: Context, input: Input): Promise<ExitCode> {
  const workspace = await context.workspace();
  const bundle = await findPost(context, input.post);
  await readBundleStrictly(bundle);
  const { caption, alt, credit } = input;
  const prompter = caption && alt && credit ? undefined : await context.prompter();
  const defaultCredit = credit ?? (prompter ? undefined : workspace.settings.credit);
  const found = await photosAt(
    context,
    input.photo,
    defined({ caption, alt, credit: defaultCredit }),
    bundle.slug,
  );
  const { usable, failed } = await checkPhotos(context, found.photos);
  const described = prompter
    ? await describe(context, prompter, bundle, {
        photos: await withEarlierTexts(bundle, usable),
        command: commandOf("kominfo", "post", "attach", bundle.slug, ...input.photo),
      })
    : usable;
  const copied = await attachPhotos(bundle, described);
  await forgetUnfinishedAttach(bundle, described);
  const messages = context.messages.post;
  const json = {
    post: { slug: bundle.slug, path: bundle.folder },
    photos: copied.map((photo) => ({ path: path.join(bundle.folder, photo.file) })),
    ...(failed.length > 0 ? { failed } : {}),
    passed_over: passedJson(found.passed),
  };
  context.output.result(json, (style) =>
    copied.length > 0
      ? `${failed.length > 0 ? style.warning("!") : style.good("✓")} ${messages.attached({ count: copied.length, slug: bundle.slug })}`
      : usable.length > 0
        ? messages.alreadyThere
        : "",
  );
  return failed.length > 0 ? exit.partial : exit.done;
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
    const isStopped = error instanceof KominfoError && error.exit === exit.cancelled;
    if (isStopped && isKept)
      context.output.note(context.messages.post.keptAttach({ command: cleanLine(command) }));
    throw error;
  }
}

function defined(captions: { [K in keyof PhotoCaptions]: string | undefined }): PhotoCaptions {
  return Object.fromEntries(Object.entries(captions).filter(([, text]) => text !== undefined));
}
