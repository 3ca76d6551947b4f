import type { Statement } from "../dialect.js";

/** The request to take down what is out: since when, whose, and why. The words are in `reason`. */
export const takeDownRequests: readonly Statement[] = [
  `alter table publications add column take_down_requested_at text`,
  `alter table publications add column take_down_by text`,
  `alter table publications add column take_down_cause text`,
];
