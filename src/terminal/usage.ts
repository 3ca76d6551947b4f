import type { Command, CommanderError, Option } from "commander";
import { type KominfoError, usage } from "../errors/errors.js";
import { isWholeText } from "../text/decode.js";
import { nearest } from "../text/nearest.js";

/** Converts an error of commander to a `KominfoError` with the nearest name. Commander's texts are English; its codes are stable. */
export function usageErrorOf(error: CommanderError, program: Command, argv: readonly string[]): KominfoError {
  const command = commandOf(program, argv);
  const path = pathOf(command);
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? "";
  switch (error.code) {
    case "commander.unknownCommand": {
      // "kominfo list": the verb is right, and its group is missing.
      const elsewhere = command.commands
        .filter((group) => group.commands.some((child) => child.name() === quoted))
        .map((group) => `${group.name()} ${quoted}`);
      if (elsewhere.length > 0) return usage("unknown-command", { name: quoted, elsewhere, command: path });
      return usage("unknown-command", {
        name: quoted,
        nearest: nearest(
          quoted,
          command.commands.map((child) => child.name()),
        ),
        command: path,
      });
    }
    case "commander.unknownOption":
      return usage("unknown-flag", {
        flag: quoted,
        nearest: nearest(quoted, flagsOf(command)),
        command: path,
      });
    case "commander.missingArgument":
      return usage("missing-argument", { name: quoted, command: path });
    case "commander.excessArguments":
      return usage("too-many-arguments", { command: path, instead: withFolderFlag(command) });
    case "commander.optionMissingArgument":
      return usage("missing-flag-value", { flag: quoted.replace(/ <.*/, ""), command: path });
    case "commander.invalidArgument": {
      // Commander validates only flags with choices; commands validate everything else.
      const [, flag = "", value = ""] = /(--[\w-]+)[^']*' argument '([^']*)'/.exec(error.message) ?? [];
      const choices = allOptionsOf(command).find(({ long }) => long === flag)?.argChoices ?? [];
      return usage("bad-choice", { flag, value, choices, nearest: nearest(value, choices) });
    }
    default:
      return usage("bad-command-line", { detail: error.message.replace(/^error: /, ""), command: path });
  }
}

/**
 * A command that takes no argument but `--data`, and was given the folder alone, as `kominfo init` takes it: with the flag before it.
 */
function withFolderFlag(command: Command): string | undefined {
  const [folder, ...more] = command.args;
  const takesData = command.options.some(({ long }) => long === "--data");
  if (folder === undefined || more.length > 0 || !takesData || command.registeredArguments.length > 0)
    return undefined;
  return `${pathOf(command)} --data ${/^[\w./~:\\-]+$/.test(folder) ? folder : JSON.stringify(folder)}`;
}

/** Flags whose text others read: at the newsroom, beside a photo, or below a published one. */
const textFlags = ["message", "reason", "override", "name", "caption", "alt", "credit", "children"] as const;

/**
 * Refuses a text of the command line that has lost letters, as those of a script that is not UTF-8 have. Throws `flag-letters` (exit 2).
 * Paths are not looked at: a file may be called so. What answers hold is checked with the answers.
 */
export function requireWholeTexts(command: Command): void {
  const values = command.opts<Record<string, unknown>>();
  // Those of `review approve` name who consented; elsewhere they are paths.
  const flags = pathOf(command) === "kominfo review approve" ? [...textFlags, "photo"] : textFlags;
  const isBroken = (value: unknown): boolean =>
    Array.isArray(value) ? value.some(isBroken) : typeof value === "string" && !isWholeText(value);
  const broken = flags.find((flag) => isBroken(values[flag]));
  if (broken) throw usage("flag-letters", { flag: `--${broken}` });
}

/** The deepest command that the command line names. */
export function commandOf(program: Command, argv: readonly string[]): Command {
  let command = program;
  for (const word of argv) {
    const next = command.commands.find((child) => child.name() === word);
    if (next) command = next;
  }
  return command;
}

/** "kominfo post new" */
export function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}

function flagsOf(command: Command): string[] {
  return allOptionsOf(command).flatMap((option) => option.long ?? []);
}

/** The options of a command and of its ancestors. */
function allOptionsOf(command: Command): readonly Option[] {
  return command.parent ? [...command.options, ...allOptionsOf(command.parent)] : command.options;
}
