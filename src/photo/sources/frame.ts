import type { PhotoFormat } from "../types.js";

/** The picture that a photo's header announces. */
export interface Frame {
  format: "jpeg" | "png" | "webp";
  /** Pixels, as stored: not turned upright. */
  width: number;
  height: number;
  /** A JPEG of several scans or an interlaced PNG: it comes in passes over the whole picture. */
  progressive: boolean;
}

/**
 * Whether a photo can only be decoded with the whole picture in memory. libjpeg keeps all coefficients of a progressive
 * JPEG (2 bytes a sample), libpng all rows of an interlaced PNG, and libwebp always the whole picture.
 */
export function isDecodedWhole({
  format,
  progressive,
}: {
  format: PhotoFormat;
  progressive: boolean;
}): boolean {
  return progressive || format === "webp";
}

/**
 * Reads the size of a JPEG, PNG or WebP from its header. It decodes nothing, and steps over each segment at most once.
 * Returns undefined for other files and for headers that it cannot follow; what they hold is the decoder's to say.
 */
export function readFrame(bytes: Buffer): Frame | undefined {
  try {
    return readPng(bytes) ?? readWebp(bytes) ?? readJpeg(bytes);
  } catch (error) {
    // The file ends within its header.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** PNG (Third Edition), 11.2.1: IHDR is always first. */
function readPng(bytes: Buffer): Frame | undefined {
  if (bytes.toString("latin1", 0, 8) !== "\x89PNG\r\n\x1a\n") return undefined;
  return {
    format: "png",
    width: bytes.readUInt32BE(16),
    height: bytes.readUInt32BE(20),
    progressive: bytes.readUInt8(28) === 1,
  };
}

/** RFC 9649, sections 2.5 to 2.7: the first chunk tells the size. */
function readWebp(bytes: Buffer): Frame | undefined {
  if (!/^RIFF.{4}WEBP/s.test(bytes.toString("latin1", 0, 12))) return undefined;
  const size = (width: number, height: number): Frame => ({
    format: "webp",
    width,
    height,
    progressive: false,
  });
  switch (bytes.toString("latin1", 12, 16)) {
    case "VP8X":
      return size(bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1);
    case "VP8 ":
      return size(bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff);
    case "VP8L": {
      const bits = bytes.readUInt32LE(21);
      return size((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
    }
    default:
      return undefined;
  }
}

/**
 * ITU-T T.81, annex B: the frame header (SOF0 to SOF15) tells the size, the first scan header (SOS) how many components it
 * holds. With fewer than the frame's, more scans follow, and the picture comes in passes as a progressive one does.
 */
function readJpeg(bytes: Buffer): Frame | undefined {
  if (bytes.readUInt16BE(0) !== 0xffd8) return undefined;
  let frame: (Frame & { components: number }) | undefined;
  let at = 2;
  while (bytes.readUInt8(at) === 0xff) {
    const marker = bytes.readUInt8(at + 1);
    if (marker === 0xff) {
      // A fill byte.
      at++;
      continue;
    }
    if (marker === startOfScan) {
      if (!frame) return undefined;
      const { components, ...found } = frame;
      return { ...found, progressive: found.progressive || bytes.readUInt8(at + 4) < components };
    }
    if (isFrameHeader(marker)) {
      frame = {
        format: "jpeg",
        width: bytes.readUInt16BE(at + 7),
        height: bytes.readUInt16BE(at + 5),
        progressive: progressiveFrames.has(marker),
        components: bytes.readUInt8(at + 9),
      };
    }
    // A length counts itself; one below 2 would not get on.
    at += 2 + Math.max(2, bytes.readUInt16BE(at + 2));
  }
  return undefined;
}

const startOfScan = 0xda;

/** DHT, JPG and DAC lie among the frame headers. */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** SOF2, SOF6, SOF10 and SOF14. */
const progressiveFrames: ReadonlySet<number> = new Set([0xc2, 0xc6, 0xca, 0xce]);
