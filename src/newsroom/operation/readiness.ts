import { setTimeout as pause } from "node:timers/promises";
import { probeFolder } from "../../files/atomic.js";
import type { Blobs } from "../blobs/types.js";
import type { Store } from "../store/database/open.js";
import { minFreePart } from "./disk-space.js";
import { memoize } from "./memoize.js";

/** Whether the service is ready for requests, with the state of each part. */
interface Readiness {
  ready: boolean;
  checks: {
    /** Whether a query succeeds. */
    database: "ok" | "failed";
    /** Whether a photo could be stored now. */
    blobs: "ok" | "failed";
    /** "low": less than a tenth is free, and uploads are refused. */
    disk: "ok" | "low" | "failed";
    /** "stopping": in-flight requests are finished, new ones are not started. */
    service: "ok" | "stopping";
  };
}

interface ReadinessDeps {
  store: Store;
  blobs: Blobs;
  /** The newsroom's folder, which holds temporary files. */
  data: string;
  /** Free fraction of the disk, 0 to 1. */
  freeSpace: () => Promise<number>;
  /** Aborted when shutdown begins. */
  stopping: AbortSignal;
}

/** A check that takes longer has failed, in ms. */
const checkTimeoutMs = 2000;
/** Results are cached for this time, in ms, so that frequent probes cost nothing. */
const cacheMs = 1000;

/** Creates the readiness check. It checks each part at most once a second. */
export function createReadinessCheck(deps: ReadinessDeps): () => Promise<Readiness> {
  const { store, blobs, data, freeSpace, stopping } = deps;
  const runChecks = memoize(cacheMs, async () => {
    const [database, kept, disk] = await Promise.all([
      withTimeout(async () => {
        await store.selectFrom("migrations").select("number").limit(1).execute();
        return "ok" as const;
      }),
      withTimeout(async () => {
        await probeFolder(data);
        await blobs.check();
        return "ok" as const;
      }),
      withTimeout(async () => ((await freeSpace()) < minFreePart ? ("low" as const) : ("ok" as const))),
    ]);
    return { database, blobs: kept, disk };
  });
  return async () => {
    const service = stopping.aborted ? "stopping" : "ok";
    const checks = { ...(await runChecks()), service } as const;
    return { ready: Object.values(checks).every((state) => state === "ok"), checks };
  };
}

async function withTimeout<T>(work: () => Promise<T>): Promise<T | "failed"> {
  const timeout = new AbortController();
  try {
    return await Promise.race([
      work(),
      pause(checkTimeoutMs, "failed" as const, { signal: timeout.signal, ref: false }),
    ]);
  } catch {
    return "failed";
  } finally {
    timeout.abort();
  }
}
