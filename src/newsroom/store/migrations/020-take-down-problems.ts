import type { Statement } from "../dialect.js";

/** Why a take-down has not removed what it should: the channel's words, or the addresses that still open. */
export const takeDownProblems: readonly Statement[] = [
  `alter table publication_attempts add column reason text`,
];
