/** Redactions of comments and of reasons, and the new holder of a reassigned claim. */
export const redactionTargets: readonly string[] = [
  `alter table redactions add column comment_id text references comments(id)`,
  `alter table redactions add column transition_id text references transitions(id)`,
  `alter table transitions add column assignee_id text references users(id)`,
];
