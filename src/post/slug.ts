import { isPortableName } from "../files/names.js";

/** Windows and synced folders have short paths. */
export const slugLength = 60;

/**
 * The folder of a post: `2026-11-22-musrenbang-kecamatan-cibitung`. Lower-case ASCII letters, digits and single
 * hyphens; at most 60 characters, cut at a word.
 *
 * @param date YYYY-MM-DD
 */
export function slugFor(title: string, date: string): string {
  const words = title
    .normalize("NFKD")
    .replace(/[\u0300-\u036f'’ʼ]/g, "")
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return withinLimit([date, ...(words ?? ["naskah"])], slugLength);
}

/** The slug itself when nobody has it, else `-2`, `-3` …; still at most 60 characters. */
export function nextFreeSlug(slug: string, taken: ReadonlySet<string>): string {
  let free = slug;
  for (let number = 2; taken.has(free) || !isPortableName(free); number++) {
    free = `${withinLimit(slug.split("-"), slugLength - `-${number}`.length)}-${number}`;
  }
  return free;
}

/** As many whole words as fit; the first words are never dropped, but cut. */
function withinLimit(words: readonly string[], limit: number): string {
  let slug = "";
  for (const word of words) {
    const longer = slug ? `${slug}-${word}` : word;
    if (longer.length > limit) break;
    slug = longer;
  }
  const isOnlyDate = /^[\d-]*$/.test(slug) && words.length > slug.split("-").length;
  return slug && !isOnlyDate ? slug : words.join("-").slice(0, limit).replace(/-+$/, "");
}
