import { stripVTControlCharacters } from "node:util";

/** Cells in columns, two spaces apart; a cell may carry colour. Give cells that are already `clean`. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, width(cell));
    });
  }
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell + " ".repeat(widths[i]! - width(cell)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function width(cell: string): number {
  return [...stripVTControlCharacters(cell)].length;
}

/** `text` in at most `max` characters, with an ellipsis where something was cut. */
export function shorten(text: string, max: number): string {
  const characters = [...text];
  return characters.length <= max ? text : `${characters.slice(0, max - 1).join("")}…`;
}

/** Indents every line but empty ones. */
export function indent(text: string, by = "  "): string {
  return text.replace(/^(?=.)/gm, by);
}
