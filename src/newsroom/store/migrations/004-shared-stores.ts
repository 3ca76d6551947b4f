/** Uploads shared by several processes, and pending removals of blobs. */
export const sharedStores: readonly string[] = [
  `create table upload_parts (
    upload_id text not null references uploads(id), start integer not null, bytes integer not null,
    part text not null, primary key (upload_id, start))`,
  `create table upload_locks (
    upload_id text primary key, holder text not null, beat integer not null, wanted integer not null)`,
  `create table blob_removals (sha256 text primary key, at text not null)`,
  `create index uploads_by_age on uploads (created_at)`,
  `create index photos_by_age on photos (created_at)`,
];
