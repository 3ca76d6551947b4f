import { readFile } from "node:fs/promises";
import { usage } from "../errors/errors.js";

/**
 * Reads a file that a person named. Throws `file-not-found` and `file-unreadable` (exit 2).
 *
 * @param shown how the person named it; default: its path
 */
export async function readNamedFile(file: string, shown = file): Promise<Buffer> {
  return readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") throw usage("file-not-found", { path: shown }, error);
    throw usage("file-unreadable", { path: shown, reason: error.code ?? "?" }, error);
  });
}
