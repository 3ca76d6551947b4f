import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  Scalar,
  visit,
  type YAMLError,
} from "yaml";
import type { Problem } from "../files/problem.js";
import { wrong } from "./problem.js";

/** Characters. */
const longestYaml = 256 * 1024;
const mostProblems = 50;
const deepest = 30;

/** YAML read with the failsafe schema: every scalar is text, `09:30` and `0123` stay what they are. */
export interface ReadYaml {
  document: Document;
  /** Text, lists and objects without a prototype. */
  values: unknown;
  /** What YAML refuses, and what it would silently drop or misread. */
  problems: Problem[];
  /** Dotted key -> 1-based line of the file. */
  lines: Map<string, number>;
}

/**
 * Reads YAML that a person wrote. Aliases, anchors and tags are refused: nobody writes them on purpose here, and
 * without aliases nothing can expand.
 *
 * @param firstLine the line of the file on which `text` starts
 */
export function readYaml(text: string, firstLine = 1): ReadYaml {
  if (text.length > longestYaml) {
    return nothing(wrong({ line: firstLine }, "file-too-long", { max: longestYaml }));
  }
  try {
    return read(text, firstLine);
  } catch (error) {
    // Parser and visitors recurse: brackets without end would end the stack.
    const reason = error instanceof RangeError ? "nested too deeply" : String(error);
    return nothing(wrong({ line: firstLine }, "yaml-invalid", { reason }));
  }
}

function nothing(problem: Problem): ReadYaml {
  return { document: parse("", new LineCounter()), values: {}, problems: [problem], lines: new Map() };
}

function read(text: string, firstLine: number): ReadYaml {
  const counter = new LineCounter();
  const lineAt = (offset: number) => counter.linePos(offset).line + firstLine - 1;
  const document = parse(text, counter);
  // One slip makes several errors on its line: the first that is understood speaks for all.
  const problems = new Map<number, Problem>();
  const add = (problem: Problem) => {
    const line = problem.line ?? firstLine;
    if (!problems.has(line)) problems.set(line, problem);
  };
  for (const slip of slips(document, text)) add(slip(lineAt));
  for (const error of [...document.errors, ...document.warnings]) {
    if (problems.size >= mostProblems) break;
    if (!problems.has(lineAt(error.pos[0]))) add(explainError(error, text, document, lineAt));
  }
  const { values, lines } = readNode(document.contents, lineAt);
  const found = [...problems.values()].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  return { document, values, problems: found, lines };
}

function parse(text: string, lineCounter: LineCounter): Document {
  return parseDocument(text, { schema: "failsafe", lineCounter, prettyErrors: false, stringKeys: true });
}

type Slip = (lineAt: (offset: number) => number) => Problem;

