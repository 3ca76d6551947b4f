import type { z } from "zod";
import { limits, uploadMetadata } from "../../contract/contract.js";
import { KominfoError } from "../../errors/errors.js";
import type { PhotoErrors } from "../../errors/photo.js";
import { sha256File } from "../../files/hash.js";
import type { Admission, ImageEngine, PhotoFacts } from "../../photo/types.js";
import type { Turns } from "../http/turns.js";
import type { Transact } from "../http/write.js";
import type { RouteOptions } from "../options.js";
import { duringOutage } from "../outage.js";
import { problem } from "../services/problem.js";
import type { Store } from "../store/database/open.js";
import { condemnBlobs } from "../store/photos/blob-removals.js";
import { recordPhoto } from "../store/photos/photos.js";
import { deleteUpload, markUploadFinished, uploadsBefore } from "../store/photos/uploads.js";
import type { UploadRow } from "../store/schema.js";
import { isRedacted } from "../store/submissions/redactions.js";

/** Age at which an upload expires, in ms. */
export const uploadLifetimeMs = 24 * 60 * 60 * 1000;

/** What is stored of an upload's metadata. The names of files are checked and forgotten: nothing needs them. */
export const storedMetadata = uploadMetadata.pick({ sha256: true, type: true });

interface UploadDeps
  extends Pick<RouteOptions, "store" | "blobs" | "blobLocks" | "staging" | "now" | "removeRedacted"> {
  images: Pick<ImageEngine, "verify">;
  /** Whose photo is decoded next. */
  turns: Turns;
}

/**
 * Turns a complete upload into a photo: syncs, hashes and decodes it, moves it to the blobs, and records it. Only then is
 * the client answered. No other request works on the upload meanwhile. If the process is killed between these steps, the upload stays unfinished; the client's next
 * request finishes it, or it expires. Throws `photo-invalid`, after removing the upload, when the bytes do not match the
 * declared metadata, are no photo, one that takes too much to decode, or one that was redacted, even meanwhile; and
 * `too-many-requests` when too many photos wait to be decoded, which leaves the upload unfinished too.
 */
export async function makePhoto(deps: UploadDeps, row: UploadRow, write: Transact): Promise<void> {
  const announced = storedMetadata.parse(JSON.parse(row.metadata));
  if (await isRedacted(deps.store, announced.sha256)) return refuse("redacted");
  const outcome = await deps.staging.withFile(row.id, async (file) => {
    const photo = await examine(deps, file, row.user_id, announced);
    if (typeof photo === "string") return photo;
    return deps.blobLocks.run(announced.sha256, async (confirm) => {
      await deps.blobs.put(announced.sha256, file);
      return write(async (transaction) => {
        await confirm(transaction);
        return record(transaction, photo);
      });
    });
  });
  if (outcome === "redacted") await deps.removeRedacted();
  if (outcome !== "recorded") return refuse(outcome);
  // What is left now is discarded when the upload expires.
  await deps.staging.discard(row.id).catch(duringOutage(undefined));

  async function record(transaction: Store, { width, height }: PhotoFacts): Promise<"recorded" | "redacted"> {
    const { sha256, type } = announced;
    const now = deps.now();
    const at = now.toISOString();
    if (await isRedacted(transaction, sha256)) {
      await condemnBlobs(transaction, [sha256], now);
      return "redacted";
    }
    await recordPhoto(
      transaction,
      { sha256, type, width, height, bytes: row.size, created_at: at, removed_at: null },
      { sha256, kecamatan: row.kecamatan, user_id: row.user_id, at },
    );
    await markUploadFinished(transaction, row.id, now);
    return "recorded";
  }

  async function refuse(detail: string): Promise<never> {
    await removeUpload(deps, row.id, write);
    throw problem("photo-invalid", { detail });
  }
}

/**
 * Returns the photo's facts, or the reason why it is invalid: the metadata key that does not match, or the image engine's
 * error code. Any other failure is thrown and leaves the upload unchanged.
 */
async function examine(
  { images, turns }: UploadDeps,
  file: string,
  person: string,
  { sha256, type }: z.infer<typeof storedMetadata>,
): Promise<PhotoFacts | string> {
  if ((await sha256File(file)) !== sha256) return "sha256";
  try {
    return await turns.run(person, () => images.verify(file, admissions[type]));
  } catch (error) {
    if (!(error instanceof KominfoError) || !error.code.startsWith("photo-")) throw error;
    return isOtherPhoto(error) ? "type" : error.code;
  }
}

/** Which photos are decoded, by their announced type. */
const admissions: Record<z.infer<typeof storedMetadata>["type"], Admission> = {
  "image/jpeg": admissionOf("jpeg"),
  "image/png": admissionOf("png"),
  "image/webp": admissionOf("webp"),
};

function admissionOf(format: Admission["format"]): Admission {
  return { format, pixels: limits.photo_pixels, pixelsDecodedWhole: limits.photo_pixels_progressive };
}

/** Whether it is a photo that the newsroom takes, but not of the announced type. */
function isOtherPhoto({ code, params }: KominfoError): boolean {
  if (code !== "photo-not-supported") return false;
  const { found } = params as PhotoErrors[typeof code];
  return Object.values(admissions).some(({ format }) => format === found);
}

/**
 * Removes an upload. Bytes go first: a row without bytes restarts the upload, but bytes without a row would never be
 * removed.
 */
export async function removeUpload(
  { staging }: Pick<UploadDeps, "staging">,
  id: string,
  write: Transact,
): Promise<void> {
  await staging.discard(id);
  await write((transaction) => deleteUpload(transaction, id));
}

/**
 * Removes uploads older than `uploadLifetimeMs`. Photos of finished uploads are in the blobs and stay. An unfinished one may
 * have stored its blob before it was interrupted; unless the photo exists by another upload, the blob goes too.
 */
export async function expireUploads(deps: Pick<UploadDeps, "store" | "staging">, now: Date): Promise<void> {
  for (const row of await uploadsBefore(deps.store, new Date(now.getTime() - uploadLifetimeMs))) {
    await removeUpload(deps, row.id, (work) =>
      deps.store.transaction().execute(async (transaction) => {
        const { sha256 } = storedMetadata.parse(JSON.parse(row.metadata));
        if (row.finished_at === null) await condemnBlobs(transaction, [sha256], now);
        return work(transaction);
      }),
    );
  }
}
