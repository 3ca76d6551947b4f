import type { ProblemError } from "../../services/problem.js";
import { formatTime } from "../models/format.js";
import type { ViewContext } from "../types.js";

/** Why a plan was refused; undefined for what does not concern it. */
export function planProblem(context: ViewContext, error: ProblemError): string | undefined {
  const { desk, post } = context.messages;
  const { problems } = desk.plan;
  const { errors = [], detail = "", not_before } = error.facts;
  if (error.problem === "idempotency-mismatch") return desk.problems.sentBefore;
  if (error.problem === "invalid") {
    const alerts: Record<string, string> = {
      "/accounts": problems.accounts,
      "/channel": problems.channel,
      "/at": errors[0]?.detail === "time" ? desk.problems.needTime : problems.past,
    };
    return alerts[errors[0]?.pointer ?? ""];
  }
  if (error.problem !== "conflict") return undefined;
  if (not_before) return desk.problems.embargo({ when: formatTime(context, not_before) });
  const alerts: Record<string, string> = {
    "unknown-account": problems.unknown,
    destination: problems.destination,
    "no-publisher": problems.publisher,
    unfit: problems.unfit,
    undecided: desk.problems.publicationChanged,
    duplicate: desk.problems.publicationChanged,
  };
  return detail ? alerts[detail] : desk.problems.conflict({ state: post.states.in_review });
}
