import { type ChildProcess, fork } from "node:child_process";
import { setPriority } from "node:os";
import { fileURLToPath } from "node:url";
import { failed, KominfoError } from "../../errors/errors.js";
import { engineVersion } from "../renditions/engine-version.js";
import type { ImageEngine, PhotoFacts, Rendition } from "../types.js";
import type { EngineAnswer, EngineRequest, OverMemory } from "./isolated-engine-child.js";
import { type EngineBounds, heapMegabytes, readPeakMemory, watchEveryMs } from "./memory-watch.js";

interface IsolatedEngineOptions {
  /** Environment of this process; the decoding one gets `neededVariables` of it and nothing else. */
  environment: Readonly<Record<string, string | undefined>>;
  /** For photos of strangers. Without it, memory and time are those of the machine. */
  bounds?: EngineBounds | undefined;
  /**
   * Who reads the memory: this process, from /proc, which a subverted decoder cannot evade; or, where the system has no
   * /proc, the decoding process itself.
   */
  watcher?: "parent" | "child";
  /** Called whenever this process reads the peak memory of the decoding one, in bytes: with `bounds`, at each answer too. */
  onPeak?: (bytes: number) => void;
  /** The compiled `isolated-engine-child.js`; default the one beside this file. Tests pass another. */
  childFile?: string;
  /** How long an idle process is kept, in ms. Default: a minute. */
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

/** Variables of the system without which Node, libvips or the folder of temporary files are not found. */
const neededVariables: ReadonlySet<string> = new Set([
  "PATH",
  "LD_LIBRARY_PATH",
  "TMPDIR",
  "TMP",
  "TEMP",
  "SYSTEMROOT",
  "WINDIR",
]);

/** An operator's photos come with pauses, and each start takes some 0.3 s. */
const keptIdleMs = 60_000;

/** The process ended during a request: a decoder crashed, or the system killed it for its memory. */
class Crash extends Error {}

/** The process was ended because it exceeded its bounds. */
class Overrun extends Crash {}

/**
 * Runs the sharp engine in a process of its own, for two reasons. First, its memory is returned to the system
 * (`thriftyMalloc`): 600 photos need no more than 60, and an idle newsroom holds none. Second, a file that crashes a
 * decoder affects nothing else: each pending request is retried once in a process of its own, and only a file that
 * crashes that process too has failed (`photo-damaged`). A process that exceeds `bounds` is ended and its requests are
 * retried in the same way; the file that exceeds them alone has failed (`photo-too-costly`).
 *
 * The process starts with the first request. It ends after it has been idle for a while, or before the parent ends.
 */
export function createIsolatedEngine(options: IsolatedEngineOptions): ImageEngine {
  let shared: EngineChild | undefined;

  const current = () => {
    shared = shared?.alive ? shared : startChild(options);
    return shared;
  };
  const call = async (request: PendingRequest, path: string, signal?: AbortSignal): Promise<unknown> => {
    const child = current();
    try {
      return await child.send(request, signal);
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      // Nothing but this file can have used up the process.
      if (error instanceof Overrun && child.requests === 1) throw costly(path, error);
    }
    signal?.throwIfAborted();
    const alone = startChild(options);
    try {
      return await alone.send(request, signal);
    } catch (error) {
      if (error instanceof Overrun) throw costly(path, error);
      throw error instanceof Crash ? failed("photo-damaged", { path }, error) : error;
    } finally {
      alone.end();
    }
  };
  return {
    version: engineVersion,
    start: () => void current(),
    inspect: (file) => call({ ask: "inspect", file }, file) as Promise<PhotoFacts>,
    verify: (file, admission) => call({ ask: "verify", file, admission }, file) as Promise<PhotoFacts>,
    thumbnail: async (file, edge) =>
      Buffer.from((await call({ ask: "thumbnail", file, edge }, file)) as Uint8Array),
    async requestCard(card) {
      const drawn = (await call({ ask: "request-card", card }, card.photo)) as {
        jpeg: Uint8Array;
        hasText: boolean;
      };
      return { ...drawn, jpeg: Buffer.from(drawn.jpeg) };
    },
    render: (file, targets, brief, signal) =>
      call({ ask: "render", file, targets, brief }, file, signal) as Promise<Rendition[]>,
  };
}

function costly(path: string, cause: Error): KominfoError {
  return failed("photo-too-costly", { path }, cause);
}

interface EngineChild {
  readonly alive: boolean;
  /** How many requests it has had. */
  readonly requests: number;
  send(request: PendingRequest, signal?: AbortSignal): Promise<unknown>;
  end(): void;
}

/** A little below normal, so that a photo is decoded in time also beside a service that is never idle. */
const niceness = 5;

/** A newsroom answers first and decodes after that. Threads have the priority of the one that starts them. */
function yieldTo({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, niceness);
  } catch {
    // A sandbox may forbid it.
  }
}

