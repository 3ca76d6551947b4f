import { Chalk, type ChalkInstance } from "chalk";
import type { Environment } from "./host.js";

/** Text styles, named by meaning. */
export interface Style {
  strong(text: string): string;
  faint(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  warning(text: string): string;
  /** A command to type. */
  command(text: string): string;
}

/**
 * Whether a stream gets colour: only a terminal does, and not with `--no-color`, `NO_COLOR` (no-color.org:
 * any value but the empty one) or `TERM=dumb`.
 */
export function wantsColor(stream: { isTTY?: boolean }, env: Environment, color: boolean): boolean {
  return Boolean(stream.isTTY) && color && !env.NO_COLOR && env.TERM !== "dumb";
}

export function createStyle(color: boolean): Style {
  const chalk: ChalkInstance = new Chalk({ level: color ? 1 : 0 });
  return {
    strong: (text) => chalk.bold(text),
    faint: (text) => chalk.dim(text),
    good: (text) => chalk.green(text),
    bad: (text) => chalk.red(text),
    warning: (text) => chalk.yellow(text),
    command: (text) => chalk.cyan(text),
  };
}
