import { categories, limits } from "../contract/contract.js";
import type { Problem } from "../files/diagnostic.js";
import { doubtful, wrong } from "../files/diagnostic.js";
import { nearest } from "../text/nearest.js";
import { lineOf } from "./front-matter/shapes.js";
import { conflictsIn } from "./merge/conflicts.js";
import type { Post, StoredAnswer } from "./types.js";

/** What the contract of the newsroom takes, in UTF-16 units, by dotted key without the numbers of lists. */
const longest: Record<string, number> = {
  judul: 250,
  lokasi: 250,
  desa_kelurahan: 100,
  kategori: 60,
  ringkasan: 160,
  tag: 60,
  "teks_kanal.facebook": 5000,
  "teks_kanal.instagram": 5000,
  "teks_kanal.x": 5000,
  "foto.berkas": 255,
  "foto.takarir": 2000,
  "foto.alt": 1000,
  "foto.kredit": 255,
};
const longestAnswer = 20_000;
const longestBody = 200_000;
const mostTags = 30;

/**
 * What the newsroom would not accept. As a draft a post may lack things, but what is there has to be right.
 * The rules of content (personal data, UU ITE …) are not here.
 *
 * @param lines of `readPost`: says where each key is
 */
export function checkPost(
  post: Post,
  body: string,
  mode: "draft" | "submit",
  lines: ReadonlyMap<string, number> = new Map(),
): Problem[] {
  const at = (key: string) => ({ key, line: lineOf(key, lines) });
  const found: Problem[] = [];
  for (const [key, text] of texts(post)) {
    const max = longest[key.replace(/\.\d+/g, "")] ?? longestAnswer;
    if (text.length > max) found.push(wrong(at(key), "too-long", { max, length: text.length }));
    const left = /^(isian|internal)\./.test(key) ? undefined : placeholders(text)[0];
    if (left)
      found.push((mode === "submit" ? wrong : doubtful)(at(key), "placeholder-left", { text: left.text }));
  }
  if (post.tags.length > mostTags) found.push(wrong(at("tag"), "too-many", { max: mostTags }));
  // Only a warning: the list is the newsroom's setting, and may be longer than the one built in.
  if (post.category && !categories.some((one) => one === post.category)) {
    const near = nearest(post.category, categories);
    found.push(
      doubtful(at("kategori"), "one-of", { choices: categories, ...(near ? { nearest: near } : {}) }),
    );
  }
  found.push(...checkPhotos(post, at));
  found.push(...checkBody(body, mode, lines.get("") ?? 1));
  for (const { mark, ...place } of conflictsIn({ body, lines })) {
    found.push((mode === "submit" ? wrong : doubtful)(place, "conflict-left", { mark }));
  }
  if (mode === "submit") found.push(...missing(post).map((key) => wrong(at(key), "required")));
  return found.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

type At = (key: string) => { key: string; line: number | undefined };

function checkPhotos({ photos }: Post, at: At): Problem[] {
  const most = limits.photos_per_submission;
  const found: Problem[] = photos.length > most ? [wrong(at("foto"), "too-many", { max: most })] : [];
  const leads = photos.flatMap((photo, index) => (photo.lead ? [index] : []));
  for (const index of leads.slice(1)) found.push(wrong(at(`foto.${index}.utama`), "one-lead-photo"));
  const seen = new Set<string>();
  photos.forEach((photo, index) => {
    // Windows and macOS hold `A.JPG` and `a.jpg` for one file.
    const name = photo.file.toLowerCase();
    if (seen.has(name)) found.push(wrong(at(`foto.${index}.berkas`), "photo-twice"));
    seen.add(name);
  });
  return found;
}

function checkBody(body: string, mode: "draft" | "submit", firstLine: number): Problem[] {
  const say = mode === "submit" ? wrong : doubtful;
  if (body.trim() === "") return [say({ line: firstLine }, "body-empty")];
  const tooLong =
    body.length > longestBody
      ? [wrong({ line: firstLine }, "too-long", { max: longestBody, length: body.length })]
      : [];
  return [
    ...tooLong,
    ...placeholders(body).map(({ text, line }) =>
      say({ line: firstLine + line }, "placeholder-left", { text }),
    ),
  ];
}

/** Dotted keys that a submission needs. */
function missing(post: Post): string[] {
  const photos = post.photos.flatMap((photo, index) => [
    ...(photo.caption ? [] : [`foto.${index}.takarir`]),
    ...(photo.alt ? [] : [`foto.${index}.alt`]),
    ...(photo.credit ? [] : [`foto.${index}.kredit`]),
  ]);
  return [...(post.category ? [] : ["kategori"]), ...photos];
}

/** `{{ … }}`, `{% … %}`, and `[isi …]`, `[tulis …]`, `[lengkapi …]`, but not the text of a link; lines from 0. */
function placeholders(text: string): { text: string; line: number }[] {
  const found = text.matchAll(
    /\{\{[^\n]{0,60}?(?:\}\}|$)|\{%[^\n]{0,60}?(?:%\}|$)|\[(?:isi|tulis|lengkapi)\b[^\]\n]{0,80}\](?!\()/gim,
  );
  return Array.from(found, (match) => ({
    text: match[0],
    line: text.slice(0, match.index).split("\n").length - 1,
  }));
}

/** Every text with its dotted key; the internal ones too, as the newsroom stores them. */
function texts(post: Post): [string, string][] {
  const plain: [string, string | undefined][] = [
    ["judul", post.title],
    ["lokasi", post.place],
    ["desa_kelurahan", post.village],
    ["kategori", post.category],
    ["ringkasan", post.summary],
    ...post.tags.map((tag, index): [string, string] => [`tag.${index}`, tag]),
    ...Object.entries(post.channel_texts).map(([name, text]): [string, string] => [
      `teks_kanal.${name}`,
      text,
    ]),
    ...post.photos.flatMap((photo, index): [string, string | undefined][] => [
      [`foto.${index}.berkas`, photo.file],
      [`foto.${index}.takarir`, photo.caption],
      [`foto.${index}.alt`, photo.alt],
      [`foto.${index}.kredit`, photo.credit],
    ]),
    ...answerTexts(post.answers, "isian"),
    ...answerTexts(post.internal, "internal"),
  ];
  return plain.filter((entry): entry is [string, string] => entry[1] !== undefined);
}

function answerTexts(answer: StoredAnswer, key: string): [string, string][] {
  if (typeof answer === "string") return [[key, answer]];
  return Object.entries(answer).flatMap(([inner, value]) => answerTexts(value, `${key}.${inner}`));
}
