import { distance } from "fastest-levenshtein";

/** The known name that `wanted` is probably a slip of: at most a third of its letters differ, in any case. */
export function nearest(wanted: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((name) => ({ name, off: distance(wanted.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.off - b.off);
  return best && best.off <= Math.ceil(best.name.length / 3) ? best.name : undefined;
}
