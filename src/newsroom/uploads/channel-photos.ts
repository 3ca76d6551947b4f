import { createWriteStream } from "node:fs";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { pipeline } from "node:stream/promises";
import type { RenderedPhoto } from "../../contract/contract.js";
import { sha256 } from "../../files/hash.js";
import { withProcessFolder } from "../../files/process-folders.js";
import { renderChannelPhoto } from "../../photo/renditions/channel-photo.js";
import { engineVersion } from "../../photo/renditions/engine-version.js";
import { createTurns } from "../http/turns.js";
import type { RouteOptions } from "../options.js";
import { problem } from "../services/problem.js";

/** Photos of one person that may wait, and of all: a page of the desk has 54 on four channels, and asks as its reader scrolls. */
const waiting = { perPerson: 60, inAll: 120 };
/** Whoever has waited longer than this is told to come back, in ms. */
const longestWaitMs = 30_000;

/** Where a photo lies while it is made. The sweep removes what a killed process leaves there. */
export const channelPhotoFolder = "kominfo-channel-photo";

/** Makes the JPEGs that channels show, for people who bring them there by hand. */
export interface ChannelPhotos {
  /**
   * The very bytes that a client of this version would send for the rendering. Throws `too-many-requests` where too much waits, or for too
   * long; `not-found` when the photo is gone.
   *
   * @param person who waits @param isGone whether nobody waits for it any more: then it is not made, and `not-found` is thrown
   */
  make(person: string, photo: RenderedPhoto, isGone: () => boolean): Promise<Uint8Array>;
}

/** @param clock in ms, of the waiting */
export function createChannelPhotos(
  deps: Pick<RouteOptions, "blobs" | "images" | "decoding">,
  clock: () => number = () => performance.now(),
): ChannelPhotos {
  // One at a time of each person, so that one of theirs is in the line in which uploads wait, too.
  const turns = createTurns({ atOnce: Infinity, ...waiting });
  return {
    make: (person, photo, isGone) => {
      const since = clock();
      return turns.run(person, () =>
        deps.decoding.run(`desk ${person}`, async () => {
          if (isGone()) throw problem("not-found");
          if (clock() - since > longestWaitMs) throw problem("too-many-requests");
          return render(deps, photo);
        }),
      );
    },
  };
}

async function render(
  { blobs, images }: Pick<RouteOptions, "blobs" | "images">,
  photo: RenderedPhoto,
): Promise<Uint8Array> {
  const bytes = await blobs.read(photo.sha256);
  if (!bytes) throw problem("not-found");
  // The decoder is another process, and may take the file from S3: it reads a copy, which is gone before anybody is answered.
  return withProcessFolder(channelPhotoFolder, async (folder) => {
    const source = path.join(folder, "source");
    await pipeline(bytes, createWriteStream(source, { mode: 0o600 }));
    return renderChannelPhoto(images, source, path.join(folder, "made.jpg"), photo);
  });
}

/** Entity tag of what `make` returns: another one whenever other bytes would be made. */
export function channelPhotoTag(photo: RenderedPhoto): string {
  return `"${sha256(JSON.stringify([engineVersion, photo])).slice(0, 32)}"`;
}

const shortNames: Partial<Record<string, string>> = { facebook: "fb", instagram: "ig" };

/** File name of a channel's photo or archive: ASCII, whatever the slug. E.g. "ig-1-musrenbang.jpg". */
export function channelFileName(channel: string, part: string, slug: string, ending: string): string {
  const words =
    slug
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "")
      .slice(0, 60) || "foto";
  return `${shortNames[channel] ?? channel}-${part}-${words}.${ending}`;
}
