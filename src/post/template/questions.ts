import type { z } from "zod";
import { textChannels } from "../../channels/registry.js";
import { categories } from "../../contract/contract.js";
import type { Diagnostic } from "../../errors/diagnostics.js";
import { error } from "../../files/diagnostic.js";
import { isGroup } from "../../files/group.js";
import {
  fail,
  group,
  issues,
  type Lines,
  line,
  lineOf,
  list,
  oneOf,
  present,
  unknownKeys,
  written,
  yesNo,
} from "../front-matter/shapes.js";
import { type LocalizedText, type Question, questionTypes, type Template } from "../types.js";

const textShape = group({ id: line, en: line });
const key = written((text, context) => (/^[a-z][a-z0-9_]*$/.test(text) ? text : fail(context, "key-form")));
const count = written((text, context) =>
  /^\d{1,6}$/.test(text) ? Number(text) : fail(context, "number-expected"),
);
const typeNames = Object.fromEntries(questionTypes.map((name) => [name, name])) as {
  [T in Question["type"]]: T;
};

const plainQuestion = {
  key,
  type: oneOf(typeNames),
  ask: textShape,
  help: textShape,
  required: yesNo,
  repeat: yesNo,
  internal: yesNo,
  default: line,
  max: count,
  choices: list(line),
};
const fieldShape = group(plainQuestion);
const questionShape = group({ ...plainQuestion, fields: list(fieldShape) });
const headShape = group({
  title: textShape,
  description: textShape,
  menu: yesNo,
  questions: list(questionShape),
});
type QuestionRead = z.output<typeof questionShape>;

/** Parses the `template:` group of a template file. `head` is absent when the group is invalid. */
export function readHead(
  value: unknown,
  lines: Lines,
): { head?: Omit<Template, "name" | "front" | "body">; problems: Diagnostic[] } {
  const read = headShape.safeParse(isGroup(value) ? value : {});
  const found = [
    ...(read.success ? [] : issues(read.error, lines, "template")),
    ...unknownTemplateKeys(value, lines),
  ];
  if (!isGroup(value)) found.push(error({ key: "template", line: 2 }, "required"));
  if (!read.success) return { problems: found };
  const { title, description, menu, questions } = read.data;
  const needs = (value: unknown, key: string) => {
    if (value === undefined || value === "") found.push(error({ key, line: lineOf(key, lines) }, "required"));
  };
  for (const language of ["id", "en"] as const) {
    needs(title[language], `template.title.${language}`);
    needs(description[language], `template.description.${language}`);
  }
  checkQuestions(questions, "template.questions", lines, found, needs);
  return {
    head: {
      title: toText(title),
      description: toText(description),
      menu: menu ?? true,
      questions: questions.map(toQuestion),
    },
    problems: found,
  };
}

function checkQuestions(
  questions: readonly (Omit<QuestionRead, "fields"> & { fields?: QuestionRead["fields"] })[],
  under: string,
  lines: Lines,
  found: Diagnostic[],
  needs: (value: unknown, key: string) => void,
): void {
  const seen = new Set<string>();
  questions.forEach((question, index) => {
    const place = `${under}.${index}`;
    const at = { key: `${place}.key`, line: lineOf(`${place}.key`, lines) };
    needs(question.key, `${place}.key`);
    needs(question.type, `${place}.type`);
    needs(question.ask.id, `${place}.ask.id`);
    needs(question.ask.en, `${place}.ask.en`);
    if (question.key !== undefined && seen.has(question.key)) found.push(error(at, "duplicate-question"));
    if (question.key !== undefined) seen.add(question.key);
    const choices = question.choices.length > 0 || question.key === "kategori";
    if (question.type === "choice" && !choices) needs(undefined, `${place}.choices`);
    if (question.type === "group" && !question.fields?.length) needs(undefined, `${place}.fields`);
    if (question.fields) checkQuestions(question.fields, `${place}.fields`, lines, found, needs);
  });
}

