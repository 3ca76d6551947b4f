import { cancelled, exit, KominfoError } from "../errors/errors.js";
import { removeLeftovers } from "../files/atomic.js";
import { makeFolder } from "../files/folders.js";
import { refuseLinksOut } from "../files/links.js";
import { withLock } from "../files/lock.js";
import { createConnection, type Persistence, persist } from "../http/retry.js";
import type { NewsroomClient } from "../newsroom-client/types.js";
import { agree, release } from "./agreement.js";
import { createLister } from "./attach.js";
import { type Journal, openJournal } from "./journal.js";
import { planUpload } from "./plan.js";
import { type PreparedPhotos, prepare } from "./prepare.js";
import { begin, end, failureFacts } from "./record.js";
import type { UploadRequest } from "./request.js";
import { sendPhotos } from "./send.js";
import type { ReadyPhoto, UploadedPhoto, UploadOutcome, UploadSource, UploadStatus } from "./types.js";

/** Hashes per request. */
const hashesPerRequest = 5000;
const defaultJobs = 4;

/**
 * Uploads photos to the newsroom and lists them in their album or post. Each step is written to the journal before the
 * next one depends on it: a process may be killed anywhere, and the same call finishes the batch without sending again
 * what has arrived. A failure that concerns all photos (no connection, no login) pauses the batch and is reported in the
 * outcome. One process at a time works on a batch (`lock-held`, exit 5).
 */
export async function runUpload(request: UploadRequest): Promise<UploadOutcome> {
  const { place } = request;
  await refuseLinksOut(place.folder);
  await makeFolder(place.folder);
  return withLock(place.lock, async () => {
    await removeLeftovers(place.folder, (name) => !name.startsWith("lock"));
    const journal = await openJournal(place.journal);
    try {
      await begin(request, journal);
      const prepared = await prepare(
        { ...request, images: await request.images(), ...progressOf(request) },
        journal,
      );
      await journal.add(
        ...prepared.failed.flatMap(({ source, error }) => failureFacts(journal, source, error)),
      );
      await journal.sync();
      const outcome = await deliver(request, journal, prepared);
      if (!outcome.paused) await end(request, journal, outcome.photos);
      return outcome;
    } finally {
      await journal.close();
    }
  });
}

function progressOf({ onProgress }: UploadRequest) {
  return onProgress ? { onProgress } : {};
}

/** What sending and listing came to. */
interface Delivery {
  /** Status by hash of the rendition. */
  status: Map<string, UploadStatus>;
  /** Error by source. */
  errors: Map<string, KominfoError>;
  bytesSent: number;
  paused?: KominfoError;
}

async function deliver(
  request: UploadRequest,
  journal: Journal,
  { ready, failed }: PreparedPhotos,
): Promise<UploadOutcome> {
  const { signal, target } = request;
  const delivery: Delivery = {
    status: new Map(),
    errors: new Map(failed.map(({ source, error }) => [source, error])),
    bytesSent: 0,
  };
  try {
    await sendAndList(request, journal, ready, delivery);
  } catch (error) {
    if (!(error instanceof KominfoError) || error.exit === exit.cancelled) throw error;
    delivery.paused = error;
  }
  const photos = uploadedPhotos(request.sources, ready, delivery, journal);
  // Ctrl-C after the last photo interrupts nothing.
  if (signal.aborted && photos.some((photo) => !photo.attached && !photo.error)) throw cancelled("cancelled");
  const { bytesSent, paused } = delivery;
  return { target, photos, bytesSent, ...(paused && { paused }) };
}

