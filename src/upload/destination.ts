import path from "node:path";
import { storableName } from "../files/names.js";
import type { NewsroomClient } from "../newsroom-client/types.js";
import type { Post } from "../post/types.js";
import { attachPhotos } from "../workspace/change.js";
import type { Bundle } from "../workspace/posts.js";
import type { ReadyPhoto } from "./types.js";

/** The album or post in which photos are listed once the newsroom has them. */
export interface Destination {
  /** Photos listed in one call. */
  readonly batchSize: number;
  /** Lists photos. Listing a photo again replaces its captions, or changes nothing. */
  list(photos: readonly ReadyPhoto[]): Promise<void>;
}

/** The newsroom takes up to 500 in one call; with fewer, a broken connection costs less. */
const albumBatchSize = 100;

/** An event's album at the newsroom. */
export function albumDestination(
  newsroom: Pick<NewsroomClient, "putAlbum">,
  album: { kecamatan: string; slug: string; title: string },
): Destination {
  return {
    batchSize: albumBatchSize,
    async list(photos) {
      await newsroom.putAlbum(album.kecamatan, album.slug, {
        title: album.title,
        photos: photos.map(({ sha256, source_sha256, source, captions }) => ({
          sha256,
          source_sha256,
          filename: storableName(path.basename(source)).slice(0, 255),
          ...captions,
        })),
      });
    },
  };
}

/**
 * A post's `foto:`, changed as `post attach` changes it.
 *
 * @param blurOf parts that another post makes unrecognisable, as front matter holds them
 */
export function postDestination(
  bundle: Bundle,
  fileOf: (source: string) => string,
  blurOf: (source: string) => string[] | undefined = () => undefined,
): Destination {
  return {
    batchSize: Number.POSITIVE_INFINITY,
    async list(photos) {
      const plain: Pick<Post["photos"][number], "source" | "children" | "lead"> = {
        source: "own",
        children: "unchecked",
        lead: false,
      };
      await attachPhotos(
        bundle,
        photos.map(({ source, captions }) => {
          const blur = blurOf(source);
          return { ...captions, ...plain, ...(blur && { blur }), path: fileOf(source) };
        }),
      );
    },
  };
}
