import { open, readFile } from "node:fs/promises";
import { detectFormat, headBytes } from "../sources/format.js";

/** Bytes read of a JPEG: its metadata comes before the picture. */
const headerBytes = 256 * 1024;

/** Reads the part of a photo that holds its metadata; undefined for a file that is not a photo or cannot be read. */
export async function metadataBytes(file: string): Promise<Buffer | undefined> {
  try {
    const handle = await open(file, "r");
    try {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(headerBytes), 0, headerBytes, 0);
      const format = detectFormat(buffer.subarray(0, Math.min(bytesRead, headBytes)));
      if (format === "video" || format === "unknown") return undefined;
      return format === "jpeg" ? buffer.subarray(0, bytesRead) : await readFile(file);
    } finally {
      await handle.close();
    }
  } catch {
    return undefined;
  }
}
