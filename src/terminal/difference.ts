import { clean } from "../text/clean.js";
import { type Piece, piecesOf } from "../text/diff.js";
import type { Style } from "./style.js";

/** Characters of unchanged text to keep on each side of a change. */
const contextLength = 40;

/**
 * Combines two texts, with removals as `[-…-]` and additions as `{+…+}` (the format of wdiff). Unchanged text far
 * from a change is left out. Both texts are untrusted and are cleaned.
 */
export function wordDifference(before: string, after: string, style: Style): string {
  const pieces = piecesOf(clean(before), clean(after));
  return pieces.map((piece, i) => formatPiece(piece, i === 0, i === pieces.length - 1, style)).join("");
}

function formatPiece({ kind, text }: Piece, isFirst: boolean, isLast: boolean, style: Style): string {
  if (kind === "removed") return markText(text, (changed) => style.bad(`[-${changed}-]`));
  if (kind === "added") return markText(text, (changed) => style.good(`{+${changed}+}`));
  const start = isFirst ? "" : text.slice(0, contextLength);
  const end = isLast ? "" : text.slice(-contextLength);
  if (start.length + end.length >= text.length) return text;
  return `${start.replace(/\S*$/, "")}…${end.replace(/^\S*/, "")}`;
}

/** Marks a text without its leading and trailing white space. */
function markText(text: string, mark: (text: string) => string): string {
  return text.replace(/\S(?:[\s\S]*\S)?/, mark);
}
