import { createWriteStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { DataStore, ERRORS, Upload } from "@tus/server";
import { v7 as uuid } from "uuid";
import type { Objects } from "../blobs/objects.js";
import type { Store } from "../store/database/open.js";
import { addPart, forgetParts, partsOf } from "../store/photos/upload-parts.js";
import { findUpload } from "../store/photos/uploads.js";
import { type Staging, tusExtensions } from "./types.js";

/**
 * Stores the bytes of each request as an object `uploads/<id>/<part>` with a row for its position, so that any process can
 * continue an upload that another started. (@tus/s3-store deletes acknowledged bytes before it has stored them again,
 * leaves the objects of finished uploads, and uses features that Swift lacks.)
 *
 * @param folder local folder for temporary files
 */
export function objectStaging(objects: Objects, folder: string, store: Store): Staging {
  const keyOf = (id: string, part = "") => `uploads/${id}/${part}`;
  const newTemporaryFile = () => path.join(folder, `${uuid()}.part`);
  /**
   * @tus/server answers as soon as a connection breaks. A request for the offset waits here until the bytes are stored.
   */
  const pendingWrites = new Map<string, Promise<unknown>>();

  class PartStore extends DataStore {
    override extensions = tusExtensions;
    override async create(upload: Upload): Promise<Upload> {
      return upload;
    }
    override async getUpload(id: string): Promise<Upload> {
      await pendingWrites.get(id)?.catch(() => undefined);
      const row = await findUpload(store, id);
      if (!row) throw ERRORS.FILE_NOT_FOUND;
      const offset = (await partsOf(store, id)).reduce((sum, part) => sum + part.bytes, 0);
      return new Upload({ id, size: row.size, offset, metadata: JSON.parse(row.metadata) });
    }
    /** When the connection breaks, the bytes received so far are stored. */
    override write(stream: Readable, id: string, offset: number): Promise<number> {
      const written = receive(stream, id, offset).finally(() => {
        if (pendingWrites.get(id) === written) pendingWrites.delete(id);
      });
      pendingWrites.set(id, written);
      written.catch(() => {});
      return written;
    }
    override remove = discard;
  }

  async function receive(stream: Readable, id: string, offset: number): Promise<number> {
    const file = newTemporaryFile();
    try {
      let interruption: { error: unknown } | undefined;
      await pipeline(stream, createWriteStream(file, { mode: 0o600 })).catch((error: unknown) => {
        interruption = { error };
      });
      const bytes = (await stat(file)).size;
      if (bytes > 0) await storePart(file, id, offset, bytes);
      if (interruption) throw interruption.error;
      return offset + bytes;
    } finally {
      await rm(file, { force: true });
    }
  }

  /** Stores the object first: a row without an object would acknowledge bytes that are missing. */
  async function storePart(file: string, id: string, start: number, bytes: number): Promise<void> {
    const part = uuid();
    await objects.put(keyOf(id, part), file);
    if (await addPart(store, { upload_id: id, start, bytes, part })) return;
    // Another request has continued from this offset since.
    await objects.remove(keyOf(id, part));
    throw ERRORS.INVALID_OFFSET;
  }

  async function discard(id: string): Promise<void> {
    // What is stored after the list was read would stay for ever.
    await pendingWrites.get(id)?.catch(() => undefined);
    for await (const key of objects.list(keyOf(id))) await objects.remove(key);
    await forgetParts(store, id);
  }

  return {
    datastore: new PartStore(),
    discard,
    async withFile(id, work) {
      const file = newTemporaryFile();
      const pieces = async function* () {
        for (const { part } of await partsOf(store, id)) {
          const piece = await objects.get(keyOf(id, part));
          if (!piece) throw new Error(`upload ${id}: part ${part} is gone`);
          yield* piece;
        }
      };
      try {
        await pipeline(pieces, createWriteStream(file, { mode: 0o600, flush: true }));
        return await work(file);
      } finally {
        await rm(file, { force: true });
      }
    },
  };
}
