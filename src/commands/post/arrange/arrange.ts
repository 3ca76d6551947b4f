import type { Context } from "../../../context.js";
import { changePhotos } from "../../../workspace/change.js";
import { type Bundle, readBundleStrictly, readIndex } from "../../../workspace/posts.js";
import { findPost } from "../choose.js";
import { orKept } from "../kept.js";
import { type ChangeFlags, changesOf, hasChanges } from "./flags.js";
import { listing, photoJson } from "./listing.js";

interface Input extends ChangeFlags {
  post: string;
}

/**
 * Changes the photos of a post: by flags, or in a terminal one by one with the photo opened beside. Without either it lists them. Each
 * change is written at once.
 */
export async function run(context: Context, input: Input): Promise<void> {
  const bundle = await findPost(context, input.post);
  const { post } = await readBundleStrictly(bundle);
  if (hasChanges(input)) {
    const change = changesOf(input, post.photos, bundle.slug);
    await changePhotos(bundle, change.apply);
    return report(context, bundle, new Set([change.file]));
  }
  const prompter = await context.prompter();
  if (!prompter || post.photos.length === 0) return report(context, bundle, undefined);
  const { arrangeByHand } = await import("./by-hand.js");
  const before = await readIndex(bundle);
  const command = `kominfo post photos ${bundle.slug}`;
  const changed = await orKept({ bundle, before, during: "photos", command }, () =>
    arrangeByHand(context, prompter, bundle, input.photo),
  );
  return report(context, bundle, changed);
}

/** @param changed files of the photos that changed; undefined where nothing was asked for */
async function report(
  context: Context,
  bundle: Bundle,
  changed: ReadonlySet<string> | undefined,
): Promise<void> {
  const { post } = await readBundleStrictly(bundle);
  const { slug, folder } = bundle;
  const messages = context.messages.postPhotos;
  const count = changed?.size ?? 0;
  const json = {
    post: { slug, path: folder },
    photos: post.photos.map((photo, i) => photoJson(bundle, photo, i)),
    changed: count,
  };
  context.output.result(json, (style) =>
    [
      ...(changed === undefined
        ? []
        : count > 0
          ? [`${style.good("✓")} ${messages.changed({ count, slug })}`]
          : [messages.unchanged]),
      ...(post.photos.length > 0 ? [listing(context, post.photos, style)] : [messages.none({ slug })]),
    ].join("\n"),
  );
}
