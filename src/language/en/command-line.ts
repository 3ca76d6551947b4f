import type { CommandLineErrors } from "../../errors/command-line.js";
import type { ErrorSentences } from "../types.js";
import { placeholders } from "./placeholders.js";
import { systemHints, systemReason } from "./system-reasons.js";

export const commandLineErrors: ErrorSentences<CommandLineErrors> = {
  cancelled: () => ["Cancelled. If something was done, it is kept."],
  declined: () => ["Left as it is; nothing has changed."],
  "answers-kept": (p) => [
    `Cancelled. Your answers are kept${p.isNew ? "" : ", but are not in the post yet"}.`,
    `Go on with: ${p.command}`,
  ],
  "unknown-command": (p) => [
    `There is no command "${p.name}".`,
    ...(p.elsewhere
      ? p.elsewhere.map((words) => `Did you mean: ${p.command} ${words}`)
      : p.nearest
        ? [`Did you mean: ${p.command} ${p.nearest}`]
        : [`${p.command} --help`]),
  ],
  "unknown-flag": (p) => [
    `There is no option ${p.flag}.`,
    ...(p.nearest ? [`Did you mean: ${p.nearest}`] : []),
    `${p.command} --help`,
  ],
  "missing-argument": (p) => [
    `The argument <${placeholders[p.name] ?? p.name}> is missing.`,
    `${p.command} --help`,
  ],
  "too-many-arguments": (p) => [
    "There are too many arguments. Quote those that hold spaces.",
    ...(p.instead ? [`Did you mean: ${p.instead}`] : []),
    `${p.command} --help`,
  ],
  "missing-flag-value": (p) => [`The option ${p.flag} needs a value.`, `${p.command} --help`],
  "bad-command-line": (p) => [`The command cannot be understood (${p.detail}).`, `${p.command} --help`],
  "missing-input": (p) => [
    `${p.flag} is missing.`,
    ...(p.choices ? [`It takes: ${p.choices.join(", ")}`] : []),
    `Add ${p.flag}, or run it in a terminal to be asked.`,
  ],
  "bad-choice": (p) => [
    `"${p.value}" is not a choice for ${p.flag}.`,
    ...(p.nearest ? [`Did you mean: ${p.nearest}`] : []),
    `It takes: ${p.choices.join(", ")}`,
  ],
  "flag-letters": (p) => [
    `${p.flag} holds a letter that was lost (\ufffd) or cannot be stored; nothing was sent.`,
    "Type that letter again. In a script: save the script as UTF-8, then run it again.",
  ],
  "bad-number": (p) => [
    `${p.flag} must be a whole number ` +
      `${p.max < Number.MAX_SAFE_INTEGER ? `from ${p.min} to ${p.max}` : `of at least ${p.min}`}, not "${p.value}".`,
  ],
  "file-system": (p) => [
    `${p.path ?? "A file"} cannot be ${{ read: "read", write: "written", open: "opened" }[p.doing]} (${systemReason(p.reason)}).`,
    ...systemHints(p.reason),
  ],
  "terminal-needed": (p) => ["This command has to be run in a terminal.", p.instead],
  "flags-together": (p) => [`${p.flags.join(" and ")} cannot be used together; choose one.`],
  "day-invalid": (p) => [`${p.flag} must be a date, not "${p.value}".`, `For example: ${p.flag} 2026-12-31`],
  "day-past": (p) => [`${p.flag} "${p.value}" is over already.`],
};
