import type { Diagnostic } from "../errors/diagnostics.js";
import { error, warning } from "../files/diagnostic.js";
import { findTag } from "../text/html-tag.js";
import { isDay, writtenDay, writtenInstant } from "./dates.js";
import { lineOf } from "./front-matter/shapes.js";
import { parseNumber } from "./template/answer-text.js";
import type { Post, StoredAnswer } from "./types.js";

/** Kinds that tell of what has happened. */
const finishedKinds: readonly string[] = ["berita-kegiatan", "info-darurat"];
/** Kinds of which readers and channels expect a photo. */
const photoKinds: readonly string[] = ["berita-kegiatan", "pembangunan"];
/** Answers of which one ends what the other begins. */
const spans = [
  ["waktu_mulai", "waktu_selesai"],
  ["berlaku_mulai", "berlaku_sampai"],
  ["mulai", "target"],
] as const;
/** Answers that count people or families. */
const countKeys = /^isian\.(korban\.\w+|kk_terdampak|jiwa_terdampak|pengungsi)$/;
/** Numbers of a mobile in Indonesia; those of offices begin with the code of an area. */
const mobile = /^(\+?62|0)8\d/;
/** Years from now within which a date is not asked twice. */
const nearYears = 5;

/** Whether a day is so many years away that it is rather a slip of the keyboard. @param today YYYY-MM-DD */
export function isOddYear(day: string, today: string): boolean {
  return isDay(day) && Math.abs(Number(day.slice(0, 4)) - Number(today.slice(0, 4))) > nearYears;
}

/** Whether a post of this kind tells of what has happened, and this day is still to come. */
export function isStillToCome(kind: string, day: string, today: string): boolean {
  return finishedKinds.includes(kind) && isDay(day) && day > today;
}

/** Whether a post of this kind should have a photo and has none. */
export function lacksPhoto({ kind, photos }: { kind: string; photos: readonly unknown[] }): boolean {
  return photoKinds.includes(kind) && photos.length === 0;
}

/**
 * Reports what contradicts itself or the calendar. What cannot be so is an error; what may be meant is a warning.
 *
 * @param today YYYY-MM-DD in Asia/Jakarta
 * @param now for an embargo that is past; absent: that is not looked at
 */
export function checkFacts(
  post: Post,
  body: string,
  today: string,
  lines: ReadonlyMap<string, number> = new Map(),
  now?: Date,
): Diagnostic[] {
  const at = (key: string) => ({ key, line: lineOf(key, lines) });
  const { event_date: day = "", answers, kind } = post;
  const found: Diagnostic[] = [];
  for (const [, ends] of spans) {
    const clash = beginningAfter(ends, answers[ends], answers);
    if (!clash) continue;
    const report = clash.isOverNight ? warning : error;
    found.push(report(at(`isian.${ends}`), "ends-before-start", { start: clash.start }));
  }
  if (isStillToCome(kind, day, today)) found.push(warning(at("tanggal"), "still-to-come"));
  const days: [string, string][] = [["tanggal", day], ...plainAnswers(answers)];
  for (const [key, value] of days) {
    if (isOddYear(value, today)) found.push(warning(at(key), "odd-year", { year: value.slice(0, 4) }));
  }
  for (const [key, contact] of answerTexts(answers.kontak_darurat ?? "", "isian.kontak_darurat")) {
    if (contact.trim() !== "" && !/\d/.test(contact)) found.push(error(at(key), "number-missing"));
  }
  for (const [key, text] of answerTexts(answers, "isian")) {
    const count = countKeys.test(key) ? parseNumber(text.trim()) : undefined;
    if (count !== undefined && !Number.isInteger(count)) found.push(error(at(key), "count-whole"));
  }
  found.push(...checkDataTime(post, at));
  const { embargo } = post;
  if (now && embargo && Date.parse(embargo) <= now.getTime()) {
    found.push(warning(at("embargo"), "embargo-past", { when: writtenInstant(embargo) }));
  }
  // The template asks for an office's number, because it is published.
  for (const [key, number] of answerTexts(answers.narahubung ?? "", "isian.narahubung")) {
    const isMobile = key.endsWith(".telepon") && mobile.test(number.replace(/[\s().-]/g, ""));
    if (isMobile) found.push(warning(at(key), "mobile-number", { number }));
  }
  if (lacksPhoto(post)) found.push(warning(at("foto"), "photo-wanted"));
  post.photos.forEach(({ children, blur }, i) => {
    if (children === "masked" && !blur?.length) found.push(warning(at(`foto.${i}.anak`), "masked-where"));
  });
  found.push(...checkTags(post, body, at, lines.get("") ?? 1));
  return found;
}

