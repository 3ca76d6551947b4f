import type { Server } from "node:https";
import { failed, usage } from "../errors/errors.js";
import type { ImageEngine } from "../photo/types.js";
import { isLoopback } from "../text/loopback.js";
import { buildApp } from "./app.js";
import { freePart } from "./operation/disk-space.js";
import type { LogOptions } from "./operation/log.js";
import type { Transport } from "./operation/origin.js";
import { followTls, readTls, type TlsFiles } from "./operation/tls.js";
import type { Rates } from "./options.js";
import { defaultRates } from "./options.js";
import { openStore } from "./store/database/open.js";
import { requireServable } from "./store/service/relocation.js";
import { openStorage, type Storage, type StorageOptions } from "./uploads/storage.js";
import { sweep } from "./uploads/sweep.js";

export interface ServeOptions extends StorageOptions {
  /** "127.0.0.1", "::1" or "localhost"; another one only with `tls` or `behindProxy`. */
  host: string;
  /** Serves HTTPS itself; the files are looked at again for a renewed certificate. */
  tls?: TlsFiles | undefined;
  /** A proxy on this machine serves HTTPS: what it forwards is believed, and nothing else is answered. */
  behindProxy?: boolean | undefined;
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
  /** How long requests that are being answered may still take once the service closes, in ms. */
  patienceMs?: number;
  /** How often the certificate is looked at again, in ms. */
  lookAtTlsMs?: number;
}

export interface RunningNewsroom {
  /** e.g. "http://127.0.0.1:4040" */
  url: string;
  /** When the certificate ends, of one's own TLS. */
  tlsUntil?: Date | undefined;
  /** Finishes what is being answered, then lets go of everything. May be called twice. */
  close(): Promise<void>;
  /** Settles when the service has closed, by `close` or by the signal. */
  closed: Promise<void>;
}

const defaultStopMs = 10_000;
const sweepEveryMs = 60 * 60 * 1000;
const defaultTlsCheckMs = 60_000;

/**
 * Starts the newsroom. Throws `newsroom-host-public`, `newsroom-port-unusable`, `newsroom-tls-*` and the errors
 * of `openStore`, `requireServable` and `openStorage`.
 */
export async function serve(options: ServeOptions): Promise<RunningNewsroom> {
  const { host, port, data, images, version, now, signal, log } = options;
  const door: Transport = options.tls ? "tls" : options.behindProxy ? "proxy" : "local";
  if (door === "local" && !isLoopback(host)) throw usage("newsroom-host-public", { host });
  const tls = options.tls && (await readTls(options.tls));
  const store = await openStore(options.database ?? data, now());
  const rates = options.rates ?? defaultRates;
  let storage: Storage;
  try {
    await requireServable(store, options.database?.shown ?? data);
    storage = await openStorage(options, store);
  } catch (error) {
    await store.destroy();
    throw error;
  }
  const freeSpace = options.freeSpace ?? (() => freePart(data));
  const stopping = new AbortController();
  const { app, stop } = await buildApp({
    freeSpace,
    store,
    ...storage,
    data,
    images,
    version,
    now,
    rates,
    log,
    transport: door,
    tls,
    stopping: stopping.signal,
  });
  const clean = () =>
    sweep({ store, ...storage }, now()).catch((error) => app.log.error({ err: error }, "sweep failed"));
  let url: string;
  try {
    await clean();
    url = await app.listen({ host, port, listenTextResolver: () => "listening" });
  } catch (error) {
    await app.close();
    await store.destroy();
    const reason = (error as NodeJS.ErrnoException).code;
    if (reason === undefined) throw error;
    throw failed("newsroom-port-unusable", { host, port, reason }, error);
  }
  const sweeping = setInterval(clean, sweepEveryMs).unref();
  const following =
    options.tls &&
    tls &&
    followTls(
      app.server as Server,
      options.tls,
      tls,
      options.lookAtTlsMs ?? defaultTlsCheckMs,
      (what, reason) =>
        what === "renewed"
          ? app.log.info("certificate renewed")
          : app.log.warn({ err: reason }, "certificate not renewed"),
    );
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= (async () => {
      clearInterval(sweeping);
      following?.stop();
      stopping.abort();
      await stop(options.patienceMs ?? defaultStopMs);
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
  return { url, tlsUntil: tls?.until, close, closed };
}
