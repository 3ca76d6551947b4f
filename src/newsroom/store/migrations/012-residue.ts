/**
 * Marks of removed text that may still stand in the database's raw files (see store/service/residue.ts): at first in the
 * pages that were written before removed text was overwritten. Photos lose the names of their files, which nothing read.
 */
export const residue: readonly string[] = [
  `create table residue (kind text primary key, mark text not null)`,
  // A new newsroom has nothing to rewrite.
  `insert into residue (kind, mark) select 'pages', 'migration' where exists (select 1 from users)`,
  `alter table photo_owners drop column source_sha256`,
  `alter table photo_owners drop column filename`,
  `update album_photos set source_sha256 = null
    where sha256 in (select sha256 from photos where removed_at is not null)`,
];
