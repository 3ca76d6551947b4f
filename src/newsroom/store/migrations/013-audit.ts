/**
 * The audit log. Its entries are a chain of hashes and never change; what identifies people lies in `audit_details`, where
 * it can be erased without breaking the chain. Failed logins within a minute are counted in `audit_failures`.
 */
export const audit = [
  `create table audit_entries (
    seq integer primary key, id text not null unique, at text not null, event text not null,
    actor_id text references users(id), subject_id text references users(id), object_id text,
    via text not null, detail text not null, names_hash text not null, origin_hash text not null,
    previous text not null, hash text not null)`,
  `create index audit_entries_by_time on audit_entries (at)`,
  `create index audit_entries_of_actor on audit_entries (actor_id, seq)`,
  `create index audit_entries_of_subject on audit_entries (subject_id, seq)`,
  `create index audit_entries_of_object on audit_entries (object_id, seq)`,
  `create table audit_details (
    seq integer primary key references audit_entries(seq),
    actor_name text, subject_name text, names_salt text, address text, browser text, origin_salt text)`,
  `create index audit_details_with_names on audit_details (seq) where names_salt is not null`,
  `create index audit_details_with_origin on audit_details (seq) where origin_salt is not null`,
  `create table audit_failures (
    key text primary key, subject_id text references users(id), way text not null, via text not null,
    address text, since text not null, skipped integer not null)`,
  `create table audit_read (user_id text primary key references users(id), seq integer not null)`,
  `alter table tokens add column issued_by text references users(id)`,
  `alter table activation_codes add column issued_by text references users(id)`,
  `alter table desk_links add column issued_by text references users(id)`,
  {
    sqlite: [
      `create trigger audit_entries_no_update before update on audit_entries
        begin select raise(abort, 'the audit log is append-only'); end`,
      `create trigger audit_entries_no_delete before delete on audit_entries
        begin select raise(abort, 'the audit log is append-only'); end`,
      // `insert or replace` deletes without firing the trigger above.
      `create trigger audit_entries_no_replace before insert on audit_entries
        when new.seq <= (select max(seq) from audit_entries)
        begin select raise(abort, 'the audit log is append-only'); end`,
    ],
    postgres: [
      `create function audit_entries_refuse() returns trigger language plpgsql as $$
        begin raise exception 'the audit log is append-only'; end $$`,
      `create trigger audit_entries_no_change before update or delete on audit_entries
        for each row execute function audit_entries_refuse()`,
      `create trigger audit_entries_no_truncate before truncate on audit_entries
        for each statement execute function audit_entries_refuse()`,
    ],
  },
] as const;
