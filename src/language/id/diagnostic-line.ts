import type { Diagnostic } from "../../errors/diagnostics.js";
import { diagnostics } from "./diagnostics.js";

/** Formats a diagnostic as one line: its place, then what is expected there. */
export function diagnosticLine(diagnostic: Diagnostic): string {
  const sentence = diagnostics[diagnostic.code] as (params: unknown) => string;
  const where = [diagnostic.line ? `baris ${diagnostic.line}` : "", place(diagnostic.key ?? "")]
    .filter(Boolean)
    .join(", ");
  return `${where}${where && ": "}${sentence(diagnostic.params)}`;
}

/** index.md lists photos without numbers, so they are counted from one. */
function place(key: string): string {
  return key.replace(/^foto\.(\d+)(?:\.|$)/, (_, n) => `foto ke-${Number(n) + 1} `).trim();
}
