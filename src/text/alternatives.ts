/**
 * Joins names for a sentence: "web, facebook or x".
 *
 * @param last what stands before the last name, with its spaces, e.g. " or "
 */
export function joinAlternatives(names: readonly string[], last: string): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")}${last}${names.at(-1)}`;
}
