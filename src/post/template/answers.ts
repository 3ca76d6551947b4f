import type { Diagnostic } from "../../errors/diagnostics.js";
import { error, hasErrors } from "../../files/diagnostic.js";
import { isGroup } from "../../files/group.js";
import { readYaml } from "../../files/yaml.js";
import { nearestKey } from "../../text/nearest.js";
import { toPhoto } from "../front-matter/schema.js";
import { type Lines, lineOf } from "../front-matter/shapes.js";
import type { Answer, Answers, PostPhoto, Question, Template } from "../types.js";
import { readText } from "./answer-text.js";
import { allQuestions } from "./questions.js";
import { applySets, maxItems, type Tree } from "./set-flags.js";

/** The sources of answers. For one key, `title` wins over `set`, and `set` over `from`. */
export interface AnswerSources {
  /** `--set`, each "key=value". */
  set?: readonly string[];
  /** The text of `--from`: YAML or JSON. */
  from?: string;
  /** `--title` */
  title?: string;
  /** YYYY-MM-DD in Asia/Jakarta. */
  today: string;
}

interface MissingAnswer {
  /** Dotted, e.g. `kutipan.0.nama`. */
  key: string;
  question: Question;
  problem: Diagnostic<"answer-missing">;
}

export interface CollectedAnswers {
  /** The given answers, and the defaults of other questions. */
  answers: Answers;
  /** Keys of the questions with a given answer, not a default. */
  given: ReadonlySet<string>;
  /** `foto:` of the answers; `file` is the path as given there. */
  photos: PostPhoto[];
  /** Required questions without an answer. With a terminal, kominfo asks for them. */
  missing: MissingAnswer[];
  /** Unknown keys and invalid values, with their line when they come from a file. Missing answers are not included. */
  problems: Diagnostic[];
}

/** Parses the answers from the command line and a file. Throws nothing, but returns all problems. */
export function collectAnswers(template: Template, sources: AnswerSources): CollectedAnswers {
  const questions = allQuestions(template);
  const { tree, lines, problems } = readFrom(sources.from);
  const { foto, ...rest } = tree;
  const given: Tree = Object.assign(Object.create(null), rest);
  problems.push(...applySets(given, sources.set ?? [], questions));
  if (sources.title !== undefined) given.judul = sources.title;
  problems.push(...unknownIn(given, questions, "").map((problem) => withLine(problem, lines)));
  const answers: Answers = {};
  const missing: MissingAnswer[] = [];
  for (const question of questions) {
    const read = readAnswer(question, given[question.key], sources.today, question.key);
    if (read.value !== undefined) answers[question.key] = read.value;
    missing.push(...read.missing);
    problems.push(...read.problems.map((problem) => withLine(problem, lines)));
  }
  const photos = readPhotos(foto, lines);
  return {
    answers,
    given: new Set(questions.map(({ key }) => key).filter((key) => !isEmpty(given[key]))),
    photos: photos.photos,
    missing,
    problems: [...problems, ...photos.problems],
  };
}

/**
 * Parses one answer, as typed or from a file. An empty answer gives the default, or undefined. To parse one item of a
 * repeated question, pass `{ ...question, repeat: false }`.
 */
export function parseAnswer(
  question: Question,
  raw: unknown,
  today: string,
): { value: Answer | undefined } | { problem: Diagnostic } {
  const { value, problems, missing } = readAnswer(question, raw, today, question.key);
  const problem = problems[0] ?? missing[0]?.problem;
  return problem ? { problem } : { value };
}

interface Read {
  value?: Answer | undefined;
  problems: Diagnostic[];
  missing: MissingAnswer[];
}

function readAnswer(question: Question, raw: unknown, today: string, key: string): Read {
  const given = isEmpty(raw) ? question.default : raw;
  if (question.repeat) return readList(question, given, today, key);
  if (question.type === "group") return readGroup(question, given, today, key);
  if (given === undefined) return question.required ? lacking(question, key) : none();
  if (typeof given === "object") return { ...none(), problems: [error({ key }, "text-expected")] };
  const read = readText(question, String(given), today, key);
  if (typeof read === "object") return { ...none(), problems: [read] };
  return read === "" ? readAnswer(question, undefined, today, key) : { ...none(), value: read };
}

