/** Stored answers that outlive their body, and what a person or a kecamatan has used of an allowance. */
export const bounds: readonly string[] = [
  `alter table idempotency_keys add column made text`,
  // Every answer that was stored by the API begins with the id of what it describes.
  `update idempotency_keys set made = substr(body, 8, 36) where body like '{"id":"%'`,
  `create index idempotency_keys_with_body on idempotency_keys (created_at) where body <> ''`,
  `create table allowances (
    owner text not null, name text not null, at text not null, amount bigint not null,
    primary key (owner, name, at))`,
  `create index allowances_by_time on allowances (at)`,
];
