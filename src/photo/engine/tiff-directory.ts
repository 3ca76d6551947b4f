/** A field of a directory (TIFF 6.0, section 2). */
export interface TiffField {
  /** Its first value where that is a whole number; 0 otherwise. */
  number: number;
  /** Its value where that is text; "" otherwise. */
  text: string;
}

/** Reads the directories of a TIFF, which is also the form of EXIF. */
export interface TiffReader {
  /** Offset of the first directory. */
  first: number;
  /** Returns the fields of a directory by tag. Throws RangeError where the file ends within it. */
  directory(offset: number): Map<number, TiffField>;
}

/** More fields than any directory of a photo has. */
const maxFields = 500;

/** Opens a TIFF or the EXIF of a photo; returns undefined for other bytes. */
export function openTiff(tiff: Buffer): TiffReader | undefined {
  const order = tiff.toString("latin1", 0, 2);
  if (order !== "II" && order !== "MM") return undefined;
  const little = order === "II";
  const u16 = (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const u32 = (at: number) => (little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  if (u16(2) !== 42) return undefined;
  const fieldAt = (at: number): TiffField => {
    const [type, count] = [u16(at + 2), u32(at + 4)];
    // Bytes and text (1, 2, 6, 7) are one byte a value.
    const textAt = count <= 4 ? at + 8 : u32(at + 8);
    const isText = type === 2 || type === 7;
    const number = type === 3 ? u16(count <= 2 ? at + 8 : u32(at + 8)) : type === 4 ? u32(at + 8) : 0;
    const text = isText ? tiff.toString("latin1", textAt, textAt + Math.min(count, 64)) : "";
    return { number, text };
  };
  return {
    first: u32(4),
    directory(offset) {
      const count = Math.min(u16(offset), maxFields);
      return new Map(
        Array.from({ length: count }, (_, i) => {
          const at = offset + 2 + i * 12;
          return [u16(at), fieldAt(at)];
        }),
      );
    },
  };
}

/** The TIFF in an EXIF block, which may begin with its name. */
export function headerOfTiff(exif: Buffer): Buffer {
  return exif.toString("latin1", 0, 4) === "Exif" ? exif.subarray(6) : exif;
}
