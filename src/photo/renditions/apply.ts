import { KominfoError } from "../../errors/errors.js";
import { forEachConcurrently } from "../../pool.js";
import type { ImageEngine, Rendition } from "../types.js";
import type { PhotoSource, RenderAction, RenditionPlan } from "./plan.js";

/** One more than an old laptop has cores: while one photo is read or written, two are computed. */
const defaultJobs = 3;

/** A photo that could not be made into its renditions. */
export interface PhotoFailure {
  source: string;
  error: KominfoError;
}

interface Progress {
  done: number;
  total: number;
  /** The photo that was just finished. */
  source: string;
  failure?: KominfoError;
}

export interface ApplyOptions {
  /** Photos in work at the same time; default 3. */
  jobs?: number;
  /** After the last file of a photo is written. */
  onMade?: (action: RenderAction, renditions: readonly Rendition[]) => Promise<void>;
  onProgress?: (progress: Progress) => void;
  signal?: AbortSignal;
}

interface Applied {
  made: { source: PhotoSource; rendition: Rendition }[];
  failed: PhotoFailure[];
}

/**
 * Makes what a plan says, in its order. A photo that fails stops no other. When the signal is aborted, photos
 * in work end without a half-written file, what is made stays, and the signal's reason is thrown.
 */
export async function applyPlan(
  engine: ImageEngine,
  plan: RenditionPlan,
  options: ApplyOptions = {},
): Promise<Applied> {
  const { actions } = plan;
  const results: (Rendition[] | KominfoError | undefined)[] = actions.map(() => undefined);
  let done = 0;

  await forEachConcurrently(actions.entries(), options.jobs ?? defaultJobs, async ([i, action]) => {
    options.signal?.throwIfAborted();
    const result = await renderOne(engine, action, options);
    results[i] = result;
    const failure = result instanceof KominfoError ? result : undefined;
    done++;
    options.onProgress?.({
      done,
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

async function renderOne(
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
    // The person's own interruption is no failure of this photo.
    if (!(error instanceof KominfoError) || signal?.aborted) throw error;
    return error;
  }
}

/** A failure that names the photo as people know it. */
export function withDisplayNames(
  { source, error }: PhotoFailure,
  shownAs: (file: string) => string = (file) => file,
): PhotoFailure {
  const shown = shownAs(source);
  const params: unknown = error.params;
  const isNamed = typeof params === "object" && params !== null && "path" in params && params.path === source;
  if (!isNamed || shown === source) return { source: shown, error };
  const named = { ...params, path: shown } as typeof error.params;
  return {
    source: shown,
    error: new KominfoError(error.exit, error.code, named, { cause: error.cause, details: error.details }),
  };
}
