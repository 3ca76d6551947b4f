import { setTimeout as pause } from "node:timers/promises";
import { probeFolder } from "../../files/atomic.js";
import type { Blobs } from "../blobs/types.js";
import type { Store } from "../store/database/open.js";
import { minFreePart } from "./disk-space.js";
import { memoize } from "./memoize.js";

/** What has to be well before work is sent here; each is one word. */
interface Readiness {
  ready: boolean;
  checks: {
    /** It answers a question. */
    database: "ok" | "failed";
    /** A photo could be kept now. */
    blobs: "ok" | "failed";
    /** "low": less than a tenth is free, and no photo is taken in. */
    disk: "ok" | "low" | "failed";
    /** "stopping": what is being answered is finished, nothing new is begun. */
    service: "ok" | "stopping";
  };
}

interface ReadinessDeps {
  store: Store;
  blobs: Blobs;
  /** The newsroom's folder, through which what is on its way passes. */
  data: string;
  /** The part of the disk that is free, 0 to 1. */
  freeSpace: () => Promise<number>;
  /** Aborted once the service is told to stop. */
  stopping: AbortSignal;
}

/** A part that says nothing for so long has failed, in ms. */
const patienceMs = 2000;
/** Whoever asks more often gets the same answer: asking must not be work. ms */
const rememberMs = 1000;

/** Asks each part, at most once a second. */
export function readinessOf(means: ReadinessDeps): () => Promise<Readiness> {
  const { store, blobs, data, freeSpace, stopping } = means;
  const ask = memoize(rememberMs, async () => {
    const [database, kept, disk] = await Promise.all([
      inTime(async () => {
        await store.selectFrom("migrations").select("number").limit(1).execute();
        return "ok" as const;
      }),
      inTime(async () => {
        await probeFolder(data);
        await blobs.check();
        return "ok" as const;
      }),
      inTime(async () => ((await freeSpace()) < minFreePart ? ("low" as const) : ("ok" as const))),
    ]);
    return { database, blobs: kept, disk };
  });
  return async () => {
    const service = stopping.aborted ? "stopping" : "ok";
    const checks = { ...(await ask()), service } as const;
    return { ready: Object.values(checks).every((one) => one === "ok"), checks };
  };
}

async function inTime<T>(work: () => Promise<T>): Promise<T | "failed"> {
  const late = new AbortController();
  try {
    return await Promise.race([
      work(),
      pause(patienceMs, "failed" as const, { signal: late.signal, ref: false }),
    ]);
  } catch {
    return "failed";
  } finally {
    late.abort();
  }
}
