import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { failed, KominfoError } from "../../errors/errors.js";
import { engineVersion } from "../renditions/engine-version.js";
import type { ImageEngine, PhotoFacts, Rendition } from "../types.js";
import type { EngineAnswer, EngineRequest } from "./isolated-engine-child.js";

interface IsolatedEngineOptions {
  /** Environment of the process; it must hold no secrets. */
  environment: Readonly<Record<string, string | undefined>>;
  /** The compiled `isolated-engine-child.js`; default the one beside this file. Tests pass another. */
  childFile?: string;
  /** How long an idle process is kept, in ms. */
  idleMs?: number;
}

type PendingRequest = EngineRequest extends infer Request
  ? Request extends { id: number }
    ? Omit<Request, "id">
    : never
  : never;

interface PendingAnswer {
  resolve(made: unknown): void;
  reject(error: unknown): void;
}

/**
 * glibc (mallopt(3)) keeps an arena of freed memory for each thread, and libvips has a dozen threads. After it has freed a
 * large block, it also keeps the next one of that size. Both settings are read only when a process starts.
 */
const thriftyMalloc = { MALLOC_ARENA_MAX: "2", MALLOC_MMAP_THRESHOLD_: "4194304" };

/** The process ended during a request: a decoder crashed, or the system killed it for its memory. */
class Crash extends Error {}

/**
 * Runs the sharp engine in a process of its own, for two reasons. First, its memory is returned to the system
 * (`thriftyMalloc`): 600 photos need no more than 60, and an idle newsroom holds none. Second, a file that crashes a
 * decoder affects nothing else: each pending request is retried once in a process of its own, and only a file that
 * crashes that process too has failed (`photo-damaged`).
 *
 * The process starts with the first request. It ends after it has been idle for a while, or before the parent ends.
 */
export function createIsolatedEngine(options: IsolatedEngineOptions): ImageEngine {
  let shared: EngineChild | undefined;

  const call = async (request: PendingRequest, path: string, signal?: AbortSignal): Promise<unknown> => {
    shared = shared?.alive ? shared : startChild(options);
    try {
      return await shared.send(request, signal);
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
    }
    signal?.throwIfAborted();
    const alone = startChild(options);
    try {
      return await alone.send(request, signal);
    } catch (error) {
      throw error instanceof Crash ? failed("photo-damaged", { path }, error) : error;
    } finally {
      alone.end();
    }
  };
  return {
    version: engineVersion,
    inspect: (file) => call({ ask: "inspect", file }, file) as Promise<PhotoFacts>,
    verify: (file) => call({ ask: "verify", file }, file) as Promise<PhotoFacts>,
    thumbnail: async (file, edge) =>
      Buffer.from((await call({ ask: "thumbnail", file, edge }, file)) as Uint8Array),
    render: (file, targets, brief, signal) =>
      call({ ask: "render", file, targets, brief }, file, signal) as Promise<Rendition[]>,
  };
}

interface EngineChild {
  readonly alive: boolean;
  send(request: PendingRequest, signal?: AbortSignal): Promise<unknown>;
  end(): void;
}

function startChild(options: IsolatedEngineOptions): EngineChild {
  const { environment, idleMs = 10_000 } = options;
  const { NODE_OPTIONS: _, ...inherited } = environment;
  const child = fork(
    options.childFile ?? fileURLToPath(new URL("./isolated-engine-child.js", import.meta.url)),
    [],
    {
      // Sends pictures as bytes, not as JSON.
      serialization: "advanced",
      execArgv: ["--expose-gc"],
      env: { ...inherited, ...thriftyMalloc },
      // Output of the libraries is for their developers.
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    },
  );
  const waiting = new Map<number, PendingAnswer>();
  let alive = true;
  let last = 0;
  let idle: NodeJS.Timeout | undefined;

  const end = () => {
    alive = false;
    if (child.connected) child.disconnect();
  };
  const crashed = (reason: string) => {
    end();
    for (const pending of waiting.values()) pending.reject(new Crash(reason));
    waiting.clear();
  };
  child.on("error", (error) => crashed(error.message));
  const endBeforeUs = () => {
    child.ref();
    end();
  };
  process.once("beforeExit", endBeforeUs);
  child.on("exit", (code, signal) => {
    process.off("beforeExit", endBeforeUs);
    crashed(signal ?? `exit ${code}`);
  });
  child.on("message", (answer: EngineAnswer) => {
    const pending = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0) {
      rest(child);
      idle = setTimeout(end, idleMs).unref();
    }
    if ("made" in answer) pending?.resolve(answer.made);
    else if ("bug" in answer) pending?.reject(answer.bug);
    else {
      const { exit, code, params, cause } = answer.failure;
      pending?.reject(new KominfoError(exit, code, params, cause ? { cause: new Error(cause) } : {}));
    }
  });
  rest(child);

  return {
    get alive() {
      return alive;
    },
    end,
    async send(request, signal) {
      const id = ++last;
      const abort = () => alive && child.send({ id, ask: "abort" });
      const answer = new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
      clearTimeout(idle);
      child.ref();
      child.channel?.ref();
      // A failed send means that the process crashed; `crashed` rejects the request.
      child.send({ id, ...request }, () => {});
      signal?.addEventListener("abort", abort, { once: true });
      try {
        return await answer;
      } catch (error) {
        // The child answers only after it has stopped writing.
        signal?.throwIfAborted();
        throw error;
      } finally {
        signal?.removeEventListener("abort", abort);
      }
    },
  };
}

/** Lets the parent exit while the child is idle. */
function rest(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
}
