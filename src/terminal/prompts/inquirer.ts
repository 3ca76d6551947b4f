import path from "node:path";
import { createPromptModule } from "inquirer";
import { cancelled } from "../../errors/errors.js";
import type { Messages } from "../../language/index.js";
import type { Host } from "../host.js";
import { chooseEditor, editIn, isProgram } from "./editor.js";
import { leavePastes, markPastes, pasteOnOneLine } from "./paste.js";
import type { Prompter } from "./prompter.js";

type Question = Record<string, unknown> & { message: string };

/** Replaces a line break while an answer of several lines is typed on one. */
const lineMark = "¶";

/**
 * Prompts through inquirer, on stderr, so that stdout contains only the result.
 * Every method throws `cancelled` (exit 130) on Ctrl-C.
 *
 * @param printable makes a text safe for stderr: a question, a choice or a preset may quote a file or a newsroom
 */
export function createPrompter(
  host: Host,
  messages: Messages["prompt"],
  printable: (text: string) => string,
): Prompter {
  const keyboard = host.stdin as NodeJS.ReadStream;
  const validity = (validate?: (answer: string) => string) => (answer: string) =>
    printable(sentence(validate?.(answer) ?? "")) || true;

  /** Throws if Ctrl-C was pressed while no prompt was open. */
  const stopIfCancelled = () => {
    if (host.signal.aborted) throw cancelled("cancelled");
  };

  async function ask<T>(type: string, question: Question, input: NodeJS.ReadableStream): Promise<T> {
    stopIfCancelled();
    try {
      const prompt = createPromptModule({ input: input as NodeJS.ReadStream, output: host.stderr });
      const asked = { ...question, message: printable(question.message), type, name: "answer" };
      const answers = await prompt([asked as never]);
      return (answers as { answer: T }).answer;
    } catch (error) {
      // Ctrl-C, or a terminal that was closed during the prompt.
      if (error instanceof Error && /^(ExitPrompt|AbortPrompt)Error$/.test(error.name)) {
        throw cancelled("cancelled");
      }
      throw error;
    }
  }

  async function askLine(type: string, question: Question, lineBreak = " "): Promise<string> {
    stopIfCancelled();
    const keys = Object.assign(pasteOnOneLine(lineBreak, host.enterSilence), {
      isTTY: true,
      setRawMode: (raw: boolean) => keyboard.setRawMode(raw),
    });
    host.stderr.write(markPastes);
    keyboard.pipe(keys);
    try {
      return await ask<string>(type, question, keys);
    } finally {
      keyboard.unpipe(keys);
      keyboard.pause();
      host.stderr.write(leavePastes);
    }
  }

  return {
    async text({ message, default: preset, editable, lines, validate }) {
      // inquirer replaces an empty line by the default, so a lone dash means an empty answer.
      const parse = (typed: string) =>
        editable && typed.trim() === "-" ? "" : lines ? typed.replaceAll(lineMark, "\n") : typed;
      const shownPreset = (text: string) =>
        lines ? printable(text).replaceAll("\n", lineMark) : printable(text);
      const typed = await askLine(
        "input",
        {
          message,
          default: preset === undefined ? undefined : shownPreset(preset),
          prefill: editable ? "editable" : "tab",
          validate: validity(validate && ((answer) => validate(parse(answer)))),
        },
        lines ? lineMark : " ",
      );
      return parse(typed);
    },
    async secret({ message, validate }) {
      for (;;) {
        const typed = await askLine("password", { message, mask: "•", toggleMask: false });
        const problem = validate?.(typed);
        if (!problem) return typed;
        // Ask with a new prompt: inquirer keeps the hidden text in the line, and the next attempt would be appended.
        host.stderr.write(`! ${printable(sentence(problem))}\n`);
      }
    },
    async confirm({ message, default: preset }) {
      // inquirer's own confirm reads "tidak" as the default.
      const answer = await askLine("input", {
        message: `${message} ${preset ? messages.yesNo : messages.noYes}`,
        theme: { validationFailureMode: "clear" },
        validate: (typed: string) =>
          typed.trim() === "" || yes.test(typed) || no.test(typed) || messages.sayYesOrNo,
      });
      return answer.trim() === "" ? preset : yes.test(answer);
    },
    select: ({ message, choices, default: preset }) =>
      ask(
        "select",
        {
          message,
          choices: choices.map(({ name, value, short, description }) => ({
            value,
            name: printable(name),
            ...(short !== undefined && { short: printable(short) }),
            ...(description !== undefined && { description: printable(description) }),
          })),
          default: preset,
          loop: false,
          pageSize,
          theme: {
            style: {
              keysHelpTip: () => (choices.length > pageSize ? messages.longSelectKeys : messages.selectKeys),
            },
          },
        },
        keyboard,
      ),
    async edit({ message, text, postfix }) {
      stopIfCancelled();
      const isThere = isProgram(host.env, host.platform, host.cwd);
      const editor = chooseEditor(host.env, host.platform, isThere, (variable, program) => {
        host.stderr.write(`! ${printable(messages.editorMissing({ variable, program }))}\n`);
      });
      if (!editor) return undefined;
      const name = path.basename(editor[0] ?? "");
      const keys = name === "nano" ? messages.nanoKeys : messages.editing;
      host.stderr.write(printable(`? ${message}: ${name}, ${keys}\n`));
      const edited = await editIn(editor, { text, postfix });
      stopIfCancelled();
      return edited;
    },
  };
}

/** Choices on one page: all categories and a question above them fit in 24 rows. */
const pageSize = 14;

/** A validation message with a capital first letter, to stand on a line of its own. */
function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const yes = /^\s*(y|ya|yes)\s*$/i;
const no = /^\s*(t|tidak|n|no)\s*$/i;