function readList(question: Question, given: unknown, today: string, key: string): Read {
  const itemQuestion = { ...question, repeat: false };
  const items = asList(given, question).filter((item) => !isEmpty(item));
  if (items.length > maxItems) {
    return { ...none(), problems: [error({ key }, "too-many", { max: maxItems })] };
  }
  if (items.length === 0) {
    return question.required
      ? readAnswer(withoutDefault(itemQuestion), undefined, today, `${key}.0`)
      : none();
  }
  const reads = items.map((item, index) =>
    readAnswer(withoutDefault(itemQuestion), item, today, `${key}.${index}`),
  );
  return {
    value: reads.flatMap((read) => (read.value === undefined ? [] : [read.value])),
    problems: reads.flatMap((read) => read.problems),
    missing: reads.flatMap((read) => read.missing),
  };
}

/** A single value is a list of one item. When answers have one line, each line is an item. */
function asList(given: unknown, question: Question): unknown[] {
  const items = Array.isArray(given) ? given : [given];
  if (question.type === "long") return items;
  return items.flatMap((item: unknown) => (typeof item === "string" ? item.split(/\r?\n/) : [item]));
}

function readGroup(question: Question, given: unknown, today: string, key: string): Read {
  const fields = question.fields ?? [];
  if (given !== undefined && !isGroup(given)) {
    return { ...none(), problems: [error({ key }, "group-expected")] };
  }
  if (given === undefined && !question.required) return none();
  const values: Tree = given ?? {};
  const read: Read = { problems: unknownIn(values, fields, key), missing: [] };
  const value: Answers = {};
  for (const field of fields) {
    const inner = readAnswer(field, values[field.key], today, `${key}.${field.key}`);
    if (inner.value !== undefined) value[field.key] = inner.value;
    read.problems.push(...inner.problems);
    read.missing.push(...inner.missing);
  }
  if (Object.keys(value).length > 0) read.value = value;
  else if (question.required && read.missing.length === 0)
    read.missing.push(...lacking(question, key).missing);
  return read;
}

function none(): Read {
  return { problems: [], missing: [] };
}

function lacking(question: Question, key: string): Read {
  const flag = key === "judul" ? "--title …" : `--set ${key}=…`;
  return { problems: [], missing: [{ key, question, problem: error({ key }, "answer-missing", { flag }) }] };
}

function withoutDefault(question: Question): Question {
  const { default: _, ...rest } = question;
  return rest;
}

function isEmpty(raw: unknown): boolean {
  if (raw === undefined || raw === null) return true;
  if (typeof raw === "string") return raw.trim() === "";
  if (Array.isArray(raw)) return raw.every(isEmpty);
  return isGroup(raw) && Object.values(raw).every(isEmpty);
}

function readFrom(text: string | undefined): { tree: Tree; lines: Lines; problems: Diagnostic[] } {
  if (text === undefined || text.trim() === "") return { tree: {}, lines: new Map(), problems: [] };
  const yaml = readYaml(text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n"));
  if (hasErrors(yaml.problems)) return { tree: {}, lines: yaml.lines, problems: yaml.problems };
  if (!isGroup(yaml.values))
    return { tree: {}, lines: yaml.lines, problems: [error({ line: 1 }, "group-expected")] };
  return { tree: yaml.values, lines: yaml.lines, problems: [] };
}

function unknownIn(given: Tree, questions: readonly Question[], under: string): Diagnostic[] {
  const valid = questions.map(({ key }) => key);
  return Object.keys(given)
    .filter((key) => !valid.includes(key))
    .map((key) => {
      const near = nearestKey(key, under ? valid : [...valid, "foto"]);
      return error({ key: under ? `${under}.${key}` : key }, "unknown-key", near ? { nearest: near } : {});
    });
}

function withLine(problem: Diagnostic, lines: Lines): Diagnostic {
  const line = problem.key === undefined ? undefined : lineOf(problem.key, lines);
  return line === undefined ? problem : { ...problem, line };
}

function readPhotos(given: unknown, lines: Lines): { photos: PostPhoto[]; problems: Diagnostic[] } {
  const photos: PostPhoto[] = [];
  const problems: Diagnostic[] = [];
  const items = given === undefined || given === "" ? [] : Array.isArray(given) ? given : [given];
  for (const [index, item] of items.entries()) {
    const key = `foto.${index}`;
    const at = (name: string) => ({ key: name, line: lineOf(name, lines) });
    // A path alone is a photo without a description.
    const values = typeof item === "string" ? { berkas: item } : item;
    if (!isGroup(values)) {
      problems.push(error(at(key), "group-expected"));
      continue;
    }
    const file = values.berkas;
    if (typeof file !== "string" || file.trim() === "") {
      problems.push(error(at(`${key}.berkas`), "required"));
      continue;
    }
    const read = toPhoto(values, key, lines);
    problems.push(...read.problems);
    if (read.photo) photos.push({ ...read.photo, file });
  }
  return { photos, problems };
}
