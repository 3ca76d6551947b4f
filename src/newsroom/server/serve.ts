import { isIP } from "node:net";
import { failed, usage } from "../../errors.js";
import type { ImageEngine } from "../../photo/types.js";
import { buildApp, type LogOptions, type Rates, usualRates } from "./app.js";
import { freePart } from "./quota.js";
import { openStorage, type Storage, type StorageOptions } from "./storage.js";
import { requireServable } from "./store/handovers.js";
import { openStore } from "./store/open.js";
import { sweep } from "./sweep.js";

export interface ServeOptions extends StorageOptions {
  /** Loopback only: "127.0.0.1", "::1" or "localhost". */
  host: string;
  /** 0 for a free one. */
  port: number;
  images: Pick<ImageEngine, "verify">;
  /** Of the package. */
  version: string;
  now: () => Date;
  rates?: Rates;
  /** The part of the disk that is free, 0 to 1; else what the data folder's file system says. */
  freeSpace?: () => Promise<number>;
  log?: LogOptions;
  /** Called once requests are answered. */
  onListening?: (url: string) => void;
  /** Closes the service when aborted. */
  signal?: AbortSignal;
}

export interface RunningNewsroom {
  /** e.g. "http://127.0.0.1:4040" */
  url: string;
  /** Finishes what is being answered, then lets go of everything. May be called twice. */
  close(): Promise<void>;
  /** Settles when the service has closed, by `close` or by the signal. */
  closed: Promise<void>;
}

/** How long requests that are being answered may still take once the service closes, in ms. */
const patienceMs = 10_000;
const sweepEveryMs = 60 * 60 * 1000;

/**
 * Starts the newsroom. Throws `newsroom-host-public`, `newsroom-port-unusable` and the errors of `openStore`,
 * `requireServable` and `openStorage`.
 */
export async function serve(options: ServeOptions): Promise<RunningNewsroom> {
  const { host, port, data, images, version, now, signal, log } = options;
  if (!isLoopback(host)) throw usage("newsroom-host-public", { host });
  const store = await openStore(options.database ?? data, now());
  const rates = options.rates ?? usualRates;
  let storage: Storage;
  try {
    await requireServable(store, options.database?.shown ?? data);
    storage = await openStorage(options, store);
  } catch (error) {
    await store.destroy();
    throw error;
  }
  const freeSpace = options.freeSpace ?? (() => freePart(data));
  const app = await buildApp({ freeSpace, store, ...storage, images, version, now, rates, log });
  const clean = () =>
    sweep({ store, ...storage }, now()).catch((error) => app.log.error({ err: error }, "sweep"));
  let url: string;
  try {
    await clean();
    url = await app.listen({ host, port });
  } catch (error) {
    await app.close();
    await store.destroy();
    const reason = (error as NodeJS.ErrnoException).code;
    if (reason === undefined) throw error;
    throw failed("newsroom-port-unusable", { host, port, reason }, error);
  }
  const sweeping = setInterval(clean, sweepEveryMs).unref();
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= (async () => {
      const impatience = setTimeout(() => app.server.closeAllConnections(), patienceMs);
      clearInterval(sweeping);
      await app.close();
      clearTimeout(impatience);
      await store.destroy();
    })();
    return closing;
  };
  const closed = new Promise<void>((resolve, reject) => {
    app.server.once("close", () => close().then(resolve, reject));
  });
  options.onListening?.(url);
  if (signal?.aborted) await close();
  else signal?.addEventListener("abort", () => void close(), { once: true });
  return { url, close, closed };
}

function isLoopback(host: string): boolean {
  if (host === "localhost" || host === "::1") return true;
  return isIP(host) === 4 && host.startsWith("127.");
}
