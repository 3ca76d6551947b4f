import type { z } from "zod";
import { uploadMetadata } from "../../contract/contract.js";
import { KominfoError } from "../../errors/errors.js";
import { sha256File } from "../../files/hash.js";
import type { PhotoFacts } from "../../photo/types.js";
import type { NewsroomOptions } from "../options.js";
import { problem } from "../services/problem.js";
import { recordPhoto } from "../store/photos/photos.js";
import { deleteUpload, findUpload, markUploadFinished, uploadsBefore } from "../store/photos/uploads.js";
import type { UploadRow } from "../store/schema.js";

/** An upload that is older is abandoned, in ms. */
export const uploadLivesMs = 24 * 60 * 60 * 1000;

type UploadDeps = Pick<NewsroomOptions, "store" | "blobs" | "images" | "staging" | "locker" | "now">;

/** Does `makePhoto` for an upload that others may ask for: of several processes one does it. */
export async function finishUpload(means: UploadDeps, id: string): Promise<void> {
  const lock = means.locker.newLock(id);
  await lock.lock(new AbortController().signal, () => {});
  try {
    const row = await findUpload(means.store, id);
    if (!row) throw problem("not-found");
    if (row.finished_at === null) await makePhoto(means, row);
  } finally {
    await lock.unlock();
  }
}

/**
 * Makes a photo of an upload whose bytes are all there: synced, hashed, decoded, moved to the blobs, recorded.
 * Only then does it count, and only then is the client told. A process killed between these steps leaves an
 * unfinished upload, which the client's next question finishes or which expires.
 * Throws `photo-invalid`, after removing it, when the bytes are not the announced ones or not a photo.
 */
export async function makePhoto(means: UploadDeps, row: UploadRow): Promise<void> {
  const announced = uploadMetadata.parse(JSON.parse(row.metadata));
  const photo = await means.staging.whole(row.id, async (file) => {
    const found = await examine(means, file, announced);
    if (typeof found !== "string") await means.blobs.put(announced.sha256, file);
    return found;
  });
  if (typeof photo === "string") {
    await removeUpload(means, row.id);
    throw problem("photo-invalid", { detail: photo });
  }
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
    // An orphan of the same bytes may have been taken away since; then the client sends them once more.
    if (!(await means.blobs.has(announced.sha256))) throw new Error(`the blob of upload ${row.id} is gone`);
    await markUploadFinished(transaction, row.id, now);
  });
  await means.staging.discard(row.id);
}

/**
 * The photo's facts, or what is wrong with it: the key of the metadata that does not fit, or the image engine's code.
 * A failure that is not the photo's is thrown, and leaves the upload as it is.
 */
async function examine(
  means: UploadDeps,
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

/** The bytes first: a row without them is an upload that has to be begun anew, bytes without a row are nobody's. */
export async function removeUpload(means: Pick<UploadDeps, "store" | "staging">, id: string): Promise<void> {
  await means.staging.discard(id);
  await deleteUpload(means.store, id);
}

/** Forgets uploads older than `uploadLivesMs`. The photos of finished ones are elsewhere and stay. */
export async function expireUploads(means: Pick<UploadDeps, "store" | "staging">, now: Date): Promise<void> {
  for (const id of await uploadsBefore(means.store, new Date(now.getTime() - uploadLivesMs))) {
    await removeUpload(means, id);
  }
}
