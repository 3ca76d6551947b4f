import type { Context } from "../../context.js";
import { isGroup } from "../../files/group.js";
import type { Messages } from "../../language/index.js";
import { isDay, longDate } from "../../post/dates.js";
import { beginningAfter, isOddYear, isStillToCome } from "../../post/facts.js";
import { writtenText } from "../../post/template/answer-text.js";
import { parseAnswer } from "../../post/template/answers.js";
import type { Answer, Answers, Question } from "../../post/types.js";
import type { Prompter } from "../../terminal/prompts/prompter.js";
import { shorten } from "../../terminal/table.js";
import { cleanLine } from "../../text/clean.js";
import { tagProblem } from "./tag-problem.js";

/** Asks the questions of a template in the person's language. */
interface Interview {
  /** @param present the current answer, offered as the default */
  ask(question: Question, present: Answer | undefined): Promise<Answer | undefined>;
}

/** The parts that every question needs. */
interface InterviewScope extends Pick<Context, "language" | "messages" | "output"> {
  prompter: Prompter;
  /** YYYY-MM-DD in Asia/Jakarta */
  today: string;
  /** The template's name. */
  kind: string;
  /** What has been answered so far. */
  answers: Readonly<Answers>;
}

/**
 * @param today YYYY-MM-DD in Asia/Jakarta
 * @param answers those so far, kept up to date by the caller: an answer that contradicts one is asked again
 */
export function createInterview(
  context: Context,
  prompter: Prompter,
  today: string,
  kind: string,
  answers: Readonly<Answers>,
): Interview {
  const { language, messages, output } = context;
  const scope: InterviewScope = { language, messages, output, prompter, today, kind, answers };
  return { ask: (question, present) => ask(scope, question, present) };
}

async function ask(
  scope: InterviewScope,
  question: Question,
  present: Answer | undefined,
): Promise<Answer | undefined> {
  if (question.repeat) return askList(scope, question, Array.isArray(present) ? present : []);
  if (question.type === "group") return askGroup(scope, question, isGroup(present) ? present : {});
  const message = showHelp(scope, question);
  if (question.choices) return askChoice(scope, question, message, question.choices, present);
  if (question.type === "boolean") {
    const { yes, no } = scope.messages.post;
    const current = present === undefined ? undefined : present === true ? yes : no;
    const chosen = await askChoice(scope, question, message, [yes, no], current);
    return chosen === undefined ? undefined : chosen === yes;
  }
  return askText(scope, question, message, present);
}

/** Prints the help of a question and returns its text. */
function showHelp({ language, output }: InterviewScope, question: Question): string {
  output.note(question.help ? `\n  ${output.noteStyle.faint(question.help[language])}` : "");
  return question.ask[language];
}

/** Asks once more where a date is hardly meant: a slip of the keyboard, or news of what has not happened. */
async function askText(
  scope: InterviewScope,
  question: Question,
  message: string,
  present: Answer | undefined,
): Promise<Answer | undefined> {
  const { messages, prompter, today, kind } = scope;
  const { reallyYear, reallyToCome } = messages.postChanges;
  for (let offered = present; ; ) {
    const answer = await askTextOnce(scope, question, message, offered);
    if (question.type !== "date" || typeof answer !== "string" || answer === present) return answer;
    const isEvent = question.key === "tanggal";
    const doubt = isOddYear(answer, today)
      ? reallyYear({ year: answer.slice(0, 4) })
      : isEvent && isStillToCome(kind, answer, today)
        ? reallyToCome({ date: longDate(answer) })
        : undefined;
    if (doubt === undefined || (await prompter.confirm({ message: doubt, default: false }))) return answer;
    offered = answer;
  }
}

