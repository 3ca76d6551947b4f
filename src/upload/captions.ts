import { usage } from "../errors/errors.js";
import { textOf } from "../files/text.js";
import { photoEnding } from "../photo/sources/sources.js";
import { readCsv } from "../text/csv.js";
import type { TextEncoding } from "../text/decode.js";
import { lastPart } from "../text/last-part.js";
import { nearestFile } from "../text/nearest.js";
import { looseNameKey, nameKey } from "../text/same-name.js";
import type { PhotoCaptions } from "./types.js";

/** A row that names no photo. */
export interface UnusedRow {
  name: string;
  /** 1-based. */
  line: number;
  /** The photo without a row whose name is most similar. */
  nearest?: string;
}

/** A list of captions, looked up by photo. */
export interface Captions {
  /** "windows-1252" is a guess that a person has to be told of. */
  encoding: TextEncoding;
  /** The number of rows below the names of the columns. */
  size: number;
  /** Returns the captions of the photo at this path; undefined when no row names it. */
  of(file: string): PhotoCaptions | undefined;
  /**
   * Returns the rows that no lookup has matched.
   *
   * @param present other photos that are there, though nobody looks them up: their rows are no mistake
   */
  unused(present?: readonly string[]): UnusedRow[];
  /** Returns the names that several rows have, with their lines, and the line that counts: the last one. */
  repeated(): { name: string; lines: number[]; counts: number }[];
}

/** Characters of a list; far more than any event needs. */
const maxListBytes = 8 * 1024 * 1024;

/** The names of a column, in the order in which they are preferred. */
const columns: Readonly<Record<keyof PhotoCaptions | "file", readonly string[]>> = {
  file: ["berkas", "nama berkas", "file", "filename", "file name", "foto", "nama foto", "photo", "nama"],
  caption: ["takarir", "keterangan", "keterangan foto", "caption", "description", "deskripsi"],
  alt: ["alt", "teks alt", "teks alternatif", "alt text", "alternative text", "gambaran"],
  credit: ["kredit", "kredit foto", "credit", "fotografer", "pemotret", "photographer", "by"],
};

interface Row {
  captions: PhotoCaptions;
  name: string;
  line: number;
}

/**
 * Reads a list of captions: CSV (RFC 4180) as a spreadsheet saves it, with comma, semicolon or tab, in any encoding of `decodeText`. Columns are
 * recognised by their names, in Indonesian or English, in any order. A row names its photo by file name, with or without ending, or by the
 * end of its path; names are compared as one reads them, and on a second look without case.
 *
 * Throws `captions-invalid`, `text-unreadable`, and `captions-row` for a row that would lose or swallow something (exit 2).
 *
 * @param name file name of the list, for the error
 */
