import { createPromptModule } from "inquirer";
import { cancelled } from "../errors.js";
import type { Messages } from "../language/index.js";
import type { Host } from "./host.js";
import type { Prompter } from "./prompter.js";

type Question = Record<string, unknown> & { message: string };

/**
 * Asks through inquirer, on stderr, so that a result on stdout stays clean.
 * Every method throws `cancelled` (exit 130) on Ctrl-C.
 */
export function createPrompter(host: Host, words: Messages["prompt"]): Prompter {
  const prompt = createPromptModule({ input: host.stdin as NodeJS.ReadStream, output: host.stderr });
  const validity = (validate?: (answer: string) => string) => (answer: string) => validate?.(answer) || true;

  async function ask<T>(type: string, question: Question): Promise<T> {
    try {
      const answers = await prompt([{ ...question, type, name: "answer" } as never]);
      return (answers as { answer: T }).answer;
    } catch (error) {
      // Ctrl-C, or a terminal that was closed while it waited.
      if (error instanceof Error && /^(ExitPrompt|AbortPrompt)Error$/.test(error.name)) {
        throw cancelled("cancelled");
      }
      throw error;
    }
  }

  return {
    async text({ message, default: preset, editable, validate }) {
      // inquirer takes an emptied line for its default again; a lone dash is how it is really emptied.
      const meant = (typed: string) => (editable && typed.trim() === "-" ? "" : typed);
      const typed = await ask<string>("input", {
        message,
        default: preset,
        prefill: editable ? "editable" : "tab",
        validate: validity(validate && ((answer) => validate(meant(answer)))),
      });
      return meant(typed);
    },
    secret: ({ message, validate }) =>
      ask("password", { message, mask: "•", toggleMask: false, validate: validity(validate) }),
    async confirm({ message, default: preset }) {
      // inquirer's own confirm takes "tidak" for the default.
      const answer = await ask<string>("input", {
        message: `${message} ${preset ? words.yesNo : words.noYes}`,
        validate: (typed: string) =>
          typed.trim() === "" || yes.test(typed) || no.test(typed) || words.sayYesOrNo,
      });
      return answer.trim() === "" ? preset : yes.test(answer);
    },
    select: ({ message, choices, default: preset }) =>
      ask("select", {
        message,
        choices,
        default: preset,
        loop: false,
        pageSize: 12,
        theme: { style: { keysHelpTip: () => words.selectKeys } },
      }),
    edit: ({ message, text, postfix }) =>
      ask("editor", {
        message,
        default: text,
        postfix,
        waitForUserInput: false,
        theme: { style: { loadingMessage: () => words.editing, waitingMessage: () => words.editing } },
      }),
  };
}

const yes = /^\s*(y|ya|yes)\s*$/i;
const no = /^\s*(t|tidak|n|no)\s*$/i;
