import { mkdir, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { sql } from "kysely";
import { failed, usage } from "../../errors/errors.js";
import { exists, syncFolder, writeAtomically } from "../../files/atomic.js";
import { databaseFile, openStore, type Store } from "../store/database/open.js";
import { requireServable } from "../store/service/relocation.js";
import { openDiskBlobs, openStorage, type StorageOptions } from "../uploads/storage.js";
import { copyNewsroom, openCopy } from "./copy.js";
import { comparePhotos, copyPhotos, photosOf } from "./photos.js";
import { tablesOf } from "./tables.js";

/** Says that a folder is a backup, and a whole one. */
const backupNote = "backup.json";
const unfinished = ".new";

export interface Copied {
  submissions: number;
  photos: number;
}

/**
 * Makes `folder` a copy of the newsroom as it is at one moment, while it is served: a data folder of its own, rows in
 * SQLite and photos on disk, whatever the newsroom itself is kept in. A folder that holds a backup is brought up to
 * date: only new photos are copied, and those go that the newsroom no longer has. A killed one leaves the backup
 * that was there before.
 *
 * Throws `newsroom-folder-foreign`, `newsroom-blob-damaged` and the errors of `openStore` and `openStorage`.
 */
export async function backUp(
  source: StorageOptions,
  folder: string,
  version: string,
  now: Date,
): Promise<Copied> {
  await prepare(folder);
  const store = await openStore(source.database ?? source.data, now, false);
  try {
    await requireServable(store, source.database?.shown ?? source.data);
    const workplace = path.join(folder, unfinished);
    await takeSnapshot(store, source, workplace, now);
    const snapshot = await openStore(workplace, now, false);
    const kept = new Set<string>();
    const blobs = await openDiskBlobs(folder);
    let submissions: number;
    try {
      const { blobs: from } = await openStorage(source, store);
      await copyPhotos(photosOf(snapshot), from, blobs, workplace, (sha256) =>
        missing(store, snapshot, sha256, now),
      );
      await comparePhotos(photosOf(snapshot), blobs);
      for await (const sha256 of photosOf(snapshot)) kept.add(sha256);
      submissions = await countSubmissions(snapshot);
      await emptyLog(snapshot);
    } finally {
      await snapshot.destroy();
    }
    await putInPlace(folder);
    // A redaction ends with the next backup.
    for await (const sha256 of blobs.list()) if (!kept.has(sha256)) await blobs.remove(sha256);
    const copied = { submissions, photos: kept.size };
    const note = { version, made_at: now.toISOString(), ...copied };
    await writeAtomically(path.join(folder, backupNote), `${JSON.stringify(note, null, 2)}\n`);
    return copied;
  } finally {
    await store.destroy();
  }
}

async function prepare(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const names = await readdir(folder);
  const isOurs = names.includes(backupNote) || names.includes(unfinished);
  if (!isOurs && names.some((name) => !name.startsWith(".") && name !== "lost+found")) {
    throw usage("newsroom-folder-foreign", { path: folder });
  }
  await rm(path.join(folder, unfinished), { recursive: true, force: true });
  await mkdir(path.join(folder, unfinished), { mode: 0o700 });
}

/** SQLite copies itself; the rows of PostgreSQL are read in one transaction that sees one moment. */
async function takeSnapshot(store: Store, source: StorageOptions, folder: string, now: Date): Promise<void> {
  if (!source.database) {
    await sql`vacuum into ${path.join(folder, databaseFile)}`.execute(store);
    return;
  }
  const snapshot = await openStore(folder, now);
  try {
    const tables = await tablesOf(snapshot);
    const names = { from: source.database.shown, to: folder };
    await store
      .transaction()
      .setIsolationLevel("repeatable read")
      .setAccessMode("read only")
      .execute((moment) => copyNewsroom(moment, snapshot, tables, names));
    await openCopy(snapshot, false);
  } finally {
    await snapshot.destroy();
  }
}

/** A photo that was taken away since the snapshot is no loss, and is marked so; any other is. */
async function missing(store: Store, snapshot: Store, sha256: string, now: Date): Promise<void> {
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

/** The new database over the old one, whose log must not be taken for the new one's. */
async function putInPlace(folder: string): Promise<void> {
  for (const end of ["-wal", "-shm"]) await rm(path.join(folder, databaseFile + end), { force: true });
  await rename(path.join(folder, unfinished, databaseFile), path.join(folder, databaseFile));
  await syncFolder(folder);
  await rm(path.join(folder, unfinished), { recursive: true, force: true });
}

/**
 * All that was written is in the file itself: libsql closes a database only when its statements are collected, so
 * that the log would still be there when the file is moved away from it. Nor is the file opened again here after it.
 */
async function emptyLog(snapshot: Store): Promise<void> {
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
