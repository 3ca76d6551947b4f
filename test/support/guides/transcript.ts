/** What a guide shows: a command after a prompt, and what it printed. */
export interface Shown {
  /** Line of the guide, from 1. */
  line: number;
  /** Whose terminal: the word before `$`; empty for a bare `$`. */
  who: string;
  /** What is typed, `kominfo` included. */
  typed: string;
  /** Without blank lines. */
  printed: string[];
}

/**
 * The commands that a Markdown page shows, in order: in fenced blocks without a language, lines that begin with a prompt
 * (`$ kominfo …` or `operator $ kominfo …`), each with the lines up to the next prompt. A block that begins without a
 * prompt goes on with the last command.
 */
export function transcript(page: string): Shown[] {
  const shown: Shown[] = [];
  /** The indentation of the block that is read; undefined outside. */
  let indent: number | undefined;
  let isTerminal = false;
  for (const [index, line] of page.split("\n").entries()) {
    const [, gap, language] = /^( *)```(.*)$/.exec(line) ?? [];
    if (gap !== undefined) {
      indent = indent === undefined ? gap.length : undefined;
      isTerminal = indent !== undefined && language === "";
      continue;
    }
    if (!isTerminal) continue;
    const text = line.slice(indent).trimEnd();
    const [, who = "", typed] = /^(?:(\w+) )?\$ (kominfo.*)$/.exec(text) ?? [];
    if (typed) shown.push({ line: index + 1, who, typed, printed: [] });
    else if (text) shown.at(-1)?.printed.push(text);
  }
  return shown;
}

/** What differs from one time to the next, and what stands for it. */
const varying: readonly (readonly [RegExp, string])[] = [
  [/…/, ".*"],
  [/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/, "[0-9a-f-]{36}"],
  [/127\.0\.0\.1:\d+/, "127\\.0\\.0\\.1:\\d+"],
  [/\d{4}-\d\d-\d\d/, "\\d{4}-\\d\\d-\\d\\d"],
  [/\d{1,2} [A-Z][a-z]+ \d{4} \d\d\.\d\d WIB/, "\\d{1,2} [A-Z][a-z]+ \\d{4} \\d\\d\\.\\d\\d WIB"],
  [/\d+(?:,\d)? (?:kB|MB)/, "\\d+(?:,\\d)? (?:kB|MB)"],
  [/\d+ menit/, "\\d+ menit"],
  // The name of the day is a part of the text.
  [/\d+ dari \d+ karakter/, "\\d+ dari \\d+ karakter"],
  [/\d{12,}(?:_\d{12,})?/, "\\d{12,}(?:_\\d{12,})?"],
  [/•+/, "•*"],
  [/ {2,}/, " {2,}"],
];
const anyVarying = new RegExp(varying.map(([found]) => `(${found.source})`).join("|"), "g");

/** A printed line as a guide shows it, as a pattern: … is anything; addresses, ids, dates, sizes and gaps are any of their kind. */
export function patternOf(shown: string): RegExp {
  let pattern = "";
  let end = 0;
  for (const match of shown.matchAll(anyVarying)) {
    const kind = match.slice(1).findIndex((group) => group !== undefined);
    pattern += escaped(shown.slice(end, match.index)) + varying[kind]![1];
    end = match.index + match[0].length;
  }
  return new RegExp(`^${pattern}${escaped(shown.slice(end))}$`);
}

const escaped = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/**
 * The first line that was not printed as shown: `undefined` when all were. A line `…` alone stands for any number of lines.
 */
export function difference(
  shown: readonly string[],
  printed: string,
): { shown: string | undefined; printed: string | undefined } | undefined {
  const lines = printed
    .split("\n")
    .filter((line) => line.trim())
    .map((line) => line.trimEnd());
  let at = 0;
  let mayPass = false;
  for (const expected of shown) {
    if (expected.trim() === "…") {
      mayPass = true;
      continue;
    }
    const pattern = patternOf(expected);
    const from = at;
    if (mayPass) while (at < lines.length && !pattern.test(lines[at]!)) at += 1;
    if (at >= lines.length || !pattern.test(lines[at]!)) return { shown: expected, printed: lines[from] };
    at += 1;
    mayPass = false;
  }
  return at < lines.length && !mayPass ? { shown: undefined, printed: lines[at] } : undefined;
}
