/**
 * The suites of attacks try all that they generate with KOMINFO_ATTACKS=all (`npm run test:attacks`), and in `npm test` a
 * part of each kind that costs seconds.
 */
export const triesAll = process.env.KOMINFO_ATTACKS === "all";

/** All of these, or every eighth, from another one for each `turn`. */
export function sampleOf<T>(all: readonly T[], turn: number): T[] {
  return all.filter((_, n) => triesAll || n % 8 === turn % 8);
}