/** What parses, but not as the person meant it. */
function slips(document: Document, text: string): Slip[] {
  const found: Slip[] = [];
  visit(document, (position, node) => {
    if (!isNode(node) || !node.range) return;
    const [start, end] = node.range;
    const mended = () => quoteLine(text, start);
    if (isAlias(node) || node.anchor !== undefined || node.tag?.startsWith("!")) {
      const params = optional("mended", mended());
      found.push((lineAt) => wrong({ line: lineAt(before(text, start)) }, "yaml-special", params));
    } else if (isMap(node) && node.flow && /^\{[{%]/.test(text.slice(start, start + 2))) {
      found.push((lineAt) =>
        wrong({ line: lineAt(start) }, "yaml-placeholder", { mended: mended() ?? '"{{ … }}"' }),
      );
    } else if (isScalar(node) && node.type === Scalar.PLAIN && position !== "key") {
      const rest = lineRest(text, end);
      const swallowed = node.source === "" ? /^[ \t]*#[^\s#]/.test(rest) : /^[ \t]+#/.test(rest);
      if (swallowed) {
        const written = `${text.slice(start, end)}${rest}`.trim();
        const line = quoteLine(text, start) ?? quote(written);
        found.push((lineAt) => wrong({ line: lineAt(end) }, "yaml-comment", { mended: line }));
      }
    }
  });
  return found;
}

/** An anchor or tag stands before its node's range. */
function before(text: string, start: number): number {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  return /[&!*]/.test(text.slice(lineStart, start + 1)) ? start : Math.max(0, lineStart - 1);
}

function explainError(
  error: YAMLError,
  text: string,
  document: Document,
  lineAt: (offset: number) => number,
): Problem {
  const offset = error.pos[0];
  const place = { line: lineAt(offset) };
  if (error.code === "DUPLICATE_KEY") return wrong(place, "yaml-duplicate");
  if (error.code === "TAB_AS_INDENT" || /^[ ]*\t/.test(wholeLine(text, offset)))
    return wrong(place, "yaml-tab");
  if (error.code === "MISSING_CHAR" && error.message.includes("quote")) {
    return wrong({ line: lineAt(lastQuoted(document) ?? offset) }, "yaml-unclosed");
  }
  if (error.code === "TAG_RESOLVE_FAILED") {
    return wrong(place, "yaml-special", optional("mended", quoteLine(text, offset)));
  }
  const line = quoteLine(text, offset);
  if (line !== undefined) {
    const value = keyAndValue(wholeLine(text, offset))?.value ?? "";
    if (/^\{[{%]/.test(value)) return wrong(place, "yaml-placeholder", { mended: line });
    if (mends(text, offset, line)) return wrong(place, "yaml-quote", { mended: line.trim() });
  }
  return wrong(place, "yaml-invalid", { reason: error.message });
}

/** Whether the line written so takes its error away. */
function mends(text: string, offset: number, line: string): boolean {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = start + wholeLine(text, offset).length;
  const indent = /^[ \t]*/.exec(wholeLine(text, offset))?.[0] ?? "";
  const before = parse(text, new LineCounter()).errors.length;
  return (
    parse(`${text.slice(0, start)}${indent}${line}${text.slice(end)}`, new LineCounter()).errors.length <
    before
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

/** The line around `offset` with its whole value in quotes; undefined when it is not `key: value` or `- value`. */
function quoteLine(text: string, offset: number): string | undefined {
  const parts = keyAndValue(wholeLine(text, offset));
  // Of a list or group on one line only a part is at fault.
  if (!parts || (/^[[{]/.test(parts.value) && /[\]}]$/.test(parts.value) && !/^\{[{%]/.test(parts.value)))
    return undefined;
  return `${parts.before}${quote(parts.value)}`.trim();
}

/** Single quotes where the text has double ones or backslashes: that is what a person can read. */
function quote(value: string): string {
  const inner = /^"([^"]*)"$/.exec(value)?.[1] ?? value;
  return /["\\]/.test(inner) && !inner.includes("'") ? `'${inner}'` : JSON.stringify(inner);
}

function optional<K extends string>(key: K, value: string | undefined): { [P in K]?: string } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: string };
}

/** Values and lines in one walk. Aliases have been reported, and read as nothing. */
function readNode(
  root: unknown,
  lineAt: (offset: number) => number,
): { values: unknown; lines: Map<string, number> } {
  const lines = new Map<string, number>();
  // JSON writes an absent value as null; in YAML by hand the word is text.
  const isJson = isMap(root) && root.flow === true;
  const read = (node: unknown, key: string, depth: number): unknown => {
    if (depth > deepest) throw new RangeError();
    if (isJson && isScalar(node) && node.type === Scalar.PLAIN && node.source === "null") return "";
    if (isScalar(node)) return typeof node.value === "string" ? node.value : "";
    if (!isCollection(node)) return "";
    if (!isMap(node)) {
      return node.items.map((item, index) => {
        const inner = join(key, String(index));
        setLine(lines, inner, item, lineAt);
        return read(item, inner, depth + 1);
      });
    }
    const values: Record<string, unknown> = Object.create(null);
    for (const pair of node.items) {
      if (!isPair(pair) || !isScalar(pair.key)) continue;
      const inner = join(key, String(pair.key.value));
      setLine(lines, inner, pair.key, lineAt);
      values[String(pair.key.value)] = read(pair.value, inner, depth + 1);
    }
    return values;
  };
  return { values: root === null ? Object.create(null) : read(root, "", 0), lines };
}

function setLine(
  lines: Map<string, number>,
  key: string,
  node: unknown,
  lineAt: (offset: number) => number,
): void {
  const range = isNode(node) ? (node as Node).range : undefined;
  if (range) lines.set(key, lineAt(range[0]));
}

function join(key: string, inner: string): string {
  return key === "" ? inner : `${key}.${inner}`;
}
