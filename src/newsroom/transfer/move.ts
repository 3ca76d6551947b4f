import path from "node:path";
import { sql } from "kysely";
import { failed } from "../../errors/errors.js";
import { record } from "../services/audit.js";
import { folderOwner } from "../services/caller.js";
import { stopSchedules } from "../services/publishing/stop-schedules.js";
import { openStore, openStoreExclusively, type Store } from "../store/database/open.js";
import { openPostgres } from "../store/database/postgres.js";
import { findHandover, requireServable, startHandover } from "../store/service/relocation.js";
import { openDiskBlobs, openStorage, type StorageOptions } from "../uploads/storage.js";
import { type CopyCounts, countSubmissions, requireBackup } from "./backup.js";
import { activateCopy, copyNewsroom } from "./copy.js";
import { comparePhotos, copyPhotos, photosOf } from "./photos.js";
import { type Table, tablesOf } from "./tables.js";

/** Progress callback; receives the name of a table, or "photos". */
type OnStep = (subject: string) => void;

/**
 * Moves the newsroom of a data folder into a database and, if given, a bucket. Compares both sides row by row and hash by
 * hash, then marks the folder as moved, so that nothing is written there any more. An interrupted move can be resumed. No
 * service may run on the folder.
 *
 * Throws `newsroom-running`, `newsroom-target-used`, `newsroom-copy-differs`, `newsroom-blob-damaged`.
 */
export async function moveNewsroom(
  folder: string,
  target: StorageOptions,
  now: Date,
  onStep: OnStep = () => {},
): Promise<CopyCounts> {
  const from = await openStoreExclusively(folder, now);
  try {
    await requireServable(from, folder);
    const copied = await copyAll(from, folder, target, "move", now, onStep);
    await startHandover(from, "moved", nameOf(target));
    return copied;
  } finally {
    await from.destroy();
  }
}

/** Counts what `moveNewsroom` would copy, without writing anything. Throws the errors of its start. */
export async function planMove(folder: string, target: StorageOptions, now: Date): Promise<CopyCounts> {
  const from = await openStoreExclusively(folder, now);
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

/** Copies a backup into an empty target, and stops what was scheduled. Throws `newsroom-backup-missing`, and the errors of `moveNewsroom`. */
export async function restoreNewsroom(
  backup: string,
  target: StorageOptions,
  now: Date,
  onStep: OnStep = () => {},
): Promise<CopyCounts> {
  await requireBackup(backup);
  const from = await openStore(backup, now, false);
  try {
    return await copyAll(from, backup, target, "restore", now, onStep);
  } finally {
    await from.destroy();
  }
}

async function copyAll(
  from: Store,
  folder: string,
  target: StorageOptions,
  what: "move" | "restore",
  now: Date,
  onStep: OnStep,
): Promise<CopyCounts> {
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
    await to.transaction().execute(async (transaction) => {
      await activateCopy(transaction, target.database !== undefined);
      if (what === "restore") await stopSchedules(transaction, now);
      const event = what === "move" ? "exported" : "restored";
      await record(transaction, folderOwner, { event, detail: { what } }, now);
    });
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
  return target.database?.displayUrl ?? target.data;
}
