import type { Locker } from "@tus/server";
import type { FastifyRequest } from "fastify";
import type { ImageEngine } from "../photo/types.js";
import type { CachedBlobs } from "./blobs/cache.js";
import type { Blobs } from "./blobs/types.js";
import type { Turns } from "./http/turns.js";
import type { Writing } from "./http/write.js";
import type { ConnectionLimits } from "./operation/connections.js";
import type { Door } from "./operation/host.js";
import type { LogOptions } from "./operation/log.js";
import type { TlsPair } from "./operation/tls.js";
import type { BlobLocks } from "./staging/blob-locks.js";
import type { Staging } from "./staging/types.js";
import type { Checkpoints } from "./store/database/checkpoints.js";
import type { Store } from "./store/database/open.js";
import type { SecretsKey } from "./store/secrets-key.js";
import type { Texts, TextsOptions } from "./texts/texts.js";

/** Request limits per minute. */
export interface Rates {
  /** Requests of one person, with whatever token or session. */
  token_per_minute: number;
  /** Activation attempts from one address. */
  activations_per_minute: number;
  /** Requests from one address whose token is refused. */
  refusals_per_minute: number;
}

export const defaultRates: Rates = {
  token_per_minute: 1200,
  activations_per_minute: 10,
  refusals_per_minute: 300,
};

export interface NewsroomOptions extends Door {
  /** The store that writes; routes get `RouteOptions` instead. */
  store: Store;
  /** The same database for the upkeep that takes longer than a request may. */
  upkeep: Store;
  blobs: Blobs;
  /** The copies on this machine's disk, where the blobs are elsewhere. */
  copies?: Pick<CachedBlobs, "copied" | "forget"> | undefined;
  /** Storage of unfinished uploads. */
  staging: Staging;
  /** Of an SQLite file that a service has open. */
  checkpoints?: Checkpoints | undefined;
  /** The folder whose free disk space is monitored. */
  data: string;
  /** Locks an upload, so that one request at a time works on it. */
  locker: Locker;
  /** Lets one at a time store or remove a blob. */
  blobLocks: BlobLocks;
  /** Decodes uploaded photos, and makes of them what a channel shows. */
  images: Pick<ImageEngine, "verify" | "render">;
  /** Free fraction of the disk, 0 to 1. */
  freeSpace: () => Promise<number>;
  /** Gives up room on the disk of the database for what works when it is full; false when there is none. */
  spendReserve?: (() => Promise<boolean>) | undefined;
  /** Version of the package. */
  version: string;
  now: () => Date;
  rates: Rates;
  /** Where they differ from `defaultConnections`. */
  connections?: Partial<ConnectionLimits> | undefined;
  /** Seals the secrets of authenticators; its file lies beside the database, not in it. */
  secretsKey: SecretsKey;
  log?: LogOptions | undefined;
  /** The thread that renders and compares texts. Default: the module beside its source, as it is built. */
  texts?: TextsOptions | undefined;
  /** Origins besides its own whose pages may use the API, as `checkOrigin` returns them. Default: none. */
  allowedOrigins?: readonly string[] | undefined;
  /** Certificate and key for the transport "tls". */
  tls?: TlsPair | undefined;
  /** Aborted when shutdown begins. */
  stopping: AbortSignal;
}

/** What a route may use: a store that only reads, and `write` for the rest. */
export interface RouteOptions extends Omit<NewsroomOptions, "texts">, Writing {
  /** What is computed from texts, for the API and the desk: one thread does it, so that a dear text stops nobody. */
  texts: Texts;
  /** Whose photo is decoded next: one at a time, whatever it is decoded for. */
  decoding: Turns;
  /** Whether the disk has room for something new. */
  hasRoom(): Promise<boolean>;
  /** Removes from the stores what a redaction has taken away. Interrupted, it is repeated by the sweep. */
  removeRedacted(): Promise<void>;
  /** The origin that links to the newsroom begin with; undefined if it is not configured. */
  publicOrigin(request: FastifyRequest): string | undefined;
}
