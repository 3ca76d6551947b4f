import { once } from "node:events";
import type { Server } from "node:https";
import { createServer } from "node:net";
import path from "node:path";
import { failed, usage } from "../errors/errors.js";
import type { ImageEngine } from "../photo/types.js";
import { isLoopback } from "../text/loopback.js";
import { buildApp } from "./app.js";
import type { ConnectionLimits } from "./operation/connections.js";
import { diskReserve } from "./operation/disk-reserve.js";
import { freePart } from "./operation/disk-space.js";
import type { LogOptions } from "./operation/log.js";
import type { Transport } from "./operation/origin.js";
import { rememberAddress } from "./operation/served-address.js";
import { readTls, type TlsFiles, watchTls } from "./operation/tls.js";
import { collectWarnings, type OnWarning } from "./operation/warnings.js";
import { defaultRates, type NewsroomOptions, type Rates } from "./options.js";
import { Outage } from "./outage.js";
import { startCheckpoints } from "./store/database/checkpoints.js";
import { databaseFile, openStore } from "./store/database/open.js";
import { openPostgres } from "./store/database/postgres.js";
import { sealLogins } from "./store/people/sealing.js";
import { openSecretsKey, type SecretsKey, secretsKeyFile } from "./store/secrets-key.js";
import { requireServable } from "./store/service/relocation.js";
import { openStorage, type Storage, type StorageOptions } from "./uploads/storage.js";
import { sweep } from "./uploads/sweep.js";

export interface ServeOptions extends StorageOptions {
  /** "127.0.0.1", "::1" or "localhost"; any other host requires `tls` or `behindProxy`. */
  host: string;
  /** Serves HTTPS directly; the files are polled for a renewed certificate. */
  tls?: TlsFiles | undefined;
  /** A proxy on this machine serves HTTPS: its forwarding headers are trusted, and plain HTTP is refused. */
  behindProxy?: boolean | undefined;
  /**
   * Origin under which people reach the newsroom, as `checkOrigin` returns it: links begin with it, and only its host is
   * answered. Without it, links are made on this machine's own door only.
   */
  publicUrl?: string | undefined;
  allowedOrigins?: NewsroomOptions["allowedOrigins"];
  /** 0 selects a free port. */
  port: number;
  images: Pick<ImageEngine, "verify" | "render">;
  /** Version of the package. */
  version: string;
  now: () => Date;
  /** Where they differ from `defaultRates`. */
  rates?: Partial<Rates> | undefined;
  /** Where they differ from `defaultConnections`. */
  connections?: Partial<ConnectionLimits> | undefined;
  /** The file of the secrets key, for several processes on several machines. Default: `secrets.key` in `data`, made there. */
  secretsKeyFile?: string | undefined;
  texts?: NewsroomOptions["texts"];
  /** The module of the thread that makes checkpoints. Default: beside its source, as it is built. */
  checkpointThread?: string | undefined;
  /** Free fraction of the disk, 0 to 1. Default: that of the data folder's file system. */
  freeSpace?: () => Promise<number>;
  log?: LogOptions;
  /** Asked once to call `listener` for what Node and packages warn of: the log takes it. Default: it is left to Node. */
  onWarning?: OnWarning;
  /** Called when the service accepts requests. */
  onListening?: (url: string) => void;
  /** Closes the service when aborted. */
  signal?: AbortSignal;
  /** How long in-flight requests may still take after shutdown begins, in ms. */
  gracePeriodMs?: number;
  /** Interval at which the certificate files are checked, in ms. */
  tlsCheckMs?: number;
}

export interface RunningNewsroom {
  /** e.g. "http://127.0.0.1:4040" */
  url: string;
  /** Expiry of the certificate when the service serves TLS itself. */
  tlsUntil?: Date | undefined;
  /** Logins whose authenticators are sealed with another key: they need an admin's link. */
  foreignLogins: number;
  /** Finishes in-flight requests, then releases all resources. May be called twice. */
  close(): Promise<void>;
  /** Settles when the service has closed, through `close` or the signal. */
  closed: Promise<void>;
}

const defaultGracePeriodMs = 10_000;
const sweepEveryMs = 60 * 60 * 1000;
const defaultTlsCheckMs = 60_000;

/** For "localhost", Fastify would open a second server for ::1, for which no limit of ours holds. */
function ownAddress(host: string): string {
  return host === "localhost" ? "127.0.0.1" : host;
}

/** Throws `newsroom-port-unusable` where nobody can listen now. */
async function requireFreeDoor(host: string, port: number): Promise<void> {
  const door = createServer();
  try {
    door.listen({ host: ownAddress(host), port });
    await once(door, "listening");
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code;
    if (reason === undefined) throw error;
    throw failed("newsroom-port-unusable", { host, port, reason }, error);
  }
  door.close();
  await once(door, "close");
}

