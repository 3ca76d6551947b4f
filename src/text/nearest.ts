import { closest, distance } from "fastest-levenshtein";

/** Returns the candidate most similar to `wanted`, for "did you mean". At most a third of its letters may differ. */
export function nearest(wanted: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const word = wanted.toLowerCase();
  const names = candidates.map((name) => name.toLowerCase());
  const best = closest(word, names);
  return distance(word, best) <= Math.ceil(best.length / 3) ? candidates[names.indexOf(best)] : undefined;
}
