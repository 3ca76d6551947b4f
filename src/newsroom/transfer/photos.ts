import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { failed } from "../../errors/errors.js";
import { makeFolder } from "../../files/folders.js";
import { forEachConcurrently } from "../../pool.js";
import type { Blobs } from "../blobs/types.js";
import type { Store } from "../store/database/open.js";

/** Photos copied or read at the same time. */
const concurrency = 4;

/** Lists the hashes of a newsroom's photos in order. */
export async function* photosOf(store: Store): AsyncGenerator<string> {
  for (let last = ""; ; ) {
    const rows = await store
      .selectFrom("photos")
      .select("sha256")
      .where("removed_at", "is", null)
      .where("sha256", ">", last)
      .orderBy("sha256")
      .limit(500)
      .execute();
    for (const { sha256 } of rows) yield sha256;
    if (rows.length < 500) return;
    last = rows.at(-1)?.sha256 ?? "";
  }
}

/**
 * Copies the photos that `to` does not have.
 *
 * @param folder for temporary files; on the file system of `to` when that is a disk
 * @param onMissing handles a photo that `from` does not have
 */
export async function copyPhotos(
  photos: AsyncIterable<string>,
  from: Blobs,
  to: Blobs,
  folder: string,
  onMissing: (sha256: string) => Promise<void>,
): Promise<void> {
  await makeFolder(folder, 0o700);
  await forEachConcurrently(photos, concurrency, async (sha256) => {
    if (await to.has(sha256)) return;
    const bytes = await from.read(sha256);
    if (!bytes) return onMissing(sha256);
    const file = path.join(folder, `${sha256}.copy`);
    try {
      await pipeline(bytes, createWriteStream(file, { mode: 0o600, flush: true }));
      await to.put(sha256, file);
    } finally {
      await rm(file, { force: true });
    }
  });
}

/** Reads every photo back and checks its hash. Returns their number. Throws `newsroom-blob-damaged`. */
export async function comparePhotos(photos: AsyncIterable<string>, blobs: Blobs): Promise<number> {
  let count = 0;
  await forEachConcurrently(photos, concurrency, async (sha256) => {
    const bytes = await blobs.read(sha256);
    const hash = createHash("sha256");
    if (bytes) await pipeline(bytes, hash);
    if (!bytes || hash.digest("hex") !== sha256) throw failed("newsroom-blob-damaged", { sha256 });
    count += 1;
  });
  return count;
}
