/**
 * The process of its own in which photos are decoded (`isolated-engine.ts` says why): requests and answers come and
 * go through the channel that it was started with, and with that channel it ends.
 */
import { type ErrorCode, type ErrorParams, type ExitCode, KominfoError } from "../../errors/errors.js";
import type { ImageEngine, RenderBrief, RenditionTarget } from "../types.js";
import { createSharpEngine } from "./sharp-engine.js";

/** What is asked of the engine; `abort` names the request that is no longer wanted. */
export type EngineRequest = { id: number } & (
  | { ask: "inspect" | "verify"; file: string }
  | { ask: "thumbnail"; file: string; edge: number }
  | { ask: "render"; file: string; targets: readonly RenditionTarget[]; brief: RenderBrief }
  | { ask: "abort" }
);

/** An expected failure as its facts, any other as it is: an Error loses its class on the way. */
export type EngineAnswer = { id: number } & (
  | { made: unknown }
  | { failure: { exit: ExitCode; code: ErrorCode; params: ErrorParams<ErrorCode>; cause: string } }
  | { bug: unknown }
);

/** Buffers of verified photos that are worth a collection. */
const muchBytes = 8 * 1024 * 1024;

const engine: ImageEngine = createSharpEngine();
const running = new Map<number, AbortController>();

function make(request: EngineRequest, signal: AbortSignal): Promise<unknown> {
  switch (request.ask) {
    case "render":
      return engine.render(request.file, request.targets, request.brief, signal);
    case "thumbnail":
      return engine.thumbnail(request.file, request.edge);
    case "abort":
      return Promise.resolve();
    default:
      return engine[request.ask](request.file);
  }
}

async function answerTo(request: EngineRequest): Promise<EngineAnswer> {
  const { id } = request;
  const controller = new AbortController();
  running.set(id, controller);
  try {
    return { id, made: await make(request, controller.signal) };
  } catch (error) {
    if (!(error instanceof KominfoError)) return { id, bug: error };
    const { exit, code, params, cause }: KominfoError = error;
    return { id, failure: { exit, code, params, cause: String(cause ?? "") } };
  } finally {
    running.delete(id);
    // A rendered photo leaves a dozen MB of buffers and hardly any objects: left to itself the collector lets 80 MB pile
    // up. One that was only verified leaves its own bytes, and is verified nearly as fast as they are collected.
    if (request.ask !== "verify" || process.memoryUsage().arrayBuffers > muchBytes) globalThis.gc?.();
  }
}

process.on("message", async (request: EngineRequest) => {
  if (request.ask === "abort") running.get(request.id)?.abort();
  else process.send?.(await answerTo(request));
});
process.on("disconnect", () => process.exit());
// Ctrl-C reaches it too; whoever started it decides what ends.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});
