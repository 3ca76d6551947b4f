/**
 * The child process in which photos are decoded; `isolated-engine.ts` explains why. It exchanges requests and answers over
 * its IPC channel, and exits when the channel closes.
 */
import { writeFileSync } from "node:fs";
import { type ErrorCode, type ErrorParams, type ExitCode, KominfoError } from "../../errors/errors.js";
import type { Admission, ImageEngine, RenderBrief, RenditionTarget, RequestCard } from "../types.js";
import { watchEveryMs } from "./memory-watch.js";
import { createSharpEngine } from "./sharp-engine.js";

/** A request to the engine; `abort` cancels the request with the same id. */
export type EngineRequest = { id: number } & (
  | { ask: "inspect"; file: string }
  | { ask: "verify"; file: string; admission: Admission | undefined }
  | { ask: "thumbnail"; file: string; edge: number }
  | { ask: "request-card"; card: RequestCard }
  | { ask: "render"; file: string; targets: readonly RenditionTarget[]; brief: RenderBrief }
  | { ask: "abort" }
);

/** An expected failure is sent as plain fields, because an Error loses its class in IPC. Other errors are sent as they are. */
export type EngineAnswer = { id: number } & (
  | { made: unknown }
  | { failure: { exit: ExitCode; code: ErrorCode; params: ErrorParams<ErrorCode>; cause: string } }
  | { bug: unknown }
);

/** Sent by a process that watches its own memory and ends itself. */
export interface OverMemory {
  overMemory: true;
}

/** Bytes of buffers after which verified photos trigger a collection. */
const collectAfterBytes = 8 * 1024 * 1024;

const engine: ImageEngine = createSharpEngine();
const running = new Map<number, AbortController>();

function make(request: EngineRequest, signal: AbortSignal): Promise<unknown> {
  switch (request.ask) {
    case "render":
      return engine.render(request.file, request.targets, request.brief, signal);
    case "thumbnail":
      return engine.thumbnail(request.file, request.edge);
    case "request-card":
      return engine.requestCard(request.card);
    case "abort":
      return Promise.resolve();
    case "verify":
      return engine.verify(request.file, request.admission);
    default:
      return engine.inspect(request.file);
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
    // A rendered photo leaves a dozen MB of buffers but few objects, so the collector alone lets 80 MB pile up. A
    // verified photo leaves only its own bytes, and verifying it takes hardly longer than collecting them.
    if (request.ask !== "verify" || process.memoryUsage().arrayBuffers > collectAfterBytes) globalThis.gc?.();
  }
}

/** Ends at once; an exit would wait until libvips has decoded its picture. */
function end(): void {
  process.kill(process.pid, "SIGKILL");
}

process.on("message", async (request: EngineRequest) => {
  if (request.ask === "abort") running.get(request.id)?.abort();
  else process.send?.(await answerTo(request));
});
// The parent has ended, or needs this process no longer.
process.on("disconnect", end);
// Ctrl-C reaches the child too, but the parent decides when it ends.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});

/** The memory that this process may have, where nobody else can read it. libvips decodes beside this thread. */
const memoryBytes = Number(process.argv[2] ?? Number.POSITIVE_INFINITY);
if (Number.isFinite(memoryBytes)) {
  setInterval(() => {
    if (process.memoryUsage.rss() > memoryBytes) process.send?.({ overMemory: true }, end);
  }, watchEveryMs).unref();
}

// Where memory runs short, the kernel shall end this process and not the newsroom (proc_pid_oom_score_adj(5)).
if (process.platform === "linux") {
  try {
    writeFileSync("/proc/self/oom_score_adj", "1000");
  } catch {
    // A system that does not allow it ends whichever is largest.
  }
}
