import { type Document, isScalar, LineCounter, Scalar, visit } from "yaml";
import type { Diagnostic } from "../errors/diagnostics.js";
import { error } from "./diagnostic.js";
import { listOf, parseFailsafe } from "./yaml-slips.js";

/** A text of which lines were mended to find what else is wrong in it, and the mends. Lines keep their numbers. */
interface Mended {
  text: string;
  document: Document;
  lineCounter: LineCounter;
  /** By 0-based line of the text. */
  mends: Map<number, Mend>;
}

interface Mend {
  code: "yaml-hard-space" | "yaml-space" | "yaml-colon" | "yaml-list" | "yaml-unclosed";
  mended: string;
}

/** Spaces and invisible characters that are no space to YAML. Word, WhatsApp and web pages leave them in what is copied. */
const unseen = "\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\ufeff";
const hard = `\\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000${unseen}`;
const hardSpaces = new RegExp(`[${hard}]`, "g");
const unseenLetters = new RegExp(`[${unseen}]`, "g");
const isHard = new RegExp(`[${hard}]`);

/**
 * Mends the lines whose form is surely meant otherwise, and parses what comes of it, so that one slip is one problem: the parser reports it several
 * times, on other lines, and in words about its own parts.
 */
export function mendLines(text: string): Mended {
  let result = parsed(text);
  const mends = new Map<number, Mend>();
  const apply = (
    mend: (line: string) => MendedLine,
    isSure: (line: number) => boolean,
    inside = linesInScalars(result),
  ) => {
    const lines = result.text.split("\n");
    const found = new Map<number, Mend>();
    for (const [i, line] of lines.entries()) {
      const mended = inside.has(i) || !isSure(i) ? undefined : mend(line);
      if (!mended) continue;
      lines[i] = mended.line;
      found.set(i, { code: mended.code, mended: mended.line.trim() });
    }
    return { next: found.size > 0 ? parsed(lines.join("\n")) : result, found };
  };
  const take = ({ next, found }: ReturnType<typeof apply>) => {
    result = next;
    for (const [i, each] of found) mends.set(i, each);
  };
  // These are wrong even where the parser takes them for parts of a value.
  take(apply(withoutHardSpace, () => true));
  take(apply(withSpace, (line) => keysReadAsText(result).has(line)));
  const takeBetter = (mended: ReturnType<typeof apply>) => {
    if (mended.next.document.errors.length < result.document.errors.length) take(mended);
  };
  // A text of several lines may be right: each line is tried by itself, from the top.
  const open = result.document.errors.length === 0 ? [] : linesOf(result.text, withClosingQuote);
  for (const line of open.slice(0, maxTries)) {
    if (result.document.errors.length === 0) break;
    takeBetter(apply(withClosingQuote, (each) => each === line, new Set()));
  }
  for (const mend of [withSpace, withPlainColon, withQuotedItems, withClosedList]) {
    if (result.document.errors.length === 0) break;
    takeBetter(apply(mend, () => true));
  }
  return { ...result, mends };
}

/** Each try parses the whole text again. */
const maxTries = 20;

function linesOf(text: string, mend: (line: string) => MendedLine): number[] {
  return text.split("\n").flatMap((line, i) => (mend(line) ? [i] : []));
}

