import { decode, pipelineOf } from "./decode.js";
import type { HeicDecoder } from "./heic.js";
import { openPhoto } from "./open.js";

/** Low, because a thumbnail is only a preview. */
const quality = 68;

/** Makes a small JPEG of a photo, upright and in sRGB, at most `edge` pixels each way. Throws like `render`. */
export async function thumbnail(file: string, edge: number, heic: HeicDecoder): Promise<Buffer> {
  const photo = await openPhoto(file);
  const scale = Math.min(1, edge / Math.max(photo.facts.width, photo.facts.height));
  return pipelineOf(await decode(photo, scale, heic))
    .jpeg({ quality })
    .toBuffer();
}
