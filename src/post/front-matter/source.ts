import matter from "gray-matter";
import type { Diagnostic } from "../../errors/diagnostics.js";
import { error } from "../../files/diagnostic.js";
import { decodeText, isDecoded } from "../../text/decode.js";

/** Far more than a post needs: the newsroom accepts a body of 200,000 characters. */
const maxSourceBytes = 2 * 1024 * 1024;

/** The parts of a file with front matter. `joinSource` joins them again. */
interface Source {
  /** YAML between the two `---`, with LF line ends; ends in a newline unless empty. */
  front: string;
  /** With LF line ends. */
  body: string;
  /** With the file's own line ends. */
  rawBody: string;
  /** 1-based line of the file on which the body starts. */
  bodyLine: number;
  /** Whether the file starts with a byte order mark. */
  bom: boolean;
  lineEnd: "\n" | "\r\n";
}

/** The 1-based line on which the YAML of front matter starts. */
export const frontLine = 2;

/**
 * Splits a file into front matter and body, and records its BOM and line ends. Refuses other encodings than `decodeText` is sure
 * of, and a first line other than `---` before gray-matter receives the text: `---js` would make it run the front matter.
 */
export function splitSource(given: Uint8Array | string): { source?: Source; problems: Diagnostic[] } {
  const decoded = decode(given);
  if (typeof decoded !== "string") return { problems: [decoded] };
  const bom = decoded.startsWith("\ufeff");
  const text = (bom ? decoded.slice(1) : decoded).replace(/\r\n?/g, "\n");
  const first = text.split("\n", 1)[0] ?? "";
  if (first.trimEnd() !== "---") {
    return { problems: [error({ line: 1 }, "front-matter-start", { found: visible(first.slice(0, 40)) })] };
  }
  // gray-matter ends front matter at any line that starts with `---`, and keeps blanks after it in the body.
  const end = /\n---([^\n]*)/.exec(text);
  if (!end || end[1]?.trim()) return { problems: [error({ line: unclosedLine(text) }, "front-matter-end")] };
  const parts = matter(`${text.slice(0, end.index)}\n---${text.slice(end.index + end[0].length)}`, {
    language: "yaml",
    engines,
  });
  const body = parts.content;
  const front = parts.matter.replace(/^[^\n]*\n?/, "");
  const close = text.slice(0, text.length - body.length).split("\n");
  return {
    source: {
      front: front === "" ? "" : `${front}\n`,
      body,
      rawBody: body === "" ? "" : afterLines(bom ? decoded.slice(1) : decoded, close.length - 1),
      bodyLine: close.length,
      bom,
      lineEnd: /^[^\n]*\r\n/.test(decoded) ? "\r\n" : "\n",
    },
    problems: [],
  };
}

/** Names what cannot be seen, or a line would be refused for being what it is: `\u2039U+200B\u203a---`. */
function visible(line: string): string {
  return line.replace(
    /[\p{Cf}\p{Cc}]|(?! )\p{Zs}/gu,
    (character) => `\u2039U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}\u203a`,
  );
}

/** Joins a file with new front matter, in the file's own style. Without `body`, the body stays byte for byte. */
export function joinSource(source: Source, front: string, body?: string): string {
  const styled = (text: string) => text.replace(/\r?\n/g, source.lineEnd);
  const newBody = body === undefined ? source.rawBody : styled(body);
  return `${source.bom ? "\ufeff" : ""}${styled(`---\n${front}---\n`)}${newBody}`;
}

function afterLines(text: string, count: number): string {
  const ends = /\r\n?|\n/g;
  for (let line = 0; line < count; line++) ends.exec(text);
  return text.slice(ends.lastIndex);
}

/** The 1-based line that starts with `---` but has more text, or the last line. */
function unclosedLine(text: string): number {
  const lines = text.trimEnd().split("\n");
  const alike = lines.findIndex((line, index) => index > 0 && line.startsWith("---"));
  return alike > 0 ? alike + 1 : lines.length;
}

/**
 * Windows-1252 is refused, since kominfo writes into this file: a wrong guess would stay in it. UTF-16 is read, and becomes UTF-8 with the next
 * change.
 */
function decode(given: Uint8Array | string): string | Diagnostic {
  if (given.length > maxSourceBytes) return error({}, "file-too-long", { max: maxSourceBytes });
  if (typeof given === "string") return given;
  const result = decodeText(given);
  if (!isDecoded(result)) return error({ line: result.line }, "not-text", { fault: result.fault });
  if (result.encoding === "windows-1252") return error({}, "not-utf8", { encoding: "ANSI / Windows-1252" });
  return `${result.bom ? "\ufeff" : ""}${result.text}`;
}

function refuse(): never {
  throw new Error("front matter is YAML only");
}

/**
 * gray-matter only splits the text. `readYaml`, which records lines, parses the YAML. The JavaScript engine is disabled
 * because it evaluates text. Passing options also disables gray-matter's cache.
 */
const engines = {
  yaml: { parse: () => ({}), stringify: refuse },
  javascript: { parse: refuse, stringify: refuse },
  json: { parse: refuse, stringify: refuse },
};
