import { styleText } from "node:util";
import { width, wrap } from "../table.js";

/** Cells that an answer of unknown length should have on the line where it begins. */
const roomToType = 12;

/** What stands in the line behind the question. */
export interface AnswerLine {
  /** Cells that the answer needs at least; default: enough for a word. */
  room?: number;
  /** Shown in brackets until something is typed. */
  proposal?: string;
  /** Stands in the line already, to be changed there. */
  prefilled?: string;
}

/** `text` behind a sign of one cell and a blank, wrapped between words; the lines after the first stand below the text. */
export function behindSign(text: string, columns: number): string {
  return wrap(`→ ${text}`, columns).slice(2);
}

/**
 * The parts of a question for inquirer, wrapped as printed sentences are: inquirer itself breaks a line in the middle of a word. An answer
 * that would be broken begins on a line of its own.
 *
 * @param columns the width now: a terminal may be resized
 */
export function questionTheme(columns: () => number, message: string, answer: AnswerLine = {}) {
  /** Cells that the last line of the question fills. */
  const filled = () => width(`  ${behindSign(message, columns())}`.split("\n").at(-1) ?? "");
  const needed = () => {
    if (answer.prefilled) return width(answer.prefilled) + 1;
    const proposed = answer.proposal ? width(answer.proposal) + 3 : 0;
    return proposed + (answer.room ?? roomToType);
  };
  return {
    style: {
      message: (text: string, status: string) => {
        const wrapped = styleText("bold", behindSign(text, columns()));
        const fits = status === "done" || filled() + 1 + needed() <= columns();
        // inquirer puts a blank before the answer.
        return fits ? wrapped : `${wrapped}\n `;
      },
      answer: (text: string) => {
        const fits = filled() + 1 + width(text) <= columns();
        return fits ? styleText("cyan", text) : `\n  ${styleText("cyan", behindSign(text, columns()))}`;
      },
      // What stood in the line and was taken out is not offered again.
      defaultAnswer: (text: string) =>
        answer.prefilled === undefined ? styleText("dim", behindSign(`(${text})`, columns())) : "",
      error: (text: string) => styleText("red", `> ${behindSign(text, columns())}`),
    },
  };
}
