import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { RenderedPhoto } from "../contract/contract.js";
import { makeProcessFolder, removeAbandoned } from "../files/process-folders.js";
import { renderChannelPhoto } from "../photo/renditions/channel-photo.js";
import type { ImageEngine } from "../photo/types.js";
import { limitConcurrency, photosAtOnce } from "../pool.js";

/** The photos of one run, as the channels take them. */
export interface PublicationPhotos {
  /** The part that is shown, scaled, as a JPEG with its caption, alt text and credit (XMP). Made once for each form. */
  photo(photo: RenderedPhoto): Promise<Uint8Array>;
  /** Ends what is still under way, and removes what was stored. */
  remove(): Promise<void>;
}

const folderName = "kominfo-publish";

/** Removes the photos that killed runs have left: also those that were redacted since. */
export function removeAbandonedPhotos(): Promise<void> {
  return removeAbandoned(folderName);
}

/** @param download returns a photo of the newsroom by hash, verified */
export async function openPublicationPhotos(deps: {
  download(sha256: string, signal: AbortSignal): Promise<Uint8Array>;
  images(): Promise<ImageEngine>;
  signal: AbortSignal;
}): Promise<PublicationPhotos> {
  await removeAbandonedPhotos();
  const folder = await makeProcessFolder(folderName);
  const ended = new AbortController();
  const signal = AbortSignal.any([deps.signal, ended.signal]);
  const sources = new Map<string, Promise<string>>();
  const made = new Map<string, Promise<Uint8Array>>();
  // In the order in which they are asked for: what is asked first is what others wait for longest.
  const inTurn = limitConcurrency(photosAtOnce);
  let serial = 0;

  const source = async (sha256: string) => {
    const file = path.join(folder, sha256);
    await writeFile(file, await deps.download(sha256, signal));
    return file;
  };
  const render = async (photo: RenderedPhoto) => {
    const { sha256 } = photo;
    // A file of its own also for one that is made again after a failure, while others are made.
    serial += 1;
    const target = path.join(folder, `${serial}.jpg`);
    const engine = await deps.images();
    // While the photo is downloaded.
    engine.start?.();
    const file = await remembered(sources, sha256, () => source(sha256));
    return inTurn(() => renderChannelPhoto(engine, file, target, photo, signal));
  };
  return {
    photo: (photo) => remembered(made, JSON.stringify(photo), () => render(photo)),
    async remove() {
      ended.abort();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function remembered<T>(memory: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = memory.get(key);
  if (known) return known;
  const made = make();
  memory.set(key, made);
  made.catch(() => memory.delete(key));
  return made;
}
