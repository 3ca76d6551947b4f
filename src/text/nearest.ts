import { closest, distance } from "fastest-levenshtein";

/** The known name that `wanted` is probably a slip of, for "did you mean": a third of its letters differ at most. */
export function nearest(wanted: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const word = wanted.toLowerCase();
  const names = known.map((name) => name.toLowerCase());
  const best = closest(word, names);
  return distance(word, best) <= Math.ceil(best.length / 3) ? known[names.indexOf(best)] : undefined;
}
