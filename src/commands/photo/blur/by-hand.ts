import type { Context } from "../../../context.js";
import type { BlurBox, PhotoFacts } from "../../../photo/types.js";
import { parseBox, writeBox } from "../../../post/blur.js";
import { changePhoto } from "../../../post/photo-changes.js";
import type { PostPhoto } from "../../../post/types.js";
import { preparePhotos } from "../../../submission/prepare.js";
import type { Prompter } from "../../../terminal/prompts/prompter.js";
import { changePhotos } from "../../../workspace/change.js";
import { photoFile } from "../../../workspace/photo-files.js";
import { type Bundle, readBundleStrictly } from "../../../workspace/posts.js";
import { readState } from "../../../workspace/state.js";
import { openPicture } from "../open.js";

/** Asks for the parts of a photo to blur, writes them, and opens what will be sent. */
export async function blurByHand(
  context: Context,
  prompter: Prompter,
  bundle: Bundle,
  photo: PostPhoto,
): Promise<void> {
  const { postPhotos: messages } = context.messages;
  const size = await (await context.images()).inspect(await photoFile(bundle, photo.file));
  let boxes = photo.blur ?? [];
  if (boxes.length > 0) {
    const message = messages.clearBoxes({ boxes: boxes.length });
    if (await prompter.confirm({ message, default: false })) boxes = [];
  }
  const added = await askBoxes(context, prompter, size);
  boxes = [...new Set([...boxes, ...added.map(writeBox)])];
  await changePhotos(bundle, (photos) => changePhoto(photos, photo.file, { blur: boxes }));
  if (boxes.length === 0) return;
  if (photo.children === "unchecked" || photo.children === "consented") {
    if (await prompter.confirm({ message: messages.allMasked, default: false })) {
      await changePhotos(bundle, (photos) => changePhoto(photos, photo.file, { children: "masked" }));
    }
  }
  const result = await asSent(context, bundle, photo.file);
  await openPicture(context, result);
}

/**
 * Asks for boxes until an empty answer.
 *
 * @param least how many there have to be
 */
export async function askBoxes(
  context: Context,
  prompter: Prompter,
  size: Pick<PhotoFacts, "width" | "height">,
  least = 0,
): Promise<BlurBox[]> {
  const { postPhotos: messages } = context.messages;
  context.output.note(messages.size(size));
  const boxes: BlurBox[] = [];
  for (;;) {
    const typed = await prompter.text({
      message: messages.askBox,
      validate: (text) =>
        (text.trim() === "" && boxes.length >= least) || parseBox(text, size) ? "" : messages.boxHelp,
    });
    const box = parseBox(typed, size);
    if (!box) return boxes;
    boxes.push(box);
  }
}

/** Makes what will be sent of a photo, and returns its absolute path. Throws as `preparePhotos` does. */
export async function asSent(context: Context, bundle: Bundle, file: string): Promise<string> {
  const { post } = await readBundleStrictly(bundle);
  const photos = post.photos.filter((photo) => photo.file === file);
  const request = {
    ...{ bundle, post: { ...post, photos }, images: context.images, signal: context.host.signal },
  };
  const prepared = await preparePhotos(request, await readState(bundle.state));
  return prepared.get(file)!.path;
}
