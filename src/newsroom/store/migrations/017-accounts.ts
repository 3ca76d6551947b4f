import type { Statement } from "../dialect.js";

/**
 * Whose claim an account is, what an editor has decided about it, when a publisher was last seen with it, and since when its login is
 * dead. An attempt keeps the facts of its failure, so that the desk says the same sentence as the machine did.
 */
export const accounts: readonly Statement[] = [
  `alter table outlets add column claimed_by_id text`,
  `alter table outlets add column claimed_at text`,
  `alter table outlets add column publisher_seen_at text`,
  `alter table outlets add column paused_code text`,
  `alter table outlets add column paused_at text`,
  `alter table outlets add column paused_by_id text`,
  `alter table outlets add column decided_by_id text`,
  `alter table outlets add column decided_at text`,
  `alter table outlets add column decided_reason text`,
  `alter table outlets add column removed_at text`,
  `alter table publication_attempts add column failure text`,
];
