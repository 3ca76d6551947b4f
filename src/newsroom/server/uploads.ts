import { open, rm } from "node:fs/promises";
import path from "node:path";
import type { z } from "zod";
import { KominfoError } from "../../errors.js";
import { sha256File } from "../../files/hash.js";
import type { PhotoFacts } from "../../photo/types.js";
import { uploadMetadata } from "../contract.js";
import type { NewsroomOptions } from "./app.js";
import { problem } from "./domain/problem.js";
import { recordPhoto } from "./store/photos.js";
import type { UploadRow } from "./store/schema.js";
import { deleteUpload, markUploadFinished, uploadsBefore } from "./store/uploads.js";

/** An upload that is older is abandoned, in ms. */
export const uploadLivesMs = 24 * 60 * 60 * 1000;

type Means = Pick<NewsroomOptions, "store" | "blobs" | "images" | "uploadFolder" | "now">;

/**
 * Makes a photo of an upload whose bytes are all there: synced, hashed, decoded, moved to the blobs, recorded.
 * Only then does it count, and only then is the client told. A process killed between these steps leaves an
 * unfinished upload, which the client's next question finishes or which expires.
 * Throws `photo-invalid`, after removing it, when the bytes are not the announced ones or not a photo.
 */
export async function finishUpload(means: Means, row: UploadRow): Promise<void> {
  const file = path.join(means.uploadFolder, row.id);
  const announced = uploadMetadata.parse(JSON.parse(row.metadata));
  await syncFile(file);
  const photo = await examine(means, file, announced);
  if (typeof photo === "string") {
    await removeUpload(means, row.id);
    throw problem("photo-invalid", { detail: photo });
  }
  await means.blobs.put(announced.sha256, file);
  const now = means.now();
  await means.store.transaction().execute(async (transaction) => {
    await recordPhoto(
      transaction,
      {
        sha256: announced.sha256,
        type: announced.type,
        width: photo.width,
        height: photo.height,
        bytes: row.size,
        created_at: now.toISOString(),
        removed_at: null,
      },
      {
        sha256: announced.sha256,
        kecamatan: row.kecamatan,
        user_id: row.user_id,
        source_sha256: announced.source_sha256 ?? null,
        filename: announced.filename,
        at: now.toISOString(),
      },
    );
    await markUploadFinished(transaction, row.id, now);
  });
}

/**
 * The photo's facts, or what is wrong with it: the key of the metadata that does not fit, or the image engine's code.
 * A failure that is not the photo's is thrown, and leaves the upload as it is.
 */
async function examine(
  means: Means,
  file: string,
  announced: z.infer<typeof uploadMetadata>,
): Promise<PhotoFacts | string> {
  if ((await sha256File(file)) !== announced.sha256) return "sha256";
  try {
    const photo = await means.images.verify(file);
    return `image/${photo.format}` === announced.type ? photo : "type";
  } catch (error) {
    if (error instanceof KominfoError && error.code.startsWith("photo-")) return error.code;
    throw error;
  }
}

/** The file first: a row without a file is an upload that has to be begun anew, a file without a row is nobody's. */
export async function removeUpload(means: Pick<Means, "store" | "uploadFolder">, id: string): Promise<void> {
  await rm(path.join(means.uploadFolder, id), { force: true });
  await deleteUpload(means.store, id);
}

/** Forgets uploads older than `uploadLivesMs`. The photos of finished ones are elsewhere and stay. */
export async function expireUploads(means: Pick<Means, "store" | "uploadFolder">, now: Date): Promise<void> {
  for (const id of await uploadsBefore(means.store, new Date(now.getTime() - uploadLivesMs))) {
    await removeUpload(means, id);
  }
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