export function readCaptions(bytes: Uint8Array, name: string): Captions {
  if (isSpreadsheet(bytes)) throw usage("captions-invalid", { path: name, columns: [] });
  const { text, encoding } = textOf(bytes, name);
  const rows = rowsOf(text, name);
  const used = new Set<string>();
  const without = new Set<string>();
  const byName = new Map<string, Row[]>();
  for (const row of rows) {
    const last = partsOf(row.name, looseNameKey).at(-1)!;
    for (const key of new Set([last, stemOf(last)])) {
      // When several rows name a photo, the last one counts.
      byName.set(key, [row, ...(byName.get(key) ?? [])]);
    }
  }
  const find = (photo: string): Row | undefined => {
    const last = partsOf(photo, looseNameKey).at(-1)!;
    const candidates = [...(byName.get(last) ?? []), ...(byName.get(stemOf(last)) ?? [])];
    for (const key of [nameKey, looseNameKey]) {
      const found = candidates.find((row) => isNamed(partsOf(row.name, key), partsOf(photo, key)));
      if (found) return found;
    }
    return undefined;
  };
  return {
    encoding,
    size: rows.length,
    of(photo) {
      const found = find(photo);
      if (found) used.add(keyOf(found.name));
      else without.add(lastPart(photo));
      return found?.captions;
    },
    unused(present = []) {
      const named = new Set([...used, ...present.flatMap((photo) => find(photo)?.name ?? []).map(keyOf)]);
      // A row that differs from a used one in case only is a second row for its photo.
      const loose = new Set([...named].map(looseNameKey));
      const rest = new Map(
        rows.filter(({ name }) => !loose.has(looseNameKey(keyOf(name)))).map((row) => [keyOf(row.name), row]),
      );
      return [...rest.values()].map(({ name, line }, i) => {
        // Nobody reads more than a few.
        const others = i < 10 ? [...without].map(nameKey) : [];
        const near = nearestFile(nameKey(lastPart(name)), others);
        return { name, line, ...(near && { nearest: near }) };
      });
    },
    repeated() {
      const groups = new Map<string, Row[]>();
      for (const row of rows) {
        const key = looseNameKey(keyOf(row.name));
        groups.set(key, [...(groups.get(key) ?? []), row]);
      }
      return [...groups.values()].flatMap((group) => {
        const keys = new Set(group.map(({ name }) => keyOf(name)));
        // Two files may differ in case only.
        const isOne = keys.size === 1 || [...keys].some((key) => !used.has(key));
        const parts = isOne
          ? [group]
          : [...keys].map((key) => group.filter(({ name }) => keyOf(name) === key));
        return parts.filter((part) => part.length > 1).map(repeatedRow);
      });
    },
  };

  function repeatedRow(group: Row[]) {
    const counts = group.findLast(({ name }) => used.has(keyOf(name))) ?? group.at(-1)!;
    return { name: counts.name, lines: group.map(({ line }) => line), counts: counts.line };
  }
}

/** Whether a list is a workbook that was only named .csv: ZIP (xlsx, ods) or OLE (xls). */
function isSpreadsheet(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  return (first === 0x50 && second === 0x4b) || (first === 0xd0 && second === 0xcf);
}

/** Whether a row's path is the end of a photo's path. The row's name may lack the ending, but not have another. */
function isNamed(row: readonly string[], photo: readonly string[]): boolean {
  const [name, ...folders] = [...row].reverse();
  const [photoName, ...photoFolders] = [...photo].reverse();
  if (!folders.every((folder, i) => folder === photoFolders[i])) return false;
  return name === photoName || name === stemOf(photoName!);
}

function keyOf(name: string): string {
  return partsOf(name, nameKey).join("/");
}

function partsOf(file: string, key: (name: string) => string): string[] {
  return file
    .split(/[/\\]/)
    .map(key)
    .filter((part) => part !== "" && part !== ".");
}

function stemOf(name: string): string {
  return name.replace(/\.[a-z0-9]{2,5}$/i, "");
}