/** Sends the photos that the newsroom does not have, and lists each as soon as it is there. Fills `delivery`. */
async function sendAndList(
  request: UploadRequest,
  journal: Journal,
  ready: readonly ReadyPhoto[],
  delivery: Delivery,
): Promise<void> {
  const { newsroom, destination, signal, now, policy, onProgress } = request;
  const { status, errors } = delivery;
  const wallClock = () => now().getTime();
  const persistence: Persistence = {
    signal,
    connection: createConnection(),
    wallClock,
    ...(policy && { policy }),
  };
  onProgress?.({ step: "asking" });
  const hashes = [...new Set(ready.map((photo) => photo.sha256))];
  const asking: Persistence = {
    ...persistence,
    onWait: (error, ms, tries) => onProgress?.({ step: "asking", waiting: { error, ms, ...tries } }),
  };
  const uploaded = await findUploaded(newsroom, hashes, asking).catch(async (error: unknown) => {
    // The line is down. So little would be sent without a question, so a later `sync` may.
    const { bytes } = planUpload(ready, new Set(), journal.state.attached);
    if (bytes < (request.confirmFrom ?? 0)) await release(request, journal);
    throw error;
  });
  const plan = planUpload(ready, uploaded, journal.state.attached);
  if (plan.send.length > 0) await agree(request, journal, plan);
  await release(request, journal);
  for (const hash of uploaded) status.set(hash, "present");
  let listed = 0;
  const order = new Map(ready.map((photo, i) => [photo.source, i]));
  const total = plan.attach.length;
  const listing: Persistence = {
    ...persistence,
    onWait: (error, ms, tries) =>
      onProgress?.({ step: "listing", done: listed, total, waiting: { error, ms, ...tries } }),
  };
  const lister = createLister(destination, journal, listing, order, (count) => {
    listed += count;
    onProgress?.({ step: "listing", done: listed, total });
  });
  const toList = new Set(plan.attach.map((photo) => photo.sha256));
  lister.add(plan.attach.filter((photo) => uploaded.has(photo.sha256)));
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
  delivery.bytesSent = sent.bytesSent;
  // Without a login nothing can be listed either.
  if (sent.stopped?.exit !== exit.denied) await lister.finish();
  const paused = sent.stopped ?? lister.stopped;
  if (paused) delivery.paused = paused;
  for (const photo of ready) {
    const error = sent.failed.get(photo.sha256) ?? lister.failed.get(photo.sha256);
    if (error) errors.set(photo.source, error);
  }
}

function uploadedPhotos(
  sources: readonly UploadSource[],
  ready: readonly ReadyPhoto[],
  { status, errors }: Delivery,
  journal: Journal,
): UploadedPhoto[] {
  const readyBySource = new Map(ready.map((photo) => [photo.source, photo]));
  const firstOf = new Map<string, string>();
  return sources.map(({ displayPath }): UploadedPhoto => {
    const photo = readyBySource.get(displayPath);
    const error = errors.get(displayPath);
    const reached = (photo && status.get(photo.sha256)) ?? "waiting";
    const first = photo && firstOf.get(photo.sha256);
    if (photo && first === undefined) firstOf.set(photo.sha256, displayPath);
    // Of two equal photos only the first was sent.
    const isRepeated = first !== undefined && reached === "uploaded";
    return {
      source: displayPath,
      sha256: photo?.sha256 ?? null,
      bytes: photo?.bytes ?? 0,
      status: error ? "failed" : isRepeated ? "present" : reached,
      attached: photo !== undefined && !error && journal.state.attached.has(photo.sha256),
      ...(first !== undefined && { sameAs: first }),
      ...(error && { error }),
    };
  });
}

/** Asks the newsroom which of these hashes it has. */
async function findUploaded(
  newsroom: NewsroomClient,
  hashes: readonly string[],
  persistence: Persistence,
): Promise<Set<string>> {
  const uploaded = new Set<string>();
  for (let at = 0; at < hashes.length; at += hashesPerRequest) {
    const batch = hashes.slice(at, at + hashesPerRequest);
    for (const hash of await persist(() => newsroom.findKnownPhotos(batch), persistence)) uploaded.add(hash);
  }
  return uploaded;
}
