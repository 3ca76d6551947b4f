import { createWriteStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { DataStore, ERRORS, Upload } from "@tus/server";
import { v7 as uuid } from "uuid";
import type { Objects } from "../../blobs/objects.js";
import type { Store } from "../../store/database/open.js";
import { addPart, forgetParts, partsOf } from "../../store/photos/upload-parts.js";
import { findUpload } from "../../store/photos/uploads.js";
import { extensions, type Staging } from "./types.js";

/**
 * What each request brings is an object of its own, `uploads/<id>/<part>`, and a row that says where it belongs: any
 * process goes on with an upload that another has begun. (@tus/s3-store deletes acknowledged bytes before it has
 * stored them anew, leaves the objects of finished uploads, and asks for what Swift does not have.)
 *
 * @param folder of this machine, for what is on its way
 */
export function objectStaging(objects: Objects, folder: string, store: Store): Staging {
  const keyOf = (id: string, part = "") => `uploads/${id}/${part}`;
  const spool = () => path.join(folder, `${uuid()}.part`);
  /** @tus/server answers as soon as a line breaks; who asks then how much has come waits until it is kept. */
  const keeping = new Map<string, Promise<unknown>>();

  class PartStore extends DataStore {
    override extensions = extensions;
    override async create(upload: Upload): Promise<Upload> {
      return upload;
    }
    override async getUpload(id: string): Promise<Upload> {
      await keeping.get(id)?.catch(() => undefined);
      const row = await findUpload(store, id);
      if (!row) throw ERRORS.FILE_NOT_FOUND;
      const offset = (await partsOf(store, id)).reduce((sum, part) => sum + part.bytes, 0);
      return new Upload({ id, size: row.size, offset, metadata: JSON.parse(row.metadata) });
    }
    /** A line that breaks leaves what had come before. */
    override write(stream: Readable, id: string, offset: number): Promise<number> {
      const kept = take(stream, id, offset).finally(() => {
        if (keeping.get(id) === kept) keeping.delete(id);
      });
      keeping.set(id, kept);
      kept.catch(() => {});
      return kept;
    }
    override remove = discard;
  }

  async function take(stream: Readable, id: string, offset: number): Promise<number> {
    const file = spool();
    try {
      let broken: { error: unknown } | undefined;
      await pipeline(stream, createWriteStream(file, { mode: 0o600 })).catch((error: unknown) => {
        broken = { error };
      });
      const bytes = (await stat(file)).size;
      if (bytes > 0) await keep(file, id, offset, bytes);
      if (broken) throw broken.error;
      return offset + bytes;
    } finally {
      await rm(file, { force: true });
    }
  }

  /** The object first: a row without one would be bytes that were acknowledged and are not there. */
  async function keep(file: string, id: string, start: number, bytes: number): Promise<void> {
    const part = uuid();
    await objects.put(keyOf(id, part), file);
    if (await addPart(store, { upload_id: id, start, bytes, part })) return;
    // Another request went on from here meanwhile.
    await objects.remove(keyOf(id, part));
    throw ERRORS.INVALID_OFFSET;
  }

  async function discard(id: string): Promise<void> {
    for await (const key of objects.list(keyOf(id))) await objects.remove(key);
    await forgetParts(store, id);
  }

  return {
    datastore: new PartStore(),
    discard,
    async whole(id, work) {
      const file = spool();
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
