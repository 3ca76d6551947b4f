import { createHash } from "node:crypto";
import { constants, createWriteStream } from "node:fs";
import { copyFile, mkdir, open, readdir, rename, rm, stat, statfs } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { v7 as uuid } from "uuid";
import { Outage } from "../outage.js";
import type { Blobs, ByteRange } from "./types.js";

/** Blobs with copies on the disk. */
export interface CachedBlobs extends Blobs {
  /** Hashes of the blobs that have a copy. */
  copied(): string[];
  /** Removes the copy of a blob. */
  forget(sha256: string): Promise<void>;
}

/** What all copies take at most: bytes, and a part of the disk. */
const maxRoom = { bytes: 2 * 1024 ** 3, part: 0.05 };
const unfinished = ".part";

/**
 * Keeps copies of a remote store's blobs in `folder`. One that has a copy is read from it, also while the store is away. Any
 * other is fetched whole before its first byte is passed on, once for all who ask meanwhile, so that a store that stops in
 * the middle leaves nobody with half a photo. The copies that were not read for longest make room for others.
 *
 * @param maxBytes of all copies. Default: 2 GB, or a twentieth of a smaller disk
 */
export async function cacheBlobs(blobs: Blobs, folder: string, maxBytes?: number): Promise<CachedBlobs> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const room = maxBytes ?? (await roomFor(folder));
  /** Sizes in bytes by hash, the one that was read last at the end. */
  const copies = await copiesIn(folder);
  const fetches = new Map<string, Promise<"copied" | "missing" | "no room">>();
  const pathOf = (sha256: string) => path.join(folder, sha256);

  const forget = async (sha256: string) => {
    copies.delete(sha256);
    await rm(pathOf(sha256), { force: true });
  };

  /** Makes a copy with what `write` writes to a file, and room for it. False where the disk has none. */
  const copy = async (sha256: string, write: (file: string) => Promise<void>): Promise<boolean> => {
    const file = path.join(folder, uuid() + unfinished);
    try {
      await write(file);
      copies.set(sha256, (await stat(file)).size);
      await rename(file, pathOf(sha256));
    } catch (error) {
      if (isNoRoom(error)) return false;
      throw error;
    } finally {
      await rm(file, { force: true });
    }
    let bytes = [...copies.values()].reduce((sum, size) => sum + size, 0);
    for (const [oldest, size] of copies) {
      if (bytes <= room) break;
      bytes -= size;
      await forget(oldest);
    }
    return true;
  };

  const fetch = async (sha256: string) => {
    const bytes = await blobs.read(sha256);
    if (!bytes) return "missing";
    const hash = createHash("sha256");
    const hashed = async function* (pieces: AsyncIterable<string | Buffer>) {
      for await (const piece of pieces) {
        hash.update(piece);
        yield piece;
      }
    };
    const isCopied = await copy(sha256, async (file) => {
      await pipeline(bytes, hashed, createWriteStream(file, { mode: 0o600 })).catch((error: unknown) => {
        throw isNoRoom(error) ? error : new Outage("blobs", { cause: error });
      });
      if (hash.digest("hex") !== sha256) throw new Error(`the blob ${sha256} has other bytes`);
    });
    return isCopied ? "copied" : "no room";
  };
  const fetchOnce = (sha256: string) => {
    const fetching = fetches.get(sha256) ?? fetch(sha256).finally(() => fetches.delete(sha256));
    fetches.set(sha256, fetching);
    return fetching;
  };

  const readCopy = async (sha256: string, range?: ByteRange) => {
    const size = copies.get(sha256);
    if (size === undefined) return undefined;
    copies.delete(sha256);
    copies.set(sha256, size);
    try {
      return (await open(pathOf(sha256), "r")).createReadStream(range);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      copies.delete(sha256);
      return undefined;
    }
  };

  return {
    ...blobs,
    async read(sha256, range) {
      const copied = await readCopy(sha256, range);
      if (copied) return copied;
      if ((await fetchOnce(sha256)) === "missing") return undefined;
      return (await readCopy(sha256, range)) ?? blobs.read(sha256, range);
    },
    async put(sha256, file) {
      await blobs.put(sha256, file);
      await copy(sha256, (target) => copyFile(file, target, constants.COPYFILE_FICLONE));
    },
    async remove(sha256) {
      await forget(sha256);
      await blobs.remove(sha256);
    },
    copied: () => [...copies.keys()],
    forget,
  };
}

async function roomFor(folder: string): Promise<number> {
  const { blocks, bsize } = await statfs(folder);
  return Math.min(maxRoom.bytes, blocks * bsize * maxRoom.part);
}

/** The copies of an earlier process, the one that was made last at the end. Removes what a killed one left. */
async function copiesIn(folder: string): Promise<Map<string, number>> {
  const found: { name: string; bytes: number; at: number }[] = [];
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    if (name.endsWith(unfinished)) await rm(file, { force: true });
    else {
      const { size, mtimeMs } = await stat(file);
      found.push({ name, bytes: size, at: mtimeMs });
    }
  }
  found.sort((a, b) => a.at - b.at);
  return new Map(found.map(({ name, bytes }) => [name, bytes]));
}

function isNoRoom(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "ENOSPC" || code === "EDQUOT";
}
