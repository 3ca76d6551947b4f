import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  parseDocument,
  Scalar,
  visit,
  type YAMLError,
} from "yaml";
import type { Diagnostic } from "../errors/diagnostics.js";
import { error, warning } from "./diagnostic.js";

/** Finds common mistakes in YAML, and suggests the corrected line. */

/** Parses YAML with the failsafe schema, in which every scalar is text. */
export function parseFailsafe(text: string, lineCounter: LineCounter): Document {
  return parseDocument(text, { schema: "failsafe", lineCounter, prettyErrors: false, stringKeys: true });
}

type Slip = (lineAt: (offset: number) => number) => Diagnostic;

/** Finds text that parses, but not as the person meant it. */
export function slips(document: Document, text: string): Slip[] {
  const found: Slip[] = [];
  visit(document, (position, node) => {
    if (!isNode(node) || !node.range) return;
    const [start, end] = node.range;
    const mended = () => quoteLine(text, start);
    if (isAlias(node) || node.anchor !== undefined || node.tag?.startsWith("!")) {
      const params = optional("mended", mended());
      found.push((lineAt) => error({ line: lineAt(before(text, start)) }, "yaml-special", params));
    } else if (isMap(node) && node.flow && /^\{[{%]/.test(text.slice(start, start + 2))) {
      found.push((lineAt) =>
        error({ line: lineAt(start) }, "yaml-placeholder", { mended: mended() ?? '"{{ … }}"' }),
      );
    } else if (isScalar(node) && position === "key" && node.source === "<<") {
      found.push((lineAt) => error({ line: lineAt(start) }, "yaml-special", {}));
    } else if (isScalar(node) && node.type === Scalar.PLAIN && position !== "key") {
      const line = isTypedQuotes(node.source ?? "") ? quoteLine(text, start) : undefined;
      if (line !== undefined) {
        const report = /^[\u201c-\u201f].*[\u201c-\u201f]$/.test(node.source ?? "") ? warning : error;
        found.push((lineAt) => report({ line: lineAt(start) }, "yaml-typed-quotes", { mended: line }));
      }
      const rest = lineRest(text, end);
      const swallowed = node.source === "" ? /^[ \t]*#[^\s#]/.test(rest) : /^[ \t]+#/.test(rest);
      if (swallowed) {
        const written = `${text.slice(start, end)}${rest}`.trim();
        const line = tagLine(text, start) ?? quoteLine(text, start) ?? quote(written);
        found.push((lineAt) => error({ line: lineAt(end) }, "yaml-comment", { mended: line }));
      }
    }
  });
  return found;
}

/** Whether a whole value stands in quotation marks of which one or both are typographic: to YAML they are letters. */
function isTypedQuotes(source: string): boolean {
  return /^[\u201c-\u201f][^"\u201c-\u201f]*["\u201c-\u201f]$/.test(source);
}

/** An anchor or tag stands before its node's range, perhaps on the line above. */
function before(text: string, start: number): number {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  return /[&!*]/.test(text.slice(lineStart, start + 1)) ? start : Math.max(0, lineStart - 1);
}

/** Converts an error of the parser to a diagnostic that suggests a correction. */
export function explainError(
  fault: YAMLError,
  text: string,
  document: Document,
  lineAt: (offset: number) => number,
): Diagnostic {
  const offset = fault.pos[0];
  const place = { line: lineAt(offset) };
  if (fault.code === "DUPLICATE_KEY") return error(place, "yaml-duplicate");
  if (fault.code === "TAB_AS_INDENT" || /^[ ]*\t/.test(wholeLine(text, offset)))
    return error(place, "yaml-tab");
  if (fault.code === "MISSING_CHAR" && fault.message.includes("quote")) {
    return error({ line: lineAt(lastQuoted(document) ?? offset) }, "yaml-unclosed", {});
  }
  if (fault.code === "TAG_RESOLVE_FAILED") {
    return error(place, "yaml-special", optional("mended", quoteLine(text, offset)));
  }
  const line = quoteLine(text, offset);
  if (line !== undefined) {
    const value = keyAndValue(wholeLine(text, offset))?.value ?? "";
    if (/^\{[{%]/.test(value)) return error(place, "yaml-placeholder", { mended: line });
    if (mends(text, offset, line)) return error(place, "yaml-quote", { mended: line.trim() });
  }
  return error(place, "yaml-invalid", { reason: fault.code });
}

/** Whether replacing the line by `line` removes its error. */
function mends(text: string, offset: number, line: string): boolean {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = start + wholeLine(text, offset).length;
  const indent = /^[ \t]*/.exec(wholeLine(text, offset))?.[0] ?? "";
  const before = parseFailsafe(text, new LineCounter()).errors.length;
  return (
    parseFailsafe(`${text.slice(0, start)}${indent}${line}${text.slice(end)}`, new LineCounter()).errors
      .length < before
  );
}

function lastQuoted(document: Document): number | undefined {
  let last: number | undefined;
  visit(document, {
    Scalar(_, node) {
      if (node.type?.startsWith("QUOTE")) last = node.range?.[0];
    },
  });
  return last;
}

function wholeLine(text: string, offset: number): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return text.slice(start, start + lineRest(text, start).length);
}

function lineRest(text: string, offset: number): string {
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.slice(offset) : text.slice(offset, end);
}

function keyAndValue(line: string): { before: string; value: string } | undefined {
  const [, before, value] = /^(\s*(?:- +)*(?:[\w-]+:[ \t]+|(?<=- +)))(\S.*)$/.exec(line) ?? [];
  return before === undefined || value === undefined ? undefined : { before, value: value.trimEnd() };
}

/** Returns the line around `offset` with its whole value in quotes; undefined unless it is `key: value` or `- value`. */
function quoteLine(text: string, offset: number): string | undefined {
  const parts = keyAndValue(wholeLine(text, offset));
  // In a list or group on one line only a part is wrong.
  if (!parts || (/^[[{]/.test(parts.value) && /[\]}]$/.test(parts.value) && !/^\{[{%]/.test(parts.value)))
    return undefined;
  return `${parts.before}${quote(parts.value)}`.trim();
}

/** `tag: #posyandu #wanasari` are several words; in quotation marks they would be one. */
function tagLine(text: string, offset: number): string | undefined {
  const { before = "", value = "" } = keyAndValue(wholeLine(text, offset)) ?? {};
  return /^(tag|hashtags):/.test(before) && value.startsWith("#") ? `${before}${listOf(value)}` : undefined;
}

/** Writes words that commas, line ends or # separate as a list: `["posyandu", "wanasari"]`. */
export function listOf(text: string): string {
  const words = text
    .split(/[,;|\n\uff0c\u3001]|\s\/\s|\s(?=#)|(?<=^|\s)-(?=\S)/)
    .map((word) =>
      word
        .trim()
        .replace(/^["'\u201c\u201d\u2018\u2019]|["'\u201c\u201d\u2018\u2019]$/g, "")
        .replace(/^#+/, "")
        .trim(),
    )
    .filter((word) => word !== "");
  return `[${words.map((word) => JSON.stringify(word)).join(", ")}]`;
}

/** Quotation marks around a whole value, of any sort, and an apostrophe within single ones: 'Jum'at Bersih'. */
const wholeQuotes =
  /^(?:"([^"]*)"|'((?:[^']|(?<=\p{L})'(?=\p{L}))*)'|["\u201c-\u201f]([^"\u201c-\u201f]*)["\u201c-\u201f])$/u;

/** The same marks once more within the whole: `"Posyandu "Mawar" digelar"`. `"Mawar" dan "Melati"` has none around the whole. */
const marksWithinMarks =
  /^(["'])((?:(?:(?!\1).)*(?<=["'\s(])\1(?![\s"'])(?:(?!\1).)*\1(?![\p{L}\p{N}]))+(?:(?!\1).)*)\1$/u;

/** Quotes a value. Uses single quotes for text with double quotes or backslashes, because that is easier to read. */
function quote(value: string): string {
  const [, plain, single, typed] = wholeQuotes.exec(value) ?? [];
  const inner = plain ?? single ?? typed ?? marksWithinMarks.exec(value)?.[2] ?? value;
  return /["\\]/.test(inner) && !inner.includes("'") ? `'${inner}'` : JSON.stringify(inner);
}

function optional<K extends string>(key: K, value: string | undefined): { [P in K]?: string } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: string };
}
