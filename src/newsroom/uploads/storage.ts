import path from "node:path";
import type { Locker } from "@tus/server";
import { makeFolder } from "../../files/folders.js";
import type { PostgresAddress, S3Address } from "../addresses.js";
import { type CachedBlobs, cacheBlobs } from "../blobs/cache.js";
import { diskBlobs } from "../blobs/disk.js";
import { openObjects } from "../blobs/objects.js";
import { s3Blobs } from "../blobs/s3.js";
import type { Blobs } from "../blobs/types.js";
import { type BlobLocks, databaseBlobLocks, localBlobLocks } from "../staging/blob-locks.js";
import { diskStaging } from "../staging/disk.js";
import { databaseLocker } from "../staging/locker.js";
import { memoryLocker } from "../staging/memory-locker.js";
import { objectStaging } from "../staging/objects.js";
import type { Staging } from "../staging/types.js";
import type { Store } from "../store/database/open.js";

/** Where a newsroom stores its data. */
export interface StorageOptions {
  /** The newsroom's folder; with a database and a bucket it holds temporary files only. */
  data: string;
  /** PostgreSQL database for the rows, instead of SQLite in `data`. */
  database?: PostgresAddress | undefined;
  /** Bucket for the photos, instead of `data`. */
  blobs?: S3Address | undefined;
}

/** The opened storage of photos and unfinished uploads. */
export interface Storage {
  blobs: Blobs;
  /** The copies on this machine's disk, where the blobs are elsewhere. */
  copies?: Pick<CachedBlobs, "copied" | "forget"> | undefined;
  staging: Staging;
  locker: Locker;
  blobLocks: BlobLocks;
}

/** Opens the storage of photos and uploads. Throws the errors of `openObjects`. */
export async function openStorage(options: StorageOptions, store: Store): Promise<Storage> {
  const uploads = path.join(options.data, "uploads");
  await makeFolder(uploads, 0o700);
  const locker = options.database ? databaseLocker(store) : memoryLocker();
  const blobLocks = options.database ? databaseBlobLocks(store) : localBlobLocks();
  if (options.blobs) {
    const objects = await openObjects(options.blobs);
    const blobs = await cacheBlobs(s3Blobs(objects), path.join(options.data, "cache"));
    return { blobs, copies: blobs, staging: objectStaging(objects, uploads, store), locker, blobLocks };
  }
  return {
    blobs: await openDiskBlobs(options.data),
    staging: diskStaging(uploads, store),
    locker,
    blobLocks,
  };
}

/** Opens the photos of a data folder. */
export async function openDiskBlobs(data: string): Promise<Blobs> {
  const folder = path.join(data, "blobs");
  await makeFolder(folder, 0o700);
  return diskBlobs(folder);
}
