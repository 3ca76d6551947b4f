import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { failed } from "../../errors/errors.js";
import type { Size } from "./size.js";

/** Pixels of a decoded HEIC: upright, RGB of 8 bits, in the colour space of the file's profile. */
export interface HeicPicture extends Size {
  data: Uint8Array;
}

export interface HeicDecoder {
  /**
   * Decodes a photo and gives what `use` makes of its pixels, which are the decoder's again afterwards. Throws
   * `photo-heic-decoder-missing` when the optional package is not installed, `photo-damaged` when libheif cannot
   * decode; an abort ends a decode that is under way.
   *
   * @param path only for what is said
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
  /** What is imported; another one in tests. */
  module?: string;
}

type Reply = HeicPicture | { reason: string } | { missing: true };

/** A thread, and the memory of its last picture, which it gets back: left to the collector it would pile up. */
interface Thread {
  worker: Worker;
  spare?: ArrayBuffer;
  timer?: NodeJS.Timeout;
}

/** A thread keeps the memory of its largest photo, so one that has nothing to do is ended. */
const idleMs = 2000;

/** Decodes HEIC in worker threads, which start when they are needed and keep no process alive. */
export function createHeicDecoder(options: HeicOptions = {}): HeicDecoder {
  const { workers: most = 2, module = "libheif-js/wasm-bundle.js" } = options;
  const idle: Thread[] = [];
  const waiting: (() => void)[] = [];
  let busy = 0;

  const take = async (): Promise<Thread> => {
    while (busy >= most) await new Promise<void>((resolve) => waiting.push(resolve));
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
        if ("reason" in reply) throw failed("photo-damaged", { path }, new Error(reply.reason));
        healthy = true;
        thread.spare = reply.data.buffer as ArrayBuffer;
        return await use(reply);
      } finally {
        giveBack(thread, healthy);
      }
    },
  };
}

/** Sends one photo and waits for its picture, for the thread's end, or for the signal. */
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
    // Takes the listeners away; what loses the race ends in an error that nobody waits for.
    reply.catch(() => {});
    ended.catch(() => {});
    answered.abort();
  }
}
