/** Attempts that are counted before they are evaluated, and when a session last proved whose it is. */
export const guesses: readonly string[] = [
  `create table attempts (key text primary key, count integer not null, since_at text not null)`,
  `alter table desk_failures add column trying_until text`,
  `alter table desk_sessions add column authenticated_at text`,
  `update desk_sessions set authenticated_at = created_at`,
];
