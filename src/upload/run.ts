import { mkdir } from "node:fs/promises";
import { cancelled, exit, KominfoError } from "../errors/errors.js";
import { removeLeftovers } from "../files/atomic.js";
import { withLock } from "../files/lock.js";
import type { RateLimit } from "../http/rate.js";
import { createConnection, type Persistence, persist, type RetryPolicy } from "../http/retry.js";
import type { NewsroomClient } from "../newsroom-client/types.js";
import type { ImageEngine } from "../photo/types.js";
import { createLister } from "./attach.js";
import type { BatchPaths } from "./batches.js";
import type { Destination } from "./destination.js";
import { type Fact, type Journal, openJournal } from "./journal.js";
import { planUpload, type UploadPlan } from "./plan.js";
import { prepare, type ReadyPhotos } from "./prepare.js";
import { type SendProgress, sendPhotos } from "./send.js";
import type {
  PhotoCaptions,
  Target,
  UploadedPhoto,
  UploadOutcome,
  UploadSource,
  UploadStatus,
} from "./types.js";

export interface UploadRequest {
  target: Target;
  place: BatchPaths;
  sources: readonly UploadSource[];
  newsroom: NewsroomClient;
  destination: Destination;
  images: () => Promise<ImageEngine>;
  /** Absolute; where renditions are kept. */
  renditions: string;
  /** Said of photos of which nobody says anything. */
  usual: PhotoCaptions;
  jobs?: number | undefined;
  limit?: RateLimit | undefined;
  patience?: RetryPolicy | undefined;
  rehash?: boolean | undefined;
  now: () => Date;
  signal: AbortSignal;
  /** Asked before anything is sent; false ends it with nothing sent. */
  confirm?: ((plan: UploadPlan) => Promise<boolean>) | undefined;
  onProgress?: ((progress: UploadProgress) => void) | undefined;
}

export type UploadProgress =
  | { step: "reading" | "preparing" | "listing"; done: number; total: number }
  | { step: "asking" }
  | ({ step: "uploading" } & SendProgress);

/** Hashes in one question. */
const questionSize = 5000;
const defaultJobs = 4;

/**
 * Brings photos to the newsroom and lists them where they belong. Everything that has to be known to go on is in the
 * journal before it matters: killed anywhere, the same call again ends as if nothing had happened, and sends nothing
 * again that has arrived. What concerns all photos (no line, no login) pauses the batch and is told in the outcome.
 * One process at a time per batch (`lock-held`, exit 5).
 */
export async function runUpload(request: UploadRequest): Promise<UploadOutcome> {
  const { place } = request;
  await mkdir(place.folder, { recursive: true });
  return withLock(place.lock, async () => {
    await removeLeftovers(place.folder, (name) => !name.startsWith("lock"));
    const journal = await openJournal(place.journal);
    try {
      await begin(request, journal);
      const readied = await prepare(
        { ...request, images: await request.images(), ...following(request) },
        journal,
      );
      await journal.add(...readied.failed.flatMap(({ source, error }) => failure(journal, source, error)));
      await journal.sync();
      const outcome = await deliver(request, journal, readied);
      if (!outcome.paused) await end(request, journal, outcome.photos);
      return outcome;
    } finally {
      await journal.close();
    }
  });
}

function following({ onProgress }: UploadRequest) {
  return onProgress ? { onProgress } : {};
}

/** Who the batch is for, and what is wanted of it: from here on `sync` can finish it. */
async function begin(request: UploadRequest, journal: Journal): Promise<void> {
  const { target, newsroom, sources, now } = request;
  const { begun } = journal.state;
  const isSame = begun?.origin === newsroom.origin && JSON.stringify(begun.target) === JSON.stringify(target);
  if (!isSame) {
    await journal.add({ fact: "begun", at: now().toISOString(), target, origin: newsroom.origin });
  }
  const facts: Fact[] = [];
  for (const { shown, words } of sources) {
    const known = journal.state.sources.get(shown);
    if (known && JSON.stringify(known) === JSON.stringify(words)) continue;
    facts.push({ fact: "source", source: shown, words });
  }
  await journal.add(...facts);
  await journal.sync();
}

/** A failure that trying again does not mend, unless it is known. */
function failure(journal: Journal, source: string, error: KominfoError): Fact[] {
  const passes = error.exit === exit.temporary || error.exit === exit.denied;
  if (passes || journal.state.failed.get(source) === error.code) return [];
  return [{ fact: "failed", source, code: error.code }];
}