function startChild(options: IsolatedEngineOptions): EngineChild {
  const { environment, bounds, onPeak, idleMs = keptIdleMs } = options;
  const watcher = options.watcher ?? (process.platform === "linux" ? "parent" : "child");
  const needed = Object.fromEntries(
    Object.entries(environment).filter(([name]) => neededVariables.has(name.toUpperCase())),
  );
  const child = fork(
    options.childFile ?? fileURLToPath(new URL("./isolated-engine-child.js", import.meta.url)),
    bounds && watcher === "child" ? [String(bounds.memoryBytes)] : [],
    {
      // Sends pictures as bytes, not as JSON.
      serialization: "advanced",
      execArgv: ["--expose-gc", ...(bounds ? [`--max-old-space-size=${heapMegabytes}`] : [])],
      env: { ...needed, ...thriftyMalloc },
      // Output of the libraries is for their developers.
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    },
  );
  if (bounds) yieldTo(child);
  const waiting = new Map<number, PendingAnswer>();
  let alive = true;
  let last = 0;
  let idle: NodeJS.Timeout | undefined;
  let watch: NodeJS.Timeout | undefined;
  let overrun = "";

  const end = () => {
    alive = false;
    clearInterval(watch);
    if (child.connected) child.disconnect();
  };
  const crashed = (reason: string) => {
    end();
    const error = overrun === "" ? new Crash(reason) : new Overrun(overrun);
    for (const pending of waiting.values()) pending.reject(error);
    waiting.clear();
  };
  /** The pending requests are rejected once the process is gone and its memory free. */
  const kill = (reason: string) => {
    overrun ||= reason;
    alive = false;
    child.kill("SIGKILL");
  };
  const readMemory = () => {
    if (!bounds || watcher === "child" || child.pid === undefined) return;
    const peak = readPeakMemory(child.pid);
    if (peak === undefined) return;
    onPeak?.(peak);
    if (peak > bounds.memoryBytes) kill(`${peak} bytes of memory`);
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
  child.on("message", (answer: EngineAnswer | OverMemory) => {
    if ("overMemory" in answer) return kill("over its memory, by itself");
    readMemory();
    // An answer from over the limit does not count: whether a read came in time must not decide.
    if (overrun !== "") return;
    const pending = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0) {
      clearInterval(watch);
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
  // Until the first request, which may never come.
  idle = setTimeout(end, idleMs).unref();

  return {
    get alive() {
      return alive;
    },
    get requests() {
      return last;
    },
    end,
    async send(request, signal) {
      const id = ++last;
      const abort = () => alive && child.send({ id, ask: "abort" });
      const answer = new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
      clearTimeout(idle);
      if (bounds && waiting.size === 1) watch = setInterval(readMemory, watchEveryMs);
      const deadline = bounds && setTimeout(() => kill(`${bounds.requestMs} ms`), bounds.requestMs);
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
        clearTimeout(deadline);
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
