import type { Problem } from "../files/problem.js";
import type { Answer, Answers, PostPhoto, Question, Template } from "./types.js";

export interface AnswerSources {
  /** `--set`, each "key=value". Wins over `from`. */
  set?: readonly string[];
  /** The text of `--from`: YAML or JSON. */
  from?: string;
  /** `--title`. */
  title?: string;
  /** YYYY-MM-DD in Asia/Jakarta. */
  today: string;
}

export interface CollectedAnswers {
  /** What was given, plus defaults. */
  answers: Answers;
  /** `foto:` of the answers; `file` is the path as given there (relative to where the person is). */
  photos: PostPhoto[];
  /** Required and not given, by dotted key; a terminal asks for them. */
  missing: { key: string; question: Question; problem: Problem<"answer-missing"> }[];
  /** Unknown keys, wrong values: each an error with its key and, from a file, its line. Never the missing ones. */
  problems: Problem[];
}

export function collectAnswers(_template: Template, _sources: AnswerSources): CollectedAnswers {
  throw new Error("follows");
}
/** One answer as typed (or as a file gives it): `{ value }` when good, `{ value: undefined }` when empty. */
export function parseAnswer(
  _question: Question,
  _raw: unknown,
  _today: string,
): { value: Answer | undefined } | { problem: Problem } {
  throw new Error("follows");
}
