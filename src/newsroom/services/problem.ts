import type { ProblemDocument, ProblemName } from "../../contract/contract.js";

type Facts = Pick<ProblemDocument, "detail" | "errors" | "possible" | "revision" | "not_before"> & {
  status?: number;
};

/** An answer other than success; thrown by the domain, and told by the API as RFC 9457, by the desk as a page. */
export class ProblemError extends Error {
  readonly problem: ProblemName;
  readonly facts: Facts;

  constructor(problem: ProblemName, facts: Facts) {
    super(problem);
    this.problem = problem;
    this.facts = facts;
  }
}

/** @param facts `status` only where it is not the name's usual one: 400 for what could not be read at all. */
export function problem(name: ProblemName, facts: Facts = {}): ProblemError {
  return new ProblemError(name, facts);
}

/** One invalid field. @param pointer RFC 6901, "" for the whole body */
export function invalidField(pointer: string, detail: string): ProblemError {
  return problem("invalid", { errors: [{ pointer, detail }] });
}
