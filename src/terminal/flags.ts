import type { Language } from "../text/language.js";
import type { CarryScope } from "./scope.js";

/** The flags that every command takes. */
export interface GlobalFlags {
  /** `--workspace`: act as if started in this folder. */
  workspace?: string;
  json: boolean;
  input: boolean;
  lang?: Language;
  color: boolean;
  quiet: boolean;
  /** With `--quiet`, for a command whose result only confirms what it did: printed where it does not succeed. */
  holdsResult?: boolean;
  verbose: boolean;
  /** Adds the place of this run to the commands that a person is told; see `scopeCarrier`. */
  carryScope?: CarryScope;
}

export const noFlags: GlobalFlags = { json: false, input: true, color: true, quiet: false, verbose: false };

/** The output flags of a command line that could not be parsed. */
export function flagsOf(argv: readonly string[]): GlobalFlags {
  return {
    ...noFlags,
    json: argv.includes("--json"),
    color: !argv.includes("--no-color"),
    quiet: argv.includes("--quiet") || argv.includes("-q"),
    verbose: argv.includes("--verbose") || argv.includes("-v"),
  };
}
