import { groupBy } from "./ledger.js";
import type { Probe } from "./probes.js";
import type { Window } from "./verify-traces.js";

/**
 * How long it took after the end of each fault until every process had read and written again, in ms; Infinity for one that
 * did not.
 */
export function recoveries({
  windows,
  probes,
}: {
  windows: readonly Window[];
  probes: readonly Probe[];
}): { window: Window; ms: number }[] {
  const sides = groupBy(probes, ({ service, kind }) => `${service} ${kind}`);
  return windows.map((window) => {
    const waits = [...sides.values()].map((side) => {
      const good = side.find(({ to, isGood }) => isGood && to >= window.to);
      return good ? good.to - window.to : Number.POSITIVE_INFINITY;
    });
    return { window, ms: Math.max(0, ...waits) };
  });
}
