import { isMap, isScalar, isSeq, type Node, type YAMLMap } from "yaml";
import { usage } from "../../errors/errors.js";
import { readYaml } from "../../files/yaml.js";
import { conflictSuffix, isFromNewsroom } from "../front-matter/keys.js";
import { frontLine, joinSource, splitSource } from "../front-matter/source.js";
import { setText, yamlText } from "../front-matter/write.js";
import { conflictLines, goneMark } from "./conflicts.js";
import { unused } from "./photos.js";

/** What a person chooses: their own form, the newsroom's, one after the other, or nothing yet. */
export type Decision = "ours" | "theirs" | "both" | "later";

/** Something that both sides changed. */
export interface OpenChoice {
  /** Dotted, or `isi` for the body. */
  key: string;
  /** undefined: removed, or nothing was there. */
  ours: string | undefined;
  theirs: string | undefined;
  /** Whether one form after the other makes sense: paragraphs of the body follow one another, two titles make none. */
  takesBoth: boolean;
}

interface Open extends OpenChoice {
  apply(decision: Exclude<Decision, "later">): void;
}

/** The choices in an index.md, in its order. @param given the file as it is */
export function openChoices(given: Uint8Array | string): OpenChoice[] {
  return opened(given).choices.map(({ key, ours, theirs, takesBoth }) => ({ key, ours, theirs, takesBoth }));
}

/**
 * The text of index.md after these decisions; comments and everything else stay. Throws `post-invalid` (exit 2) for a file that cannot be
 * split.
 *
 * @param decisions in the order of `openChoices`; a missing one is "later"
 */
export function chooseAll(given: Uint8Array | string, decisions: readonly Decision[], name: string): string {
  const { choices, write } = opened(given, name);
  choices.forEach((choice, i) => {
    const decision = decisions[i] ?? "later";
    if (decision === "later" || (decision === "both" && !choice.takesBoth)) return;
    choice.apply(decision);
  });
  return write();
}

function opened(given: Uint8Array | string, name = "index.md"): { choices: Open[]; write: () => string } {
  const { source, problems } = splitSource(given);
  if (!source) throw usage("post-invalid", { path: name, problems });
  const { document } = readYaml(source.front, frontLine);
  const later: (() => void)[] = [];
  const fields = isMap(document.contents) ? fieldsOf(document.contents as YAMLMap, [], later) : [];
  const body = bodyOf(source.body);
  return {
    choices: [...fields, ...body.choices],
    write() {
      const changed = body.text();
      const isSame = changed === source.body;
      // Photos are taken out last: they are counted by their places until then.
      for (const remove of later) remove();
      const front =
        later.length > 0 || fields.some((field) => field.isApplied()) ? yamlText(document) : source.front;
      return joinSource(source, front, isSame ? undefined : changed);
    },
  };
}

interface Field extends Open {
  isApplied(): boolean;
}

/** The conflicts of a group and of what is in it. @param later receives what removes a photo from its list */
function fieldsOf(map: YAMLMap, under: readonly string[], later: (() => void)[]): Field[] {
  const found: Field[] = [];
  for (const pair of [...map.items]) {
    const key = isScalar(pair.key) ? String(pair.key.value) : "";
    const value = pair.value as Node | null;
    if (isFromNewsroom(key)) {
      found.push(field(map, key, under));
    } else if (isMap(value)) {
      found.push(...fieldsOf(value as YAMLMap, [...under, key], later));
    } else if (isSeq(value)) {
      value.items.forEach((item, i) => {
        if (!isMap(item)) return;
        const actions = {
          remove() {
            value.items = value.items.filter((other) => other !== item);
            if (value.items.length === 0) map.delete(key);
          },
          lead() {
            for (const other of value.items) if (isMap(other) && other !== item) other.delete("utama");
          },
        };
        const inner = fieldsOf(item as YAMLMap, [...under, key, String(i)], later);
        found.push(...inner.map((one) => ofPhoto(one, actions, later)));
      });
    }
  }
  return found;
}

/**
 * What concerns a whole photo: `berkas_dari_redaksi` asks whether it stays, so that choosing the side that does not use it takes it out; and
 * only one photo leads.
 */
