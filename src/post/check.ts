import { categories, limits } from "../contract/contract.js";
import type { Diagnostic } from "../errors/diagnostics.js";
import { error, warning } from "../files/diagnostic.js";
import { listOf } from "../files/yaml-slips.js";
import { nearest } from "../text/nearest.js";
import { looseNameKey } from "../text/same-name.js";
import { consentKeys } from "./front-matter/keys.js";
import { lineOf } from "./front-matter/shapes.js";
import { internalInPublic } from "./internal-in-public.js";
import { conflictsIn } from "./merge/conflicts.js";
import type { Post, PostPhoto, StoredAnswer } from "./types.js";

/** Length of the sentence that tells readers what is corrected. UTF-16 units */
export const maxCorrection = 300;
/** Maximum lengths of the newsroom's contract in UTF-16 units, by dotted key without list indices. */
const maxLengths: Record<string, number> = {
  judul: 250,
  lokasi: 250,
  desa_kelurahan: 100,
  kategori: 60,
  ringkasan: 160,
  ralat: maxCorrection,
  tag: 60,
  "teks_kanal.facebook": 5000,
  "teks_kanal.instagram": 5000,
  "teks_kanal.x": 5000,
  "foto.berkas": 255,
  "foto.takarir": 2000,
  "foto.alt": 1000,
  "foto.kredit": 255,
  "foto.izin.dari": 200,
  "foto.izin.untuk": 500,
};
const maxAnswerLength = 20_000;
const maxBodyLength = 200_000;
const maxTags = 30;
/** Words that were meant for several tags, or the marks of a list and its quotation that YAML reads as letters. */
const severalTags = /[,;|\uff0c\u3001\u201c-\u201f]|\s#|\s\/\s|(^|\s)-\S/;

/**
 * Reports what the newsroom would refuse. A draft may be incomplete, but its values have to be valid. Rules about the
 * content (personal data, UU ITE …) are not checked here.
 *
 * @param lines the line of each key, from `readPost`
 * @param known.isOut something of this post is out, as far as this machine knows: what is sent now corrects it
 */
