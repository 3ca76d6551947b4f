import path from "node:path";
import type { Context } from "../../context.js";
import { type ExitCode, exit } from "../../errors/errors.js";
import { attachPhotos } from "../../workspace/change.js";
import { findBundle, readBundleStrictly } from "../../workspace/posts.js";
import { checkPhotos, describePhotos, type PhotoCaptions, photosAt } from "./photos.js";

interface Input extends PhotoCaptions {
  post: string;
  photo: string[];
}

export async function run(context: Context, input: Input): Promise<ExitCode> {
  const workspace = await context.workspace();
  const bundle = await findBundle(workspace, input.post, context.cwd);
  await readBundleStrictly(bundle);
  const { caption, alt, credit } = input;
  const prompter = caption && alt && credit ? undefined : await context.prompter();
  const defaultCredit = credit ?? (prompter ? undefined : workspace.settings.credit);
  const given = await photosAt(context, input.photo, defined({ caption, alt, credit: defaultCredit }));
  const { usable, failed } = await checkPhotos(context, given);
  const described = prompter
    ? await describePhotos(context, prompter, usable, workspace.settings.credit, (photo) => photo.path)
    : usable;
  const copied = await attachPhotos(bundle, described);
  const messages = context.messages.post;
  const json = {
    post: { slug: bundle.slug, path: bundle.folder },
    photos: copied.map((photo) => ({ path: path.join(bundle.folder, photo.file) })),
    ...(failed.length > 0 ? { failed } : {}),
  };
  context.output.result(json, (style) =>
    copied.length > 0
      ? `${style.good("✓")} ${messages.attached({ count: copied.length, slug: bundle.slug })}`
      : usable.length > 0
        ? messages.alreadyThere
        : "",
  );
  return failed.length > 0 ? exit.partial : exit.done;
}

function defined(captions: { [K in keyof PhotoCaptions]: string | undefined }): PhotoCaptions {
  return Object.fromEntries(Object.entries(captions).filter(([, text]) => text !== undefined));
}
