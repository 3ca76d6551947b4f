import type { Piece } from "./diff.js";

/** Texts of more lines are not compared at all: so the cost of a comparison by paragraph is bounded. */
const maxLines = 4000;

/**
 * Compares two texts paragraph by paragraph (line by line), in time proportional to their length. Lines that occur once in
 * both texts and in the same order are the anchors (patience diff); what lies between two anchors, and does not begin or
 * end alike, is one removal and one addition. So are texts of more than 4,000 lines.
 */
export function paragraphPiecesOf(before: string, after: string): Piece[] {
  if (before === after) return joined([piece("same", [before])]);
  if (linesIn(before) > maxLines || linesIn(after) > maxLines) {
    return joined([piece("removed", [before]), piece("added", [after])]);
  }
  const [older, newer] = [linesOf(before), linesOf(after)];
  const pieces: Piece[] = [];
  let [i, j] = [0, 0];
  for (const [nextI, nextJ] of [...anchorsOf(older, newer), [older.length, newer.length] as const]) {
    pieces.push(...between(older.slice(i, nextI), newer.slice(j, nextJ)));
    pieces.push(piece("same", older.slice(nextI, nextI + 1)));
    [i, j] = [nextI + 1, nextJ + 1];
  }
  return joined(pieces);
}

/** Each line with the break that ends it, so that the lines join to the text. */
function linesOf(text: string): string[] {
  return text.split(/(?<=\n)/);
}

function linesIn(text: string): number {
  let lines = 1;
  for (let at = text.indexOf("\n"); at !== -1 && lines <= maxLines; at = text.indexOf("\n", at + 1))
    lines += 1;
  return lines;
}

function piece(kind: Piece["kind"], lines: readonly string[]): Piece {
  return { kind, text: lines.join("") };
}

/** Keeps what both sides begin and end with. */
function between(older: readonly string[], newer: readonly string[]): Piece[] {
  const shorter = Math.min(older.length, newer.length);
  let start = 0;
  while (start < shorter && older[start] === newer[start]) start += 1;
  let end = 0;
  while (end < shorter - start && older.at(-1 - end) === newer.at(-1 - end)) end += 1;
  return [
    piece("same", older.slice(0, start)),
    piece("removed", older.slice(start, older.length - end)),
    piece("added", newer.slice(start, newer.length - end)),
    piece("same", older.slice(older.length - end)),
  ];
}

/** The positions, in both texts, of the longest rising sequence of lines that each text has once. */
function anchorsOf(older: readonly string[], newer: readonly string[]): (readonly [number, number])[] {
  const places = onceIn(older);
  const pairs = [...onceIn(newer)].flatMap(([line, j]) => {
    const i = places.get(line);
    return i === undefined ? [] : [[i, j] as const];
  });
  return longestRising(pairs);
}

function onceIn(lines: readonly string[]): Map<string, number> {
  const places = new Map<string, number>();
  const repeated = new Set<string>();
  for (const [at, line] of lines.entries()) {
    if (places.has(line)) repeated.add(line);
    places.set(line, at);
  }
  for (const line of repeated) places.delete(line);
  return places;
}

/** The longest subsequence whose first numbers rise (Fredman, 1975); the second ones rise already. */
function longestRising(pairs: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const ends: number[] = [];
  const previous: number[] = [];
  for (const [at, [i]] of pairs.entries()) {
    let low = 0;
    for (let high = ends.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (pairs[ends[middle]!]![0] < i) low = middle + 1;
      else high = middle;
    }
    previous[at] = ends[low - 1] ?? -1;
    ends[low] = at;
  }
  const rising: (readonly [number, number])[] = [];
  for (let at = ends.at(-1) ?? -1; at !== -1; at = previous[at]!) rising.push(pairs[at]!);
  return rising.reverse();
}

/** Joins neighbours of one kind, and leaves out empty pieces. */
function joined(pieces: readonly Piece[]): Piece[] {
  const made: Piece[] = [];
  for (const { kind, text } of pieces) {
    const last = made.at(-1);
    if (text === "") continue;
    if (last?.kind === kind) last.text += text;
    else made.push({ kind, text });
  }
  return made;
}
