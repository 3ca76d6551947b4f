import { setTimeout as pause } from "node:timers/promises";
import { type Asking, type Person, personOf } from "./asking.js";

/** When a process was asked, and whether it answered; times in ms since 1970. */
export interface Probe {
  service: number;
  kind: "read" | "write";
  from: number;
  to: number;
  isGood: boolean;
}

/** Asks each process in turn for a list and to keep a word, so that it is seen when it serves again. */
export interface Prober {
  probes: Probe[];
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
        const from = Date.now();
        const answer =
          kind === "read"
            ? await alone.attempt({ method: "GET", path: "/submissions?limit=10" })
            : await alone.attempt({ method: "PUT", path, json: { title: `Penanda ${n}`, photos: [] } });
        const isGood = answer !== undefined && answer.status < 300;
        probes.push({ service, kind, from, to: Date.now(), isGood });
      }
      await pause(everyMs, undefined, { signal: ending.signal }).catch(() => {});
    }
  };
  const watching = who.map(watch);
  return {
    probes,
    async stop() {
      ending.abort();
      await Promise.all(watching);
    },
  };
}
