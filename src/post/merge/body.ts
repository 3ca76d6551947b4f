import { diffArrays } from "diff";
import { conflictBlock } from "./conflicts.js";

/** With more changes than this, a comparison by paragraphs takes seconds and is of no use. */
const maxEdits = 2000;

/**
 * Merges the changes of both sides since `base`, paragraph by paragraph. A paragraph that both changed differently, or
 * that one removed and the other changed, becomes a `conflictBlock` with both forms. When only one side changed the text,
 * its text is returned unchanged.
 */
export function mergeBodies(base: string, ours: string, theirs: string): string {
  if (ours === theirs || theirs === base) return ours;
  if (ours === base) return theirs;
  const before = paragraphs(base);
  const [mine, other] = [paragraphs(ours), paragraphs(theirs)];
  const merged = mergeParagraphs(changesOf(before, mine), changesOf(before, other), before);
  // When a paragraph occurs twice, each side may have removed a different occurrence.
  const isLost = !hasAll(paragraphs(merged.join("\n\n")), [
    ...lacking(before, [...mine, ...other]),
    ...shared(other, mine),
  ]);
  const [start = ""] = /^\n*/.exec(ours)!;
  const [end = ""] = /\n*$/.exec(ours)!;
  const whole = isLost ? conflictBlock(mine.join("\n\n"), other.join("\n\n")) : merged;
  return `${start}${whole.join("\n\n")}${end}`;
}

function mergeParagraphs(mine: Changes, other: Changes, before: readonly string[]): string[] {
  return mine.added.flatMap((added, i) => {
    const between = mergeAdded(added, other.added[i]!);
    return i < before.length
      ? [...between, ...mergeParagraph(before[i], mine.kept[i], other.kept[i])]
      : between;
  });
}

/** The blocks of text between blank lines. */
export function paragraphs(body: string): string[] {
  return body
    .split(/\n(?:[ \t]*\n)+/)
    .map((paragraph) => paragraph.replace(/^\n+|\n+$/g, ""))
    .filter((paragraph) => paragraph.trim() !== "");
}

/** The changes that one side made to the paragraphs of a text. */
interface Changes {
  /** For each old paragraph, its new form; undefined when it was removed. */
  kept: (string | undefined)[];
  /** The new paragraphs before each old one, and after the last. */
  added: string[][];
}

/** When several paragraphs in a row were replaced, each old one is paired with the new one at its position. */
function changesOf(before: readonly string[], after: readonly string[]): Changes {
  const kept: (string | undefined)[] = [];
  const added = Array.from({ length: before.length + 1 }, (): string[] => []);
  let removed: string[] = [];
  let inserted: string[] = [];
  const endRun = () => {
    kept.push(...removed.map((_, i) => inserted[i]));
    added[kept.length]!.push(...inserted.slice(removed.length));
    [removed, inserted] = [[], []];
  };
  const parts = diffArrays([...before], [...after], { maxEditLength: maxEdits }) ?? [
    { removed: true, added: false, value: [...before] },
    { removed: false, added: true, value: [...after] },
  ];
  for (const part of parts) {
    if (part.removed) removed.push(...part.value);
    else if (part.added) inserted.push(...part.value);
    else {
      endRun();
      kept.push(...part.value);
    }
  }
  endRun();
  return { kept, added };
}

function mergeParagraph(
  base: string | undefined,
  ours: string | undefined,
  theirs: string | undefined,
): string[] {
  if (ours === theirs || theirs === base) return ours === undefined ? [] : [ours];
  if (ours === base) return theirs === undefined ? [] : [theirs];
  return conflictBlock(ours, theirs);
}

/** Merges new paragraphs at the same position. When one side has all of the other's, they are kept once. */
function mergeAdded(ours: readonly string[], theirs: readonly string[]): readonly string[] {
  if (hasAll(ours, theirs)) return ours;
  if (hasAll(theirs, ours)) return theirs;
  return conflictBlock(ours.join("\n\n"), theirs.join("\n\n"));
}

function hasAll(list: readonly string[], wanted: readonly string[]): boolean {
  return lacking(list, wanted).length === 0;
}

/** The paragraphs of `wanted` that the list lacks. */
function lacking(list: readonly string[], wanted: readonly string[]): string[] {
  const present = new Set(list);
  return wanted.filter((paragraph) => !present.has(paragraph));
}

/** The paragraphs of `wanted` that the list has. */
function shared(list: readonly string[], wanted: readonly string[]): string[] {
  const present = new Set(list);
  return wanted.filter((paragraph) => present.has(paragraph));
}
