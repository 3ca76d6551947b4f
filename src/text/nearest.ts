import { closest, distance } from "fastest-levenshtein";

/** The known name that `wanted` most resembles, for "did you mean"; at most a third of its letters may differ. */
export function nearest(wanted: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const word = wanted.toLowerCase();
  const names = known.map((name) => name.toLowerCase());
  const best = closest(word, names);
  return distance(word, best) <= Math.ceil(best.length / 3) ? known[names.indexOf(best)] : undefined;
}
