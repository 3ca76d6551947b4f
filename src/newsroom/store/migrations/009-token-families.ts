/** The line of rotations that a token belongs to, so that it can be revoked as a whole. */
export const tokenFamilies: readonly string[] = [
  `alter table tokens add column family text`,
  `with recursive rotations(id, family) as (
    select id, id from tokens where replaces is null
    union all
    select tokens.id, rotations.family from tokens join rotations on tokens.replaces = rotations.id)
   update tokens set family = (select rotations.family from rotations where rotations.id = tokens.id)`,
  `create index tokens_of_family on tokens (family)`,
  `create index tokens_by_predecessor on tokens (replaces)`,
];
