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

/**
 * Wraps every line of `text` to `columns` between words, with a hanging indent. A command is not broken, neither at the end of a line
 * nor within a sentence, so that it can be copied.
 */
export function wrap(text: string, columns: number): string {
  return text
    .split("\n")
    .flatMap((line) => wrapLine(line, columns))
    .join("\n");
}

const commandAtEnd =
  /(?<=^\s*|: |→(?:\u001b\[[\d;]+m)? )(?:kominfo|mv|rm|chmod|chown|cd|cp|ln|mkdir|npm|npx|node|sudo|docker|systemctl|curl|openssl) .*$/;
/** A command of kominfo in a sentence: its words, then flags, placeholders and values; a word of the sentence after them does no harm. */
const commandWithin =
  /\(?kominfo(?: [a-z][\w-]*){1,3}(?: (?:--?[\w-]+(?: (?:<[^<>]*>|"[^"]*"|[^\s-]\S*))?|<[^<>]*>|"[^"]*"|…|[^\s]*[\d/=@_-][^\s]*))*[).,;:]*/g;
/** Stands for a space that is no place to break; the ink lets no such character through. */
const glue = "\u0000";
/** The leading white space and sign of a line; the sign may be coloured. */
const beginning = /^\s*(?:(?:\u001b\[[\d;]+m)?[→✗✓!](?:\u001b\[[\d;]+m)? )?/;

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
  const hanging = " ".repeat(width(begin));
  for (const word of rest) {
    const longer = `${lines.at(-1)}${word}`;
    const bare = word.trimStart();
    if (width(longer) <= columns) lines[lines.length - 1] = longer;
    // A long address or name stays whole where the whole line holds it.
    else lines.push(width(hanging + bare) > columns && width(bare) <= columns ? bare : hanging + bare);
  }
  return lines;
}

/** The cells that a text of one line fills in a terminal; colour codes fill none. */
export function width(cell: string): number {
  let cells = 0;
  for (const { segment } of graphemes.segment(stripVTControlCharacters(cell))) {
    cells += /\p{Emoji_Presentation}|\ufe0f/u.test(segment) ? 2 : 1;
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
