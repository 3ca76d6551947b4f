/** The first tables of the newsroom. */
export const firstTables: readonly string[] = [
  `create table users (
    id text primary key, name text not null, contact text, created_at text not null,
    suspended_at text, revoked_at text)`,
  `create table memberships (
    id text primary key, user_id text not null references users(id),
    role text not null check (role in ('operator', 'editor', 'admin')), kecamatan text,
    from_at text not null, until_at text,
    check ((role = 'operator') = (kecamatan is not null)))`,
  `create index memberships_of_user on memberships (user_id)`,
  `create table tokens (
    id text primary key, user_id text not null references users(id), hash text not null unique,
    label text not null, created_at text not null, last_used_at text, expires_at text, revoked_at text)`,
  `create index tokens_of_user on tokens (user_id)`,
  `create table activation_codes (
    hash text primary key, user_id text not null references users(id),
    created_at text not null, expires_at text not null, used_at text)`,
  `create table submissions (
    id text primary key, kecamatan text not null, state text not null,
    author_id text not null references users(id), claimed_by text references users(id),
    contributors text not null, merged_into text references submissions(id),
    revision integer not null, kind text not null, title text not null, priority text not null,
    needed_by text, embargo text, photos integer not null,
    received_at text not null, updated_at text not null,
    first_claimed_at text, decided_at text, first_published_at text)`,
  `create index submissions_of_kecamatan on submissions (kecamatan, id)`,
  `create index submissions_by_state on submissions (state, id)`,
  `create table related_submissions (
    submission_id text not null references submissions(id), related_id text not null references submissions(id),
    primary key (submission_id, related_id))`,
  `create table revisions (
    submission_id text not null references submissions(id), number integer not null,
    author_id text not null references users(id), at text not null, message text, content text not null,
    primary key (submission_id, number))`,
  `create table transitions (
    id text primary key, submission_id text not null references submissions(id), at text not null,
    by_id text not null references users(id), step text not null, from_state text, to_state text not null,
    reason text, revision integer not null)`,
  `create index transitions_of_submission on transitions (submission_id, id)`,
  `create table comments (
    id text primary key, submission_id text not null references submissions(id),
    author_id text not null references users(id), at text not null, body text not null,
    revision integer not null, anchor text)`,
  `create index comments_of_submission on comments (submission_id, id)`,
  `create table approvals (
    id text primary key, submission_id text not null references submissions(id), revision integer not null,
    destinations text not null, channels text not null, not_before text,
    by_id text not null references users(id), at text not null, note text, own_revision integer not null)`,
  `create index approvals_of_submission on approvals (submission_id, id)`,
  `create table publications (
    id text primary key, submission_id text not null references submissions(id), revision integer not null,
    channel text not null, account text not null, state text not null, created_at text not null,
    scheduled_for text, published_at text, unpublished_at text, url text, remote_id text, reason text)`,
  `create index publications_of_submission on publications (submission_id)`,
  `create table photos (
    sha256 text primary key, type text not null, width integer not null, height integer not null,
    bytes integer not null, created_at text not null)`,
  `create table photo_owners (
    sha256 text not null references photos(sha256), kecamatan text not null,
    user_id text not null references users(id), source_sha256 text, filename text not null, at text not null,
    primary key (sha256, kecamatan))`,
  `create table photo_references (
    submission_id text not null, revision integer not null, position integer not null,
    sha256 text not null references photos(sha256),
    primary key (submission_id, revision, position),
    foreign key (submission_id, revision) references revisions(submission_id, number))`,
  `create index photo_references_of_photo on photo_references (sha256)`,
  `create table uploads (
    id text primary key, user_id text not null references users(id), kecamatan text not null,
    size integer not null, metadata text not null, created_at text not null, finished_at text)`,
  `create table albums (
    id text primary key, kecamatan text not null, slug text not null,
    created_at text not null, updated_at text not null, unique (kecamatan, slug))`,
  `create table album_photos (
    album_id text not null references albums(id), sha256 text not null references photos(sha256),
    position integer not null, caption text, primary key (album_id, sha256))`,
  `create table idempotency_keys (
    user_id text not null references users(id), route text not null, key text not null,
    request_hash text not null, status integer not null, headers text not null, body text not null,
    created_at text not null, primary key (user_id, route, key))`,
  `create table redactions (
    id text primary key, submission_id text references submissions(id), revision integer, sha256 text,
    by_id text not null references users(id), at text not null, reason text not null, legal_basis text not null)`,
  `create table changes (
    seq integer primary key autoincrement, at text not null,
    submission_id text not null references submissions(id), kecamatan text not null, what text not null)`,
];