/** Lines that begin with a key but are text to the parser: `- berkas:"a.jpg"` is an item, and `lokasi:Aula: lantai 2` has another key. */
function keysReadAsText({ document, text, lineCounter }: Pick<Mended, "document" | "text" | "lineCounter">) {
  const found = new Set<number>();
  visit(document, {
    Scalar(position, node) {
      if (node.type !== Scalar.PLAIN || !node.range) return;
      const { line, col } = lineCounter.linePos(node.range[0]);
      const before = text.slice(node.range[0] - col + 1, node.range[0]);
      const form = position === "key" ? /^[a-z_][\w-]*:[A-Z"'\u201c]/ : /^[a-z_][\w-]*:[^\s:/]/;
      if (/^[ \t]*(- +)?$/.test(before) && form.test(node.source ?? "")) found.add(line - 1);
    },
  });
  return found;
}

/** The problem that a mend mends. */
export function problemOf({ code, mended }: Mend, line: number): Diagnostic {
  return error({ line }, code, { mended });
}

function parsed(text: string) {
  const lineCounter = new LineCounter();
  return { text, document: parseFailsafe(text, lineCounter), lineCounter };
}

/** Lines, but for the first, of quoted texts and blocks: they are words, whatever they look like. */
function linesInScalars({ document, lineCounter }: Pick<Mended, "document" | "lineCounter">): Set<number> {
  const inside = new Set<number>();
  visit(document, (_, node) => {
    if (!isScalar(node) || node.type === Scalar.PLAIN || !node.range) return;
    const first = lineCounter.linePos(node.range[0]).line;
    const last = lineCounter.linePos(Math.max(node.range[0], node.range[1] - 1)).line;
    for (let line = first + 1; line <= last; line++) inside.add(line - 1);
  });
  return inside;
}

type MendedLine = { line: string; code: Mend["code"] } | undefined;

const structure = new RegExp(
  `^([\\s${hard}]*)(-[\\s${hard}]+)?(?:([a-z_][\\w${unseen}-]{0,80}?)([\\s${hard}]*:)([\\s${hard}]*))?(.*)$`,
  "i",
);

/** Puts a plain space where a hard one is read as a part of a key, or hides an indent or the quotation mark of a value. */
function withoutHardSpace(line: string): MendedLine {
  if (!isHard.test(line)) return undefined;
  const [, indent = "", dash = "", named, colon = "", gap = "", value = ""] = structure.exec(line) ?? [];
  const key = named?.replace(unseenLetters, "");
  const isShown = key !== undefined || dash !== "";
  const isSpoilt =
    key !== named ||
    isHard.test(indent) ||
    isHard.test(dash) ||
    isHard.test(colon) ||
    (isHard.test(gap) && (!/^[ \t]/.test(gap) || /^["'[{]/.test(value)));
  if (!isShown || !isSpoilt) return undefined;
  const soft = `${indent}${dash}${key ?? ""}${colon}${gap}`
    .replace(unseenLetters, "")
    .replace(hardSpaces, " ")
    .replace(/:(?=$)/, value === "" ? ":" : ": ");
  return { line: `${soft}${value}`, code: "yaml-hard-space" };
}

/** Puts the space behind the colon of a key. A web address and a time of day are no keys. */
function withSpace(line: string): MendedLine {
  const [, before, key, value = ""] = /^([ \t]*(?:- +)?)([a-z_][\w-]*):([^\s:/].*)$/i.exec(line) ?? [];
  if (before === undefined) return undefined;
  const plain = value.trimEnd();
  const isBare = !/: |\s#|^["'[{&*!|>%@`#-]/.test(plain) || /^(["']).*\1$|^\[.*\]$|^\{.*\}$/.test(plain);
  return { line: `${before}${key}: ${isBare ? plain : JSON.stringify(plain)}`, code: "yaml-space" };
}

/** Puts a plain colon where a phone or a web page has put another. */
function withPlainColon(line: string): MendedLine {
  const [, before, key, value = ""] =
    /^([ \t]*(?:- +)?)([a-z_][\w-]*)[ \t]*[\uff1a\ufe55\u2236\ua789][ \t]*(.*)$/i.exec(line) ?? [];
  return before === undefined
    ? undefined
    : { line: `${before}${key}: ${value}`.trimEnd(), code: "yaml-colon" };
}

/** Closes the quotation mark that a value begins with, at the end of its line. */
function withClosingQuote(line: string): MendedLine {
  const [, start, mark = "", rest = ""] =
    /^([ \t]*(?:- +)*(?:[a-z_][\w-]*:[ \t]+|(?<=- +)))(["'])(.*)$/i.exec(line) ?? [];
  if (start === undefined) return undefined;
  const isClosed = mark === '"' ? /^(?:[^"\\]|\\.)*"/.test(rest) : /^(?:[^']|'')*'(?!')/.test(rest);
  if (isClosed) return undefined;
  const [, value = rest, comment = ""] = /^(.*?)([ \t]+#[ \t].*)$/.exec(rest) ?? [];
  return { line: `${start}${mark}${value.trimEnd()}${mark}${comment}`, code: "yaml-unclosed" };
}

/** Closes a list on one line, which other commas than the plain one may separate. */
function withClosedList(line: string): MendedLine {
  const [, before, items = ""] =
    /^([ \t]*(?:- +)?[a-z_][\w-]*:[ \t]*)\[([^[\]]*)\]?[ \t]*$/i.exec(line) ?? [];
  if (before === undefined || items.trim() === "") return undefined;
  return { line: `${before}${listOf(items)}`, code: "yaml-list" };
}

/** Puts the items of a list on one line into quotation marks, without the # that would begin a comment. */
function withQuotedItems(line: string): MendedLine {
  const [, before, items = ""] = /^([ \t]*(?:- +)?[a-z_][\w-]*:[ \t]*)\[(.*#.*?)\]?[ \t]*$/i.exec(line) ?? [];
  if (before === undefined) return undefined;
  return { line: `${before}${listOf(items)}`, code: "yaml-list" };
}
