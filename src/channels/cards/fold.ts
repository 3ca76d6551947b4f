import type { Rendering } from "../../contract/contract.js";

/** Where a channel folds a text, as phones show it. Neither platform documents it; the values are those that were observed. */
const folds: Partial<Record<Rendering["channel"], { characters: number; lines: number }>> = {
  facebook: { characters: 480, lines: 5 },
  instagram: { characters: 125, lines: 2 },
};

/** A text as far as a reader sees it at first, and the rest. */
export interface FoldedText {
  start: string;
  /** "" when nothing is folded away. */
  rest: string;
}

/** Folds a text as the channel does: after so many characters or lines, between two words where one is near. */
export function foldText(channel: Rendering["channel"], text: string): FoldedText {
  const fold = folds[channel];
  if (!fold) return { start: text, rest: "" };
  const lines = text.split("\n");
  const upToLines = lines.slice(0, fold.lines).join("\n").length;
  const characters = Array.from(text);
  const upToCharacters = characters.slice(0, fold.characters).join("").length;
  const end = Math.min(upToLines, upToCharacters);
  if (end >= text.trimEnd().length) return { start: text, rest: "" };
  if (upToLines <= upToCharacters) return { start: text.slice(0, end).trimEnd(), rest: text.slice(end) };
  const space = Math.max(text.lastIndexOf(" ", end), text.lastIndexOf("\n", end));
  const cut = space > end - 30 && space > 0 ? space : end;
  return { start: text.slice(0, cut).trimEnd(), rest: text.slice(cut) };
}
