import path from "node:path";
import { failed, KominfoError, usage } from "../../errors/errors.js";
import { exists, removeLeftovers } from "../../files/atomic.js";
import { sha256File } from "../../files/hash.js";
import { withLock } from "../../files/lock.js";
import type { BlurBox, Focus, ImageEngine, PhotoText, Preset, RenderOptions, Rendition } from "../types.js";
import { type ApplyOptions, applyPlan, type PhotoFailure, withDisplayNames } from "./apply.js";
import { type HashIndex, openHashIndex } from "./hash-index.js";
import { type PhotoSource, planRenditions, type RenditionPlan, type RenditionRequest } from "./plan.js";
import { openRecords, readFolder } from "./records.js";

/** Photos and the renditions to make of them. */
export interface ResizeRequest {
  /** Absolute paths, each once (`expandSources`). */
  files: readonly string[];
  presets: readonly Preset[];
  /** Absolute; created when missing. */
  folder: string;
  naming: RenditionRequest["naming"];
  /** Maps a file to the path to print, for unpacked photos (`gatherPhotos`); default the file itself. */
  displayName?: (file: string) => string;
  /** Returns the metadata to write into the renditions of a file; none by default. */
  textOf?: (file: string) => PhotoText;
  /** Returns the focus of a file. */
  focusOf?: (file: string) => Focus | undefined;
  /** Returns the parts of a file that are made unrecognisable. */
  blurOf?: (file: string) => readonly BlurBox[] | undefined;
  /** Shared by all photos. */
  renderOptions?: RenderOptions;
  /** Read every photo and rendition, even if the hash index says that it is unchanged. */
  rehash?: boolean;
}

/** A rendition that exists; `skipped` when it existed before. */
export interface ResizedPhoto extends Rendition {
  source: string;
  source_sha256: string;
  skipped: boolean;
}

export interface ResizeOutcome {
  /** By source, then by preset, in the order of the request. */
  renditions: ResizedPhoto[];
  failed: PhotoFailure[];
  /** Files that are renditions by kominfo themselves; they are not rendered again. */
  ignored: string[];
}

interface PlannedResize {
  plan: RenditionPlan;
  failed: PhotoFailure[];
}

interface ResizeOptions extends Pick<ApplyOptions, "jobs" | "onProgress" | "signal"> {
  /** Called while photos are hashed. */
  onRead?: (done: number, total: number) => void;
  /** Called before the first rendition is made; throwing here ends the work. */
  onPlanned?: (plan: RenditionPlan) => Promise<void>;
}

/** Plans what `resizePhotos` would do. Reads the photos and the folder; changes nothing. */
export async function planResize(
  engine: ImageEngine,
  request: ResizeRequest,
  options: Pick<ResizeOptions, "onRead" | "signal"> = {},
): Promise<PlannedResize> {
  const index = await openHashIndex(request.folder, request);
  const { plan, failed } = (await prepare(engine, request, index, options)).planned;
  return { plan, failed: failed.map((failure) => withDisplayNames(failure, request.displayName)) };
}

/**
 * Makes the renditions that are missing or outdated, and returns all of them. Waits for another process that does the
 * same in this folder (`lock-held`, exit 5). Repeating a finished request makes nothing; after a killed process it
 * continues where that one stopped.
 */
export async function resizePhotos(
  engine: ImageEngine,
  request: ResizeRequest,
  options: ResizeOptions = {},
): Promise<ResizeOutcome> {
  return withLock(path.join(request.folder, ".kominfo-renditions.lock"), async () => {
    // Remove half-written files of a killed process, but not the temporary files of waiting locks.
    await removeLeftovers(request.folder, (target) => !target.endsWith(".lock"));
    const index = await openHashIndex(request.folder, request);
    const { planned, state } = await prepare(engine, request, index, options);
    const { plan } = planned;
    await index.save();
    if (plan.actions.length === 0) return outcome(request, planned, []);
    await options.onPlanned?.(plan);
    const records = await openRecords(request.folder, state);
    try {
      await records.add(plan.actions.flatMap(({ targets }) => targets.map((target) => target.record)));
      await records.sync();
      const applied = await applyPlan(engine, plan, {
        ...options,
        onMade: async (action, renditions) => {
          // The photo changed after it was hashed, so its key is wrong.
          if (await index.isChanged(action.source.path))
            throw failed("photo-changed", { path: action.source.path });
          await records.add(
            action.targets.map((target, i) => {
              const { preset: _preset, path: _path, ...made } = renditions[i]!;
              return { ...target.record, made };
            }),
          );
          for (const { path: file, sha256 } of renditions) await index.record(file, sha256);
        },
      });
      return outcome(request, { plan, failed: [...planned.failed, ...applied.failed] }, applied.made);
    } finally {
      await records.close();
      await index.save();
    }
  });
}

async function prepare(
  engine: ImageEngine,
  request: ResizeRequest,
  index: HashIndex,
  { signal, onRead }: Pick<ResizeOptions, "onRead" | "signal">,
) {
  const sources: PhotoSource[] = [];
  const unreadable: PhotoFailure[] = [];
  for (const [i, file] of request.files.entries()) {
    signal?.throwIfAborted();
    onRead?.(i, request.files.length);
    try {
      const [text, focus] = [request.textOf?.(file), request.focusOf?.(file)];
      const blur = request.blurOf?.(file);
      const displayPath = request.displayName?.(file);
      sources.push({
        path: file,
        // Hashes of temporarily unpacked photos are not stored.
        sha256: await hashPhoto(file, (displayPath ?? file) === file ? index.hash : sha256File),
        ...(displayPath && { displayPath }),
        ...(text && { text }),
        ...(focus && { focus }),
        ...(blur && blur.length > 0 && { blur }),
      });
    } catch (error) {
      if (!(error instanceof KominfoError)) throw error;
      unreadable.push({ source: file, error });
    }
  }
  const state = await readFolder(request.folder, index.hash);
  const { presets, folder, naming, renderOptions } = request;
  const plan = planRenditions({
    sources,
    presets,
    folder,
    naming,
    ...(renderOptions && { renderOptions }),
    state,
    engineVersion: engine.version,
  });
  return { planned: { plan, failed: unreadable }, state };
}

async function hashPhoto(file: string, hash: HashIndex["hash"]): Promise<string> {
  try {
    return await hash(file);
  } catch (error) {
    if (!(await exists(file))) throw usage("file-not-found", { path: file });
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw failed("file-unreadable", { path: file, reason: code }, error);
  }
}

function outcome(
  request: ResizeRequest,
  { plan, failed }: PlannedResize,
  made: readonly { source: PhotoSource; rendition: Rendition }[],
): ResizeOutcome {
  const sourceOrder = new Map(request.files.map((file, i) => [request.displayName?.(file) ?? file, i]));
  const presetOrder = new Map(request.presets.map((preset, i) => [preset.name, i]));
  type SourceRendition = { source: PhotoSource; rendition: Rendition };
  const resized =
    (skipped: boolean) =>
    ({ source, rendition }: SourceRendition) => ({
      ...rendition,
      source: source.displayPath ?? source.path,
      source_sha256: source.sha256,
      skipped,
    });
  const renditions = [...made.map(resized(false)), ...plan.current.map(resized(true))].sort(
    (a, b) =>
      sourceOrder.get(a.source)! - sourceOrder.get(b.source)! ||
      presetOrder.get(a.preset)! - presetOrder.get(b.preset)!,
  );
  return {
    renditions,
    failed: failed.map((failure) => withDisplayNames(failure, request.displayName)),
    ignored: plan.ignored.map((file) => request.displayName?.(file) ?? file),
  };
}
