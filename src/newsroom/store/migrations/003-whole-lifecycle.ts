/** Requests of operators, redacted photos, token rotation, settings of the office, indexes of the change feed. */
export const wholeLifecycle: readonly string[] = [
  `alter table submissions add column asked text check (asked in ('withdraw', 'unpublish'))`,
  `alter table photos add column removed_at text`,
  `create index photo_owners_of_user on photo_owners (user_id)`,
  `create index uploads_of_user on uploads (user_id)`,
  `alter table tokens add column replaces text references tokens(id)`,
  `create table settings (name text primary key, value text not null)`,
  `create index changes_of_kecamatan on changes (kecamatan, seq)`,
  `create index changes_of_submission on changes (submission_id)`,
  `create index redactions_of_submission on redactions (submission_id)`,
];
