import { type FileHandle, open, readFile } from "node:fs/promises";
import { detectFormat, headBytes } from "../sources/format.js";

/** Bytes read at first of a JPEG: its metadata comes before the picture, and mostly fits. */
const headerBytes = 256 * 1024;
/** Bytes read at most: metadata of programs that keep a history of edits may take megabytes. */
const maxHeaderBytes = 32 * 1024 * 1024;

/** Reads the part of a photo that holds its metadata; undefined for a file that is not a photo or cannot be read. */
export async function metadataBytes(file: string): Promise<Buffer | undefined> {
  try {
    const handle = await open(file, "r");
    try {
      let bytes = await headOf(handle, headerBytes);
      const format = detectFormat(bytes.subarray(0, headBytes));
      if (format === "video" || format === "unknown") return undefined;
      if (format !== "jpeg") return await readFile(file);
      for (
        let most = headerBytes;
        bytes.length === most && most < maxHeaderBytes && !reachesPicture(bytes);
      ) {
        most *= 8;
        bytes = await headOf(handle, most);
      }
      return bytes;
    } finally {
      await handle.close();
    }
  } catch {
    return undefined;
  }
}

async function headOf(handle: FileHandle, most: number): Promise<Buffer> {
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(most), 0, most, 0);
  return buffer.subarray(0, bytesRead);
}

/** Whether the picture of a JPEG begins within these bytes, or what is there is no JPEG (ISO/IEC 10918-1, B.1.1). */
function reachesPicture(bytes: Buffer): boolean {
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff || bytes[at + 1] === 0xda) return true;
    at += bytes[at + 1] === 0xff ? 1 : 2 + bytes.readUInt16BE(at + 2);
  }
  return false;
}
