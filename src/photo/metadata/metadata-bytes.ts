import { open, readFile } from "node:fs/promises";
import { detectFormat, headBytes } from "../sources/format.js";

/** Where a JPEG's metadata is, if it has any; it comes before the picture. Bytes */
const reach = 256 * 1024;

/** The part of a photo that holds its metadata; undefined for what is no photo or cannot be read. */
export async function metadataBytes(file: string): Promise<Buffer | undefined> {
  try {
    const handle = await open(file, "r");
    try {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(reach), 0, reach, 0);
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
