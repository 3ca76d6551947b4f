import { openTiff } from "./tiff-directory.js";

/** Tags (TIFF 6.0) and their values. */
const [bitsPerSample, compression, photometric, sampleFormat] = [258, 259, 262, 339];
const [ycbcr, sensor, linearSensor] = [6, 32803, 34892];
const jpegCompressions: readonly (number | undefined)[] = [6, 7];
const floatingPoint = 3;

/**
 * Returns the name of a kind of TIFF that the decoder reads without an error and with wrong colours, for `photo-not-supported`: YCbCr
 * that is not within JPEG, whole numbers of 32 bits, and floating point, whose numbers may be linear light or not. Undefined for others.
 */
export function misreadTiffKind(tiff: Buffer): "tiff-kind" | "raw" | undefined {
  try {
    const reader = openTiff(tiff);
    const fields = reader?.directory(reader.first);
    const colour = fields?.get(photometric)?.number;
    if (colour === sensor || colour === linearSensor) return "raw";
    const isLoose = colour === ycbcr && !jpegCompressions.includes(fields?.get(compression)?.number);
    const isDeep = (fields?.get(bitsPerSample)?.number ?? 0) >= 32;
    return isLoose || isDeep || fields?.get(sampleFormat)?.number === floatingPoint ? "tiff-kind" : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
