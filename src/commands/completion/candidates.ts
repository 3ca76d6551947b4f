import type { Argument, Command, Option } from "commander";
import { cleanLine } from "../../text/clean.js";

/** One thing that may stand at the cursor. */
export interface Candidate {
  value: string;
  description: string;
}

/**
 * Knows what may stand for a flag's value or an argument that the tree itself does not list. `undefined`: nothing
 * is known; "files": the shell completes paths.
 *
 * @param name the flag ("--preset") or the argument ("post")
 * @param command e.g. "review list"
 */
export type ValueSource = (
  name: string,
  command: string,
) => Promise<readonly Candidate[] | "files" | undefined>;

/**
 * What may stand in place of the last of `words`, told by the declared tree. Only values that no shell takes for
 * something else are given: a folder's name may hold anything.
 *
 * @param words the command line without the program; the last one is being typed and may be empty
 */
export async function candidates(
  program: Command,
  words: readonly string[],
  values: ValueSource,
): Promise<readonly Candidate[] | "files"> {
  const current = words.at(-1) ?? "";
  const { command, argument, pending, onlyArguments, lost } = walk(program, words.slice(0, -1));
  if (lost) return [];
  if (pending) return valuesOf(pending, command, current, "", values);
  const [, flag, typed = ""] = /^(--[^=]+)=(.*)$/s.exec(current) ?? [];
  if (flag && !onlyArguments) {
    const option = optionOf(command, flag);
    return option ? valuesOf(option, command, typed, `${flag}=`, values) : [];
  }
  if (current.startsWith("-") && !onlyArguments) return matching(flagsOf(command), current);
  if (command.commands.length > 0) return matching(verbsOf(command), current);
  return argument ? valuesOf(argument, command, current, "", values) : [];
}

interface Place {
  command: Command;
  /** What stands at the cursor, where it is no flag. */
  argument?: Argument | undefined;
  /** The flag before the cursor waits for its value. */
  pending?: Option | undefined;
  /** After `--`. */
  onlyArguments: boolean;
  /** A word before names no command. */
  lost: boolean;
}

function walk(program: Command, words: readonly string[]): Place {
  let command = program;
  let arguments_ = 0;
  let pending: Option | undefined;
  let onlyArguments = false;
  let lost = false;
  for (const word of words) {
    if (pending) pending = undefined;
    else if (word === "--") onlyArguments = true;
    else if (word.startsWith("-") && !onlyArguments) {
      const option = word.includes("=") ? undefined : optionOf(command, word);
      if (option?.required) pending = option;
    } else {
      const next = command.commands.find((child) => child.name() === word);
      lost ||= next === undefined && command.commands.length > 0;
      if (next) command = next;
      else arguments_++;
    }
  }
  const declared = command.registeredArguments;
  const last = declared.at(-1);
  const argument = declared[arguments_] ?? (last?.variadic ? last : undefined);
  return { command, argument, pending, onlyArguments, lost };
}

async function valuesOf(
  wanted: Option | Argument,
  command: Command,
  typed: string,
  prefix: string,
  values: ValueSource,
): Promise<readonly Candidate[] | "files"> {
  const name = "long" in wanted ? (wanted.long ?? "") : wanted.name();
  const known =
    wanted.argChoices?.map((value) => ({ value, description: "" })) ?? (await values(name, pathOf(command)));
  if (known === "files") return known;
  // Of several values with commas between them, the last is being typed.
  const before = prefix + typed.slice(0, typed.lastIndexOf(",") + 1);
  return matching(
    (known ?? []).map(({ value, description }) => ({ value: before + value, description })),
    prefix + typed,
  );
}

function matching(all: readonly Candidate[], typed: string): Candidate[] {
  return all
    .filter(({ value }) => value.startsWith(typed) && /^[\w.,:@/=-]+$/.test(value))
    .map(({ value, description }) => ({ value, description: cleanLine(description) }));
}

function verbsOf(command: Command): Candidate[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .map((child) => ({ value: child.name(), description: child.description() }));
}

function flagsOf(command: Command): Candidate[] {
  const own = command.options.flatMap(({ long, hidden, description }) =>
    long && !hidden ? [{ value: long, description }] : [],
  );
  return [...own, ...(command.parent ? flagsOf(command.parent) : [{ value: "--help", description: "" }])];
}

function optionOf(command: Command, flag: string): Option | undefined {
  const own = command.options.find((option) => option.long === flag || option.short === flag);
  return own ?? (command.parent ? optionOf(command.parent, flag) : undefined);
}

function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}`.trim() : "";
}
