import { z } from "zod";
import type { Problem, ProblemCode } from "../files/problem.js";
import type { problems } from "../language/id/problems.js";
import { isPhotoPath } from "./bundle.js";
import { isDay, parseInstant } from "./dates.js";
import { channels, photoKeys, postKeys, readYesNo, words } from "./keys.js";
import { nearest } from "./nearest.js";
import { doubtful, wrong } from "./problem.js";
import type { Post, PostPhoto, StoredAnswer } from "./types.js";

/** What `fail` puts into a zod issue. */
interface Found {
  code: ProblemCode;
  params?: unknown;
}

type Context = { addIssue(issue: { code: "custom"; params: { found: Found }; input: unknown }): void };

function fail<C extends ProblemCode>(
  context: Context,
  code: C,
  ...[params]: Parameters<(typeof problems)[C]>
): undefined {
  context.addIssue({ code: "custom", input: undefined, params: { found: { code, params } } });
  return undefined;
}

/** A value that may be left empty; `read` gives what it means or fails. */
function written<T>(read: (text: string, context: Context) => T | undefined) {
  return z.unknown().transform((value, context): T | undefined => {
    if (value === undefined || value === "") return undefined;
    if (typeof value !== "string") return fail(context, "text-expected");
    if (!isStorable(value)) return fail(context, "unstorable");
    return read(value, context);
  });
}

/** Neither SQLite nor PostgreSQL keeps U+0000, and a lone surrogate is not UTF-8. */
export function isStorable(text: string): boolean {
  return !text.includes("\u0000") && text.isWellFormed();
}

/** White space as one blank: for what is shown on one line. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

const line = written((text) => oneLine(text) || undefined);
const longText = written((text) => (text.trim() === "" ? undefined : text));
const day = written((text, context) => (isDay(text.trim()) ? text.trim() : fail(context, "date-expected")));
const instant = written(
  // "hari ini" is for questions: in a file it would mean another day tomorrow.
  (text, context) =>
    (/^\d/.test(text.trim()) ? parseInstant(text, "") : undefined) ?? fail(context, "instant-expected"),
);
const yesNo = written((text, context) => readYesNo(text) ?? fail(context, "yes-no-expected"));
const kind = written((text, context) =>
  /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text.trim()) && text.trim().length <= 40
    ? text.trim()
    : fail(context, "kind-expected"),
);
const photoFile = written((text, context) => {
  const file = text.replaceAll("\\", "/");
  return isPhotoPath(file) ? file : fail(context, "photo-path");
});

function oneOf<M extends Readonly<Record<string, string>>>(meanings: M) {
  return written((text, context): M[keyof M] | undefined => {
    const word = oneLine(text).toLowerCase();
    if (Object.hasOwn(meanings, word)) return meanings[word] as M[keyof M];
    const near = nearest(word, Object.keys(meanings));
    return fail(context, "one-of", { choices: Object.keys(meanings), ...(near ? { nearest: near } : {}) });
  });
}

/** A list; a single value is a list of one, nothing is an empty one. */
function list<T extends z.ZodType>(item: T) {
  return z
    .unknown()
    .transform((value) => {
      if (value === undefined || value === "") return [];
      return Array.isArray(value) ? value : [value];
    })
    .pipe(z.array(item));
}

/** A group of keys: `shape` gives each its type; nothing is an empty group. */
function group<S extends z.ZodRawShape>(shape: S) {
  return z
    .unknown()
    .transform((value, context) => {
      if (value !== undefined && value !== "" && !isGroup(value)) fail(context, "group-expected");
      const given: Record<string, unknown> = isGroup(value) ? value : {};
      // zod tells a key that is absent from one that is undefined; here they are the same.
      return Object.fromEntries(Object.keys(shape).map((key) => [key, given[key]]));
    })
    .pipe(z.object(shape));
}

/** Free keys, as `isian` and `internal` have. */
const stored = z.unknown().transform((value, context): { [key: string]: StoredAnswer } => {
  if (value === undefined || value === "") return {};
  if (!isGroup(value)) {
    fail(context, "group-expected");
    return {};
  }
  return toStored(value) as { [key: string]: StoredAnswer };
});

function toStored(value: unknown): StoredAnswer {
  if (Array.isArray(value)) return value.map(toStored);
  if (isGroup(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toStored(inner)]));
  }
  return typeof value === "string" ? value : "";
}

export function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const photo = group({
  berkas: photoFile,
  takarir: longText,
  alt: line,
  kredit: line,
  sumber_foto: oneOf(words.source),
  anak: oneOf(words.children),
  utama: yesNo,
  fokus: line,
} satisfies Record<keyof typeof photoKeys, z.ZodType>);

const frontMatter = group({
  judul: line,
  jenis: kind,
  lokasi: line,
  desa_kelurahan: line,
  tanggal: day,
  kategori: line,
  prioritas: oneOf(words.priority),
  dibutuhkan_sebelum: instant,
  embargo: instant,
  ringkasan: line,
  tag: list(line),
  teks_kanal: group({ facebook: longText, instagram: longText, x: longText }),
  foto: list(photo),
  isian: stored,
  internal: stored,
} satisfies Record<keyof typeof postKeys, z.ZodType>);