function toQuestion(read: Omit<QuestionRead, "fields"> & { fields?: QuestionRead["fields"] }): Question {
  const choices = read.choices.filter((choice) => choice !== undefined);
  const isCategory = read.key === "kategori" && choices.length === 0;
  return {
    key: read.key ?? "",
    type: read.type ?? "text",
    ask: toText(read.ask),
    ...(read.help.id ? { help: toText(read.help) } : {}),
    required: read.required ?? false,
    repeat: read.repeat ?? false,
    internal: read.internal ?? false,
    ...present({ default: read.default }),
    ...(read.max === undefined ? {} : { max: read.max }),
    ...(read.type === "choice" ? { choices: isCategory ? [...categories] : choices } : {}),
    ...(read.type === "group" ? { fields: (read.fields ?? []).map(toQuestion) } : {}),
  };
}

function toText(read: { id?: string | undefined; en?: string | undefined }): LocalizedText {
  return { id: read.id ?? "", en: read.en ?? read.id ?? "" };
}

function unknownTemplateKeys(value: unknown, lines: Lines): Diagnostic[] {
  const ofGroup = (inner: unknown, place: string, valid: readonly string[]) =>
    unknownKeys(inner, place, valid, lines, "error");
  const ofQuestions = (questions: unknown, place: string, valid: readonly string[]): Diagnostic[] =>
    (Array.isArray(questions) ? questions : []).flatMap((question: unknown, index) => [
      ...ofGroup(question, `${place}.${index}`, valid),
      ...(isGroup(question)
        ? ofQuestions(question.fields, `${place}.${index}.fields`, Object.keys(plainQuestion))
        : []),
    ]);
  if (!isGroup(value)) return [];
  return [
    ...ofGroup(value, "template", ["title", "description", "menu", "questions"]),
    ...ofQuestions(value.questions, "template.questions", [...Object.keys(plainQuestion), "fields"]),
  ];
}

const word = (id: string, en: string): LocalizedText => ({ id, en });

/** The questions of every kind of post, whether or not its template asks them. */
function generalQuestions(): Question[] {
  const plain = (
    key: string,
    type: Question["type"],
    ask: LocalizedText,
    more: Partial<Question> = {},
  ): Question => ({
    key,
    type,
    ask,
    required: false,
    repeat: false,
    internal: false,
    ...more,
  });
  return [
    plain("judul", "text", word("Judul", "Title"), { required: true, max: 250 }),
    plain("lokasi", "text", word("Tempat", "Place"), { max: 250 }),
    plain("desa_kelurahan", "text", word("Desa atau kelurahan", "Village"), { max: 100 }),
    plain("tanggal", "date", word("Tanggal", "Date")),
    plain("kategori", "choice", word("Kategori", "Category"), { choices: [...categories] }),
    plain("prioritas", "choice", word("Prioritas", "Priority"), { choices: ["biasa", "mendesak"] }),
    plain("dibutuhkan_sebelum", "text", word("Dibutuhkan sebelum", "Needed by")),
    plain("embargo", "text", word("Embargo sampai", "Embargo until")),
    plain("ringkasan", "text", word("Ringkasan", "Summary"), { max: 160 }),
    plain("tag", "text", word("Tag", "Tags"), { repeat: true, max: 60 }),
    plain("teks_kanal", "group", word("Teks untuk kanal", "Texts of the channels"), {
      fields: textChannels.map((name) => plain(name, "long", word(name, name), { max: 5000 })),
    }),
    plain("internal", "group", word("Untuk redaksi saja", "For the newsroom only"), {
      fields: [plain("catatan", "long", word("Catatan", "Note"))],
    }),
  ];
}

/** The questions of a template, and the general questions that it does not ask itself. */
export function allQuestions(template: Template): Question[] {
  const own = new Set(template.questions.map((question) => question.key));
  return [...template.questions, ...generalQuestions().filter((question) => !own.has(question.key))];
}
