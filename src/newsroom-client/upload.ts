import { readFile } from "node:fs/promises";
import { DetailedError, Upload } from "tus-js-client";
import { apiPath } from "../contract/contract.js";
import { exit, failed, KominfoError, temporary } from "../errors/errors.js";
import { sha256 } from "../files/hash.js";
import { persist } from "../http/retry.js";
import type { SendBytes } from "../http/stream.js";
import { tusStack } from "./tus-stack.js";
import type { PhotoUpload, UploadMemory, UploadOptions } from "./types.js";

/** What all uploads of one client share. */
export interface UploadConnection {
  origin: string;
  headers: Readonly<Record<string, string>>;
  send: SendBytes;
  /** Whether the newsroom has this photo already. */
  hasPhoto(sha256: string): Promise<boolean>;
  /** Bytes a millisecond, of the last photo; 0 before it. */
  bytesPerMs: number;
  /** Of the client: ends every upload. */
  signal: AbortSignal;
}

/**
 * A photo that arrives within this goes in one request, which saves a round trip; on a slower line it first gets an
 * address, so that what has arrived never goes again. ms
 */
const onePieceMs = 5000;

/**
 * Sends one photo by tus 1.0 (tus.io/protocols/resumable-upload) until the newsroom has it, tried again as `options`
 * says. An interrupted upload goes on where it stopped, also in another process: its address is in `memory` until the
 * newsroom has the whole file. Throws `photo-changed` when the file no longer has the bytes that were announced.
 */
export async function uploadPhoto(
  connection: UploadConnection,
  photo: PhotoUpload,
  memory: UploadMemory,
  options: UploadOptions = {},
): Promise<void> {
  const bytes = await readFile(photo.path);
  if (sha256(bytes) !== photo.sha256) throw failed("photo-changed", { path: photo.path });
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
    // The answer may have been lost after the work was done.
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
  await persist(attempt, { ...options, signal, mayPass: isRetryable, progress: () => confirmed });
  if (hasAddress) await memory.remove(photo.sha256);
  options.onBytes?.(bytes.length);
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

/** One attempt, without any retry. @param onArrived told of bytes that the newsroom has for sure */
function sendOnce(
  connection: UploadConnection,
  uploadAttempt: UploadAttempt,
  onArrived: (bytes: number) => void,
): Promise<void> {
  const { bytes, photo, url, inOnePiece, memory, options, signal } = uploadAttempt;
  return new Promise((resolve, reject) => {
    // tus does not wait while the address is written down; whatever the caller writes next must come after it.
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
        signal,
        limit: options.limit,
        onSent: options.onSent,
      }),
      onUploadUrlAvailable: () => {
        const address = upload.url;
        if (!address || address === url || inOnePiece) return;
        addressSaved = addressSaved.then(() => memory.set(photo.sha256, address));
        // A full disk is told at the end of the upload.
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
 * An upload that is gone, locked, or at another offset than we thought begins again with a question. A newsroom that
 * takes no photos now takes none in two minutes either.
 */
function isRetryable(error: KominfoError): boolean {
  if (error.code === "newsroom-hidden" || error.code === "photos-not-taken") return false;
  return error.exit === exit.temporary || ["submission-not-found", "step-impossible"].includes(error.code);
}

/** A tus error holds the request, and with it the login: only what our own sender threw passes. */
function failureOf(error: Error, origin: string): Error {
  if (!(error instanceof DetailedError)) return error;
  if (error.causingError instanceof KominfoError) return error.causingError;
  const response = error.originalResponse;
  if (!response) return error.causingError ?? new Error(`tus: ${error.message.split(",")[0]}`);
  // An answer of 2xx that is no tus: mostly a hotspot that wants a login first.
  const type = response.getHeader("content-type")?.split(";")[0] ?? "?";
  return temporary("newsroom-hidden", { origin, status: response.getStatus(), type });
}
