import { closest, distance } from "fastest-levenshtein";

/** The known name that `wanted` is probably a slip of: at most a third of its letters differ. For "did you mean". */
export function nearest(wanted: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const best = closest(wanted.toLowerCase(), known as string[]);
  return distance(wanted.toLowerCase(), best) <= Math.max(1, Math.floor(best.length / 3)) ? best : undefined;
}
