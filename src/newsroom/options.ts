import type { Locker } from "@tus/server";
import type { ImageEngine } from "../photo/types.js";
import type { Blobs } from "./blobs/types.js";
import type { LogOptions } from "./operation/log.js";
import type { Transport } from "./operation/origin.js";
import type { TlsPair } from "./operation/tls.js";
import type { Store } from "./store/database/open.js";
import type { Staging } from "./uploads/staging/types.js";

/** How much one may ask in a minute. */
export interface Rates {
  /** Requests of one token. */
  token_per_minute: number;
  /** Activation codes tried from one address. */
  activations_per_minute: number;
}

export const defaultRates: Rates = { token_per_minute: 1200, activations_per_minute: 10 };

export interface NewsroomOptions {
  store: Store;
  blobs: Blobs;
  /** Where unfinished uploads lie. */
  staging: Staging;
  /** The folder whose disk is watched. */
  data: string;
  /** Lets one request at a time work on an upload. */
  locker: Locker;
  /** Decodes what is uploaded. */
  images: Pick<ImageEngine, "verify">;
  /** The part of the disk that is free, 0 to 1. */
  freeSpace: () => Promise<number>;
  /** Of the package. */
  version: string;
  now: () => Date;
  rates: Rates;
  log?: LogOptions | undefined;
  /** How requests come in. */
  transport: Transport;
  /** For the door "tls". */
  tls?: TlsPair | undefined;
  /** Aborted once the service is told to stop. */
  stopping: AbortSignal;
}
