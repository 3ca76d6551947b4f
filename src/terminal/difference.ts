import { clean } from "../text/clean.js";
import { type Piece, piecesOf } from "../text/diff.js";
import type { Style } from "./style.js";

/** Characters of what did not change that are shown on each side of what did. */
const around = 40;

/**
 * Two texts as one, with what went as `[-…-]` and what came as `{+…+}` (as wdiff writes it): only the surroundings of
 * what changed are shown. Both are foreign, and come out cleaned.
 */
export function wordDifference(before: string, after: string, style: Style): string {
  const pieces = piecesOf(clean(before), clean(after));
  return pieces.map((piece, i) => shown(piece, i === 0, i === pieces.length - 1, style)).join("");
}

function shown({ kind, text }: Piece, isFirst: boolean, isLast: boolean, style: Style): string {
  if (kind === "removed") return marked(text, (words) => style.bad(`[-${words}-]`));
  if (kind === "added") return marked(text, (words) => style.good(`{+${words}+}`));
  const start = isFirst ? "" : text.slice(0, around);
  const end = isLast ? "" : text.slice(-around);
  if (start.length + end.length >= text.length) return text;
  return `${start.replace(/\S*$/, "")}…${end.replace(/^\S*/, "")}`;
}

/** White space stays outside: a mark stands at the words that it is about. */
function marked(text: string, mark: (words: string) => string): string {
  return text.replace(/\S(?:[\s\S]*\S)?/, mark);
}