/**
 * Starts the newsroom. Throws `newsroom-host-public`, `newsroom-port-unusable`, `newsroom-tls-*` and the errors
 * of `openStore`, `requireServable`, `openStorage` and `openSecretsKey`.
 */
export async function serve(options: ServeOptions): Promise<RunningNewsroom> {
  const { host, port, data, images, version, now, signal, log } = options;
  const transport: Transport = options.tls ? "tls" : options.behindProxy ? "proxy" : "local";
  if (transport === "local" && !isLoopback(host)) throw usage("newsroom-host-public", { host });
  const warnings = collectWarnings(options.onWarning);
  const tls = options.tls && (await readTls(options.tls));
  // Before anything is made in the data folder, which may be a mistyped one.
  await requireFreeDoor(host, port);
  const upkeep = await openStore(options.database ?? data, now());
  const store = options.database ? await openPostgres(options.database, "requests") : upkeep;
  const destroyStore = async () => {
    if (store !== upkeep) await store.destroy();
    await upkeep.destroy();
  };
  const rates = { ...defaultRates, ...options.rates };
  let storage: Storage;
  let secretsKey: SecretsKey;
  let foreignLogins: number;
  try {
    await requireServable(store, options.database?.displayUrl ?? data);
    storage = await openStorage(options, store);
    secretsKey = await openSecretsKey(
      options.secretsKeyFile ?? path.join(data, secretsKeyFile),
      options.secretsKeyFile === undefined,
    );
    foreignLogins = await sealLogins(store, secretsKey);
  } catch (error) {
    await destroyStore();
    throw error;
  }
  const checkpoints = options.database
    ? undefined
    : await startCheckpoints(store, path.join(data, databaseFile), options.checkpointThread);
  const closeStore = async () => {
    await checkpoints?.close();
    await destroyStore();
  };
  const freeSpace = options.freeSpace ?? (() => freePart(data));
  const reserve = options.database ? undefined : diskReserve(data);
  await reserve?.restore();
  const stopping = new AbortController();
  const { app, stop } = await buildApp({
    freeSpace,
    spendReserve: reserve?.spend,
    store,
    upkeep,
    ...storage,
    checkpoints,
    data,
    images,
    version,
    now,
    rates,
    connections: options.connections,
    secretsKey,
    log,
    texts: options.texts,
    transport,
    publicUrl: options.publicUrl,
    allowedOrigins: options.allowedOrigins,
    tls,
    stopping: stopping.signal,
  });
  warnings.logTo(app.log);
  void checkpoints?.failure.then((error) =>
    app.log.warn({ err: error }, "checkpoints are made at commits: their thread has ended"),
  );
  const sweepNow = (isStarting = false) =>
    sweep({ store: upkeep, ...storage, checkpoints }, now(), isStarting).catch((error) => {
      // The next one does it, also when the store was away.
      if (error instanceof Outage) app.log.warn({ err: error, store: error.store }, "sweep postponed");
      else app.log.error({ err: error }, "sweep failed");
    });
  let url: string;
  try {
    await sweepNow(true);
    url = await app.listen({
      host: ownAddress(host),
      port,
      listenTextResolver: () => "listening",
    });
  } catch (error) {
    await app.close();
    await closeStore();
    const reason = (error as NodeJS.ErrnoException).code;
    if (reason === undefined) throw error;
    throw failed("newsroom-port-unusable", { host, port, reason }, error);
  }
  await rememberAddress(data, options.publicUrl ?? url).catch((error) =>
    // It serves all the same; links that a command makes name the default address then.
    app.log.warn({ err: error }, "the address is not remembered"),
  );
  const keep = async () => {
    await sweepNow();
    await reserve?.restore();
  };
  const sweepTimer = setInterval(() => void keep(), sweepEveryMs).unref();
  const tlsWatch =
    options.tls &&
    tls &&
    watchTls(
      app.server as Server,
      options.tls,
      tls,
      options.tlsCheckMs ?? defaultTlsCheckMs,
      (what, reason) =>
        what === "renewed"
          ? app.log.info("certificate renewed")
          : app.log.warn({ err: reason }, "certificate not renewed"),
    );
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= (async () => {
      clearInterval(sweepTimer);
      tlsWatch?.stop();
      stopping.abort();
      await stop(options.gracePeriodMs ?? defaultGracePeriodMs);
      await closeStore();
    })();
    return closing;
  };
  const closed = new Promise<void>((resolve, reject) => {
    app.server.once("close", () => close().then(resolve, reject));
  });
  options.onListening?.(url);
  if (signal?.aborted) await close();
  else signal?.addEventListener("abort", () => void close(), { once: true });
  return { url, tlsUntil: tls?.until, foreignLogins, close, closed };
}
