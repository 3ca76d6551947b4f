import type { Post, StoredAnswer } from "./types.js";

/** A text of `internal` that readers would see, by the dotted keys of both places; "" is the body. */
export interface PublicLeak {
  key: string;
  where: string;
}

/** A text says something of its own from this many words on; a name or an office may well stand in both places. */
const minWords = 5;
const minDigits = 8;

/**
 * Finds what is for the newsroom only and stands in what readers see as well: sentences, and the numbers, e-mail and web addresses in them.
 */
export function internalInPublic(post: Post, body: string): PublicLeak[] {
  const places = publicTexts(post, body).map(([where, text]) => ({
    where,
    words: plain(text),
    digits: text.replace(/(?<=\d)[\s.\-()]+(?=\d)/g, ""),
  }));
  return textsOf(post.internal, "internal").flatMap(([key, text]) => {
    const words = plain(text);
    const isSentence = words.split(" ").length >= minWords;
    const addresses = text.toLowerCase().match(/https?:\/\/\S+|[^\s@]+@[^\s@]+\.[a-z]+/g) ?? [];
    const numbers = text.replace(/(?<=\d)[\s.\-()]+(?=\d)/g, "").match(/\d+/g) ?? [];
    const long = numbers.filter((digits) => digits.length >= minDigits);
    const leak = places.find(
      (place) =>
        (isSentence && place.words.includes(words)) ||
        long.some((digits) => place.digits.includes(digits)) ||
        addresses.some((address) => place.words.includes(plain(address))),
    );
    return leak ? [{ key, where: leak.where }] : [];
  });
}

/** A text as it is compared: without case, punctuation at the edge of words, and differences of white space. */
function plain(text: string): string {
  return text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

function publicTexts(post: Post, body: string): [string, string][] {
  const given: [string, string | undefined][] = [
    ["", body],
    ["judul", post.title],
    ["ringkasan", post.summary],
    ["ralat", post.correction_note],
    ...post.tags.map((tag, i): [string, string] => [`tag.${i}`, tag]),
    ...Object.entries(post.channel_texts).map(([name, text]): [string, string] => [
      `teks_kanal.${name}`,
      text,
    ]),
    ...post.photos.flatMap((photo, i): [string, string | undefined][] => [
      [`foto.${i}.takarir`, photo.caption],
      [`foto.${i}.alt`, photo.alt],
      [`foto.${i}.kredit`, photo.credit],
    ]),
  ];
  return given.filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== "");
}

function textsOf(answer: StoredAnswer, key: string): [string, string][] {
  if (typeof answer === "string") return [[key, answer]];
  return Object.entries(answer).flatMap(([name, value]) => textsOf(value, `${key}.${name}`));
}
