import type { problems } from "../language/id/problems.js";

/** A stable name of something wrong with one key; its words are in `language/<id|en>/problems.ts`. */
export type ProblemCode = keyof typeof problems;

/** One thing that is wrong in a file that a person edits: where, and what is expected there. */
export interface Problem<C extends ProblemCode = ProblemCode> {
  code: C;
  /** Dotted key, e.g. `foto.0.alt`; absent when the whole file is meant. */
  key?: string;
  /** 1-based line in the file as the person sees it. */
  line?: number;
  params?: Parameters<(typeof problems)[C]>[0];
  /** A warning is shown but stops nothing. */
  severity: "error" | "warning";
}

type Facts<C extends ProblemCode> = Parameters<(typeof problems)[C]>;

/** Where in a file. */
export interface Place {
  key?: string | undefined;
  line?: number | undefined;
}

/** An error at a place; the facts are those its words need. */
export function wrong<C extends ProblemCode>(place: Place, code: C, ...[params]: Facts<C>): Problem<C> {
  return at("error", place, code, params);
}

/** The same, as a warning: shown, stops nothing. */
export function doubtful<C extends ProblemCode>(place: Place, code: C, ...[params]: Facts<C>): Problem<C> {
  return at("warning", place, code, params);
}

function at<C extends ProblemCode>(
  severity: Problem["severity"],
  place: Place,
  code: C,
  params: Facts<C>[0],
): Problem<C> {
  return {
    code,
    severity,
    ...(place.key ? { key: place.key } : {}),
    ...(place.line ? { line: place.line } : {}),
    ...(params === undefined ? {} : { params }),
  };
}

/** Whether anything stops here. */
export function hasErrors(found: readonly Problem[]): boolean {
  return found.some((problem) => problem.severity === "error");
}
