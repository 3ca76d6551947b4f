import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { failed } from "../../errors/errors.js";
import type { Size } from "./size.js";
import { unsupportedKind } from "./unsupported.js";

/** Pixels of a decoded HEIC: upright, RGB of 8 bits, in the colour space of the file's profile. */
export interface HeicPicture extends Size {
  data: Uint8Array;
}

export interface HeicDecoder {
  /**
   * Decodes a photo and returns the result of `use`. The decoder reuses the pixels afterwards. Throws
   * `photo-heic-decoder-missing` when the optional package is not installed, `photo-not-supported` when libheif does not
   * know the kind, and `photo-damaged` when it cannot decode. An abort ends a running decode.
   *
   * @param path only for errors
   */
  decode<T>(
    path: string,
    bytes: Uint8Array,
    use: (picture: HeicPicture) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T>;
}

export interface HeicOptions {
  /** Threads; each takes about 130 MB while it works on 12 MP. Default 2. */
  workers?: number;
  /** The module to import; tests pass another one. */
  module?: string;
}

type Reply = HeicPicture | { reason: string } | { missing: true };

/** A thread and the memory of its last picture. The thread reuses it; otherwise such memory piles up until collected. */
interface Thread {
  worker: Worker;
  spare?: ArrayBuffer;
  timer?: NodeJS.Timeout;
}

/** An idle thread is ended after this time, because it keeps the memory of its largest photo. */
const idleMs = 2000;

/** Decodes HEIC in worker threads, which start on demand and do not keep the process alive. */
export function createHeicDecoder(options: HeicOptions = {}): HeicDecoder {
  const { workers: maxWorkers = 2, module = "libheif-js/wasm-bundle.js" } = options;
  const idle: Thread[] = [];
  const waiting: (() => void)[] = [];
  let busy = 0;

  const take = async (): Promise<Thread> => {
    while (busy >= maxWorkers) await new Promise<void>((resolve) => waiting.push(resolve));
    busy++;
    const found = idle.pop();
    if (!found) {
      return { worker: new Worker(new URL("./heic-worker.js", import.meta.url), { workerData: { module } }) };
    }
    clearTimeout(found.timer);
    found.worker.ref();
    return found;
  };
  const giveBack = (thread: Thread, healthy: boolean): void => {
    busy--;
    waiting.shift()?.();
    if (!healthy) return void thread.worker.terminate();
    thread.worker.unref();
    thread.timer = setTimeout(() => {
      idle.splice(idle.indexOf(thread), 1);
      void thread.worker.terminate();
    }, idleMs).unref();
    idle.push(thread);
  };

  return {
    async decode(path, bytes, use, signal) {
      const thread = await take();
      let healthy = false;
      try {
        signal?.throwIfAborted();
        const reply = await ask(thread, bytes, signal).catch((error: unknown) => {
          signal?.throwIfAborted();
          throw failed("photo-damaged", { path }, error);
        });
        if ("missing" in reply) throw failed("photo-heic-decoder-missing", { path });
        if ("reason" in reply) {
          const [found, cause] = [unsupportedKind(reply.reason), new Error(reply.reason)];
          throw found
            ? failed("photo-not-supported", { path, found }, cause)
            : failed("photo-damaged", { path }, cause);
        }
        healthy = true;
        thread.spare = reply.data.buffer as ArrayBuffer;
        return await use(reply);
      } finally {
        giveBack(thread, healthy);
      }
    },
  };
}

/** Sends one photo to a thread and waits for its picture, the thread's end, or the signal. */
async function ask(thread: Thread, bytes: Uint8Array, signal?: AbortSignal): Promise<Reply> {
  const { worker, spare } = thread;
  delete thread.spare;
  const answered = new AbortController();
  const either = { signal: signal ? AbortSignal.any([signal, answered.signal]) : answered.signal };
  const ended = once(worker, "exit", either).then(([code]): [Reply] => [{ reason: `exit ${code}` }]);
  const reply = once(worker, "message", either) as Promise<[Reply]>;
  worker.postMessage({ bytes, spare }, spare ? [spare] : []);
  try {
    return (await Promise.race([reply, ended]))[0];
  } finally {
    // Aborting removes the listeners and rejects the promise that lost the race.
    reply.catch(() => {});
    ended.catch(() => {});
    answered.abort();
  }
}
