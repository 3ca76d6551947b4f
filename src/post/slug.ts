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
  return cutAtWord([date, slugOf(title) || "naskah"].join("-"), slugLength);
}

/** The words of a title as lower-case ASCII letters, digits and single hyphens, cut at a word; "" where there are none. */
export function slugOf(title: string, limit: number = Number.POSITIVE_INFINITY): string {
  const words = title
    .normalize("NFKD")
    .replace(/[\u0300-\u036f'’ʼ]/g, "")
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return cutAtWord((words ?? []).join("-"), limit);
}

/** The slug itself when nobody has it, else `-2`, `-3` …; still at most 60 characters. */
export function nextFreeSlug(slug: string, taken: ReadonlySet<string>): string {
  let free = slug;
  for (let number = 2; taken.has(free) || !isPortableName(free); number++) {
    free = `${cutAtWord(slug, slugLength - `-${number}`.length)}-${number}`;
  }
  return free;
}

/** As many whole words as fit; a single endless word after the day is cut. */
function cutAtWord(slug: string, limit: number): string {
  if (slug.length <= limit) return slug;
  const end = slug.lastIndexOf("-", limit);
  return slug.slice(0, end > "2026-11-22".length ? end : limit).replace(/-+$/, "");
}
