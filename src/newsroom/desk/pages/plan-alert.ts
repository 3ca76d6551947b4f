import type { Submission } from "../../../contract/contract.js";
import type { ProblemError } from "../../services/problem.js";
import { formatTime } from "../models/format.js";
import type { ViewContext } from "../types.js";

/**
 * Why a plan was refused; undefined for what does not concern it.
 *
 * @param state of the submission now
 */
export function planProblem(
  context: ViewContext,
  error: ProblemError,
  state: Submission["state"],
): string | undefined {
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
    const details = errors.map((one) => one.detail).join(" ");
    return alerts[errors[0]?.pointer ?? ""] ?? `${desk.problems.invalid} ${details}`;
  }
  if (error.problem !== "conflict") return undefined;
  if (not_before) return desk.problems.embargo({ when: formatTime(context, not_before) });
  const alerts: Record<string, string> = {
    "unknown-account": problems.unknown,
    destination: problems.destination,
    "no-publisher": problems.publisher,
    unfit: problems.unfit,
    "already-out": problems.alreadyOut,
    redacted: problems.redacted,
    unrenderable: desk.problems.unrenderable,
    undecided: desk.problems.publicationChanged,
    duplicate: desk.problems.publicationChanged,
  };
  return alerts[detail] ?? desk.problems.conflict({ state: post.states[state] });
}
