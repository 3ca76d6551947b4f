/**
 * Indexes for every combination of list filters, in the order of the list, so that the cost of a page does not grow with
 * the number of submissions.
 */
export const growth: readonly string[] = [
  `drop index submissions_by_kind`,
  `drop index submissions_by_kind_of_kecamatan`,
  `create index submissions_by_kind on submissions (kind, id)`,
  `create index submissions_by_kind_of_kecamatan on submissions (kecamatan, kind, id)`,
  `create index submissions_by_state_of_kecamatan on submissions (kecamatan, state, id)`,
  `create index submissions_by_state_and_kind on submissions (state, kind, id)`,
  `create index submissions_by_all on submissions (kecamatan, state, kind, id)`,
  `create index submissions_by_change on submissions (updated_at)`,
];
