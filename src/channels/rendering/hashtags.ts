import type { PublicContent } from "./types.js";

/** A hashtag as Facebook, Instagram and X all take it: letters, digits and `_`, and not only digits. */
const hashtags = /(?<![\p{L}\p{N}_&/])[#＃]([\p{L}\p{M}\p{N}_]*[\p{L}_][\p{L}\p{M}\p{N}_]*)/gu;
const mentions = /(?<![\p{L}\p{N}_./@])@[\p{L}\p{N}_][\p{L}\p{N}_.]*/gu;

/** The hashtags of a text, without `#`. */
export function hashtagsIn(text: string): string[] {
  return [...text.matchAll(hashtags)].map(([, name]) => name!);
}

export function mentionsIn(text: string): string[] {
  return [...text.matchAll(mentions)].map(([name]) => name);
}

/**
 * The hashtags to propose: the unit's, then the tags, each as one word ("bantuan sosial" becomes "BantuanSosial"). Those that
 * `text` has already, repeats in another case, and what no channel takes as a hashtag are left out.
 */
export function proposeHashtags(content: PublicContent, text: string, max: number): string[] {
  const taken = new Set(hashtagsIn(text).map(fold));
  const proposed: string[] = [];
  for (const tag of [...(content.hashtags ?? []), ...content.tags].map(asOneWord)) {
    if (hashtagsIn(`#${tag}`)[0] !== tag || taken.has(fold(tag))) continue;
    if (taken.size >= max) break;
    taken.add(fold(tag));
    proposed.push(tag);
  }
  return proposed;
}

function fold(tag: string): string {
  return tag.toLowerCase();
}

function asOneWord(tag: string): string {
  const words = tag.split(/[^\p{L}\p{M}\p{N}_]+/u).filter((word) => word !== "");
  if (words.length <= 1) return words[0] ?? "";
  return words.map((word) => word.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())).join("");
}
