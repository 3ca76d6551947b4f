import type { Problem } from "../../files/problem.js";
import { problems } from "./problems.js";

/** One problem as a line: where it is, and what is expected there. */
export function problemLine(problem: Problem): string {
  const words = problems[problem.code] as (params: unknown) => string;
  const place = [problem.line ? `baris ${problem.line}` : "", problem.key ?? ""].filter(Boolean).join(", ");
  return `${place}${place && ": "}${words(problem.params)}`;
}
