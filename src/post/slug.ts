import { isPortableName } from "../files/names.js";
import { withoutTags } from "../text/html-tag.js";

/** Limited because Windows and synced folders limit the length of a path. */
export const slugLength = 60;

/**
 * The name of a post's folder: `2026-11-22-musrenbang-kecamatan-cibitung`. It has lower-case ASCII letters, digits and
 * single hyphens, and at most 60 characters, cut at a word.
 *
 * @param date YYYY-MM-DD
 */
export function slugFor(title: string, date: string): string {
  return cutAtWord([date, slugOf(withoutTags(title)) || "naskah"].join("-"), slugLength);
}

/** The words of a title as lower-case ASCII letters, digits and single hyphens, cut at a word; "" without letters. */
export function slugOf(title: string, limit: number = Number.POSITIVE_INFINITY): string {
  const parts = title
    .normalize("NFKD")
    .replace(/[\u0300-\u036f'’ʼ]/g, "")
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return cutAtWord((parts ?? []).join("-"), limit);
}

/** Returns the slug when it is free, else with `-2`, `-3` …; at most 60 characters. */
export function nextFreeSlug(slug: string, taken: ReadonlySet<string>): string {
  let free = slug;
  for (let number = 2; taken.has(free) || !isPortableName(free); number++) {
    free = `${cutAtWord(slug, slugLength - `-${number}`.length)}-${number}`;
  }
  return free;
}

/** Keeps as many whole words as fit. A first word after the day that is too long is cut. */
function cutAtWord(slug: string, limit: number): string {
  if (slug.length <= limit) return slug;
  const end = slug.lastIndexOf("-", limit);
  return slug.slice(0, end > "2026-11-22".length ? end : limit).replace(/-+$/, "");
}