/**
 * The beginning that an answer, as the end of something, would come before; undefined where it ends nothing, or ends it after it begins.
 * A vigil or a show may end after midnight.
 */
export function beginningAfter(
  key: string,
  end: unknown,
  answers: Readonly<Record<string, unknown>>,
): { start: string; isOverNight: boolean } | undefined {
  const begins = spans.find(([, ends]) => ends === key)?.[0];
  const start = begins && answers[begins];
  if (typeof start !== "string" || typeof end !== "string" || !isBefore(end, start)) return undefined;
  return { start, isOverNight: /^\d{2}:\d{2}$/.test(start) && start >= "18:00" && end <= "06:00" };
}

/** Data of an emergency cannot be older than the emergency. */
function checkDataTime(
  { answers, event_date: day }: Post,
  at: (key: string) => { key: string; line: number | undefined },
): Diagnostic[] {
  const { data_tanggal: dataDay, data_pukul: dataTime, waktu: time } = answers;
  if (typeof dataDay !== "string" || !day || !isDay(day) || !isDay(dataDay)) return [];
  if (dataDay < day)
    return [warning(at("isian.data_tanggal"), "data-before-event", { event: writtenDay(day) })];
  const isSameDay = dataDay === day && typeof dataTime === "string" && typeof time === "string";
  if (!isSameDay || !isBefore(dataTime, time)) return [];
  return [warning(at("isian.data_pukul"), "data-before-event", { event: time.replace(":", ".") })];
}

/** Compares two times (HH:MM) or two days (YYYY-MM-DD); anything else is not compared. */
function isBefore(end: string, start: string): boolean {
  const shape = [/^\d{2}:\d{2}$/, /^\d{4}-\d{2}-\d{2}$/].find((form) => form.test(start));
  return shape?.test(end) === true && end < start;
}

function plainAnswers(answers: Post["answers"]): [string, string][] {
  return Object.entries(answers).flatMap(([key, value]): [string, string][] =>
    typeof value === "string" ? [[`isian.${key}`, value]] : [],
  );
}

function checkTags(
  post: Post,
  body: string,
  at: (key: string) => { key: string; line: number | undefined },
  firstLine: number,
): Diagnostic[] {
  const texts: [string, string | undefined][] = [
    ["judul", post.title],
    ["lokasi", post.place],
    ["ringkasan", post.summary],
    ["ralat", post.correction_note],
    ...Object.entries(post.channel_texts).map(([name, text]): [string, string | undefined] => [
      `teks_kanal.${name}`,
      text,
    ]),
    ...post.photos.flatMap(({ caption, alt, credit }, i): [string, string | undefined][] => [
      [`foto.${i}.takarir`, caption],
      [`foto.${i}.alt`, alt],
      [`foto.${i}.kredit`, credit],
    ]),
    ...answerTexts(post.answers, "isian"),
  ];
  const inKeys = texts.flatMap(([key, text]) => {
    const tag = findTag(text ?? "");
    return tag === undefined ? [] : [warning(at(key), "html-tag", { tag })];
  });
  const inBody = body.split("\n").flatMap((text, i) => {
    const tag = findTag(text);
    return tag === undefined ? [] : [warning({ line: firstLine + i }, "html-tag", { tag })];
  });
  return [...inKeys, ...inBody];
}

function answerTexts(answer: StoredAnswer, key: string): [string, string][] {
  if (typeof answer === "string") return [[key, answer]];
  return Object.entries(answer).flatMap(([inner, value]) => answerTexts(value, `${key}.${inner}`));
}
