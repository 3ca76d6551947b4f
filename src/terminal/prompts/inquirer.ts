import path from "node:path";
import type { Transform } from "node:stream";
import { styleText } from "node:util";
import { createPromptModule } from "inquirer";
import { cancelled } from "../../errors/errors.js";
import type { Messages } from "../../language/index.js";
import type { Host } from "../host.js";
import { wrap } from "../table.js";
import { type ChoiceList, choiceKeys, choiceOf, hiddenLines, pageSizeFor } from "./choice-list.js";
import { chooseEditor, editIn, isProgram } from "./editor.js";
import { leavePastes, markPastes, pasteOnOneLine } from "./paste.js";
import type { Prompter } from "./prompter.js";
import { type AnswerLine, behindSign, questionTheme } from "./question-theme.js";

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
  const columns = () => host.stderr.columns ?? 80;
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
      const asked = { ...question, type, name: "answer" };
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

  /** Asks with the keyboard's keys as `through` changes them. */
  async function askThrough<T>(type: string, question: Question, through: Transform): Promise<T> {
    const keys = Object.assign(through, {
      isTTY: true,
      setRawMode: (raw: boolean) => keyboard.setRawMode(raw),
    });
    keyboard.pipe(keys);
    try {
      return await ask<T>(type, question, keys);
    } finally {
      keyboard.unpipe(keys);
      keyboard.pause();
    }
  }

  async function askLine(
    type: string,
    question: Question,
    answer: AnswerLine = {},
    lineBreak = " ",
  ): Promise<string> {
    stopIfCancelled();
    const message = printable(question.message);
    const theme = { ...questionTheme(columns, message, answer), ...(question.theme as object | undefined) };
    const line = prefilledLine(answer.prefilled, theme.style.answer);
    const validate = question.validate as (typed: string) => unknown;
    host.stderr.write(markPastes);
    try {
      const keys = pasteOnOneLine(lineBreak, host.enterSilence);
      const asked = {
        ...question,
        ...{ message, theme },
        ...(line && { transformer: line.draw, validate: (typed: string) => validate(line.enter(typed)) }),
      };
      const typed = await askThrough<string>(type, asked, keys);
      return line?.isEmptied() ? "" : typed;
    } finally {
      host.stderr.write(leavePastes);
    }
  }

  /** The looks of a list, and which of its choices is highlighted. */
  function listTheme(message: string, list: ChoiceList, first: number) {
    const theme = questionTheme(columns, message, { room: 0 });
    let active = first;
    const more = () => {
      const { above, below } = hiddenLines(list, active);
      const signs = [
        ...(above > 0 ? [messages.moreAbove({ count: above })] : []),
        ...(below > 0 ? [messages.moreBelow({ count: below })] : []),
      ];
      return signs.length > 0 ? [signs.join(" • ")] : [];
    };
    const isLong = list.names.length > fewChoices;
    return {
      active: () => active,
      style: {
        ...theme.style,
        highlight: (line: string) => {
          active = choiceOf(line, list.names, active);
          return styleText("cyan", line);
        },
        description: (text: string) => styleText("cyan", wrap(text, columns())),
        // inquirer makes this line before the page, and puts it into words after it: only then the highlighted choice is known.
        keysHelpTip: () => ({
          toString: () =>
            [...more(), wrap(isLong ? messages.longSelectKeys : messages.selectKeys, columns())].join("\n"),
        }),
      },
    };
  }

  return {
    async text({ message, default: preset, editable, lines, validate }) {
      // A lone dash empties a line, too, as older versions told.
      const parse = (typed: string) =>
        editable && typed.trim() === "-" ? "" : lines ? typed.replaceAll(lineMark, "\n") : typed;
      const shownPreset = (text: string) =>
        lines ? printable(text).replaceAll("\n", lineMark) : printable(text);
      const shown = preset === undefined ? undefined : shownPreset(preset);
      const typed = await askLine(
        "input",
        {
          message,
          default: shown,
          prefill: editable ? "editable" : "tab",
          validate: validity(validate && ((answer) => validate(parse(answer)))),
        },
        editable ? { prefilled: shown } : { proposal: shown },
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
        host.stderr.write(`! ${behindSign(printable(sentence(problem)), columns())}\n`);
      }
    },
    async confirm({ message, default: preset }) {
      // inquirer's own confirm reads "tidak" as the default.
      const isYes = (typed: string) => (typed.trim() === "" ? preset : yes.test(typed));
      const answer = await askLine(
        "input",
        {
          message: `${message} ${preset ? messages.yesNo : messages.noYes}`,
          theme: { validationFailureMode: "clear" },
          validate: (typed: string) =>
            typed.trim() === "" || yes.test(typed) || no.test(typed) || messages.sayYesOrNo,
          // Enter alone and "y" are answers in short: the line that stays has the whole word.
          transformer: (typed: string, { isFinal }: { isFinal: boolean }) =>
            isFinal ? styleText("cyan", isYes(typed) ? messages.yes : messages.no) : typed,
        },
        { room: roomForNo },
      );
      return isYes(answer);
    },
    async select({ message, choices, default: preset }) {
      stopIfCancelled();
      const asked = printable(message);
      const names = choices.map(({ name }) => behindSign(printable(name), columns()));
      const list = { names, pageSize: pageSizeFor(host.stderr.rows) };
      const first =
        preset === undefined
          ? 0
          : Math.max(
              0,
              choices.findIndex(({ value }) => value === preset),
            );
      const { active, ...theme } = listTheme(asked, list, first);
      // By its place: inquirer takes a choice without a value for the proposal of a question that has none.
      const chosen = await askThrough<number>(
        "select",
        {
          message: asked,
          choices: choices.map(({ name, short, description }, i) => ({
            value: i,
            name: names[i],
            short: printable(short ?? name),
            ...(description !== undefined && { description: printable(description) }),
          })),
          default: first,
          loop: false,
          pageSize: list.pageSize,
          theme,
        },
        choiceKeys(list, active),
      );
      return choices[chosen]!.value;
    },
    async edit({ message, text, postfix }) {
      stopIfCancelled();
      const isThere = isProgram(host.env, host.platform, host.cwd);
      const editor = chooseEditor(host.env, host.platform, isThere, (variable, program) => {
        host.stderr.write(`! ${printable(messages.editorMissing({ variable, program }))}\n`);
      });
      if (!editor) return undefined;
      const name = path.basename(editor[0] ?? "");
      const keys = name === "nano" ? messages.nanoKeys : messages.editing;
      host.stderr.write(`? ${behindSign(printable(`${message}: ${name}, ${keys}`), columns())}\n`);
      const edited = await editIn(editor, { text, postfix });
      stopIfCancelled();
      return edited;
    },
  };
}

/**
 * Lets a person empty an answer that stands in the line already: for inquirer the emptied line would be that answer again, even without a
 * sign of it.
 *
 * @param style of the answer once it is given
 */
function prefilledLine(prefilled: string | undefined, style: (answer: string) => string) {
  if (prefilled === undefined) return undefined;
  let line = prefilled;
  let isEmptied = false;
  return {
    isEmptied: () => isEmptied,
    enter(typed: string): string {
      isEmptied = line === "" && typed === prefilled;
      return isEmptied ? "" : typed;
    },
    draw(text: string, { isFinal }: { isFinal: boolean }): string {
      if (isFinal) return style(isEmptied ? "" : text);
      line = text;
      return text;
    },
  };
}

/** Of more than these, typing the first letters is faster than the arrows. */
const fewChoices = 14;

/** Cells for "tidak" and the cursor behind it. */
const roomForNo = 6;

/** A validation message with a capital first letter, to stand on a line of its own. */
function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const yes = /^\s*(y|ya|yes)\s*$/i;
const no = /^\s*(t|tidak|n|no)\s*$/i;
