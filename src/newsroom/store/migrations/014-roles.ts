/**
 * Viewers and publishers. SQLite cannot change a check, so the table is made again with all of its rows; nothing refers
 * to it.
 */
export const viewersAndPublishers: readonly string[] = [
  `create table memberships_of_all_roles (
    id text primary key, user_id text not null references users(id),
    role text not null check (role in ('operator', 'editor', 'admin', 'viewer', 'publisher')), kecamatan text,
    from_at text not null, until_at text,
    check ((role = 'operator') = (kecamatan is not null)))`,
  `insert into memberships_of_all_roles (id, user_id, role, kecamatan, from_at, until_at)
    select id, user_id, role, kecamatan, from_at, until_at from memberships`,
  `drop table memberships`,
  `alter table memberships_of_all_roles rename to memberships`,
  `create index memberships_of_user on memberships (user_id)`,
];
