import { isCollection, isMap, isScalar, Pair, Scalar, YAMLMap } from "yaml";
import { readYaml } from "../../files/yaml.js";
import { conflictSuffix, isFromNewsroom, type Written } from "../front-matter/keys.js";
import { frontLine, joinSource, splitSource } from "../front-matter/source.js";
import { toNode, yamlText } from "../front-matter/write.js";
import type { ReadPost } from "../types.js";

/**
 * The lines that mark a conflict in the body: a part that the operator and the newsroom changed differently. Both forms
 * stand between these lines until a person chooses one. In front matter, the newsroom's value has the operator's key with
 * the suffix `_dari_redaksi`. The lines are Indonesian in every language, as all of index.md is.
 */
export const conflictLines = {
  ours: "[PILIH SATU: naskah Anda]",
  oursGone: "[PILIH SATU: Anda menghapus bagian ini]",
  theirs: "[ATAU: naskah dari redaksi]",
  theirsGone: "[ATAU: redaksi menghapus bagian ini]",
  end: "[SELESAI MEMILIH]",
} as const;

/** Written in place of a value that the newsroom removed. */
export const goneMark = "(dihapus)";

/** A key of front matter that both sides changed. */
export interface FieldConflict {
  /** Names and, in lists, indices: `["foto", "0", "takarir"]`. */
  path: readonly string[];
  /** undefined when the newsroom removed it. */
  theirs: Written | undefined;
}

/** Returns both forms of a part of the body between the lines that mark them. undefined means removed. */
export function conflictBlock(ours: string | undefined, theirs: string | undefined): string[] {
  return [
    ...(ours === undefined ? [conflictLines.oursGone] : [conflictLines.ours, ours]),
    ...(theirs === undefined ? [conflictLines.theirsGone] : [conflictLines.theirs, theirs]),
    conflictLines.end,
  ];
}

/** A key or a line that a person has to remove before the post can be submitted. */
interface OpenConflict {
  /** The operator's key; absent in the body. */
  key?: string;
  line: number;
  mark: string;
}

/** Finds the keys and lines of conflicts in a post: front matter first, then the body. */
export function conflictsIn({ body, lines: lineNumbers }: Pick<ReadPost, "body" | "lines">): OpenConflict[] {
  const fields = [...lineNumbers].flatMap(([key, line]) => {
    const mark = key.slice(key.lastIndexOf(".") + 1);
    return isFromNewsroom(mark) ? [{ key: key.slice(0, -conflictSuffix.length), line, mark }] : [];
  });
  const first = lineNumbers.get("") ?? 1;
  const marks: readonly string[] = Object.values(conflictLines);
  const found = body.split("\n").flatMap((text, i) => {
    const mark = text.trim();
    return marks.includes(mark) ? [{ line: first + i, mark }] : [];
  });
  return [...fields, ...found];
}

/** A choice that a person has to make. */
export interface Choice {
  /** The operator's key, or `isi` for the body. */
  key: string;
  line: number;
  /** The first line of the operator's form in the body; "" for a key. */
  text: string;
}

/** The choices in an index.md, each with the line on which its conflict begins. */
export function choicesIn(read: Pick<ReadPost, "body" | "lines">): Choice[] {
  const first = read.lines.get("") ?? 1;
  const body = read.body.split("\n");
  return conflictsIn(read).flatMap(({ key, line, mark }) => {
    if (key) return { key, line, text: "" };
    if (mark !== conflictLines.ours && mark !== conflictLines.oursGone) return [];
    const text = body
      .slice(line - first + 1)
      .find((row) => row.trim() && row.trim() !== conflictLines.theirs);
    return { key: "isi", line, text: text ?? "" };
  });
}

/** Adds the newsroom's value of each key after the operator's. */
export function writeConflicts(given: string, conflicts: readonly FieldConflict[]): string {
  const source = splitSource(given).source!;
  const { document } = readYaml(source.front, frontLine);
  for (const { path, theirs } of conflicts) {
    const key = path.at(-1)!;
    const map = groupAt(document.contents as YAMLMap, path.slice(0, -1));
    const own = map.items.findIndex((pair) => isScalar(pair.key) && pair.key.value === key);
    const pair = new Pair(new Scalar(`${key}${conflictSuffix}`), toNode(theirs ?? goneMark));
    map.items.splice(own < 0 ? map.items.length : own + 1, 0, pair);
  }
  return joinSource(source, yamlText(document));
}

/** Returns the group at a path, and creates it where the file has none. */
export function groupAt(root: YAMLMap, path: readonly string[]): YAMLMap {
  let node = root;
  for (const step of path) {
    const next: unknown = node.get(/^\d+$/.test(step) && !isMap(node) ? Number(step) : step, true);
    const inner = isCollection(next) ? (next as YAMLMap) : new YAMLMap();
    if (inner !== next) node.set(step, inner);
    node = inner;
  }
  return node;
}
