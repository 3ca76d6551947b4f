import type { ReportedProblem } from "../../errors/workspace.js";
import type { DiagnosticCode } from "../../files/diagnostic-codes.js";
import { problems } from "./problems.js";

/** Formats a problem as one line: its place, then what is expected there. */
export function problemLine(problem: ReportedProblem): string {
  const sentence = problems[problem.code as DiagnosticCode] as (params: unknown) => string;
  const where = [problem.line ? `baris ${problem.line}` : "", place(problem.key ?? "")]
    .filter(Boolean)
    .join(", ");
  return `${where}${where && ": "}${sentence(problem.params)}`;
}

/** index.md lists photos without numbers, so they are counted from one. */
function place(key: string): string {
  return key.replace(/^foto\.(\d+)(?:\.|$)/, (_, n) => `foto ke-${Number(n) + 1} `).trim();
}
