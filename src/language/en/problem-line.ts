import type { Problem } from "../../files/diagnostic.js";
import { problems } from "./problems.js";

/** One problem as a line: where it is, and what is expected there. */
export function problemLine(problem: Problem): string {
  const words = problems[problem.code] as (params: unknown) => string;
  const where = [problem.line ? `line ${problem.line}` : "", place(problem.key ?? "")]
    .filter(Boolean)
    .join(", ");
  return `${where}${where && ": "}${words(problem.params)}`;
}

/** Photos are a list without numbers in index.md: they are counted as people do. */
function place(key: string): string {
  return key.replace(/^foto\.(\d+)(?:\.|$)/, (_, n) => `photo ${Number(n) + 1} `).trim();
}
