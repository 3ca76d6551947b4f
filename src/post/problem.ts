import type { Problem, ProblemCode } from "../files/problem.js";
import type { problems } from "../language/id/problems.js";

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
