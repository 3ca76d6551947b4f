import { link, open, rm } from "node:fs/promises";
import path from "node:path";
import { FileStore } from "@tus/file-store";
import { Upload } from "@tus/server";
import type { Store } from "../store/database/open.js";
import { deleteUpload, findUpload } from "../store/photos/uploads.js";
import { type Staging, tusExtensions } from "./types.js";

/** Stores each upload as a file in `folder`, which must be on the file system of the blobs. */
export function diskStaging(folder: string, store: Store): Staging {
  const datastore = new FileStore({ directory: folder, configstore: rowsOfUploads(store) });
  datastore.extensions = tusExtensions;
  return {
    datastore,
    async withFile(id, work) {
      const file = path.join(folder, id);
      await syncFile(file);
      const second = secondName(file);
      // What an earlier process left, if any.
      await rm(second, { force: true });
      await link(file, second);
      try {
        return await work(second);
      } finally {
        await rm(second, { force: true });
      }
    },
    async discard(id) {
      const file = path.join(folder, id);
      await rm(secondName(file), { force: true });
      await rm(file, { force: true });
    },
  };
}

/**
 * Config store of @tus/file-store over the rows. The route inserts the row before the file exists, so `set` does
 * nothing.
 */
function rowsOfUploads(store: Store): NonNullable<ConstructorParameters<typeof FileStore>[0]["configstore"]> {
  return {
    async get(id) {
      const row = await findUpload(store, id);
      if (!row) return undefined;
      return new Upload({ id, size: row.size, offset: 0, metadata: JSON.parse(row.metadata) });
    },
    async set() {},
    delete: (id) => deleteUpload(store, id),
  };
}

/** The name of an upload's bytes that may be moved away. The first one stays until the photo is recorded. */
function secondName(file: string): string {
  return `${file}.photo`;
}

/** Syncs a file to disk, which @tus/file-store never does. */
async function syncFile(file: string): Promise<void> {
  const handle = await open(file, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
