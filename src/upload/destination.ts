import path from "node:path";
import type { NewsroomClient } from "../newsroom-client/types.js";
import type { Post } from "../post/types.js";
import { attachPhotos } from "../workspace/change.js";
import type { Bundle } from "../workspace/posts.js";
import type { ReadyPhoto } from "./types.js";

/** Where photos are listed once the newsroom has them. */
export interface Destination {
  /** Photos listed in one step; more wait for the next. */
  readonly most: number;
  /** Listing a photo again replaces what was said of it, or changes nothing. */
  list(photos: readonly ReadyPhoto[]): Promise<void>;
}

/** The newsroom takes up to 500 in one call; fewer are lost to one broken line. */
const albumStep = 100;

/** An event's album at the newsroom. */
export function albumDestination(
  newsroom: Pick<NewsroomClient, "putAlbum">,
  album: { kecamatan: string; slug: string; title: string },
): Destination {
  return {
    most: albumStep,
    async list(photos) {
      await newsroom.putAlbum(album.kecamatan, album.slug, {
        title: album.title,
        photos: photos.map(({ sha256, source_sha256, source, words }) => ({
          sha256,
          source_sha256,
          filename: path.basename(source).slice(0, 255),
          ...words,
        })),
      });
    },
  };
}

/** A post's `foto:`, by the same step as `post attach`. */
export function postDestination(bundle: Bundle, fileOf: (source: string) => string): Destination {
  return {
    most: Number.POSITIVE_INFINITY,
    async list(photos) {
      const plain: Pick<Post["photos"][number], "source" | "children" | "lead"> = {
        source: "own",
        children: "unchecked",
        lead: false,
      };
      await attachPhotos(
        bundle,
        photos.map(({ source, words }) => ({ ...words, ...plain, path: fileOf(source) })),
      );
    },
  };
}
