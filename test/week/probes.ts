import { setTimeout as pause } from "node:timers/promises";
import { type Asking, type Person, personOf } from "./asking.js";

/** When a process had been asked, and whether it answered well; in ms since 1970. */
interface Probe {
  service: number;
  kind: "read" | "write";
  to: number;
  isGood: boolean;
}

/** Asks each process in turn for a list and to keep a word, so that it is seen when it serves again. */
export interface Prober {
  /** When every process had read and written after this instant; waits no longer than `atMost` ms. */
  served(since: number, atMost: number): Promise<number>;
  stop(): Promise<void>;
}

const everyMs = 250;

/** @param who one operator for each process */
export function probe(asking: Asking, who: readonly Person[]): Prober {
  const ending = new AbortController();
  const probes: Probe[] = [];
  const watch = async (person: Person, service: number) => {
    const alone = personOf({ ...asking, urls: [asking.urls[service]!], patienceMs: 4000 }, person, 0);
    const path = `/albums/${person.kecamatan}/penanda`;
    for (let n = 1; !ending.signal.aborted; n++) {
      for (const kind of ["read", "write"] as const) {
        const answer =
          kind === "read"
            ? await alone.attempt({ method: "GET", path: "/submissions?limit=10" })
            : await alone.attempt({ method: "PUT", path, json: { title: `Penanda ${n}`, photos: [] } });
        const isGood = answer !== undefined && answer.status < 300;
        probes.push({ service, kind, to: Date.now(), isGood });
      }
      await pause(everyMs, undefined, { signal: ending.signal }).catch(() => {});
    }
  };
  const watching = who.map(watch);
  const sides = who.flatMap((_, service) => [
    { service, kind: "read" },
    { service, kind: "write" },
  ]);
  const firstGood = (since: number, side: { service: number; kind: string }) =>
    probes.find(
      ({ service, kind, to, isGood }) =>
        isGood && to >= since && service === side.service && kind === side.kind,
    )?.to ?? Number.POSITIVE_INFINITY;
  return {
    async served(since, atMost) {
      for (;;) {
        const at = Math.max(...sides.map((side) => firstGood(since, side)));
        if (at < Number.POSITIVE_INFINITY) return at;
        if (Date.now() > since + atMost) return Date.now();
        await pause(100);
      }
    },
    async stop() {
      ending.abort();
      await Promise.all(watching);
    },
  };
}