type Lines = ReadonlyMap<string, number>;

/**
 * Gives the text of front matter its types.
 *
 * @returns the post (absent when something is wrong), and all problems at once
 */
export function toPost(values: unknown, lines: Lines): { post?: Post; problems: Problem[] } {
  if (!isGroup(values)) return { problems: [wrong({}, "group-expected")] };
  const read = frontMatter.safeParse(values);
  const found = [...(read.success ? [] : issues(read.error, lines)), ...unknownKeys(values, lines)];
  const required = (["judul", "jenis"] as const).filter(
    (key) => values[key] === undefined || values[key] === "",
  );
  const photos = Array.isArray(values.foto) ? values.foto : [];
  const fileless = photos.flatMap((one, index) =>
    isGroup(one) && !one.berkas ? [`foto.${index}.berkas`] : [],
  );
  for (const key of [...required, ...fileless])
    found.push(wrong({ key, line: lineOf(key, lines) }, "required"));
  if (!read.success || required.length + fileless.length > 0) return { problems: found };
  return { post: named(read.data), problems: found };
}

/** One photo of an answers file; its path may lie anywhere, so it is given apart. */
export function toPhoto(
  values: Record<string, unknown>,
  key: string,
  lines: Lines,
): { photo?: Omit<PostPhoto, "file">; problems: Problem[] } {
  const read = photo.safeParse({ ...values, berkas: undefined });
  const found = [
    ...(read.success ? [] : issues(read.error, lines, key)),
    ...unknownIn(values, key, Object.keys(photoKeys), lines, "error"),
  ];
  if (!read.success) return { problems: found };
  const { file: _, ...rest } = namedPhoto(read.data);
  return { photo: rest, problems: found };
}

function named(read: z.output<typeof frontMatter>): Post {
  const { judul, jenis, kategori, prioritas, tag, teks_kanal, foto, isian, internal } = read;
  return {
    kind: jenis ?? "",
    title: judul ?? "",
    category: kategori?.toLowerCase() ?? "",
    priority: prioritas ?? "normal",
    ...present({
      place: read.lokasi,
      village: read.desa_kelurahan,
      event_date: read.tanggal,
      needed_by: read.dibutuhkan_sebelum,
      embargo: read.embargo,
      summary: read.ringkasan,
    }),
    tags: tag.filter((one) => one !== undefined),
    channel_texts: present(teks_kanal),
    photos: foto.map(namedPhoto),
    answers: isian,
    internal,
  };
}

function namedPhoto(read: z.output<typeof photo>): PostPhoto {
  return {
    file: read.berkas ?? "",
    ...present({ caption: read.takarir, alt: read.alt, credit: read.kredit, focus: read.fokus }),
    source: read.sumber_foto ?? "own",
    children: read.anak ?? "unchecked",
    lead: read.utama ?? false,
  };
}

/** Without the keys that have no value. */
function present<T extends Record<string, string | undefined>>(group: T): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(group).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: string;
  };
}

function issues(error: z.ZodError, lines: Lines, under?: string): Problem[] {
  return error.issues.map((issue) => {
    const key = [...(under ? [under] : []), ...issue.path.map(String)].join(".");
    const found = issue.code === "custom" ? (issue.params?.found as Found | undefined) : undefined;
    return {
      code: "text-expected",
      ...found,
      severity: "error",
      key,
      ...withLine(lineOf(key, lines)),
    } as Problem;
  });
}

function withLine(number: number | undefined): { line?: number } {
  return number === undefined ? {} : { line: number };
}

/** The line of a key, or of the nearest group around it that the file has. */
export function lineOf(key: string, lines: Lines): number | undefined {
  const own = lines.get(key);
  const end = key.lastIndexOf(".");
  return own ?? (end < 0 ? undefined : lineOf(key.slice(0, end), lines));
}

function unknownKeys(values: Record<string, unknown>, lines: Lines): Problem[] {
  const photos = Array.isArray(values.foto) ? values.foto : [];
  return [
    ...unknownIn(values, "", Object.keys(postKeys), lines, "warning"),
    ...unknownIn(values.teks_kanal, "teks_kanal", channels, lines, "warning"),
    ...photos.flatMap((one, index) =>
      unknownIn(one, `foto.${index}`, Object.keys(photoKeys), lines, "warning"),
    ),
  ];
}

function unknownIn(
  values: unknown,
  under: string,
  known: readonly string[],
  lines: Lines,
  severity: Problem["severity"],
): Problem[] {
  if (!isGroup(values)) return [];
  return Object.keys(values)
    .filter((key) => !known.includes(key))
    .map((key) => {
      const near = nearest(key, known);
      const whole = under ? `${under}.${key}` : key;
      const say = severity === "error" ? wrong : doubtful;
      return say({ key: whole, line: lineOf(whole, lines) }, "unknown-key", near ? { nearest: near } : {});
    });
}
