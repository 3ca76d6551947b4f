import { exit, KominfoError } from "../errors/errors.js";
import type { RateLimit } from "../http/rate.js";
import { type Connection, createConnection, maxSilenceMs, type RetryPolicy } from "../http/retry.js";
import type { NewsroomClient, UploadMemory } from "../newsroom-client/types.js";
import { forEachConcurrently } from "../pool.js";
import type { Journal } from "./journal.js";
import type { ReadyPhoto } from "./types.js";

interface SendRequest {
  newsroom: Pick<NewsroomClient, "upload">;
  photos: readonly ReadyPhoto[];
  /** Photos on their way at the same time. */
  jobs: number;
  limit?: RateLimit | undefined;
  patience?: RetryPolicy | undefined;
  line?: Connection;
  wallClock: () => number;
  signal: AbortSignal;
  /** After each photo that the newsroom has. */
  onStored: (photo: ReadyPhoto) => Promise<void>;
  onProgress?: (progress: SendProgress) => void;
}

export interface SendProgress {
  done: number;
  total: number;
  /** Bytes of photos that are there or on their way, of all. */
  sent: number;
  size: number;
  /** Sources on their way now. */
  current: readonly string[];
  /** Set while we wait: what happened, and ms until it is tried again. */
  waiting?: { error: KominfoError; ms: number };
}

interface Sent {
  /** Hashes. */
  stored: Set<string>;
  failed: Map<string, KominfoError>;
  /** Bytes that crossed the line. */
  bytesSent: number;
  /** Why not all were tried. */
  stopped?: KominfoError;
}

/** Failures of one photo alone, which say nothing of the others. */
const ofThePhoto: readonly string[] = [
  "newsroom-refused",
  "photo-changed",
  "file-not-found",
  "file-unreadable",
  "file-system",
];

/**
 * Sends photos, a few at a time, none waiting in memory. One that fails stops no other; what concerns all of them (the
 * login, a full disk over there, a line on which nothing arrives) stops the rest, which stay as they are.
 */
export async function sendPhotos(request: SendRequest, journal: Journal): Promise<Sent> {
  const { photos, newsroom, wallClock, limit, patience, line = createConnection() } = request;
  const sent: Sent = { stored: new Set(), failed: new Map(), bytesSent: 0 };
  const stopping = new AbortController();
  const signal = AbortSignal.any([request.signal, stopping.signal]);
  const size = photos.reduce((sum, photo) => sum + photo.bytes, 0);
  const current = new Map<string, number>();
  let settled = 0;
  let fruitless = 0;
  const tell = (waiting?: SendProgress["waiting"]) => {
    const onTheirWay = [...current.values()].reduce((sum, bytes) => sum + bytes, 0);
    request.onProgress?.({
      done: sent.stored.size + sent.failed.size,
      total: photos.length,
      sent: settled + onTheirWay,
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
    tell();
    try {
      await newsroom.upload(uploadOf(photo), memoryOf(journal), {
        signal,
        limit,
        line,
        wallClock,
        ...(patience && { patience }),
        onBytes: (bytes) => {
          current.set(photo.source, bytes);
          tell();
        },
        onSent: (bytes) => {
          sent.bytesSent += bytes;
        },
        onWait: (error, ms) => {
          tell({ error, ms });
          if (line.silentMs() > maxSilenceMs) stop(error);
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
      // A full quota or disk over there takes the next photo as little as this one.
      const mayBeTheirs = error.exit === exit.temporary && error.code !== "photos-not-taken";
      const isTheirs = ofThePhoto.includes(error.code) || (mayBeTheirs && fruitless <= request.jobs);
      if (!isTheirs) return stop(error);
      sent.failed.set(photo.sha256, error);
    } finally {
      current.delete(photo.source);
      if (sent.stored.has(photo.sha256) || sent.failed.has(photo.sha256)) settled += photo.bytes;
      tell();
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
  const filename = (source.split(/[/\\]/).at(-1) ?? "foto.jpg").slice(0, 255);
  return { path, bytes, sha256, source_sha256, filename };
}

function memoryOf(journal: Journal): UploadMemory {
  return {
    get: (sha256) => journal.state.addresses.get(sha256),
    set: (sha256, url) => journal.add({ fact: "address", sha256, url }),
    remove: async () => {},
  };
}
