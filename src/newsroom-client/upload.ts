import { readFile } from "node:fs/promises";
import { DetailedError, Upload } from "tus-js-client";
import { apiPath, limits } from "../contract/contract.js";
import { exit, failed, KominfoError, temporary } from "../errors/errors.js";
import { needsPerson } from "../errors/http.js";
import { sha256 } from "../files/hash.js";
import { type OnWait, persist } from "../http/retry.js";
import type { SendBytes } from "../http/stream.js";
import { isDecodedWhole, readFrame } from "../photo/sources/frame.js";
import { tusStack } from "./tus-stack.js";
import type { PhotoUpload, UploadMemory, UploadOptions } from "./types.js";

/** State shared by all uploads of one client. */
export interface UploadConnection {
  origin: string;
  headers: Readonly<Record<string, string>>;
  send: SendBytes;
  /** Whether the newsroom itself has answered this client before. */
  isThere(): boolean;
  /** Whether the newsroom has this photo already. */
  hasPhoto(sha256: string): Promise<boolean>;
  /** Speed of the last upload; 0 before the first. */
  bytesPerMs: number;
  /** The client's signal, which aborts every upload. */
  signal: AbortSignal;
  /** Where the upload has none of its own. */
  onWait?: OnWait | undefined;
}

/**
 * A photo that takes less time than this, in ms, is sent in one request, which saves a round trip. On a slower connection
 * the upload is created first, so that received bytes need not be sent again.
 */
const onePieceMs = 5000;

/**
 * Uploads one photo by tus 1.0 (tus.io/protocols/resumable-upload), with retries as in `options`. An interrupted upload
 * resumes, even in another process: `memory` keeps its URL until the newsroom has the whole file. Throws `photo-changed`
 * when the file no longer has the declared hash, and `photo-file-too-large` or `photo-too-large` for a photo that the
 * newsroom would refuse once all of it had been sent.
 */
export async function uploadPhoto(
  connection: UploadConnection,
  photo: PhotoUpload,
  memory: UploadMemory,
  options: UploadOptions = {},
): Promise<void> {
  const bytes = await readFile(photo.path);
  if (sha256(bytes) !== photo.sha256) throw failed("photo-changed", { path: photo.path });
  requireAccepted(photo.path, bytes);
  const signal = options.signal ? AbortSignal.any([connection.signal, options.signal]) : connection.signal;
  let confirmed = 0;
  let mayHaveArrived = false;
  let hasAddress = memory.get(photo.sha256) !== undefined;
  const trackingMemory: UploadMemory = {
    ...memory,
    set: (hash, url) => {
      hasAddress = true;
      return memory.set(hash, url);
    },
  };
  const attempt = async () => {
    // The photo may have arrived although the answer was lost.
    if (mayHaveArrived && (await connection.hasPhoto(photo.sha256))) return;
    const url = memory.get(photo.sha256) ?? null;
    const inOnePiece = url === null && !mayHaveArrived && bytes.length < connection.bytesPerMs * onePieceMs;
    const started = performance.now();
    mayHaveArrived = url === null;
    await sendOnce(
      connection,
      { bytes, photo, url, inOnePiece, memory: trackingMemory, options, signal },
      (arrived) => {
        confirmed = Math.max(confirmed, arrived);
      },
    );
    connection.bytesPerMs = bytes.length / (performance.now() - started);
  };
  const { onWait = connection.onWait } = options;
  await persist(attempt, { ...options, onWait, signal, mayPass: isRetryable, progress: () => confirmed });
  if (hasAddress) await memory.remove(photo.sha256);
  options.onBytes?.(bytes.length);
}

/** Checks what the newsroom checks before it decodes a photo. What has no header to read is left to the newsroom. */
function requireAccepted(path: string, bytes: Buffer): void {
  const limit = limits.photo_bytes;
  if (bytes.length > limit) throw failed("photo-file-too-large", { path, bytes: bytes.length, limit });
  const frame = readFrame(bytes);
  if (!frame) return;
  const { width, height } = frame;
  const pixels = isDecodedWhole(frame) ? limits.photo_pixels_progressive : limits.photo_pixels;
  if (width * height <= pixels) return;
  throw failed("photo-too-large", { path, width, height, megapixels: pixels / 1_000_000 });
}

interface UploadAttempt {
  bytes: Buffer;
  photo: PhotoUpload;
  url: string | null;
  inOnePiece: boolean;
  memory: UploadMemory;
  options: UploadOptions;
  signal: AbortSignal;
}

/** Makes one attempt without retries. @param onArrived receives the bytes that the newsroom has confirmed */
function sendOnce(
  connection: UploadConnection,
  uploadAttempt: UploadAttempt,
  onArrived: (bytes: number) => void,
): Promise<void> {
  const { bytes, photo, url, inOnePiece, memory, options, signal } = uploadAttempt;
  return new Promise((resolve, reject) => {
    // tus-js-client does not wait until the URL is saved; later writes of the caller must come after it.
    let addressSaved: Promise<void> = Promise.resolve();
    const fail = (error: Error) => void addressSaved.catch(() => {}).then(() => reject(error));
    const upload = new Upload(bytes, {
      endpoint: `${connection.origin}${apiPath}/uploads`,
      uploadUrl: url,
      headers: { ...connection.headers },
      metadata: {
        sha256: photo.sha256,
        source_sha256: photo.source_sha256,
        filename: photo.filename,
        type: "image/jpeg",
      },
      uploadDataDuringCreation: inOnePiece,
      retryDelays: null,
      storeFingerprintForResuming: false,
      httpStack: tusStack({
        origin: connection.origin,
        send: connection.send,
        isThere: connection.isThere,
        signal,
        limit: options.limit,
        onSent: options.onSent,
      }),
      onUploadUrlAvailable: () => {
        const address = upload.url;
        if (!address || address === url || inOnePiece) return;
        addressSaved = addressSaved.then(() => memory.set(photo.sha256, address));
        // A failure to save, such as a full disk, is reported at the end of the upload.
        addressSaved.catch(() => {});
        onArrived(1);
      },
      onChunkComplete: (_size, accepted) => onArrived(accepted),
      onProgress: (sent) => options.onBytes?.(sent),
      onSuccess: () => resolve(addressSaved),
      onError: (error) => fail(failureOf(error, connection.origin)),
    });
    upload.start();
  });
}

/**
 * An upload that is gone, locked or at another offset is retried, starting with a request for its offset. A newsroom that
 * refuses photos now will refuse them in two minutes too.
 */
function isRetryable(error: KominfoError): boolean {
  if (needsPerson(error) || error.code === "photos-not-taken") return false;
  return error.exit === exit.temporary || ["submission-not-found", "step-impossible"].includes(error.code);
}

/** A tus error contains the request and so the token: only errors of our own sender are passed on. */
function failureOf(error: Error, origin: string): Error {
  if (!(error instanceof DetailedError)) return error;
  if (error.causingError instanceof KominfoError) return error.causingError;
  const response = error.originalResponse;
  if (!response) return error.causingError ?? new Error(`tus: ${error.message.split(",")[0]}`);
  // A 2xx answer without tus headers: mostly the login page of a hotspot.
  const type = response.getHeader("content-type")?.split(";")[0] ?? "?";
  return temporary("newsroom-hidden", { origin, status: response.getStatus(), type });
}
