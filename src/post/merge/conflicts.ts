import { isCollection, isMap, isScalar, Pair, Scalar, YAMLMap } from "yaml";
import { readYaml } from "../../files/yaml.js";
import { conflictSuffix, isFromNewsroom, type Written } from "../front-matter/keys.js";
import { frontLine, joinSource, splitSource } from "../front-matter/source.js";
import { toNode, yamlText } from "../front-matter/write.js";
import type { ReadPost } from "../types.js";

/**
 * How index.md holds what an operator and the newsroom changed in different ways, until a person has chosen: a key of
 * front matter stands a second time, with `_dari_redaksi` behind its name; in the body the two forms of a paragraph
 * stand between lines in brackets. The words are those of index.md, which is Indonesian in every language.
 */
const lines = {
  ours: "[PILIH SATU: naskah Anda]",
  oursGone: "[PILIH SATU: Anda menghapus bagian ini]",
  theirs: "[ATAU: naskah dari redaksi]",
  theirsGone: "[ATAU: redaksi menghapus bagian ini]",
  end: "[SELESAI MEMILIH]",
} as const;

/** What stands for a value that one side took out. */
const gone = "(dihapus)";

/** A key of front matter that both sides changed. */
export interface FieldConflict {
  /** Names and, in lists, indices: `["foto", "0", "takarir"]`. */
  path: readonly string[];
  /** undefined where the newsroom took it out. */
  theirs: Written | undefined;
}

/** Paragraphs of a body: both forms, and the lines that tell them apart. undefined: taken out. */
export function conflictBlock(ours: string | undefined, theirs: string | undefined): string[] {
  return [
    ...(ours === undefined ? [lines.oursGone] : [lines.ours, ours]),
    ...(theirs === undefined ? [lines.theirsGone] : [lines.theirs, theirs]),
    lines.end,
  ];
}

/** A key or a line that has to go before the post may. */
interface Left {
  /** That of the operator's form; absent in the body. */
  key?: string;
  line: number;
  mark: string;
}

/** What is left of choices that a person has not made, in the order of the file. */
export function conflictsIn({ body, lines: at }: Pick<ReadPost, "body" | "lines">): Left[] {
  const fields = [...at].flatMap(([key, line]) => {
    const mark = key.slice(key.lastIndexOf(".") + 1);
    return isFromNewsroom(mark) ? [{ key: key.slice(0, -conflictSuffix.length), line, mark }] : [];
  });
  const first = at.get("") ?? 1;
  const marks: readonly string[] = Object.values(lines);
  const found = body.split("\n").flatMap((text, i) => {
    const mark = text.trim();
    return marks.includes(mark) ? [{ line: first + i, mark }] : [];
  });
  return [...fields, ...found];
}

/** What a person has to choose between: a key, or `isi` and the beginning of the operator's form of it. */
export interface Choice {
  key: string;
  line: number;
  text: string;
}

/** The conflicts of an index.md, each where it begins. */
export function choicesIn(read: Pick<ReadPost, "body" | "lines">): Choice[] {
  const first = read.lines.get("") ?? 1;
  const body = read.body.split("\n");
  return conflictsIn(read).flatMap(({ key, line, mark }) => {
    if (key) return { key, line, text: "" };
    if (mark !== lines.ours && mark !== lines.oursGone) return [];
    const text = body.slice(line - first + 1).find((one) => one.trim() && one.trim() !== lines.theirs);
    return { key: "isi", line, text: text ?? "" };
  });
}

/** index.md with the newsroom's form of each key beside the operator's. */
export function writeConflicts(given: string, conflicts: readonly FieldConflict[]): string {
  const source = splitSource(given).source!;
  const { document } = readYaml(source.front, frontLine);
  for (const { path, theirs } of conflicts) {
    const key = path.at(-1)!;
    const map = groupAt(document.contents as YAMLMap, path.slice(0, -1));
    const own = map.items.findIndex((pair) => isScalar(pair.key) && pair.key.value === key);
    const pair = new Pair(new Scalar(`${key}${conflictSuffix}`), toNode(theirs ?? gone));
    map.items.splice(own < 0 ? map.items.length : own + 1, 0, pair);
  }
  return joinSource(source, yamlText(document));
}

/** The group at a path; made where the operator's file has none. */
function groupAt(root: YAMLMap, path: readonly string[]): YAMLMap {
  let node = root;
  for (const step of path) {
    const next: unknown = node.get(/^\d+$/.test(step) && !isMap(node) ? Number(step) : step, true);
    const inner = isCollection(next) ? (next as YAMLMap) : new YAMLMap();
    if (inner !== next) node.set(step, inner);
    node = inner;
  }
  return node;
}
