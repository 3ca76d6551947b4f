import { diffWordsWithSpace } from "diff";

/** A piece of text that both revisions have, or only the newer (added) or the older one (removed). */
export interface Piece {
  kind: "same" | "added" | "removed";
  text: string;
}

/** Beyond this many changes, a word-by-word comparison is unreadable and takes seconds. */
const maxEdits = 4000;

/** Compares two texts word by word. Texts with hardly a word in common give one removal and one addition. */
export function piecesOf(before: string, after: string): Piece[] {
  return (
    wordPiecesOf(before, after) ?? [
      { kind: "removed", text: before },
      { kind: "added", text: after },
    ]
  );
}

/**
 * Compares two texts word by word. Returns undefined for texts with hardly a word in common, or when the time is over.
 *
 * @param timeoutMs how long it may search, in ms; default: as long as it takes, which is some seconds
 */
export function wordPiecesOf(before: string, after: string, timeoutMs?: number): Piece[] | undefined {
  const limits = timeoutMs === undefined ? {} : { timeout: timeoutMs };
  const changes = diffWordsWithSpace(before, after, { maxEditLength: maxEdits, ...limits });
  if (!changes) return undefined;
  return joinChanges(
    changes.map(({ added, removed, value }) => ({
      kind: added ? "added" : removed ? "removed" : "same",
      text: value,
    })),
  );
}

/** Joins neighbouring changes into one removal and one addition, with the spaces between them. */
function joinChanges(pieces: readonly Piece[]): Piece[] {
  const made: Piece[] = [];
  for (let i = 0; i < pieces.length; ) {
    let end = i;
    while (end < pieces.length && (pieces[end]!.kind !== "same" || isBetween(pieces, end, i))) end += 1;
    const run = pieces.slice(i, Math.max(end, i + 1));
    const text = (without: Piece["kind"]) =>
      run
        .filter(({ kind }) => kind !== without)
        .map((piece) => piece.text)
        .join("");
    const isExchange = ["added", "removed"].every((kind) => run.some((piece) => piece.kind === kind));
    if (isExchange)
      made.push({ kind: "removed", text: text("added") }, { kind: "added", text: text("removed") });
    else made.push(...run);
    i += run.length;
  }
  return made;
}

/** Whether the piece consists of spaces between two changes. */
function isBetween(pieces: readonly Piece[], at: number, start: number): boolean {
  return at > start && /^ +$/.test(pieces[at]!.text) && (pieces[at + 1]?.kind ?? "same") !== "same";
}
