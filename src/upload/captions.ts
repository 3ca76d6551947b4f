import { parse } from "csv-parse/sync";
import { usage } from "../errors/errors.js";
import type { PhotoCaptions } from "./types.js";

/** A list of captions, looked up by photo. */
export interface Captions {
  /** Returns the captions of the photo at this path; undefined when no row names it. */
  of(file: string): PhotoCaptions | undefined;
  /** Returns the names of the rows that no lookup has matched. */
  unused(): string[];
}

/** Characters of a list; far more than any event needs. */
const maxListBytes = 8 * 1024 * 1024;

const columns: Readonly<Record<keyof PhotoCaptions | "file", readonly string[]>> = {
  file: ["berkas", "nama berkas", "file", "filename", "file name", "foto", "nama foto", "photo", "nama"],
  caption: ["takarir", "keterangan", "keterangan foto", "caption", "description", "deskripsi"],
  alt: ["alt", "teks alt", "teks alternatif", "alt text", "alternative text", "gambaran"],
  credit: ["kredit", "kredit foto", "credit", "fotografer", "pemotret", "photographer", "by"],
};

/**
 * Reads a list of captions: CSV (RFC 4180) as a spreadsheet saves it, with comma, semicolon or tab, with or without
 * BOM, in UTF-8, UTF-16 or Windows-1252. Columns are recognised by their names, in Indonesian or English, in any order. A
 * row names its photo by file name, with or without ending, or by the end of its path.
 *
 * Throws `captions-invalid` (exit 2).
 *
 * @param name file name of the list, for the error
 */
export function readCaptions(bytes: Uint8Array, name: string): Captions {
  const rows = rowsOf(textOf(bytes), name);
  const head = (rows.shift() ?? []).map((cell) =>
    cell
      .trim()
      .toLowerCase()
      .replace(/[\s_-]+/g, " "),
  );
  const columnOf = (key: keyof typeof columns) => head.findIndex((cell) => columns[key].includes(cell));
  const [file, caption, alt, credit] = [
    columnOf("file"),
    columnOf("caption"),
    columnOf("alt"),
    columnOf("credit"),
  ];
  if (file < 0 || (caption < 0 && alt < 0 && credit < 0)) {
    throw usage("captions-invalid", { path: name, columns: head.filter(Boolean) });
  }
  const rowsByName = new Map<string, { captions: PhotoCaptions; name: string; parts: string[] }[]>();
  const used = new Set<string>();
  const names = new Set<string>();
  for (const row of rows) {
    const named = (row[file] ?? "").trim();
    if (named === "") continue;
    const captions: PhotoCaptions = {};
    for (const [key, at] of Object.entries({ caption, alt, credit }) as [keyof PhotoCaptions, number][]) {
      const text = at < 0 ? "" : (row[at] ?? "").trim();
      if (text) captions[key] = text;
    }
    names.add(named);
    const parts = partsOf(named);
    for (const key of new Set([parts.at(-1)!, stemOf(parts.at(-1)!)])) {
      // When several rows name a photo, the last one counts.
      rowsByName.set(key, [{ captions, name: named, parts }, ...(rowsByName.get(key) ?? [])]);
    }
  }
  return {
    of(photo) {
      const parts = partsOf(photo);
      const last = parts.at(-1)!;
      const candidates = [...(rowsByName.get(last) ?? []), ...(rowsByName.get(stemOf(last)) ?? [])];
      const found = candidates.find((row) => isNamed(row.parts, parts));
      if (found) used.add(found.name);
      return found?.captions;
    },
    unused: () => [...names].filter((name) => !used.has(name)),
  };
}

/** Whether a row's path is the end of a photo's path. The row's name may lack the ending, but not have another. */
function isNamed(row: readonly string[], photo: readonly string[]): boolean {
  const [name, ...folders] = [...row].reverse();
  const [photoName, ...photoFolders] = [...photo].reverse();
  if (!folders.every((folder, i) => folder === photoFolders[i])) return false;
  return name === photoName || name === stemOf(photoName!);
}

function partsOf(file: string): string[] {
  return file
    .normalize("NFC")
    .toLowerCase()
    .split(/[/\\]/)
    .filter((part) => part !== "" && part !== ".");
}

function stemOf(name: string): string {
  return name.replace(/\.[a-z0-9]{2,5}$/, "");
}

/** Decodes what spreadsheets write: "Unicode text" is UTF-16, and a plain CSV of Windows is often not UTF-8. */
function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

function rowsOf(text: string, name: string): string[][] {
  if (text.length > maxListBytes) throw usage("captions-invalid", { path: name, columns: [] });
  const [, declared] = /^sep=(.)\r?\n/i.exec(text) ?? [];
  const body = declared ? text.slice(text.indexOf("\n") + 1) : text;
  try {
    return parse(body, {
      bom: true,
      delimiter: declared ?? separatorOf(body),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    }) as string[][];
  } catch {
    throw usage("captions-invalid", { path: name, columns: [] });
  }
}

/** The separator that occurs most often in the header row. */
function separatorOf(text: string): string {
  const [head = ""] = text.replace(/"[^"]*"/g, "").split(/\r?\n/);
  const count = (separator: string) => head.split(separator).length;
  return [";", ",", "\t"].reduce(
    (best, separator) => (count(separator) > count(best) ? separator : best),
    ",",
  );
}