async function deliver(
  request: UploadRequest,
  journal: Journal,
  { ready, failed }: ReadyPhotos,
): Promise<UploadOutcome> {
  const { newsroom, destination, signal, now, patience, target, onProgress } = request;
  const line = createConnection();
  const wallClock = () => now().getTime();
  const persistence: Persistence = { signal, line, wallClock, ...(patience && { patience }) };
  const errors = new Map(failed.map(({ source, error }) => [source, error]));
  const status = new Map<string, UploadStatus>();
  let bytesSent = 0;
  let paused: KominfoError | undefined;
  try {
    onProgress?.({ step: "asking" });
    const known = await ask(newsroom, [...new Set(ready.map((photo) => photo.sha256))], persistence);
    const plan = planUpload(ready, known, journal.state.attached);
    if (plan.send.length > 0 && (await request.confirm?.(plan)) === false) throw cancelled("cancelled");
    for (const hash of known) status.set(hash, "present");
    let listed = 0;
    const order = new Map(ready.map((photo, i) => [photo.source, i]));
    const lister = createLister(destination, journal, persistence, order, (count) => {
      listed += count;
      onProgress?.({ step: "listing", done: listed, total: plan.attach.length });
    });
    const toList = new Set(plan.attach.map((photo) => photo.sha256));
    lister.add(plan.attach.filter((photo) => known.has(photo.sha256)));
    const sent = await sendPhotos(
      {
        ...persistence,
        wallClock,
        newsroom,
        photos: plan.send,
        jobs: request.jobs ?? defaultJobs,
        limit: request.limit,
        onStored: async (photo) => {
          status.set(photo.sha256, "uploaded");
          if (toList.has(photo.sha256)) lister.add([photo]);
        },
        ...(onProgress && { onProgress: (progress) => onProgress({ step: "uploading", ...progress }) }),
      },
      journal,
    );
    bytesSent = sent.bytesSent;
    // Without a login nothing can be listed either.
    if (sent.stopped?.exit !== exit.denied) await lister.finish();
    paused = sent.stopped ?? lister.stopped;
    for (const photo of ready) {
      const error = sent.failed.get(photo.sha256) ?? lister.failed.get(photo.sha256);
      if (error) errors.set(photo.source, error);
    }
  } catch (error) {
    if (!(error instanceof KominfoError) || error.exit === exit.cancelled) throw error;
    paused = error;
  }
  const sha256Of = new Map(ready.map((photo) => [photo.source, photo]));
  const uploaded = new Set<string>();
  const photos = request.sources.map(({ shown }): UploadedPhoto => {
    const photo = sha256Of.get(shown);
    const error = errors.get(shown);
    const reached = (photo && status.get(photo.sha256)) ?? "waiting";
    // Of two equal photos one was sent.
    const isAgain = photo !== undefined && reached === "uploaded" && uploaded.has(photo.sha256);
    if (photo) uploaded.add(photo.sha256);
    return {
      source: shown,
      sha256: photo?.sha256 ?? null,
      bytes: photo?.bytes ?? 0,
      status: error ? "failed" : isAgain ? "present" : reached,
      attached: photo !== undefined && !error && journal.state.attached.has(photo.sha256),
      ...(error && { error }),
    };
  });
  // Ctrl-C after the last photo interrupts nothing.
  if (signal.aborted && photos.some((one) => !one.attached && !one.error)) throw cancelled("cancelled");
  return { target, photos, bytesSent, ...(paused && { paused }) };
}

async function ask(
  newsroom: NewsroomClient,
  hashes: readonly string[],
  persistence: Persistence,
): Promise<Set<string>> {
  const known = new Set<string>();
  for (let at = 0; at < hashes.length; at += questionSize) {
    const some = hashes.slice(at, at + questionSize);
    for (const hash of await persist(() => newsroom.findKnownPhotos(some), persistence)) known.add(hash);
  }
  return known;
}

/** Notes what failed for good; where nothing is left, that the batch has ended. */
async function end(
  { now }: UploadRequest,
  journal: Journal,
  photos: readonly UploadedPhoto[],
): Promise<void> {
  await journal.add(...photos.flatMap(({ source, error }) => (error ? failure(journal, source, error) : [])));
  const { sources, made, attached, failed, ended } = journal.state;
  const isSettled = (source: string) => failed.has(source) || attached.has(made.get(source)?.sha256 ?? "");
  if (!ended && [...sources.keys()].every(isSettled)) {
    await journal.add({ fact: "ended", at: now().toISOString() });
  }
  await journal.sync();
}
