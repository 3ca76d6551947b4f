/** State of a copy: unfinished, or moved to another place. */
export const copies: readonly string[] = [
  `create table handovers (
    id integer primary key check (id = 1), state text not null check (state in ('unfinished', 'moved')),
    other text not null)`,
];
