import { exit, KominfoError } from "../errors/errors.js";
import type { RateLimit } from "../http/rate.js";
import {
  type Connection,
  createConnection,
  maxSilenceMs,
  type RetryPolicy,
  type Tries,
} from "../http/retry.js";
import type { NewsroomClient, UploadMemory } from "../newsroom-client/types.js";
import { forEachConcurrently } from "../pool.js";
import { lastPart } from "../text/last-part.js";
import type { Journal } from "./journal.js";
import type { ReadyPhoto } from "./types.js";

interface SendRequest {
  newsroom: Pick<NewsroomClient, "upload">;
  photos: readonly ReadyPhoto[];
  /** Photos sent concurrently. */
  jobs: number;
  limit?: RateLimit | undefined;
  policy?: RetryPolicy | undefined;
  connection?: Connection;
  wallClock: () => number;
  signal: AbortSignal;
  /** Called after each photo that the newsroom has stored. */
  onStored: (photo: ReadyPhoto) => Promise<void>;
  onProgress?: (progress: SendProgress) => void;
}

export interface SendProgress {
  /** Photos that are finished, those that failed included. */
  done: number;
  failed: number;
  total: number;
  /** Bytes of photos that are stored or being sent. */
  sent: number;
  /** Bytes of all photos but those that failed. */
  size: number;
  /** Sources that are being sent now. */
  current: readonly string[];
  waiting?: Waiting;
}

/** A wait for the next try: the failure, the ms until then, and how many there are. */
export interface Waiting extends Tries {
  error: KominfoError;
  ms: number;
}

interface Sent {
  /** Hashes. */
  stored: Set<string>;
  failed: Map<string, KominfoError>;
  /** Bytes sent, repeated ones included. */
  bytesSent: number;
  /** The error that stopped the remaining photos. */
  stopped?: KominfoError;
}

/** Codes of failures that concern one photo alone. */
const photoErrors: readonly string[] = [
  "newsroom-refused",
  "intermediary-too-large",
  "photo-changed",
  "photo-file-too-large",
  "photo-too-large",
  "file-not-found",
  "file-unreadable",
  "file-system",
];

/**
 * Sends photos, a few at a time, and keeps only these in memory. A photo that fails does not stop the others. A failure
 * that concerns all photos (the login, a full disk of the newsroom, a dead connection) stops the remaining ones, which
 * keep their state.
 */
export async function sendPhotos(request: SendRequest, journal: Journal): Promise<Sent> {
  const { photos, newsroom, wallClock, limit, policy, connection = createConnection() } = request;
  const sent: Sent = { stored: new Set(), failed: new Map(), bytesSent: 0 };
  const stopping = new AbortController();
  const signal = AbortSignal.any([request.signal, stopping.signal]);
  let size = photos.reduce((sum, photo) => sum + photo.bytes, 0);
  const current = new Map<string, number>();
  let settled = 0;
  let fruitless = 0;
  const report = (waiting?: SendProgress["waiting"]) => {
    const inFlight = [...current.values()].reduce((sum, bytes) => sum + bytes, 0);
    request.onProgress?.({
      done: sent.stored.size + sent.failed.size,
      failed: sent.failed.size,
      total: photos.length,
      sent: settled + inFlight,
      size,
      current: [...current.keys()],
      ...(waiting && { waiting }),
    });
  };
  const stop = (error: KominfoError) => {
    sent.stopped ??= error;
    stopping.abort();
  };

  const sendOne = async (photo: ReadyPhoto): Promise<void> => {
    current.set(photo.source, 0);
    report();
    try {
      await newsroom.upload(uploadOf(photo), memoryOf(journal), {
        signal,
        limit,
        connection,
        wallClock,
        ...(policy && { policy }),
        onBytes: (bytes) => {
          current.set(photo.source, bytes);
          report();
        },
        onSent: (bytes) => {
          sent.bytesSent += bytes;
        },
        onWait: (error, ms, tries) => {
          report({ error, ms, ...tries });
          if (connection.silentMs() > maxSilenceMs) stop(error);
        },
      });
      fruitless = 0;
      await journal.add({ fact: "stored", sha256: photo.sha256 });
      sent.stored.add(photo.sha256);
      await request.onStored(photo);
    } catch (error) {
      if (!(error instanceof KominfoError)) throw error;
      if (sent.stopped || request.signal.aborted) return;
      if (error.exit === exit.temporary) fruitless++;
      // With a full quota or disk the newsroom refuses the next photo as well.
      const mayConcernOne = error.exit === exit.temporary && error.code !== "photos-not-taken";
      const concernsOne = photoErrors.includes(error.code) || (mayConcernOne && fruitless <= request.jobs);
      if (!concernsOne) return stop(error);
      sent.failed.set(photo.sha256, error);
    } finally {
      current.delete(photo.source);
      if (sent.stored.has(photo.sha256)) settled += photo.bytes;
      else if (sent.failed.has(photo.sha256)) size -= photo.bytes;
      report();
    }
  };

  const sendOrStop = (photo: ReadyPhoto) =>
    sendOne(photo).catch((error: unknown) => {
      stopping.abort();
      throw error;
    });
  await forEachConcurrently(photos, request.jobs, sendOrStop, signal);
  request.signal.throwIfAborted();
  return sent;
}

function uploadOf({ path, bytes, sha256, source_sha256, source }: ReadyPhoto) {
  const filename = lastPart(source).slice(0, 255);
  return { path, bytes, sha256, source_sha256, filename };
}

function memoryOf(journal: Journal): UploadMemory {
  return {
    get: (sha256) => journal.state.addresses.get(sha256),
    set: (sha256, url) => journal.add({ fact: "address", sha256, url }),
    remove: async () => {},
  };
}
