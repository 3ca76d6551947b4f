/** A row of a table, with the 1-based line on which it begins. */
export interface CsvRow {
  line: number;
  cells: string[];
}

/** A quotation mark that spoils a table: it is never closed, or only lines later, before other text. */
export interface CsvFault {
  /** 1-based line of the opening mark. */
  line: number;
  fault: "unclosed-quote";
}

/**
 * Reads a table (RFC 4180) as spreadsheets and people write it: any line ends, blanks around a quoted cell, and quotation marks inside a cell
 * that does not begin with one. A cell that begins with a quoted word, `"Mawar" dibuka`, is text. Leaves out rows without any text. Cells keep
 * their blanks, but for quoted ones, and their line ends become LF.
 *
 * @param separator one character, not a quotation mark
 */
export function readCsv(text: string, separator: string): CsvRow[] | CsvFault {
  const source = text.replace(/\r\n?/g, "\n");
  const rows: CsvRow[] = [];
  let at = 0;
  let line = 1;
  while (at < source.length) {
    const row: CsvRow = { line, cells: [] };
    for (;;) {
      const cell = quoted(source, at, separator) ?? bare(source, at, separator);
      if (cell.isBroken) return { line, fault: "unclosed-quote" };
      row.cells.push(cell.text);
      line += source.slice(at, cell.end).split("\n").length - 1;
      at = cell.end + 1;
      if (source[cell.end] !== separator) break;
    }
    line++;
    if (row.cells.some((cell) => cell.trim() !== "")) rows.push(row);
  }
  return rows;
}

interface Cell {
  text: string;
  /** Offset of the separator or line end behind it, or the end of the text. */
  end: number;
  isBroken?: boolean;
}

function bare(source: string, start: number, separator: string): Cell {
  let end = start;
  while (end < source.length && source[end] !== separator && source[end] !== "\n") end++;
  return { text: source.slice(start, end), end };
}

/** Undefined for a cell that is not quoted as a whole. */
function quoted(source: string, start: number, separator: string): Cell | undefined {
  const open = skipBlanks(source, start, separator);
  if (source[open] !== '"') return undefined;
  let close = open + 1;
  for (;;) {
    close = source.indexOf('"', close);
    if (close < 0) return { text: "", end: source.length, isBroken: true };
    if (source[close + 1] !== '"') break;
    close += 2;
  }
  const content = source.slice(open + 1, close);
  const end = skipBlanks(source, close + 1, separator);
  const isWhole = end >= source.length || source[end] === separator || source[end] === "\n";
  if (isWhole) return { text: content.replaceAll('""', '"'), end };
  return content.includes("\n") ? { text: "", end, isBroken: true } : undefined;
}

function skipBlanks(source: string, start: number, separator: string): number {
  let at = start;
  while ((source[at] === " " || source[at] === "\t") && source[at] !== separator) at++;
  return at;
}
