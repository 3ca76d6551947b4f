import { diffArrays } from "diff";
import { conflictBlock } from "./conflicts.js";

/** Past so many changes, paragraph by paragraph is no comparison, and costs seconds. */
const mostEdits = 2000;

/**
 * The text that holds what both sides changed since `base`, paragraph by paragraph. One that both changed in their own
 * way, or that one took out and the other changed, stands in both forms between the lines of `conflictBlock`. Where
 * only one side changed anything, its text comes back as it is.
 */
export function mergeBodies(base: string, ours: string, theirs: string): string {
  if (ours === theirs || theirs === base) return ours;
  if (ours === base) return theirs;
  const before = paragraphs(base);
  const [mine, other] = [paragraphs(ours), paragraphs(theirs)];
  const merged = mergeParagraphs(changesOf(before, mine), changesOf(before, other), before);
  // Where a paragraph stands twice, each side may have taken out another one of the two.
  const isLost = !hasAll(paragraphs(merged.join("\n\n")), [
    ...lacking(before, [...mine, ...other]),
    ...holding(other, mine),
  ]);
  const [start = ""] = /^\n*/.exec(ours)!;
  const [end = ""] = /\n*$/.exec(ours)!;
  const whole = isLost ? conflictBlock(mine.join("\n\n"), other.join("\n\n")) : merged;
  return `${start}${whole.join("\n\n")}${end}`;
}

function mergeParagraphs(mine: Changes, other: Changes, before: readonly string[]): string[] {
  return mine.added.flatMap((added, i) => {
    const between = mergeAdded(added, other.added[i]!);
    return i < before.length ? [...between, ...mergeOne(before[i], mine.kept[i], other.kept[i])] : between;
  });
}

/** What stands between blank lines. */
export function paragraphs(body: string): string[] {
  return body
    .split(/\n(?:[ \t]*\n)+/)
    .map((one) => one.replace(/^\n+|\n+$/g, ""))
    .filter((one) => one.trim() !== "");
}

/** What became of a text's paragraphs. */
interface Changes {
  /** Of each, in order: what stands in its place; undefined where it was taken out. */
  kept: (string | undefined)[];
  /** What was written before each, and at the end. */
  added: string[][];
}

/** A run that was exchanged for another is read in order: the first for the first. */
function changesOf(before: readonly string[], after: readonly string[]): Changes {
  const kept: (string | undefined)[] = [];
  const added = Array.from({ length: before.length + 1 }, (): string[] => []);
  let gone: string[] = [];
  let come: string[] = [];
  const settle = () => {
    kept.push(...gone.map((_, i) => come[i]));
    added[kept.length]!.push(...come.slice(gone.length));
    [gone, come] = [[], []];
  };
  const parts = diffArrays([...before], [...after], { maxEditLength: mostEdits }) ?? [
    { removed: true, added: false, value: [...before] },
    { removed: false, added: true, value: [...after] },
  ];
  for (const part of parts) {
    if (part.removed) gone.push(...part.value);
    else if (part.added) come.push(...part.value);
    else {
      settle();
      kept.push(...part.value);
    }
  }
  settle();
  return { kept, added };
}

function mergeOne(base: string | undefined, ours: string | undefined, theirs: string | undefined): string[] {
  if (ours === theirs || theirs === base) return ours === undefined ? [] : [ours];
  if (ours === base) return theirs === undefined ? [] : [theirs];
  return conflictBlock(ours, theirs);
}

/** Two who wrote something new at one place: kept once where one has all of the other's. */
function mergeAdded(ours: readonly string[], theirs: readonly string[]): readonly string[] {
  if (hasAll(ours, theirs)) return ours;
  if (hasAll(theirs, ours)) return theirs;
  return conflictBlock(ours.join("\n\n"), theirs.join("\n\n"));
}

function hasAll(list: readonly string[], wanted: readonly string[]): boolean {
  return lacking(list, wanted).length === 0;
}

/** Those of `wanted` that the list lacks, or holds. */
function lacking(list: readonly string[], wanted: readonly string[]): string[] {
  const there = new Set(list);
  return wanted.filter((one) => !there.has(one));
}

function holding(list: readonly string[], wanted: readonly string[]): string[] {
  const there = new Set(list);
  return wanted.filter((one) => there.has(one));
}
