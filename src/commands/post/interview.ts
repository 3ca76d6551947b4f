import type { Context } from "../../context.js";
import { isGroup } from "../../files/group.js";
import type { Messages } from "../../language/index.js";
import { isDay, longDate } from "../../post/dates.js";
import { writtenText } from "../../post/template/answer-text.js";
import { parseAnswer } from "../../post/template/answers.js";
import type { Answer, Answers, Question } from "../../post/types.js";
import type { Prompter } from "../../terminal/prompter.js";
import { shorten } from "../../terminal/table.js";
import { cleanLine } from "../../text/clean.js";

/** Asks the questions of a template, one by one, in the person's language. */
interface Interview {
  /** @param present the answer so far: the default */
  ask(question: Question, present: Answer | undefined): Promise<Answer | undefined>;
}

/** @param today YYYY-MM-DD in Asia/Jakarta */
export function createInterview(context: Context, prompter: Prompter, today: string): Interview {
  const { language, messages, output } = context;
  const words = messages.post;

  function show(question: Question): string {
    output.note(question.help ? `\n  ${output.noteStyle.faint(question.help[language])}` : "");
    return question.ask[language];
  }

  async function ask(question: Question, present: Answer | undefined): Promise<Answer | undefined> {
    if (question.repeat) return askList(question, Array.isArray(present) ? present : []);
    if (question.type === "group") return askGroup(question, isGroup(present) ? present : {});
    const message = show(question);
    if (question.choices) return askChoice(question, message, question.choices, present);
    if (question.type === "boolean") {
      const choices = [words.yes, words.no];
      const given = present === undefined ? undefined : present === true ? words.yes : words.no;
      const chosen = await askChoice(question, message, choices, given);
      return chosen === undefined ? undefined : chosen === words.yes;
    }
    return askText(question, message, present);
  }

  async function askText(question: Question, message: string, present: Answer | undefined) {
    const hint = present === undefined ? words.optional : words.clearable;
    const optional = question.required ? "" : output.noteStyle.faint(` (${hint})`);
    const typed = await prompter.text({
      message: `${message}${optional}`,
      default: present === undefined ? question.default : writtenText(question, present),
      editable: present !== undefined,
      lines: question.type === "long",
      validate: (answer) => {
        const read = parseAnswer(question, answer, today);
        return "problem" in read ? problemWords(read.problem) : "";
      },
    });
    const read = parseAnswer(question, typed, today);
    return "value" in read ? read.value : undefined;
  }

  function problemWords(problem: Parameters<typeof messages.diagnosticLine>[0]): string {
    if (problem.code === "answer-missing") return messages.diagnostics.required();
    return messages.diagnosticLine({ ...problem, key: undefined, line: undefined });
  }

  async function askChoice(
    question: Question,
    message: string,
    choices: readonly string[],
    present: Answer | undefined,
  ): Promise<string | undefined> {
    const options = choices.map((value) => ({ name: value, value: value as string | undefined }));
    if (!question.required) options.unshift({ name: words.skip, value: undefined });
    return prompter.select({
      message,
      choices: options,
      default: typeof present === "string" ? present : question.default,
    });
  }

  async function askList(question: Question, present: readonly Answer[]): Promise<Answer | undefined> {
    const one: Question = { ...question, repeat: false, required: false };
    const message = show(question);
    const items: Answer[] = [];
    if (question.type === "group") {
      for (let n = 0; ; n++) {
        const add = items.length === 0 ? words.addOne({ ask: message }) : words.another({ ask: message });
        const more =
          (n === 0 && question.required) ||
          (await prompter.confirm({ message: add, default: n < present.length }));
        if (!more) break;
        items.push((await askGroup(question, groupAt(present, n))) ?? {});
      }
    } else {
      for (let n = 0; ; n++) {
        const required = question.required && n === 0;
        const item = await askText({ ...one, required }, words.item({ ask: message, n: n + 1 }), present[n]);
        if (item === undefined) break;
        items.push(item);
      }
    }
    return items.length > 0 ? items : undefined;
  }

  async function askGroup(question: Question, present: Answers): Promise<Answers | undefined> {
    const group: Answers = {};
    for (const field of question.fields ?? []) {
      const value = await ask(field, present[field.key]);
      if (value !== undefined) group[field.key] = value;
    }
    return Object.keys(group).length > 0 ? group : undefined;
  }

  return { ask };
}

function groupAt(items: readonly Answer[], n: number): Answers {
  const item = items[n];
  return isGroup(item) ? item : {};
}

/** An answer on one line, for a summary. */
export function answerLine(question: Question, answer: Answer, messages: Messages["post"]): string {
  if (Array.isArray(answer)) return answer.map((item) => answerLine(question, item, messages)).join("; ");
  if (isGroup(answer)) {
    const fields = (question.fields ?? []).filter(({ key }) => answer[key] !== undefined);
    return fields.map((field) => answerLine(field, answer[field.key]!, messages)).join(", ");
  }
  if (typeof answer === "boolean") return answer ? messages.yes : messages.no;
  // The weekday is computed: seen here, a slip of the date is noticed.
  if (question.type === "date" && isDay(String(answer))) return longDate(String(answer));
  return writtenText(question, answer);
}

/** The answer so far, below the question that is pointed at in a list. */
export function presentLine(
  question: Question,
  answer: Answer | undefined,
  messages: Messages["post"],
): string | undefined {
  return answer === undefined ? undefined : shorten(cleanLine(answerLine(question, answer, messages)), 76);
}
