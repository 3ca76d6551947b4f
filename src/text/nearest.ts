import { closest, distance } from "fastest-levenshtein";

/** What programs add to the name of a copy: "IMG_1 (1).jpg", "IMG_1 - Copy.jpg", "Salinan IMG_1.jpg", "IMG_1-edited.jpg". */
const copyMarks =
  /^(?:salinan|copy of) |(?:\s?\(\d{1,3}\)|[\s_-]+(?:copy|salin|salinan|edit|edited))(?=\.[a-z0-9]{2,5}$|$)/gi;

/** As `nearest`, for names of files: another copy of the file is nearest. */
export function nearestFile(wanted: string, candidates: readonly string[]): string | undefined {
  const core = (name: string) => name.replace(copyMarks, "").toLowerCase();
  return candidates.find((name) => core(name) === core(wanted)) ?? nearest(wanted, candidates);
}

/**
 * Returns the candidate most similar to `wanted`, for "did you mean". At most a third of its letters may differ; of names that only count
 * differently, as a camera's do, one digit, or two that changed places.
 */
export function nearest(wanted: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const word = wanted.toLowerCase();
  const names = candidates.map((name) => name.toLowerCase());
  const best = closest(word, names);
  const isNear = isOtherNumber(word, best)
    ? distance(word, best) <= 1 || isSwapped(word, best)
    : distance(word, best) <= Math.ceil(best.length / 3);
  return isNear ? candidates[names.indexOf(best)] : undefined;
}

/** Whether two names are the same but for their digits. */
function isOtherNumber(a: string, b: string): boolean {
  const withoutDigits = (name: string) => name.replace(/\d+/g, "0");
  return /\d/.test(a) && withoutDigits(a) === withoutDigits(b);
}

/** Whether two neighbouring letters have changed places. */
function isSwapped(a: string, b: string): boolean {
  const at = [...a].findIndex((letter, i) => letter !== b[i]);
  return at >= 0 && b === a.slice(0, at) + (a[at + 1] ?? "") + a[at]! + a.slice(at + 2);
}

/**
 * The key most similar to `wanted`: by its letters, else the only one that has it as one of its words, as `kontak_darurat` has `kontak`.
 */
export function nearestKey(wanted: string, keys: readonly string[]): string | undefined {
  const near = nearest(wanted, keys);
  if (near !== undefined) return near;
  const words = (key: string) =>
    key
      .toLowerCase()
      .split(/[_\W]+/)
      .filter(Boolean);
  const given = words(wanted);
  const sharing = keys.filter((key) => words(key).some((word) => given.includes(word)));
  return sharing.length === 1 ? sharing[0] : undefined;
}
