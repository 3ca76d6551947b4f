import { closest, distance } from "fastest-levenshtein";

/**
 * The known name that `wanted` is probably a slip of, for "did you mean": at most a third of its letters differ,
 * or two letters changed places ("lits").
 */
export function nearest(wanted: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const word = wanted.toLowerCase();
  const best = closest(word, known as string[]);
  const limit = letters(word) === letters(best) ? 2 : Math.max(1, Math.floor(best.length / 3));
  return distance(word, best) <= limit ? best : undefined;
}

function letters(word: string): string {
  return [...word].sort().join("");
}
