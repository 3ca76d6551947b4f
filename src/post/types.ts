import type { Diagnostic } from "../files/diagnostic.js";

/** A photo chosen for publication, as `foto:` lists it. */
export interface PostPhoto {
  /** As written, with POSIX slashes, inside the bundle: `foto/IMG_0001.jpg`. */
  file: string;
  /** Required to submit, as are `alt` and `credit`; absent in a draft. */
  caption?: string;
  /** What the picture shows, for readers who do not see it. */
  alt?: string;
  credit?: string;
  source: "own" | "citizen" | "agency";
  children: "unchecked" | "none" | "consented" | "masked";
  lead: boolean;
  /** The point that a crop keeps, from the left and from the top, 0 to 1: "0.5,0.3". */
  focus?: string;
}

/** An answer as `isian:` and `internal:` keep it: text, lists and groups of text. */
export type StoredAnswer = string | StoredAnswer[] | { [key: string]: StoredAnswer };

/** What `index.md` says above its body, in English names: the draft of the wire's `Content` (newsroom/contract.ts). */
export interface Post {
  /** Name of the template, e.g. "berita-kegiatan". */
  kind: string;
  title: string;
  place?: string;
  village?: string;
  /** YYYY-MM-DD in Asia/Jakarta. */
  event_date?: string;
  /** "" in a draft that has none yet; required to submit. */
  category: string;
  priority: "normal" | "urgent";
  /** ISO 8601 with a zone. */
  needed_by?: string;
  /** ISO 8601 with a zone. */
  embargo?: string;
  summary?: string;
  tags: string[];
  channel_texts: { facebook?: string; instagram?: string; x?: string };
  photos: PostPhoto[];
  answers: { [key: string]: StoredAnswer };
  /** For the newsroom only. */
  internal: { [key: string]: StoredAnswer };
}

/** What `readPost` found in an `index.md`. */
export interface ReadPost {
  /** Absent when any problem is an error. */
  post?: Post;
  /** Markdown, with LF line ends; "" when the file could not be split. */
  body: string;
  /** All of them at once, in the order of the file. */
  problems: Diagnostic[];
  /** Dotted Indonesian key (`foto.0.alt`) -> 1-based line; `""` is the first line of the body. */
  lines: ReadonlyMap<string, number>;
}

/** Words for the person, in each language. */
export interface LocalizedText {
  id: string;
  en: string;
}

export const questionTypes = [
  "text",
  "long",
  "date",
  "time",
  "number",
  "choice",
  "phone",
  "boolean",
  "group",
] as const;

/** One question of a template. */
export interface Question {
  /** Indonesian snake_case, e.g. `tindak_lanjut`. */
  key: string;
  type: (typeof questionTypes)[number];
  ask: LocalizedText;
  /** One line, shown under the prompt. */
  help?: LocalizedText;
  required: boolean;
  /** The answer is a list. */
  repeat: boolean;
  /** The answer goes to `internal:`, never to a reader. */
  internal: boolean;
  /** A raw answer, parsed as one would be typed. */
  default?: string;
  /** Characters. */
  max?: number;
  /** Of a choice. */
  choices?: string[];
  /** Of a group. */
  fields?: Question[];
}

/** One `templates/<name>.md`, read. */
export interface Template {
  name: string;
  title: LocalizedText;
  description: LocalizedText;
  /** Whether the menu of `post new` offers it. */
  menu: boolean;
  questions: Question[];
  /** YAML of the new post, whose string values are Liquid. */
  front: string;
  /** Markdown with Liquid. */
  body: string;
}

/**
 * A typed answer. Dates are "YYYY-MM-DD", times "HH:MM", instants (`embargo`, `dibutuhkan_sebelum`) ISO 8601 with
 * a zone, groups objects, repeated questions lists.
 */
export type Answer = string | number | boolean | Answer[] | Answers;
export interface Answers {
  [key: string]: Answer;
}
