import { KominfoError } from "../../errors/errors.js";
import { forEachConcurrently } from "../../pool.js";
import type { ImageEngine, Rendition } from "../types.js";
import type { PhotoSource, RenderAction, RenditionPlan } from "./plan.js";

/** One more than an old laptop has cores: two photos are computed while a third is read or written. */
const defaultJobs = 3;

/** A photo that could not be rendered. */
export interface PhotoFailure {
  source: string;
  error: KominfoError;
}

interface Progress {
  /** Photos that are finished, those that failed included. */
  done: number;
  failed: number;
  total: number;
  /** The photo that was just finished. */
  source: string;
  failure?: KominfoError;
}

export interface ApplyOptions {
  /** Photos rendered concurrently; default 3. */
  jobs?: number;
  /** Called after the last file of a photo is written. */
  onMade?: (action: RenderAction, renditions: readonly Rendition[]) => Promise<void>;
  onProgress?: (progress: Progress) => void;
  signal?: AbortSignal;
}

interface Applied {
  made: { source: PhotoSource; rendition: Rendition }[];
  failed: PhotoFailure[];
}

/**
 * Renders the photos of a plan in their order. A photo that fails does not stop the others. On abort, photos in
 * progress leave no half-written file, finished renditions stay, and the signal's reason is thrown.
 */
export async function applyPlan(
  engine: ImageEngine,
  plan: RenditionPlan,
  options: ApplyOptions = {},
): Promise<Applied> {
  const { actions } = plan;
  const results: (Rendition[] | KominfoError | undefined)[] = actions.map(() => undefined);
  let done = 0;
  let failed = 0;

  await forEachConcurrently(actions.entries(), options.jobs ?? defaultJobs, async ([i, action]) => {
    options.signal?.throwIfAborted();
    const result = await renderPhoto(engine, action, options);
    results[i] = result;
    const failure = result instanceof KominfoError ? result : undefined;
    done++;
    if (failure) failed++;
    options.onProgress?.({
      done,
      failed,
      total: actions.length,
      source: action.source.path,
      ...(failure && { failure }),
    });
  });

  const applied: Applied = { made: [], failed: [] };
  for (const [i, { source }] of actions.entries()) {
    const result = results[i]!;
    if (result instanceof KominfoError) applied.failed.push({ source: source.path, error: result });
    else applied.made.push(...result.map((rendition) => ({ source, rendition })));
  }
  return applied;
}

async function renderPhoto(
  engine: ImageEngine,
  action: RenderAction,
  { onMade, signal }: ApplyOptions,
): Promise<Rendition[] | KominfoError> {
  try {
    const { source, targets, brief } = action;
    const renditions = await engine.render(source.path, targets, brief, signal);
    await onMade?.(action, renditions);
    return renditions;
  } catch (error) {
    // An abort is not a failure of this photo.
    if (!(error instanceof KominfoError) || signal?.aborted) throw error;
    return error;
  }
}

/** Replaces the path of a failure by the path to print. */
export function withDisplayNames(
  { source, error }: PhotoFailure,
  displayName: (file: string) => string = (file) => file,
): PhotoFailure {
  const displayPath = displayName(source);
  const params: unknown = error.params;
  const isNamed = typeof params === "object" && params !== null && "path" in params && params.path === source;
  if (!isNamed || displayPath === source) return { source: displayPath, error };
  const named = { ...params, path: displayPath } as typeof error.params;
  return {
    source: displayPath,
    error: new KominfoError(error.exit, error.code, named, { cause: error.cause, details: error.details }),
  };
}
