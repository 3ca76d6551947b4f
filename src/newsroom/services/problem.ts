import type { ProblemDocument, ProblemName } from "../../contract/contract.js";

type Facts = Pick<
  ProblemDocument,
  "detail" | "errors" | "possible" | "revision" | "not_before" | "checks" | "held" | "outlet"
> & {
  status?: number;
  /** Seconds until another try makes sense; sent as Retry-After. */
  retry_after?: number;
};

/** A failure that the services throw. The API answers it as RFC 9457, the desk as a page. */
export class ProblemError extends Error {
  readonly problem: ProblemName;
  readonly facts: Facts;

  constructor(problem: ProblemName, facts: Facts) {
    super(problem);
    this.problem = problem;
    this.facts = facts;
  }
}

/** @param facts `status` only where it differs from the problem's default, e.g. 400 for an unreadable request */
export function problem(name: ProblemName, facts: Facts = {}): ProblemError {
  return new ProblemError(name, facts);
}

/** A problem about one invalid field. @param pointer RFC 6901, "" for the whole body */
export function invalidField(pointer: string, detail: string): ProblemError {
  return problem("invalid", { errors: [{ pointer, detail }] });
}