function ofPhoto(
  inner: Field,
  { remove, lead }: { remove: () => void; lead: () => void },
  later: (() => void)[],
): Field {
  if (inner.key.endsWith(".utama")) {
    return {
      ...inner,
      apply(decision) {
        inner.apply(decision);
        if (decision === "theirs") lead();
      },
    };
  }
  const side = inner.theirs === unused.theirs ? "theirs" : inner.theirs === unused.ours ? "ours" : undefined;
  if (side === undefined) return inner;
  return {
    ...inner,
    apply(decision) {
      inner.apply("ours");
      if (decision === side) later.push(remove);
    },
  };
}

function field(map: YAMLMap, mark: string, under: readonly string[]): Field {
  const name = mark.slice(0, -conflictSuffix.length);
  const own = map.get(name, true) as Node | undefined;
  const other = map.get(mark, true) as Node | undefined;
  const key = [...under, name].join(".");
  const [ours, theirs] = [textOf(own), textOf(other)];
  let isApplied = false;
  return {
    ...{ key, ours, theirs: theirs === goneMark ? undefined : theirs },
    takesBoth: false,
    isApplied: () => isApplied,
    apply(decision) {
      isApplied = true;
      map.delete(mark);
      if (decision !== "theirs") return;
      if (theirs === goneMark) {
        map.delete(name);
      } else {
        const pair = map.items.find((item) => isScalar(item.key) && item.key.value === name);
        if (isScalar(own) && isScalar(other)) setText(own, String(other.value));
        else if (pair) pair.value = other;
        else map.set(name, other);
      }
    },
  };
}

function textOf(node: Node | undefined): string | undefined {
  if (node === undefined) return undefined;
  if (isScalar(node)) return String(node.value ?? "");
  return JSON.stringify(node.toJSON());
}

/** A part of the body that both sides changed. */
interface Block {
  /** As the body has it, with its marks. */
  rows: string[];
  ours: string | undefined;
  theirs: string | undefined;
  decided: Decision;
}

/** The conflicts of the body, and its text after what was decided. */
function bodyOf(body: string): { choices: Open[]; text: () => string } {
  const parts: (string | Block)[] = [];
  const rows = body.split("\n");
  for (let i = 0; i < rows.length; i++) {
    const block = blockAt(rows, i);
    parts.push(block ?? rows[i]!);
    if (block) i += block.rows.length - 1;
  }
  const blocks = parts.filter((part) => typeof part !== "string");
  return {
    choices: blocks.map((block) => ({
      ...{ key: "isi", ours: block.ours, theirs: block.theirs },
      takesBoth: block.ours !== undefined && block.theirs !== undefined,
      apply(decision) {
        block.decided = decision;
      },
    })),
    text() {
      const made: string[] = [];
      for (const [i, part] of parts.entries()) {
        const before = parts[i - 1];
        // Of a part that is gone, the blank line after it goes too.
        const isLeftOver = part === "" && typeof before === "object" && decidedRows(before).length === 0;
        if (!isLeftOver) made.push(...(typeof part === "string" ? [part] : decidedRows(part)));
      }
      return made.join("\n");
    },
  };
}

/** The block that begins in a row; undefined for any other row, and where a person has removed some of its marks: that is theirs to finish. */
function blockAt(rows: readonly string[], begin: number): Block | undefined {
  const { ours, oursGone, theirs, theirsGone, end } = conflictLines;
  const isMark = (row: string) => Object.values<string>(conflictLines).includes(row.trim());
  const [first, second, third] = [begin, nextMark(begin), nextMark(nextMark(begin))];
  function nextMark(after: number): number {
    return rows.findIndex((row, at) => at > after && isMark(row));
  }
  const [opens, middle, closes] = [first, second, third].map((at) => rows[at]?.trim());
  const isWhole =
    (opens === ours || opens === oursGone) && (middle === theirs || middle === theirsGone) && closes === end;
  if (!isWhole) return undefined;
  const between = (from: number, to: number) =>
    rows
      .slice(from + 1, to)
      .join("\n")
      .replace(/^\s*\n|\n\s*$/g, "");
  return {
    rows: rows.slice(first, third + 1),
    ours: opens === ours ? between(first, second) : undefined,
    theirs: middle === theirs ? between(second, third) : undefined,
    decided: "later",
  };
}

function decidedRows({ rows, ours, theirs, decided }: Block): string[] {
  if (decided === "later") return rows;
  if (decided === "both") return [ours ?? "", "", theirs ?? ""];
  const kept = decided === "ours" ? ours : theirs;
  return kept === undefined ? [] : [kept];
}
