import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { sql } from "kysely";
import { failed, usage } from "../../errors/errors.js";
import { exists, syncFolder, writeAtomically } from "../../files/atomic.js";
import { makeFolder } from "../../files/folders.js";
import { record } from "../services/audit.js";
import { folderOwner } from "../services/caller.js";
import { databaseFile, openStore, type Store } from "../store/database/open.js";
import { requireServable } from "../store/service/relocation.js";
import { openDiskBlobs, openStorage, type StorageOptions } from "../uploads/storage.js";
import { activateCopy, copyNewsroom } from "./copy.js";
import { comparePhotos, copyPhotos, photosOf } from "./photos.js";
import { tablesOf } from "./tables.js";

/** Marks a folder as a complete backup. */
const backupNote = "backup.json";
const workFolderName = ".new";

export interface CopyCounts {
  submissions: number;
  photos: number;
}

/**
 * Backs up the newsroom into `folder` as a consistent snapshot, while it is served. The backup is a data folder with rows
 * in SQLite and photos on disk, whatever storage the newsroom uses. An existing backup is updated: only new photos are
 * copied, and photos that the newsroom no longer has are removed. An interrupted run leaves the previous backup intact.
 *
 * Throws `newsroom-folder-foreign`, `newsroom-blob-damaged` and the errors of `openStore` and `openStorage`.
 */
export async function backUp(
  source: StorageOptions,
  folder: string,
  version: string,
  now: Date,
): Promise<CopyCounts> {
  await prepareBackupFolder(folder);
  const store = await openStore(source.database ?? source.data, now, false);
  try {
    await requireServable(store, source.database?.displayUrl ?? source.data);
    const workplace = path.join(folder, workFolderName);
    // First, so that the backup too says that it was made.
    const act = { event: "exported", detail: { what: "backup" } } as const;
    await store.transaction().execute((transaction) => record(transaction, folderOwner, act, now));
    await takeSnapshot(store, source, workplace, now);
    const snapshot = await openStore(workplace, now, false);
    const kept = new Set<string>();
    const blobs = await openDiskBlobs(folder);
    let submissions: number;
    try {
      const { blobs: from } = await openStorage(source, store);
      await copyPhotos(photosOf(snapshot), from, blobs, workplace, (sha256) =>
        recordMissingPhoto(store, snapshot, sha256, now),
      );
      await comparePhotos(photosOf(snapshot), blobs);
      for await (const sha256 of photosOf(snapshot)) kept.add(sha256);
      submissions = await countSubmissions(snapshot);
      await checkpointLog(snapshot);
    } finally {
      await snapshot.destroy();
    }
    await replaceDatabase(folder);
    // Redacted photos disappear from the backup here.
    for await (const sha256 of blobs.list()) if (!kept.has(sha256)) await blobs.remove(sha256);
    const copied = { submissions, photos: kept.size };
    const note = { version, made_at: now.toISOString(), ...copied };
    await writeAtomically(path.join(folder, backupNote), `${JSON.stringify(note, null, 2)}\n`);
    return copied;
  } finally {
    await store.destroy();
  }
}

async function prepareBackupFolder(folder: string): Promise<void> {
  await makeFolder(folder, 0o700);
  const names = await readdir(folder);
  const isOurs = names.includes(backupNote) || names.includes(workFolderName);
  if (!isOurs && names.some((name) => !name.startsWith(".") && name !== "lost+found")) {
    throw usage("newsroom-folder-foreign", { path: folder });
  }
  await rm(path.join(folder, workFolderName), { recursive: true, force: true });
  await mkdir(path.join(folder, workFolderName), { mode: 0o700 });
}

/** Copies the rows at one moment: SQLite with `vacuum into`, PostgreSQL within one repeatable-read transaction. */
async function takeSnapshot(store: Store, source: StorageOptions, folder: string, now: Date): Promise<void> {
  if (!source.database) {
    // SQLite would make it readable for everyone, and writes into an empty file as into none.
    await writeFile(path.join(folder, databaseFile), "", { mode: 0o600 });
    await sql`vacuum into ${path.join(folder, databaseFile)}`.execute(store).catch((error: unknown) => {
      // A full disk is the backup's, not the newsroom's.
      throw error instanceof Error ? Object.assign(error, { path: folder }) : error;
    });
    return;
  }
  const snapshot = await openStore(folder, now);
  try {
    const tables = await tablesOf(snapshot);
    const names = { from: source.database.displayUrl, to: folder };
    await store
      .transaction()
      .setIsolationLevel("repeatable read")
      .setAccessMode("read only")
      .execute((moment) => copyNewsroom(moment, snapshot, tables, names));
    await activateCopy(snapshot, false);
  } finally {
    await snapshot.destroy();
  }
}

/** Marks a photo as removed in the snapshot if it was removed since. Throws `newsroom-blob-damaged` if it is lost. */
async function recordMissingPhoto(store: Store, snapshot: Store, sha256: string, now: Date): Promise<void> {
  const row = await store
    .selectFrom("photos")
    .select("sha256")
    .where("sha256", "=", sha256)
    .where("removed_at", "is", null)
    .executeTakeFirst();
  if (row) throw failed("newsroom-blob-damaged", { sha256 });
  await snapshot
    .updateTable("photos")
    .set({ removed_at: now.toISOString() })
    .where("sha256", "=", sha256)
    .execute();
}

/**
 * Moves the new database over the old one. The old write-ahead log goes first: SQLite would apply it to the new file.
 */
async function replaceDatabase(folder: string): Promise<void> {
  for (const end of ["-wal", "-shm"]) await rm(path.join(folder, databaseFile + end), { force: true });
  await rename(path.join(folder, workFolderName, databaseFile), path.join(folder, databaseFile));
  await syncFolder(folder);
  await rm(path.join(folder, workFolderName), { recursive: true, force: true });
}

/**
 * Writes the write-ahead log into the database file. libsql closes a database only when its statements are garbage
 * collected, so the log would still exist when the file is moved. The file must not be opened again after this.
 */
async function checkpointLog(snapshot: Store): Promise<void> {
  const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(snapshot);
  if (rows[0]?.busy !== 0) throw new Error("the log of the snapshot is in use");
}

export async function countSubmissions(store: Store): Promise<number> {
  const row = await store
    .selectFrom("submissions")
    .select((of) => of.fn.countAll().as("count"))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Throws `newsroom-backup-missing` unless the folder holds a whole backup. */
export async function requireBackup(folder: string): Promise<void> {
  if (!(await exists(path.join(folder, backupNote))))
    throw usage("newsroom-backup-missing", { path: folder });
}