function rowsOf(text: string, name: string): Row[] {
  if (text.length > maxListBytes) throw usage("captions-invalid", { path: name, columns: [] });
  const [declaration, declared] = /^sep=([^"\r\n])(?:\r\n?|\n)/i.exec(text) ?? [];
  // Ctrl-Z ends the texts of old programs.
  const body = (declaration ? text.slice(declaration.length) : text).replace(/\u001a\s*$/, "");
  // What is declared need not be what is written.
  const separator = declared && firstLine(body).includes(declared) ? declared : separatorOf(body);
  const read = readCsv(body, separator);
  const above = declaration ? 1 : 0;
  const refuse = (line: number, problem: RowProblem) =>
    usage("captions-row", { path: name, line: line + above, ...problem });
  if (!Array.isArray(read)) throw refuse(read.line, { problem: read.fault });
  const [head, ...rows] = read;
  const titles = (head?.cells ?? []).map((cell) =>
    cell
      .replace(/\p{Cf}/gu, "")
      .trim()
      .toLowerCase()
      .replace(/[\s_-]+/g, " "),
  );
  const twice = Object.values(columns)
    .flat()
    .find((title) => titles.indexOf(title) !== titles.lastIndexOf(title));
  if (twice !== undefined) throw refuse(head?.line ?? 1, { problem: "column-twice", text: twice });
  const columnOf = (key: keyof typeof columns) =>
    columns[key].map((title) => titles.indexOf(title)).find((at) => at >= 0) ?? -1;
  const file = columnOf("file");
  const described = (["caption", "alt", "credit"] as const).map((key) => [key, columnOf(key)] as const);
  if (file < 0 || described.every(([, at]) => at < 0)) {
    throw usage("captions-invalid", { path: name, columns: titles.filter(Boolean) });
  }
  // A spreadsheet saves columns without a name behind the last one; in front of the first it may hold numbers of its own.
  const expected = titles.findLastIndex((title) => title !== "") + 1;
  const firstNamed = titles.findIndex((title) => title !== "");
  const count = titles.filter(Boolean).length;
  return rows.map(({ line, cells }) => {
    const found = lengthOf(cells, expected);
    const named = (cells[file] ?? "").trim();
    const swallowed = swallowedRow(cells, separator, named);
    if (swallowed) throw refuse(line, { problem: "swallowed", text: swallowed.slice(0, 60) });
    if (found > expected) throw refuse(line, { problem: "more-cells", expected, found });
    const unnamed = cells.filter((cell, i) => i > firstNamed && titles[i] === "" && cell.trim() !== "");
    if (unnamed.length > 0) {
      throw refuse(line, { problem: "more-cells", expected: count, found: count + unnamed.length });
    }
    if (found < expected) throw refuse(line, { problem: "fewer-cells", expected, found });
    if (partsOf(named, nameKey).length === 0) throw refuse(line, { problem: "no-name" });
    const captions: PhotoCaptions = {};
    for (const [key, at] of described) {
      const written = at < 0 ? "" : withoutControls(cells[at] ?? "").trim();
      if (written) captions[key] = written;
    }
    return { captions, name: named, line: line + above };
  });
}

type RowProblem =
  | { problem: "more-cells" | "fewer-cells"; expected: number; found: number }
  | { problem: "swallowed"; text: string }
  | { problem: "column-twice"; text: string }
  | { problem: "unclosed-quote" | "no-name" };

/** Spreadsheets write a line break within a cell in several ways; other control characters are no text. */
function withoutControls(cell: string): string {
  return cell.replace(/[\u000b\u000c\u0085\u2028\u2029]/g, "\n").replace(/(?![\n\t])\p{Cc}/gu, "");
}

/** The number of cells, without empty ones behind the last column: a spreadsheet saves them where something was deleted. */
function lengthOf(cells: readonly string[], columns: number): number {
  let length = cells.length;
  while (length > columns && cells[length - 1]!.trim() === "") length--;
  return length;
}

/**
 * The line of a quoted cell that is a row itself: a quotation mark was not closed where it should have been, and the next one closed it. A caption
 * may have several lines, but none with a cell that is the name of a photo.
 */
function swallowedRow(cells: readonly string[], separator: string, named: string): string | undefined {
  const lines = cells.flatMap((cell) => cell.split("\n").slice(1));
  return lines.find((line) => {
    const parts = line.split(separator);
    return parts.length > 1 && parts.some((part) => isPhotoName(part.replace(/^[\s"]+|[\s"]+$/g, ""), named));
  });
}

/** Whether a text is the name of a photo, by its ending or by its likeness to the name of another: "IMG_2" beside "IMG_1". */
function isPhotoName(text: string, named: string): boolean {
  const shape = (name: string) => name.replace(/\d+/g, "0").toLowerCase();
  return photoEnding.test(text) || (/\d/.test(text) && shape(text) === shape(named));
}

/** The separator that occurs most often in the header row. */
function separatorOf(text: string): string {
  const head = firstLine(text.replace(/"[^"]*"/g, ""));
  const count = (separator: string) => head.split(separator).length;
  return [";", ",", "\t", "|"].reduce(
    (best, separator) => (count(separator) > count(best) ? separator : best),
    ",",
  );
}

function firstLine(text: string): string {
  return text.trimStart().split(/[\r\n]/, 1)[0] ?? "";
}
