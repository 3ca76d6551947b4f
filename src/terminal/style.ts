import { randomInt } from "node:crypto";
import { Chalk, type ChalkInstance } from "chalk";
import { clean } from "../text/clean.js";
import type { Environment } from "./host.js";
import { wholeLine } from "./table.js";

/** Text styles, named by meaning. */
export interface Style {
  strong(text: string): string;
  faint(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  warning(text: string): string;
  /** A command to type. */
  command(text: string): string;
  /** A text to be copied: a terminal's width does not wrap its lines. */
  whole(text: string): string;
}

/**
 * Whether a stream gets colour: only a terminal does, and not with `--no-color`, `NO_COLOR` (no-color.org:
 * any value but the empty one) or `TERM=dumb`.
 */
export function wantsColor(stream: { isTTY?: boolean }, env: Environment, color: boolean): boolean {
  return Boolean(stream.isTTY) && color && !env.NO_COLOR && env.TERM !== "dumb";
}

/** Styles for one stream, and the only way to print what they have styled. */
export interface Ink extends Style {
  /**
   * Makes text printable. It cleans all of it, and writes the colour codes of this ink: those it made itself carry a
   * number that no one else knows, so that a colour, a hidden passage or a cursor movement in foreign words is removed.
   */
  print(text: string): string;
}

/**
 * Creates an ink. Until they are printed, its colour codes are marked with a number of this ink (`ESC [ 31;number m`):
 * still colour codes to everything that measures or wraps text, but none that a foreign text can contain.
 */
export function createInk(color: boolean): Ink {
  const chalk: ChalkInstance = new Chalk({ level: color ? 1 : 0 });
  // Groups of four digits, as every parser of escape sequences accepts them.
  const number = Array.from({ length: 4 }, () => randomInt(1000, 10_000)).join(";");
  const marked = new RegExp(`\\u001b\\[(\\d+);${number}m`);
  const mark = (text: string) => text.replace(/\u001b\[(\d+)m/g, `\u001b[$1;${number}m`);
  // Split by a pattern with a group: every second part is the code of a mark.
  const print = (text: string) =>
    text
      .split(marked)
      .map((part, i) => (i % 2 === 0 ? clean(part) : `\u001b[${part}m`))
      .join("");
  // Chalk has to see the codes inside a styled text, to continue its own style after them.
  const styled = (style: (text: string) => string) => (text: string) => mark(style(print(text)));
  return {
    strong: styled(chalk.bold),
    faint: styled(chalk.dim),
    good: styled(chalk.green),
    bad: styled(chalk.red),
    warning: styled(chalk.yellow),
    command: styled(chalk.cyan),
    whole: (text) => text.replace(/^(?=.)/gm, wholeLine),
    print,
  };
}
