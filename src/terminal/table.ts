import { stripVTControlCharacters } from "node:util";

/** Aligns cells in columns, two spaces apart. Cells may contain the colour codes of an ink. */
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

/**
 * Formats rows as a table if it fits into `columns`, else each row by `narrow`, so that no terminal breaks a row in the
 * middle of a word.
 */
export function fitTable<Row>(
  rows: readonly Row[],
  columns: number,
  wide: { head?: readonly string[]; row: (row: Row) => readonly string[] },
  narrow: (row: Row) => string,
): string {
  const whole = table([...(wide.head ? [wide.head] : []), ...rows.map(wide.row)]);
  return whole.split("\n").every((line) => width(line) <= columns) ? whole : rows.map(narrow).join("\n");
}

/** Marks a line that is not wrapped; see `Style.whole`. The ink lets no such character through. */
export const wholeLine = "\u0001";

/**
 * Wraps every line of `text` to `columns` between words. The lines after the first hang below the text behind a sign, below the last column
 * of a row that begins in the left half, or further in than a label. A command is not broken, neither at the end of a line nor within a
 * sentence, so that it can be copied; neither is a line that `Style.whole` has marked.
 */
export function wrap(text: string, columns: number): string {
  return text
    .split("\n")
    .flatMap((line) =>
      line.includes(wholeLine) ? [line.replaceAll(wholeLine, "")] : wrapLine(line, columns),
    )
    .join("\n");
}

const commandAtEnd =
  /(?<=^\s*(?:\$ )?|: |→(?:\u001b\[[\d;]+m)? )(?:\u001b\[[\d;]+m)?(?:kominfo|mv|rm|chmod|chown|cd|cp|ln|mkdir|npm|npx|node|sudo|docker|systemctl|curl|openssl) .*$/;
/** A command of kominfo in a sentence: its words, then flags, placeholders and values; a word of the sentence after them does no harm. */
const commandWithin =
  /\(?kominfo(?: [a-z][\w-]*){1,3}(?: (?:--?[\w-]+(?: (?:<[^<>]*>|"[^"]*"|[^\s-]\S*))?|<[^<>]*>|"[^"]*"|…|[^\s]*[\d/=@_-][^\s]*))*[).,;:]*/g;
/** Stands for a space that is no place to break; the ink lets no such character through. */
const glue = "\u0000";
/** The leading white space and sign of a line; the sign may be coloured. */
const beginning = /^\s*(?:(?:\u001b\[[\d;]+m)?(?:[→✗✓!•–$-]|\d+[.)])(?:\u001b\[[\d;]+m)? )?/;
/** What a line says something of, in three words at most: "Keterangan: …". A sentence may have a colon, too. */
const label =
  /^\s*(?:\u001b\[[\d;]+m)?(?:[^\s:.!?\u001b]+ ){0,2}[^\s:.!?\u001b]+:(?:\u001b\[[\d;]+m)? (?=\S)/;
/** Between two columns of a row. */
const gap = /(?<=\S) {2,}(?=\S)/g;

/** The cells by which the lines after the first are indented. */
function hangingOf(line: string, begin: string, command: string, columns: number): number {
  const columnStarts = [...line.matchAll(gap)].map((found) =>
    width(line.slice(0, found.index + found[0].length)),
  );
  const column = columnStarts.findLast((start) => start <= columns / 2);
  if (column !== undefined) return column;
  // What goes on below a sign stands further in already; a command stands where the line begins.
  const isLabelled = begin.trim() === "" && command === "" && label.test(line);
  return width(begin) + (isLabelled ? 2 : 0);
}

function wrapLine(line: string, columns: number): string[] {
  if (width(line) <= columns) return [line];
  const [begin = ""] = beginning.exec(line) ?? [];
  const command = commandAtEnd.exec(line)?.[0] ?? "";
  const prose = line.slice(begin.length, line.length - command.length);
  const glued = prose.replace(commandWithin, (whole) => whole.replaceAll(" ", glue));
  // Each word with the blanks before it, which stay as they are unless the line is broken there.
  const words = (glued.match(/ *[^ ]+/g) ?? []).map((word) => word.replaceAll(glue, " "));
  const [first = "", ...rest] = [...words, ...(command === "" ? [] : [` ${command}`])];
  const lines = [begin + first.trimStart()];
  const hanging = " ".repeat(hangingOf(line, begin, command, columns));
  for (const word of rest) {
    const longer = `${lines.at(-1)}${word}`;
    const bare = word.trimStart();
    if (width(longer) <= columns) lines[lines.length - 1] = longer;
    // A long address or name stays whole where the whole line holds it.
    else lines.push(width(hanging + bare) > columns && width(bare) <= columns ? bare : hanging + bare);
  }
  return lines;
}

/** Characters of two cells: pictures, and the scripts of East Asia. */
const isWide =
  /\p{Emoji_Presentation}|\ufe0f|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;

/** The cells that a text of one line fills in a terminal; colour codes fill none. */
export function width(cell: string): number {
  let cells = 0;
  for (const { segment } of graphemes.segment(stripVTControlCharacters(cell))) {
    cells += isWide.test(segment) ? 2 : 1;
  }
  return cells;
}

const graphemes = new Intl.Segmenter();

/** Shortens `text` to at most `max` characters, with an ellipsis. */
export function shorten(text: string, max: number): string {
  const characters = [...text];
  return characters.length <= max ? text : `${characters.slice(0, max - 1).join("")}…`;
}

/** Indents every line except empty ones. */
export function indent(text: string, by = "  "): string {
  return text.replace(/^(?=.)/gm, by);
}