async function askTextOnce(
  { messages, output, prompter, today, answers }: InterviewScope,
  question: Question,
  message: string,
  present: Answer | undefined,
): Promise<Answer | undefined> {
  const { optional, clearable } = messages.post;
  const hint = present === undefined ? optional : clearable;
  const suffix = question.required ? "" : output.noteStyle.faint(` (${hint})`);
  const typed = await prompter.text({
    message: `${message}${suffix}`,
    default: present === undefined ? question.default : writtenText(question, present),
    editable: present !== undefined,
    lines: question.type === "long",
    validate: (answer) => {
      const parsed = parseAnswer(question, answer, today);
      if ("problem" in parsed) return diagnosticText(messages, parsed.problem);
      const clash = beginningAfter(question.key, parsed.value, answers);
      if (clash && !clash.isOverNight) return messages.diagnostics["ends-before-start"](clash);
      return tagProblem(messages, answer);
    },
  });
  const parsed = parseAnswer(question, typed, today);
  return "value" in parsed ? parsed.value : undefined;
}

function diagnosticText(messages: Messages, diagnostic: Parameters<Messages["diagnosticLine"]>[0]): string {
  if (diagnostic.code === "answer-missing") return messages.diagnostics.required();
  return messages.diagnosticLine({ ...diagnostic, key: undefined, line: undefined });
}

async function askChoice(
  { messages, prompter }: InterviewScope,
  question: Question,
  message: string,
  choices: readonly string[],
  present: Answer | undefined,
): Promise<string | undefined> {
  const options = choices.map((value) => ({ name: value, value: value as string | undefined }));
  if (!question.required) options.unshift({ name: messages.post.skip, value: undefined });
  return prompter.select({
    message,
    choices: options,
    default: typeof present === "string" ? present : question.default,
  });
}

async function askList(
  scope: InterviewScope,
  question: Question,
  present: readonly Answer[],
): Promise<Answer | undefined> {
  const message = showHelp(scope, question);
  const items =
    question.type === "group"
      ? await askGroups(scope, question, message, present)
      : await askTexts(scope, question, message, present);
  return items.length > 0 ? items : undefined;
}

/** Asks for groups until the person wants no more. */
async function askGroups(
  scope: InterviewScope,
  question: Question,
  message: string,
  present: readonly Answer[],
): Promise<Answer[]> {
  const { addOne, another } = scope.messages.post;
  const items: Answer[] = [];
  for (let n = 0; ; n++) {
    const add = items.length === 0 ? addOne({ ask: message }) : another({ ask: message });
    const more =
      (n === 0 && question.required) ||
      (await scope.prompter.confirm({ message: add, default: n < present.length }));
    if (!more) return items;
    items.push((await askGroup(scope, question, groupAt(present, n))) ?? {});
  }
}

/** Asks for texts until the answer is empty. */
async function askTexts(
  scope: InterviewScope,
  question: Question,
  message: string,
  present: readonly Answer[],
): Promise<Answer[]> {
  const items: Answer[] = [];
  for (let n = 0; ; n++) {
    const single: Question = { ...question, repeat: false, required: question.required && n === 0 };
    const label = scope.messages.post.item({ ask: message, n: n + 1 });
    const item = await askText(scope, single, label, present[n]);
    if (item === undefined) return items;
    items.push(item);
  }
}

async function askGroup(
  scope: InterviewScope,
  question: Question,
  present: Answers,
): Promise<Answers | undefined> {
  const group: Answers = {};
  for (const field of question.fields ?? []) {
    const value = await ask(scope, field, present[field.key]);
    if (value !== undefined) group[field.key] = value;
  }
  return Object.keys(group).length > 0 ? group : undefined;
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
  // The computed weekday makes a wrong date noticeable.
  if (question.type === "date" && isDay(String(answer))) return longDate(String(answer));
  return writtenText(question, answer);
}

/** The current answer, displayed below the selected question. */
export function presentLine(
  question: Question,
  answer: Answer | undefined,
  messages: Messages["post"],
): string | undefined {
  return answer === undefined ? undefined : shorten(cleanLine(answerLine(question, answer, messages)), 76);
}
