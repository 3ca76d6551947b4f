import type { Diagnostic } from "../errors/diagnostics.js";

/** A photo chosen for publication, as `foto:` lists it. */
export interface PostPhoto {
  /** Path inside the bundle, with POSIX slashes: `foto/IMG_0001.jpg`. */
  file: string;
  /** Optional in a draft, and required to submit, as are `alt` and `credit`. */
  caption?: string;
  /** Describes the picture for readers who cannot see it. */
  alt?: string;
  credit?: string;
  source: "own" | "citizen" | "agency";
  children: "unchecked" | "none" | "consented" | "masked" | "unrecognisable";
  /** Who consented that children are shown, when (YYYY-MM-DD), and for what; optional in a draft. Never published. */
  consent?: { by?: string; date?: string; scope?: string };
  lead: boolean;
  /** The point that a crop keeps, as fractions from the left and from the top: "0.5,0.3". */
  focus?: string;
  /** Parts that are made unrecognisable in what is sent: "12.5%,30%,10%,15%" (left, top, width, height). Absent: none. */
  blur?: string[];
}

/** An answer as `isian:` and `internal:` store it: text, lists and groups of text. */
export type StoredAnswer = string | StoredAnswer[] | { [key: string]: StoredAnswer };

/** The front matter of `index.md` under English names: the draft of the wire's `Content` (contract/contract.ts). */
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
  /** One public sentence on what a correction mends. */
  correction_note?: string;
  tags: string[];
  channel_texts: { facebook?: string; instagram?: string; x?: string };
  photos: PostPhoto[];
  answers: { [key: string]: StoredAnswer };
  /** For the newsroom only. */
  internal: { [key: string]: StoredAnswer };
}

/** The result of `readPost`. */
export interface ReadPost {
  /** Absent when any problem is an error. */
  post?: Post;
  /** Markdown, with LF line ends; "" when the file could not be split. */
  body: string;
  /** All problems, in the order of the file. */
  problems: Diagnostic[];
  /** The 1-based line of each dotted Indonesian key (`foto.0.alt`); `""` is the first line of the body. */
  lines: ReadonlyMap<string, number>;
}

/** A text for the user, in each language. */
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
  /** One line below the prompt. */
  help?: LocalizedText;
  required: boolean;
  /** The answer is a list. */
  repeat: boolean;
  /** The answer goes to `internal:`, never to a reader. */
  internal: boolean;
  /** Parsed like a typed answer. */
  default?: string;
  /** Maximum characters. */
  max?: number;
  /** For the type "choice". */
  choices?: string[];
  /** For the type "group". */
  fields?: Question[];
}

/** A parsed `templates/<name>.md`. */
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
