import { type ExpressionBuilder, sql } from "kysely";
import type { Schema } from "./schema.js";

/** The submissions that somebody sees: all, those of one kecamatan, or the approved ones. */
export type Scope = { all: true } | { kecamatan: string } | { approved: true };

/** Condition that a submission is within the scope. */
export function inScope(where: ExpressionBuilder<Schema, "submissions">, scope: Scope) {
  if ("all" in scope) return sql<boolean>`1 = 1`;
  return "approved" in scope
    ? where("submissions.state", "=", "approved")
    : where("submissions.kecamatan", "=", scope.kecamatan);
}
