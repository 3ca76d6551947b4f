/** Logins and sessions of the desk, and the indexes of its queue. */
export const desk: readonly string[] = [
  `create table desk_logins (
    user_id text primary key references users(id), login_name text not null unique, password text not null,
    totp_secret text not null, totp_step integer not null, created_at text not null)`,
  `create table desk_sessions (
    hash text primary key, user_id text not null references users(id),
    created_at text not null, seen_at text not null, browser text not null)`,
  `create index desk_sessions_of_user on desk_sessions (user_id)`,
  `create table desk_links (
    hash text primary key, user_id text not null references users(id),
    created_at text not null, expires_at text not null, used_at text, used_by text)`,
  `create index desk_links_of_user on desk_links (user_id)`,
  `create table desk_failures (login_hash text primary key, failures integer not null, last_at text not null)`,
  // Urgent submissions first, then the oldest. `urgentRank` in queue.ts must be the same expression.
  `create index submissions_in_queue on submissions (
    state, (case when priority = 'urgent' or kind in ('info-darurat', 'klarifikasi-hoaks') then 0 else 1 end), id)`,
  `create index submissions_of_kecamatan_in_queue on submissions (
    kecamatan, state,
    (case when priority = 'urgent' or kind in ('info-darurat', 'klarifikasi-hoaks') then 0 else 1 end), id)`,
  `create index submissions_by_embargo on submissions (state, embargo)`,
  `create index submissions_by_need on submissions (state, needed_by)`,
  `create index submissions_by_claimer on submissions (claimed_by, id)`,
];
