import matter from "gray-matter";
import type { Diagnostic } from "../../files/diagnostic.js";
import { error } from "../../files/diagnostic.js";

/** Far above any post: the newsroom takes 200,000 characters of body. */
const sourceBytes = 2 * 1024 * 1024;

/** A file of front matter and body, with LF line ends; joined again by `joinSource`. */
interface Source {
  /** YAML between the two `---`, ending in a newline unless empty. */
  front: string;
  /** With LF line ends. */
  body: string;
  /** As it stands in the file. */
  rawBody: string;
  /** 1-based line of the file on which the body starts. */
  bodyLine: number;
  /** How the file is written. */
  bom: boolean;
  lineEnd: "\n" | "\r\n";
}

/** Lines that open and close front matter, and where YAML starts (1-based). */
export const frontLine = 2;

/**
 * Takes a file apart. A BOM and CRLF are read over and remembered; UTF-16, other encodings, and a first line other
 * than `---` are refused before gray-matter sees the text, as `---js` would make it run the front matter.
 */
export function splitSource(given: Uint8Array | string): { source?: Source; problems: Diagnostic[] } {
  const decoded = decode(given);
  if (typeof decoded !== "string") return { problems: [decoded] };
  const bom = decoded.startsWith("\ufeff");
  const text = (bom ? decoded.slice(1) : decoded).replace(/\r\n?/g, "\n");
  const first = text.split("\n", 1)[0] ?? "";
  if (first.trimEnd() !== "---") {
    return { problems: [error({ line: 1 }, "front-matter-start", { found: first.slice(0, 40) })] };
  }
  // gray-matter takes any line that starts with `---` for the end, and keeps blanks after it in the body.
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

/** The file again, in the style it was written in: the front matter anew, the body byte for byte or `body`. */
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

/** The line that only starts like an end, or the last one. */
function unclosedLine(text: string): number {
  const lines = text.trimEnd().split("\n");
  const alike = lines.findIndex((line, index) => index > 0 && line.startsWith("---"));
  return alike > 0 ? alike + 1 : lines.length;
}

function decode(given: Uint8Array | string): string | Diagnostic {
  if (given.length > sourceBytes) return error({}, "file-too-long", { max: sourceBytes });
  if (typeof given === "string") return given;
  const encoding = otherEncoding(given);
  if (encoding) return error({}, "not-utf8", { encoding });
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(given);
  } catch {
    return error({}, "not-utf8", { encoding: "ANSI / Windows-1252" });
  }
}

/** UTF-16 by its mark, or by the zero bytes that plain letters have in it. */
function otherEncoding(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return "UTF-16 LE";
  if (first === 0xfe && second === 0xff) return "UTF-16 BE";
  if (first !== 0 && second === 0) return "UTF-16 LE";
  if (first === 0 && second !== 0) return "UTF-16 BE";
  return undefined;
}

function refuse(): never {
  throw new Error("front matter is YAML only");
}

/**
 * gray-matter only splits: the YAML is read by `readYaml`, which knows lines. Its JavaScript engine evaluates text
 * and is switched off. The options object also keeps it from caching.
 */
const engines = {
  yaml: { parse: () => ({}), stringify: refuse },
  javascript: { parse: refuse, stringify: refuse },
  json: { parse: refuse, stringify: refuse },
};
