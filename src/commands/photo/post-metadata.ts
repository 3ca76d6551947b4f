import { stat } from "node:fs/promises";
import path from "node:path";
import type { Context } from "../../context.js";
import { sha256File } from "../../files/hash.js";
import { isInside } from "../../files/names.js";
import { stemOf } from "../../photo/sources/passed-over.js";
import type { BlurBox, Focus, PhotoText } from "../../photo/types.js";
import { boxesOf } from "../../post/blur.js";
import type { PostPhoto } from "../../post/types.js";
import { cleanLine } from "../../text/clean.js";
import { photoFile } from "../../workspace/photo-files.js";
import { listBundles, readBundle } from "../../workspace/posts.js";
import type { Workspace } from "../../workspace/types.js";

/** Texts and focus points of photos. */
interface PostMetadata {
  /** The texts to write into the renditions of a file. */
  textOf(file: string): PhotoText;
  focusOf(file: string): Focus | undefined;
  /** The parts of a file that are made unrecognisable wherever it goes. */
  blurOf(file: string): readonly BlurBox[] | undefined;
  /** Those of the files that no post lists and a post blurs. */
  blurred: BlurredElsewhere;
}

/**
 * Reads the metadata of these files from the posts of a workspace. A photo in a post's folder gets its caption,
 * alternative text, credit and focus from the post; any other photo gets only the workspace's credit, and the blur of a post that has the
 * same photo.
 *
 * @param keepDate include the date each photo was taken
 */
export async function postMetadataOf(
  context: Context,
  files: readonly string[],
  workspace: Workspace | undefined,
  keepDate: boolean,
): Promise<PostMetadata> {
  const photos = workspace ? await photosOfPosts(workspace, files) : new Map<string, PostPhoto>();
  const others = files.filter((file) => !photos.has(file));
  const { copies, namesakes } = workspace
    ? await blurredElsewhere(workspace, others)
    : { copies: new Map<string, BlurredPhoto>(), namesakes: new Map<string, BlurredPhoto>() };
  const dates = keepDate ? await datesOf(context, files) : new Map<string, string>();
  return {
    textOf(file) {
      const { caption, alt, credit = workspace?.settings.credit } = photos.get(file) ?? {};
      const date = dates.get(file);
      return {
        ...(caption && { caption }),
        ...(alt && { alt }),
        ...(credit && { credit }),
        ...(date && { date }),
      };
    },
    focusOf(file) {
      const focus = photos.get(file)?.focus?.split(",").map(Number);
      return focus && [focus[0]!, focus[1]!];
    },
    blurOf(file) {
      const photo = photos.get(file) ?? copies.get(file)?.photo;
      return photo && boxesOf(photo);
    },
    blurred: { copies, namesakes },
  };
}

/** The photos of posts among these files, by their absolute path. */
export async function photosOfPosts(
  workspace: Workspace,
  files: readonly string[],
): Promise<Map<string, PostPhoto>> {
  const photos = new Map<string, PostPhoto>();
  if (!files.some((file) => isInside(workspace.posts, file))) return photos;
  for (const bundle of await listBundles(workspace)) {
    if (!files.some((file) => isInside(bundle.folder, file))) continue;
    // A post that cannot be read does not stop its photos; `post check` reports its faults.
    const { post } = await readBundle(bundle);
    for (const photo of post?.photos ?? []) photos.set(await photoFile(bundle, photo.file), photo);
  }
  return photos;
}

/** A photo of a post of which parts are made unrecognisable. */
export interface BlurredPhoto {
  slug: string;
  photo: PostPhoto;
}

/** Files, and what a post of the workspace blurs in the same photo. */
export interface BlurredElsewhere {
  /** By file: a photo that is this file, or has the same bytes. */
  copies: Map<string, BlurredPhoto>;
  /** By file: a photo with the same name and other bytes, which may be the same picture or not. */
  namesakes: Map<string, BlurredPhoto>;
}

/**
 * Finds among these files the photos that a post of the workspace blurs. `post attach` copies a photo, so that its original still lies where
 * it came from; a photo may also be taken out of the folder of another post. Whose post lists it says itself what it blurs: leave those
 * out where that post is meant.
 */
export async function blurredElsewhere(
  workspace: Workspace,
  files: readonly string[],
): Promise<BlurredElsewhere> {
  const found: BlurredElsewhere = { copies: new Map(), namesakes: new Map() };
  const blurred = files.length > 0 ? await blurredPhotos(workspace) : [];
  for (const file of blurred.length > 0 ? files : []) {
    const size = await sizeOf(file);
    const alike = blurred.filter((each) => each.size === size);
    const own = alike.length > 0 ? await sha256File(file) : undefined;
    for (const each of alike) {
      if ((await sha256File(each.path)) === own) found.copies.set(file, each);
    }
    const stem = stemOf(path.basename(file));
    const namesake = blurred.find((each) => stemOf(path.posix.basename(each.photo.file)) === stem);
    if (namesake && !found.copies.has(file)) found.namesakes.set(file, namesake);
  }
  return found;
}

/**
 * Says which photos are blurred here because a post blurs them, and which are not though one of their name is.
 *
 * @param options.goal what the photos are for; default: a post
 */
export function tellBlurredToo(
  { messages, output }: Context,
  blurred: readonly string[],
  namesakes: BlurredElsewhere["namesakes"],
  {
    displayName = (file) => file,
    goal = "post",
  }: { displayName?: (file: string) => string; goal?: "post" | "renditions" | "upload" } = {},
): void {
  const nameOf = (file: string) => cleanLine(path.basename(displayName(file)));
  const said = {
    post: messages.postPhotos.blurredToo,
    renditions: messages.postPhotos.blurredAsThere,
    upload: messages.upload.sentBlurred,
  }[goal];
  if (blurred.length > 0) output.note(said({ count: blurred.length, names: blurred.map(nameOf) }));
  for (const [file, { slug }] of namesakes) {
    output.warn(messages.upload.namesakeBlurred({ name: nameOf(file), slug }));
  }
}

async function blurredPhotos(workspace: Workspace) {
  const blurred: (BlurredPhoto & { path: string; size: number })[] = [];
  for (const bundle of await listBundles(workspace)) {
    const { post } = await readBundle(bundle);
    for (const photo of post?.photos ?? []) {
      if (!boxesOf(photo)) continue;
      const file = await photoFile(bundle, photo.file);
      blurred.push({ slug: bundle.slug, photo, path: file, size: (await sizeOf(file)) ?? -1 });
    }
  }
  return blurred;
}

async function sizeOf(file: string): Promise<number | undefined> {
  return (await stat(file).catch(() => undefined))?.size;
}

async function datesOf(context: Context, files: readonly string[]): Promise<Map<string, string>> {
  const { dateTaken } = await import("../../photo/metadata/inspect.js");
  const dates = new Map<string, string>();
  for (const file of files) {
    context.host.signal.throwIfAborted();
    const taken = await dateTaken(file);
    if (taken) dates.set(file, taken);
  }
  return dates;
}