export function checkPost(
  post: Post,
  body: string,
  mode: "draft" | "submit",
  lines: ReadonlyMap<string, number> = new Map(),
  { isOut = false }: { isOut?: boolean } = {},
): Diagnostic[] {
  const at = (key: string) => ({ key, line: lineOf(key, lines) });
  const report = mode === "submit" ? error : warning;
  const found: Diagnostic[] = [];
  for (const [key, text] of texts(post)) {
    const max = maxLengths[key.replace(/\.\d+/g, "")] ?? maxAnswerLength;
    if (text.length > max) found.push(error(at(key), "too-long", { max, length: text.length }));
    const placeholder = /^(isian|internal)\./.test(key) ? undefined : placeholders(text)[0];
    if (placeholder) found.push(report(at(key), "placeholder-left", { text: placeholder.text }));
  }
  if (post.tags.length > maxTags) found.push(error(at("tag"), "too-many", { max: maxTags }));
  // Not refused where it is read: what is out already may have such a tag, and can still be pulled.
  if (post.tags.some((tag) => severalTags.test(tag))) {
    found.push(report(at("tag"), "yaml-list", { mended: `tag: ${listOf(post.tags.join(","))}` }));
  }
  // Only a warning: the newsroom's settings may hold more categories than the built-in list.
  if (post.category && !categories.some((category) => category === post.category)) {
    const near = nearest(post.category, categories);
    found.push(
      warning(at("kategori"), "one-of", { choices: categories, ...(near ? { nearest: near } : {}) }),
    );
  }
  for (const { key, where } of internalInPublic(post, body)) {
    found.push(report(at(key), "internal-in-public", { where }));
  }
  found.push(...checkPhotos(post, at));
  found.push(...checkBody(body, mode, lines.get("") ?? 1));
  for (const { mark, ...place } of conflictsIn({ body, lines })) {
    found.push(report(place, "conflict-left", { mark }));
  }
  if (isOut && !post.correction_note) found.push(report(at("ralat"), "correction-note"));
  if (mode === "submit") found.push(...missing(post).map((key) => error(at(key), "required")));
  return found.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

type At = (key: string) => { key: string; line: number | undefined };

function checkPhotos({ photos }: Post, at: At): Diagnostic[] {
  const max = limits.photos_per_submission;
  const found: Diagnostic[] = photos.length > max ? [error(at("foto"), "too-many", { max })] : [];
  const leads = photos.flatMap((photo, index) => (photo.lead ? [index] : []));
  for (const index of leads.slice(1)) found.push(error(at(`foto.${index}.utama`), "one-lead-photo"));
  const seen = new Set<string>();
  photos.forEach((photo, index) => {
    // On Windows and macOS, `A.JPG` and `a.jpg` are the same file.
    const name = looseNameKey(photo.file);
    if (seen.has(name)) found.push(error(at(`foto.${index}.berkas`), "photo-twice"));
    seen.add(name);
  });
  return found;
}

function checkBody(body: string, mode: "draft" | "submit", firstLine: number): Diagnostic[] {
  const report = mode === "submit" ? error : warning;
  if (body.trim() === "") return [report({ line: firstLine }, "body-empty")];
  const tooLong =
    body.length > maxBodyLength
      ? [error({ line: firstLine }, "too-long", { max: maxBodyLength, length: body.length })]
      : [];
  const first = body.split("\n").findIndex((line) => line.trim() !== "");
  const isDashes = /^-{3,}\s*$/.test(body.split("\n")[first] ?? "");
  return [
    ...tooLong,
    // Two lines close front matter; the text begins with a rule.
    ...(isDashes ? [warning({ line: firstLine + first }, "stray-dashes")] : []),
    ...placeholders(body).map(({ text, line }) =>
      report({ line: firstLine + line }, "placeholder-left", { text }),
    ),
  ];
}

/** Dotted keys that a submission requires and the post lacks. */
function missing(post: Post): string[] {
  const photos = post.photos.flatMap((photo, index) => [
    ...(photo.caption ? [] : [`foto.${index}.takarir`]),
    ...(photo.alt ? [] : [`foto.${index}.alt`]),
    ...(photo.credit ? [] : [`foto.${index}.kredit`]),
    ...(photo.children === "consented" ? missingConsent(photo.consent ?? {}, index) : []),
  ]);
  return [...(post.category ? [] : ["kategori"]), ...photos];
}

/** Children are shown with a consent of which somebody can be asked. */
function missingConsent(consent: NonNullable<PostPhoto["consent"]>, index: number): string[] {
  return Object.entries(consentKeys).flatMap(([key, name]) =>
    consent[name] ? [] : [`foto.${index}.izin.${key}`],
  );
}

/**
 * Finds `{{ … }}`, `{% … %}`, and `[isi …]`, `[tulis …]`, `[lengkapi …]`, but not the text of a link. Lines count from 0.
 */
function placeholders(text: string): { text: string; line: number }[] {
  const found = text.matchAll(
    /\{\{[^\n]{0,60}?(?:\}\}|$)|\{%[^\n]{0,60}?(?:%\}|$)|\[(?:isi|tulis|lengkapi)\b[^\]\n]{0,80}\](?!\()/gim,
  );
  return Array.from(found, (match) => ({
    text: match[0],
    line: text.slice(0, match.index).split("\n").length - 1,
  }));
}

/** Every text with its dotted key. Internal texts are included, because the newsroom stores them too. */
function texts(post: Post): [string, string][] {
  const plain: [string, string | undefined][] = [
    ["judul", post.title],
    ["lokasi", post.place],
    ["desa_kelurahan", post.village],
    ["kategori", post.category],
    ["ringkasan", post.summary],
    ["ralat", post.correction_note],
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
      [`foto.${index}.izin.dari`, photo.consent?.by],
      [`foto.${index}.izin.untuk`, photo.consent?.scope],
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
