import { readFile } from "node:fs/promises";
import { DetailedError, Upload } from "tus-js-client";
import { cancelled, failed, type KominfoError, temporary } from "../../errors.js";
import type { HttpAnswer } from "../../http/client.js";
import { apiPath } from "../contract.js";
import { problemOf } from "./problems.js";
import type { PhotoUpload, UploadMemory } from "./types.js";

export interface UploadOptions {
  origin: string;
  headers: Readonly<Record<string, string>>;
  signal: AbortSignal;
  onBytes?: ((sent: number) => void) | undefined;
}

/** A line that moves nothing for this long is given up; the next run resumes. ms */
const stallMs = 60_000;
const retryDelaysMs = [500, 2000, 5000];

/**
 * Sends one photo by tus 1.0 (tus.io/protocols/resumable-upload). An interrupted upload goes on where it stopped,
 * also in another process: its address is kept in `memory` until the newsroom has the whole file.
 */
export async function uploadPhoto(
  options: UploadOptions,
  photo: PhotoUpload,
  memory: UploadMemory,
): Promise<void> {
  const bytes = await readFile(photo.path);
  await new Promise<void>((resolve, reject) => {
    let stalled: NodeJS.Timeout;
    // tus does not wait while the address is written down; whatever the caller writes next must come after it.
    let remembered: Promise<void> = Promise.resolve();
    const settle = (finish: () => void) => {
      clearTimeout(stalled);
      options.signal.removeEventListener("abort", interrupt);
      finish();
    };
    const fail = (error: Error) => void remembered.catch(() => {}).then(() => reject(error));
    const giveUp = (error: KominfoError) => settle(() => void upload.abort().finally(() => fail(error)));
    const interrupt = () => giveUp(cancelled("cancelled"));
    const watch = () => {
      clearTimeout(stalled);
      stalled = setTimeout(() => giveUp(temporary("server-slow", where(options.origin))), stallMs);
    };
    const upload = new Upload(bytes, {
      endpoint: `${options.origin}${apiPath}/uploads`,
      uploadUrl: memory.get(photo.sha256) ?? null,
      headers: { ...options.headers },
      metadata: {
        sha256: photo.sha256,
        source_sha256: photo.source_sha256,
        filename: photo.filename,
        type: "image/jpeg",
      },
      retryDelays: retryDelaysMs,
      onShouldRetry: mayPass,
      storeFingerprintForResuming: false,
      // An address that the server gives is followed only at home: the login goes with it.
      onBeforeRequest: (request) => {
        if (new URL(request.getURL()).origin !== options.origin) {
          throw failed("server-redirects", { origin: options.origin, to: new URL(request.getURL()).origin });
        }
      },
      onUploadUrlAvailable: () => {
        const { url } = upload;
        if (url) remembered = remembered.then(() => memory.set(photo.sha256, url));
        // A full disk is told at the end of the upload.
        remembered.catch(() => {});
      },
      onProgress: (sent) => {
        watch();
        options.onBytes?.(sent);
      },
      onSuccess: () => settle(() => resolve(remembered.then(() => memory.remove(photo.sha256)))),
      onError: (error) => settle(() => fail(failureOf(error, options.origin))),
    });
    options.signal.addEventListener("abort", interrupt, { once: true });
    watch();
    upload.start();
  });
}

/** Whether the same request may fare better: a redirect and our own refusal would not, nor what the newsroom refuses. */
function mayPass(error: DetailedError): boolean {
  if (error.causingError?.name === "KominfoError") return false;
  const status = error.originalResponse?.getStatus();
  return status === undefined || status >= 500 || status === 409 || status === 423;
}

function where(origin: string) {
  return { origin, path: `${apiPath}/uploads`, reason: "tus" };
}

/** A tus error holds the request, and with it the login: only status and answer pass. */
function failureOf(error: Error, origin: string): KominfoError | Error {
  if (!(error instanceof DetailedError)) return error;
  if (error.causingError?.name === "KominfoError") return error.causingError;
  const response = error.originalResponse;
  if (!response) return temporary("server-unreachable", where(origin));
  const answer: HttpAnswer = {
    status: response.getStatus(),
    header: (name) => response.getHeader(name),
    type: "",
    body: jsonOf(response.getBody()),
  };
  return problemOf(answer, { origin });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
