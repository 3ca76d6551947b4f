import { existsSync } from "node:fs";
import path from "node:path";
import type { Command } from "commander";
import { commandOf, pathOf } from "./usage.js";

/** Returns a text whose commands of kominfo act where this run acts. */
export type CarryScope = (text: string) => string;

/** Flags that say whose newsroom and whose people: what was typed for one command holds for the next step, too. */
const scopeFlags = ["data", "database", "url"] as const;

interface Scope {
  /** The value of `-C`, which stands before the verb. */
  workspace?: string;
  flags: readonly { flag: string; value: string }[];
  /** Of which service a `--url` is the address. */
  service: string;
}

/**
 * A next step that a person is told has to reach the same workspace, newsroom and people as the command that was typed: `-C`, `--url`,
 * `--data` and `--database` of the command line are added to every command in a text that takes them and names none itself.
 *
 * @param program after it has parsed `argv`, or failed to
 * @param movedTo the folder in which the run goes on, where it began in another: told instead of `-C`
 */
export function scopeCarrier(
  program: Command,
  argv: readonly string[],
  movedTo: () => string | undefined = () => undefined,
): CarryScope {
  const typed = scopeOf(program, commandOf(program, argv));
  return (text) => {
    const folder = movedTo();
    const scope = folder === undefined ? typed : { ...typed, workspace: asTyped(folder) };
    if (scope.workspace === undefined && scope.flags.length === 0) return text;
    return text
      .split(/(?<![\w./-])kominfo (?=[a-z])/)
      .map((part, index) => (index === 0 ? part : commandAt(part, program, scope)))
      .join("");
  };
}

/** The longest command line that is worth repeating. */
const longestRepeated = 300;

/**
 * The command line that was typed, for another workspace: `kominfo -C "/…/berita kec" post new`. Undefined for one that is too long to
 * be typed again.
 *
 * @param cwd what relative paths of the line were meant to start from: with `-C` they would start from the workspace
 */
export function repeatedIn(root: string, argv: readonly string[], cwd: string): string | undefined {
  const words = argv.filter(
    (word, i) => !/^(?:-C|--workspace)(?:=|$)/.test(word) && !takesWorkspace(argv[i - 1]),
  );
  const line = words
    // The first two are the verb.
    .map((word, i) =>
      i >= 2 && !word.startsWith("-") && isFileAt(cwd, word) ? path.resolve(cwd, word) : word,
    )
    .map(asTyped)
    .join(" ");
  return line.length > longestRepeated ? undefined : `kominfo -C ${asTyped(root)} ${line}`;
}

function takesWorkspace(word: string | undefined): boolean {
  return word === "-C" || word === "--workspace";
}

function isFileAt(cwd: string, word: string): boolean {
  return word !== "" && existsSync(path.resolve(cwd, word));
}

function scopeOf(program: Command, command: Command): Scope {
  const values = command.opts<Record<string, unknown>>();
  const { workspace } = program.opts<{ workspace?: string }>();
  const verb = pathOf(command);
  const flags = scopeFlags.flatMap((name) => {
    const value = values[name];
    // The address of `post record` is a published post's.
    if (typeof value !== "string" || verb === "kominfo post record") return [];
    // That of `user link --data` is where the link leads.
    if (name === "url" && (values.data !== undefined || values.database !== undefined)) return [];
    // A password does not belong on a command line, and is not repeated on one.
    return /:\/\/[^/@]*:[^/@]*@/.test(value) ? [] : [{ flag: `--${name}`, value: asTyped(value) }];
  });
  return {
    ...(workspace !== undefined && { workspace: asTyped(workspace) }),
    flags,
    service: verb === "kominfo auth login" ? (command.args[0] ?? "newsroom") : "newsroom",
  };
}

/** A value as a shell takes it: as it is, or in the quotation marks that it needs. */
export function asTyped(value: string): string {
  if (/^[\w./~:\\@%+=-]+$/.test(value)) return value;
  // Within double quotes a shell still reads these.
  return /[$`"!]/.test(value) ? `'${value.replaceAll("'", "'\\''")}'` : `"${value}"`;
}

/** @param text what follows "kominfo ": a command, or a sentence about the program */
function commandAt(text: string, program: Command, scope: Scope): string {
  const plain = `kominfo ${text}`;
  const { verb, end } = verbAt(text, program);
  if (!verb) return plain;
  const { length, words } = argumentsAt(text.slice(end), verb);
  const whole = end + length;
  const service =
    pathOf(verb) === "kominfo auth login" ? words.find((word) => !word.startsWith("-")) : undefined;
  const added = scope.flags.filter(
    ({ flag }) =>
      verb.options.some(({ long }) => long === flag) &&
      pathOf(verb) !== "kominfo post record" &&
      !words.some((word) => scopeFlags.some((name) => word === `--${name}`)) &&
      (service === undefined || service === scope.service || flag !== "--url"),
  );
  const flags = added.map(({ flag, value }) => ` ${flag} ${value}`).join("");
  const place = scope.workspace === undefined ? "" : `-C ${scope.workspace} `;
  return `kominfo ${place}${text.slice(0, whole)}${flags}${text.slice(whole)}`;
}

/** The verb that a text begins with, and where its name ends; none where it names no verb. */
function verbAt(text: string, program: Command): { verb?: Command; end: number } {
  let command = program;
  let end = 0;
  for (;;) {
    const [spaced = "", name] = /^ ?([a-z][a-z-]*)(?![\w-])/.exec(text.slice(end)) ?? [];
    const next = command.commands.find((child) => child.name() === name);
    if (!next) break;
    command = next;
    end += spaced.length;
  }
  return command.commands.length === 0 ? { verb: command, end } : { end };
}

/** What follows a verb and belongs to it: flags, and as many words as it takes; the words of a sentence after them do not. */
function argumentsAt(text: string, verb: Command): { length: number; words: string[] } {
  const words: string[] = [];
  const isVariadic = verb.registeredArguments.some(({ variadic }) => variadic);
  let free = isVariadic ? Number.POSITIVE_INFINITY : verb.registeredArguments.length;
  let length = 0;
  let takesValue = false;
  for (;;) {
    const [spaced, word = ""] = /^ ("[^"]*"|<[^<>]*>|[^\s"<>]*[^\s"<>.,;:)])/.exec(text.slice(length)) ?? [];
    if (spaced === undefined || word.startsWith("(")) break;
    const isFlag = /^--?[a-z]/.test(word);
    if (!isFlag && !takesValue && free-- <= 0) break;
    takesValue =
      isFlag && verb.options.some((option) => option.long === word && (option.required || option.optional));
    words.push(word);
    length += spaced.length;
    if (/^[.,;:)]/.test(text.slice(length))) break;
  }
  return { length, words };
}
