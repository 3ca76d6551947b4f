import path from "node:path";
import type { Context } from "../../context.js";
import { isInside } from "../../files/names.js";
import type { Focus, PhotoText } from "../../photo/types.js";
import type { PostPhoto } from "../../post/types.js";
import { listBundles, readBundle } from "../../workspace/posts.js";
import type { Workspace } from "../../workspace/types.js";

/** What is known of photos beside their pictures. */
export interface PostMetadata {
  /** What is written into the renditions of a file. */
  textOf(file: string): PhotoText;
  focusOf(file: string): Focus | undefined;
}

/**
 * What the posts of a workspace say of these files: a photo in a post's folder has its caption, alternative text,
 * credit and focus from there; any other has the workspace's credit alone.
 *
 * @param keepDate write when each was taken, too
 */
export async function postMetadataOf(
  context: Context,
  files: readonly string[],
  workspace: Workspace | undefined,
  keepDate: boolean,
): Promise<PostMetadata> {
  const photos = workspace ? await photosOfPosts(workspace, files) : new Map<string, PostPhoto>();
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
  };
}

async function photosOfPosts(
  workspace: Workspace,
  files: readonly string[],
): Promise<Map<string, PostPhoto>> {
  const photos = new Map<string, PostPhoto>();
  if (!files.some((file) => isInside(workspace.posts, file))) return photos;
  for (const bundle of await listBundles(workspace)) {
    if (!files.some((file) => isInside(bundle.folder, file))) continue;
    // A post that cannot be read stops no photo; `post check` says what is wrong with it.
    const { post } = await readBundle(bundle);
    for (const photo of post?.photos ?? []) photos.set(path.join(bundle.folder, photo.file), photo);
  }
  return photos;
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
