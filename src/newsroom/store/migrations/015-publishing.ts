import type { Statement } from "../dialect.js";

/**
 * One live publication per account and revision, attempts with a lease and a fence, the accounts that machines announce, and
 * what an approval froze.
 *
 * `slot` is null in whatever an older process writes, so that the unique index refuses none of it. An index of PostgreSQL takes 2,704
 * bytes, so a long address is not in it.
 */
export const publishing: readonly Statement[] = [
  `alter table publications add column slot text`,
  // Nobody knows what has become of an attempt that had no protocol.
  `update publications set state = 'unclear' where state = 'publishing'`,
  // A plan that is there twice, or beside what was published, was never two.
  `update publications set state = 'failed', reason = 'duplicate' where state in ('planned', 'scheduled') and exists (
    select 1 from publications as other
    where other.submission_id = publications.submission_id and other.revision = publications.revision
      and other.channel = publications.channel and other.account = publications.account
      and (other.state in ('unclear', 'published')
        or (other.state in ('planned', 'scheduled') and other.id < publications.id)))`,
  `update publications set slot = channel || ' ' || account || ' ' || revision
      || case when state <> 'published' or url is null then '' when length(url) > 300 then ' ' || id else ' ' || url end
    where state in ('planned', 'scheduled', 'unclear', 'published') and not exists (
      select 1 from publications as other
      where other.submission_id = publications.submission_id and other.revision = publications.revision
        and other.channel = publications.channel and other.account = publications.account
        and other.state in ('planned', 'scheduled', 'unclear', 'published')
        and coalesce(other.url, '') = coalesce(publications.url, '') and other.id < publications.id)`,
  `create unique index publications_live on publications (submission_id, slot)`,
  `create index publications_by_state on publications (state, scheduled_for)`,
  `create table publication_attempts (
    publication_id text not null references publications(id), number integer not null, kind text not null,
    fence text not null, by_id text not null references users(id), granted_at text not null, lease_until text not null,
    intent_at text, intent text, outcome text, ended_at text, code text,
    primary key (publication_id, number))`,
  `create table outlets (
    channel text not null, account text not null, label text not null, destination text not null, kecamatan text,
    mode text not null, by_id text not null references users(id), seen_at text not null,
    primary key (channel, account))`,
  `alter table approvals add column overrides text`,
  `alter table approvals add column photo_answers text`,
  `alter table approvals add column renderings text`,
];
