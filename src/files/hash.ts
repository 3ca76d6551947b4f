import { createHash } from "node:crypto";
import { open } from "node:fs/promises";

/** Bytes per read. */
const chunk = 512 * 1024;

/** Computes the SHA-256 of bytes in memory, as 64 lower-case hex digits. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Computes the SHA-256 of a file. Reads through one small buffer, so memory does not grow with the size of the file. */
export async function sha256File(file: string): Promise<string> {
  const hash = createHash("sha256");
  const handle = await open(file, "r");
  try {
    const buffer = Buffer.allocUnsafe(chunk);
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, chunk);
      if (bytesRead === 0) return hash.digest("hex");
      hash.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}
