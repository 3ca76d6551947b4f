import type { Sharp } from "sharp";
import { failed } from "../../errors/errors.js";
import { insertSegments } from "../metadata/text.js";
import { defaultRenderOptions } from "../renditions/presets.js";
import type { Preset, RenderOptions } from "../types.js";

/** Step by which the quality is lowered until the bytes fit, and its minimum. */
const qualityStep = 5;
const minQuality = 10;

interface Encoded {
  jpeg: Buffer;
  quality: number;
}

/**
 * Encodes a picture as JPEG, 4:2:0, with only these metadata segments, within the bytes of the preset.
 * Throws `photo-bytes-limit` when even the lowest quality needs more.
 *
 * @param picture starts the pipeline; called once per quality
 * @param path only for the error
 */
export async function encode(
  picture: () => Sharp,
  segments: Buffer,
  preset: Preset,
  options: RenderOptions,
  path: string,
): Promise<Encoded> {
  const { quality, effort } = { ...defaultRenderOptions, ...options };
  const { maxBytes = Number.POSITIVE_INFINITY } = preset;
  for (let q = quality; ; q = Math.max(minQuality, q - qualityStep)) {
    const image = picture().jpeg({
      quality: q,
      chromaSubsampling: "4:2:0",
      // Optimised Huffman tables take an eighth of the whole work and save 2 % of the bytes.
      optimiseCoding: effort === "small",
      mozjpeg: effort === "small",
    });
    const jpeg = insertSegments(await image.toBuffer(), segments);
    if (jpeg.length <= maxBytes) return { jpeg, quality: q };
    if (q <= minQuality) throw failed("photo-bytes-limit", { path, preset: preset.name, limit: maxBytes });
  }
}
