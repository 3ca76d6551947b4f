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

interface ReadyRequest {
  sources: readonly UploadSource[];
  images: ImageEngine;
  /** Absolute; where renditions are kept. */
  renditions: string;
  jobs?: number | undefined;
  rehash?: boolean | undefined;
  /** What is said where nobody says anything of a photo. */
  usual: PhotoCaptions;
  signal: AbortSignal;
  onProgress?: (progress: { step: "reading" | "preparing"; done: number; total: number }) => void;
}

export interface ReadyPhotos {
  /** In the order of the sources. */
  ready: ReadyPhoto[];
  failed: PhotoFailure[];
}

/** A web rendition is rarely larger; most are half of it. Bytes */
const renditionBytes = 1_000_000;
/** What the rest of the machine may need. Bytes */
const reserve = 50_000_000;

/**
 * Makes the web renditions that are missing, and notes each in the journal. A photo that is gone, whose rendition
 * was made before, is ready all the same: the camera's card may have been taken out.
 */
export async function prepare(request: ReadyRequest, journal: Journal): Promise<ReadyPhotos> {
  const { sources, renditions, signal, onProgress } = request;
  const byShown = new Map(sources.map((one) => [one.shown, one]));
  const outcome = await resizePhotos(
    request.images,
    {
      files: sources.map((one) => one.file),
      presets: [findPreset("web")],
      folder: renditions,
      naming: "key",
      rehash: request.rehash === true,
      shownAs: shownAs(sources),
    },
    {
      ...(request.jobs && { jobs: request.jobs }),
      signal,
      onRead: (done, total) => onProgress?.({ step: "reading", done, total }),
      onProgress: ({ done, total }) => onProgress?.({ step: "preparing", done, total }),
      onPlanned: (plan) => checkDisk(renditions, plan),
    },
  );
  const facts: Fact[] = [];
  for (const rendition of outcome.renditions) {
    const known = journal.state.made.get(rendition.source);
    if (known && isSame(known, rendition)) continue;
    const told = await embeddedCaptions(byShown.get(rendition.source)!.file);
    const { source, source_sha256, sha256, bytes, path: file } = rendition;
    facts.push({ fact: "made", source, source_sha256, sha256, bytes, path: file, told });
  }
  await journal.add(...facts);
  const made = new Set(outcome.renditions.map((one) => one.source));
  const { gone, lost } = await withoutSource(outcome.failed, journal);
  for (const source of gone) made.add(source);
  const ready = sources
    .filter((one) => made.has(one.shown))
    .map((one) => readyPhoto(one, journal, request.usual));
  return { ready, failed: [...lost, ...ownRenditions(outcome.ignored)] };
}

function shownAs(sources: readonly UploadSource[]): (file: string) => string {
  const shown = new Map(sources.map((one) => [one.file, one.shown]));
  return (file) => shown.get(file) ?? file;
}

function isSame(known: Pick<ReadyPhoto, "sha256" | "source_sha256" | "path">, made: ResizedPhoto): boolean {
  return (
    known.sha256 === made.sha256 && known.source_sha256 === made.source_sha256 && known.path === made.path
  );
}

function readyPhoto(source: UploadSource, { state }: Journal, usual: PhotoCaptions): ReadyPhoto {
  const { source_sha256, sha256, bytes, path: file, told } = state.made.get(source.shown)!;
  const words = mergeCaptions(source.words, told, usual);
  return { source: source.shown, source_sha256, sha256, bytes, path: file, words };
}

async function withoutSource(
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

/** Nobody means to send what kominfo has made of another photo. */
function ownRenditions(ignored: readonly string[]): PhotoFailure[] {
  return ignored.map((source) => ({
    source,
    error: new KominfoError(2, "photo-own-rendition", { path: source }),
  }));
}

/** A disk that fills up on the way stops the whole machine: said before anything is written. */
async function checkDisk(folder: string, plan: RenditionPlan): Promise<void> {
  const needed = plan.actions.length * renditionBytes + reserve;
  // Not every system can say it (network drives); the writes themselves will.
  const disk = await statfs(path.dirname(folder)).catch(() => undefined);
  const free = disk ? disk.bavail * disk.bsize : Number.POSITIVE_INFINITY;
  if (free < needed) throw failed("disk-too-full", { path: folder, free, needed });
}
