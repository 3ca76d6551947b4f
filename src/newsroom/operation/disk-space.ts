import { statfs } from "node:fs/promises";

/** Below this free fraction of the disk nothing new is taken, so that what takes away can always be stored. */
export const minFreePart = 0.1;

/** Free and total bytes of a folder's file system. `free` excludes the blocks reserved for root. */
export async function diskSpace(folder: string): Promise<{ free: number; size: number }> {
  const { bsize, bavail, blocks } = await statfs(folder);
  return { free: bavail * bsize, size: blocks * bsize };
}

/** Free fraction of a folder's file system, 0 to 1. */
export async function freePart(folder: string): Promise<number> {
  const { free, size } = await diskSpace(folder);
  return size === 0 ? 1 : free / size;
}
