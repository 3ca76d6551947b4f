import { statfs } from "node:fs/promises";

/** Less of the disk free than this part, and no more photos are taken: the texts must always find room. */
export const minFreePart = 0.1;

/** Of a folder's file system, in bytes; free for us, without what is kept for root. */
export async function diskSpace(folder: string): Promise<{ free: number; size: number }> {
  const { bsize, bavail, blocks } = await statfs(folder);
  return { free: bavail * bsize, size: blocks * bsize };
}

/** The part of a folder's file system that is free for us, 0 to 1. */
export async function freePart(folder: string): Promise<number> {
  const { free, size } = await diskSpace(folder);
  return size === 0 ? 1 : free / size;
}
