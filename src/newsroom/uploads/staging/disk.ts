import { open, rm } from "node:fs/promises";
import path from "node:path";
import { FileStore } from "@tus/file-store";
import { Upload } from "@tus/server";
import type { Store } from "../../store/database/open.js";
import { deleteUpload, findUpload } from "../../store/photos/uploads.js";
import { extensions, type Staging } from "./types.js";

/** Each upload is a file in `folder`, which is on the file system of the blobs. */
export function diskStaging(folder: string, store: Store): Staging {
  const datastore = new FileStore({ directory: folder, configstore: rowsOfUploads(store) });
  datastore.extensions = extensions;
  return {
    datastore,
    async whole(id, work) {
      const file = path.join(folder, id);
      await syncFile(file);
      return work(file);
    },
    discard: (id) => rm(path.join(folder, id), { force: true }),
  };
}

/** The route makes the row before @tus/server makes the file, so there is nothing to set. */
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

/** @tus/file-store never does. */
async function syncFile(file: string): Promise<void> {
  const handle = await open(file, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
