import type { Argument, Command, Option } from "commander";
import { cleanLine } from "../../text/clean.js";

/** A completion for the word at the cursor. */
export interface Candidate {
  value: string;
  description: string;
}

/**
 * Lists values for a flag or argument that the command tree itself does not list. `undefined`: no candidates;
 * "files": the shell completes paths.
 *
 * @param name the flag ("--preset") or the argument ("post")
 * @param command e.g. "review list"
 */
export type ValueSource = (
  name: string,
  command: string,
) => Promise<readonly Candidate[] | "files" | undefined>;

/**
 * Completes the last of `words` from the command tree. Only values without characters special to a shell are
 * returned, because a folder's name may contain any.
 *
 * @param words the command line without the program; the last one is being typed and may be empty
 */
export async function candidates(
  program: Command,
  words: readonly string[],
  values: ValueSource,
): Promise<readonly Candidate[] | "files"> {
  const current = words.at(-1) ?? "";
  const { command, argument, pending, onlyArguments, isUnknown: lost } = walk(program, words.slice(0, -1));
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

interface Position {
  command: Command;
  /** The argument at the cursor, if the word is not a flag. */
  argument?: Argument | undefined;
  /** The flag before the cursor, if it takes a value. */
  pending?: Option | undefined;
  /** After `--`. */
  onlyArguments: boolean;
  /** An earlier word names no command. */
  isUnknown: boolean;
}

function walk(program: Command, words: readonly string[]): Position {
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
  return { command, argument, pending, onlyArguments, isUnknown: lost };
}

async function valuesOf(
  wanted: Option | Argument,
  command: Command,
  typed: string,
  prefix: string,
  values: ValueSource,
): Promise<readonly Candidate[] | "files"> {
  const name = "long" in wanted ? (wanted.long ?? "") : wanted.name();
  const choices =
    wanted.argChoices?.map((value) => ({ value, description: "" })) ?? (await values(name, pathOf(command)));
  if (choices === "files") return choices;
  // In a comma-separated list, the last value is being typed.
  const before = prefix + typed.slice(0, typed.lastIndexOf(",") + 1);
  return matching(
    (choices ?? []).map(({ value, description }) => ({ value: before + value, description })),
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
