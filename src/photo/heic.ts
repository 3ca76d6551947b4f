import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { failed } from "../errors.js";
import type { Size } from "./size.js";

/** Pixels of a decoded HEIC: upright, RGB of 8 bits, in the colour space of the file's profile. */
export interface HeicPicture extends Size {
  data: Uint8Array;
}

export interface HeicDecoder {
  /**
   * Throws `photo-heic-decoder-missing` when the optional package is not installed, `photo-damaged` when libheif
   * cannot decode; an abort ends a decode that is under way.
   *
   * @param path only for what is said
   */
  decode(path: string, bytes: Uint8Array, signal?: AbortSignal): Promise<HeicPicture>;
}

export interface HeicOptions {
  /** Threads; each takes about 130 MB while it works on 12 MP. Default 2. */
  workers?: number;
  /** What is imported; another one in tests. */
  module?: string;
}

type Reply = HeicPicture | { reason: string } | { missing: true };

/** A thread keeps the memory of its largest photo, so one that has nothing to do is ended. */
const idleMs = 2000;

/** Decodes HEIC in worker threads, which start when they are needed and keep no process alive. */
export function createHeicDecoder(options: HeicOptions = {}): HeicDecoder {
  const { workers: most = 2, module = "libheif-js/wasm-bundle.js" } = options;
  const idle: { worker: Worker; timer: NodeJS.Timeout }[] = [];
  const waiting: (() => void)[] = [];
  let busy = 0;

  const take = async (): Promise<Worker> => {
    while (busy >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    busy++;
    const found = idle.pop();
    if (!found) return new Worker(new URL("./heic-worker.js", import.meta.url), { workerData: { module } });
    clearTimeout(found.timer);
    found.worker.ref();
    return found.worker;
  };
  const giveBack = (worker: Worker, healthy: boolean): void => {
    busy--;
    waiting.shift()?.();
    if (!healthy) return void worker.terminate();
    worker.unref();
    const entry = { worker, timer: setTimeout(() => end(entry), idleMs).unref() };
    idle.push(entry);
  };
  const end = (entry: (typeof idle)[number]): void => {
    idle.splice(idle.indexOf(entry), 1);
    void entry.worker.terminate();
  };

  return {
    async decode(path, bytes, signal) {
      const worker = await take();
      let reply: Reply | undefined;
      try {
        signal?.throwIfAborted();
        worker.postMessage(bytes);
        const [message] = await Promise.race([
          once(worker, "message", { signal }) as Promise<[Reply]>,
          once(worker, "exit", { signal }).then(([code]): [Reply] => [{ reason: `exit ${code}` }]),
        ]);
        reply = message;
      } catch (error) {
        signal?.throwIfAborted();
        throw failed("photo-damaged", { path }, error);
      } finally {
        giveBack(worker, reply !== undefined && "data" in reply);
      }
      if ("missing" in reply) throw failed("photo-heic-decoder-missing", { path });
      if ("reason" in reply) throw failed("photo-damaged", { path }, new Error(reply.reason));
      return reply;
    },
  };
}
