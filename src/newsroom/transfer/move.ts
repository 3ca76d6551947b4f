import path from "node:path";
import { sql } from "kysely";
import { failed } from "../../errors/errors.js";
import { openStore, openStoreAlone, type Store } from "../store/database/open.js";
import { openPostgres } from "../store/database/postgres.js";
import { findHandover, requireServable, startHandover } from "../store/service/relocation.js";
import { openDiskBlobs, openStorage, type StorageOptions } from "../uploads/storage.js";
import { type Copied, countSubmissions, requireBackup } from "./backup.js";
import { copyNewsroom, openCopy } from "./copy.js";
import { comparePhotos, copyPhotos, photosOf } from "./photos.js";
import { type Table, tablesOf } from "./tables.js";

/** Told what is being done: a table's name, or "photos". */
type OnStep = (what: string) => void;

/**
 * Copies the newsroom of a data folder into a database and, where one is given, a bucket, and compares both sides row
 * by row and hash by hash; then the folder's own newsroom is closed for good, so that nothing is written there any
 * more. Broken off, it goes on where it was. No service may run on the folder.
 *
 * Throws `newsroom-running`, `newsroom-target-used`, `newsroom-copy-differs`, `newsroom-blob-damaged`.
 */
export async function moveNewsroom(
  folder: string,
  target: StorageOptions,
  now: Date,
  onStep: OnStep = () => {},
): Promise<Copied> {
  const from = await openStoreAlone(folder, now);
  try {
    await requireServable(from, folder);
    const copied = await copyAll(from, folder, target, now, onStep);
    await startHandover(from, "moved", nameOf(target));
    return copied;
  } finally {
    await from.destroy();
  }
}

/** What `moveNewsroom` would copy; writes nothing, neither here nor there. Throws what it would throw at its start. */
export async function planMove(folder: string, target: StorageOptions, now: Date): Promise<Copied> {
  const from = await openStoreAlone(folder, now);
  try {
    await requireServable(from, folder);
    if (target.database) await requireUnused(await openPostgres(target.database), target, folder);
    let photos = 0;
    for await (const _ of photosOf(from)) photos += 1;
    return { submissions: await countSubmissions(from), photos };
  } finally {
    await from.destroy();
  }
}

/** Copies a backup to where nothing is yet. Throws `newsroom-backup-missing`, and what `moveNewsroom` throws. */
export async function restoreNewsroom(
  backup: string,
  target: StorageOptions,
  now: Date,
  onStep: OnStep = () => {},
): Promise<Copied> {
  await requireBackup(backup);
  const from = await openStore(backup, now, false);
  try {
    return await copyAll(from, backup, target, now, onStep);
  } finally {
    await from.destroy();
  }
}

async function copyAll(
  from: Store,
  folder: string,
  target: StorageOptions,
  now: Date,
  onStep: OnStep,
): Promise<Copied> {
  const to = await openStore(target.database ?? target.data, now);
  try {
    const tables: Table[] = await tablesOf(from);
    await copyNewsroom(from, to, tables, { from: folder, to: nameOf(target) }, onStep);
    const { blobs } = await openStorage(target, to);
    onStep("photos");
    const isSame = !target.blobs && path.resolve(folder) === path.resolve(target.data);
    if (!isSame) {
      const workplace = path.join(target.data, "uploads");
      await copyPhotos(photosOf(to), await openDiskBlobs(folder), blobs, workplace, async (sha256) => {
        throw failed("newsroom-blob-damaged", { sha256 });
      });
    }
    const photos = await comparePhotos(photosOf(to), blobs);
    await openCopy(to, target.database !== undefined);
    return { submissions: await countSubmissions(to), photos };
  } finally {
    await to.destroy();
  }
}

async function requireUnused(to: Store, target: StorageOptions, folder: string): Promise<void> {
  const path = nameOf(target);
  try {
    const { rows } =
      await sql`select 1 from pg_tables where schemaname = current_schema() and tablename = 'users'`.execute(
        to,
      );
    if (rows.length === 0) return;
    const handover = await findHandover(to);
    if (handover?.state === "unfinished" && handover.other === folder) return;
    if (handover || (await to.selectFrom("users").select("id").executeTakeFirst())) {
      throw failed("newsroom-target-used", { path });
    }
  } finally {
    await to.destroy();
  }
}

function nameOf(target: StorageOptions): string {
  return target.database?.shown ?? target.data;
}
