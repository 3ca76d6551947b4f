import { readFile } from "node:fs/promises";
import type { Crop, ImageEngine, Preset } from "../types.js";

/** A photo as a channel shows it; the contract's rendering holds such ones. */
export interface ChannelPhoto {
  alt: string;
  caption: string;
  credit: string;
  /** null: all of the photo. */
  crop: Crop | null;
  /** To which the part is scaled, in pixels. It is never enlarged. */
  width: number;
  height: number;
}

/** X takes 5 MB, Instagram 8 MiB. */
export const maxChannelPhotoBytes = 4_800_000;
/** Above the default of renditions, because what is encoded here was encoded before. */
const quality = 88;

/**
 * Makes the JPEG that a channel shows: the part, scaled, with its caption, alt text and credit (XMP). The machine that sends and the
 * desk, which gives it to a person, both call this: the bytes are the same. Throws `photo-…` as the engine does.
 *
 * @param source absolute path of the photo that the newsroom has @param target absolute path to write to
 */
export async function renderChannelPhoto(
  engine: Pick<ImageEngine, "render">,
  source: string,
  target: string,
  { caption, alt, credit, crop, width, height }: ChannelPhoto,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const preset: Preset = { name: "publish", width, height, fit: "inside", maxBytes: maxChannelPhotoBytes };
  const [rendition] = await engine.render(
    source,
    [{ preset, path: target, ...(crop && { crop }) }],
    { quality, text: { caption, alt, credit } },
    signal,
  );
  return readFile(rendition!.path);
}
