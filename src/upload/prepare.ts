import { statfs } from "node:fs/promises";
import path from "node:path";
import { failed, KominfoError } from "../errors/errors.js";
import { exists } from "../files/atomic.js";
import { embeddedCaptions } from "../photo/metadata/embedded-captions.js";
import type { PhotoFailure } from "../photo/renditions/apply.js";
import type { RenditionPlan } from "../photo/renditions/plan.js";
import { findPreset } from "../photo/renditions/presets.js";
import { type ResizedPhoto, resizePhotos } from "../photo/renditions/resize.js";
import type { ImageEngine } from "../photo/types.js";
import type { Fact, Journal } from "./journal.js";
import { mergeCaptions } from "./plan.js";
import type { PhotoCaptions, ReadyPhoto, UploadSource } from "./types.js";

interface PrepareRequest {
  sources: readonly UploadSource[];
  images: ImageEngine;
  /** Absolute path of the folder of renditions. */
  renditions: string;
  jobs?: number | undefined;
  rehash?: boolean | undefined;
  /** Used where neither a list nor the photo itself gives a caption. */
  defaultCaptions: PhotoCaptions;
  signal: AbortSignal;
  /** Receives the renditions that were made now, with what has to be said of them. */
  onRendered?: ((renditions: readonly ResizedPhoto[]) => void) | undefined;
  /** Receives the photos whose own caption could not be read (`embeddedCaptions`). */
  onUnreadCaptions?: ((sources: readonly string[]) => void) | undefined;
  onProgress?: (progress: { step: "reading" | "preparing"; done: number; total: number }) => void;
}

export interface PreparedPhotos {
  /** In the order of the sources. */
  ready: ReadyPhoto[];
  failed: PhotoFailure[];
}

/** Bytes reserved per web rendition; most need half of it. */
const renditionBytes = 1_000_000;
/** Bytes left free for the rest of the machine. */
const reserve = 50_000_000;

/**
 * Makes the missing web renditions and records each in the journal. A photo that no longer exists is ready when its
 * rendition was made before: the camera's card may have been taken out.
 */
export async function prepare(request: PrepareRequest, journal: Journal): Promise<PreparedPhotos> {
  const { sources, renditions, signal, onProgress } = request;
  const sourceOf = new Map(sources.map((source) => [source.displayPath, source]));
  const blurs = new Map(sources.map((source) => [source.file, source.blur]));
  const outcome = await resizePhotos(
    request.images,
    {
      files: sources.map((source) => source.file),
      presets: [findPreset("web")],
      folder: renditions,
      naming: "key",
      rehash: request.rehash === true,
      displayName: displayNameOf(sources),
      blurOf: (file) => blurs.get(file),
    },
    {
      ...(request.jobs && { jobs: request.jobs }),
      signal,
      onRead: (done, total) => onProgress?.({ step: "reading", done, total }),
      onProgress: ({ done, total }) => onProgress?.({ step: "preparing", done, total }),
      onPlanned: (plan) => checkDisk(renditions, plan),
    },
  );
  request.onRendered?.(outcome.renditions.filter(({ skipped }) => !skipped));
  const facts: Fact[] = [];
  const unread = new Set<string>();
  for (const rendition of outcome.renditions) {
    const recorded = journal.state.made.get(rendition.source);
    if (recorded && isSame(recorded, rendition)) continue;
    const captions = await embeddedCaptions(sourceOf.get(rendition.source)!.file, () =>
      unread.add(rendition.source),
    );
    const { source, source_sha256, sha256, bytes, path: file } = rendition;
    facts.push({ fact: "made", source, source_sha256, sha256, bytes, path: file, told: captions });
  }
  if (unread.size > 0) request.onUnreadCaptions?.([...unread]);
  await journal.add(...facts);
  const made = new Set(outcome.renditions.map((rendition) => rendition.source));
  const { gone, lost } = await splitFailures(outcome.failed, journal);
  for (const source of gone) made.add(source);
  const ready = sources
    .filter((source) => made.has(source.displayPath))
    .map((source) => readyPhoto(source, journal, request.defaultCaptions));
  return { ready, failed: [...lost, ...ownRenditions(outcome.ignored)] };
}

function displayNameOf(sources: readonly UploadSource[]): (file: string) => string {
  const displayPaths = new Map(sources.map((source) => [source.file, source.displayPath]));
  return (file) => displayPaths.get(file) ?? file;
}

function isSame(
  recorded: Pick<ReadyPhoto, "sha256" | "source_sha256" | "path">,
  made: ResizedPhoto,
): boolean {
  return (
    recorded.sha256 === made.sha256 &&
    recorded.source_sha256 === made.source_sha256 &&
    recorded.path === made.path
  );
}

function readyPhoto(source: UploadSource, { state }: Journal, defaultCaptions: PhotoCaptions): ReadyPhoto {
  const { source_sha256, sha256, bytes, path: file, told: embedded } = state.made.get(source.displayPath)!;
  const captions = mergeCaptions(source.captions, embedded, defaultCaptions);
  return { source: source.displayPath, source_sha256, sha256, bytes, path: file, captions };
}

/** Separates photos that are gone but whose rendition still exists from those that are lost. */
async function splitFailures(
  failures: readonly PhotoFailure[],
  { state }: Journal,
): Promise<{ gone: string[]; lost: PhotoFailure[] }> {
  const gone: string[] = [];
  const lost: PhotoFailure[] = [];
  for (const failure of failures) {
    const made = state.made.get(failure.source);
    const isGone = failure.error.code === "file-not-found" && made && (await exists(made.path));
    if (isGone) gone.push(failure.source);
    else lost.push(failure);
  }
  return { gone, lost };
}

/** Refuses photos that are renditions by kominfo: they were listed by mistake. */
function ownRenditions(ignored: readonly string[]): PhotoFailure[] {
  return ignored.map((source) => ({
    source,
    error: new KominfoError(2, "photo-own-rendition", { path: source }),
  }));
}

/** Throws `disk-too-full` before anything is written, because a full disk stops the whole machine. */
async function checkDisk(folder: string, plan: RenditionPlan): Promise<void> {
  const needed = plan.actions.length * renditionBytes + reserve;
  // Some file systems (network drives) do not report free space; there the writes themselves fail.
  const disk = await statfs(path.dirname(folder)).catch(() => undefined);
  const free = disk ? disk.bavail * disk.bsize : Number.POSITIVE_INFINITY;
  if (free < needed) throw failed("disk-too-full", { path: folder, free, needed });
}
