import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { inDialect, type Statement } from "../../../src/newsroom/store/dialect.js";
import { migrate, migrations } from "../../../src/newsroom/store/migrations/migrations.js";
import { startNewsroom, type TestNewsroom } from "../support/newsroom.js";
import { onSqlite } from "../support/stores.js";

// Two processes are updated one after the other: the older one serves while the newer one migrates, and afterwards.

/** Migrations up to this one were released when a newsroom was stopped for an update. */
const lastStopped = 14;

/** What an older process cannot go on beside, or would wait for too long, by the form of the statement. */
const forms: readonly (readonly [form: RegExp, why: string])[] = [
  [/^(drop table|truncate)\b/, "an older process reads the table"],
  [/^alter table \S+ rename\b/, "an older process names it as before"],
  [/^alter table \S+ drop (?!constraint\b)/, "an older process names the column"],
  [/^alter table \S+ alter (column )?\S+ (set data )?type\b/, "all rows are written again"],
  [/^alter table \S+ alter (column )?\S+ set not null\b/, "an older process leaves it null"],
  [/^alter table \S+ add (column )?(?!.*\bdefault\b).*\bnot null\b/, "an older process leaves it out"],
  [
    /^alter table \S+ add (constraint|check|unique|primary key|foreign key)\b/,
    "an older process writes what it refuses",
  ],
  [/^create unique index\b/, "an older process writes what it refuses"],
  [/^(lock table|vacuum|cluster|reindex)\b/, "everybody waits"],
];
const tableOf = (text: string) =>
  /^(?:alter table|drop table|create unique index \w+ on) (?:if exists )?(\w+)/.exec(text)?.[1];

/** Why an older process could not serve beside these statements: by statement. */
function faultsOf(migration: readonly Statement[]): string[] {
  const texts = migration
    .flatMap((statement) => inDialect(statement, "postgres"))
    .map((text) => text.trim().replace(/\s+/g, " ").toLowerCase());
  // No older process knows a table that is new.
  const made = new Set(texts.map((text) => /^create table (?:if not exists )?(\w+)/.exec(text)?.[1]));
  // It leaves null in a column that is new, and no two rows with null are the same to a unique index.
  const unknown = new Set(
    texts.flatMap((text) => {
      const [, table, column] =
        /^alter table (\S+) add (?:column )?(\w+) (?!.*\b(?:default|not null)\b)/.exec(text) ?? [];
      return column === undefined ? [] : [`${table} ${column}`];
    }),
  );
  const isOfUnknown = (text: string) => {
    const [, table, columns = ""] =
      /^create unique index \w+ on (\w+) \(([\w, ]+)\)(?! nulls not distinct)/.exec(text) ?? [];
    return columns.split(/, ?/).some((column) => unknown.has(`${table} ${column}`));
  };
  return texts.flatMap((text) => {
    const table = tableOf(text);
    if (table !== undefined && made.has(table)) return [];
    if (isOfUnknown(text)) return [];
    const why = forms.find(([form]) => form.test(text))?.[1];
    return why === undefined ? [] : [`${text}: ${why}`];
  });
}

describe("a migration that an older process can serve beside", () => {
  it.each(migrations.slice(lastStopped).map((migration, n) => [lastStopped + n + 1, migration] as const))(
    "is number %i",
    (_, migration) => expect(faultsOf(migration)).toEqual([]),
  );

  it.each([
    "alter table submissions add column note text",
    "alter table submissions add column urgent integer not null default 0",
    "create index submissions_by_note on submissions (note)",
    "create table notes (id text primary key, body text not null)",
    "update submissions set note = '' where note is null",
    "alter table submissions drop constraint submissions_check",
    "insert into settings (name, value) values ('a', 'b')",
  ])("may say: %s", (statement) => expect(faultsOf([statement])).toEqual([]));

  it("may do with a table of its own what it likes", () => {
    expect(
      faultsOf(["create table notes (id text)", "create unique index notes_once on notes (id)"]),
    ).toEqual([]);
  });

  it("may forbid two rows the same of what an older process leaves null", () => {
    const added = "alter table submissions add column seat text";
    const unique = "create unique index seats on submissions (kecamatan, seat)";
    expect(faultsOf([added, unique])).toEqual([]);
    expect(faultsOf([`${added} default ''`, unique])).toHaveLength(1);
    expect(faultsOf([added, `${unique} nulls not distinct`])).toHaveLength(1);
    expect(faultsOf([added, "create unique index seats on submissions (kecamatan)"])).toHaveLength(1);
    expect(faultsOf(["alter table revisions add column seat text", unique])).toHaveLength(1);
  });

  it.each([
    "drop table submissions",
    "alter table submissions drop column slug",
    "alter table submissions rename column slug to name",
    "alter table submissions rename to posts",
    "alter table submissions alter column slug type integer",
    "alter table submissions alter column slug set not null",
    "alter table submissions add column note text not null",
    "alter table submissions add note text not null",
    "alter table submissions add constraint short check (length(slug) < 9)",
    "create unique index submissions_once on submissions (slug)",
    "lock table submissions",
  ])("may not say: %s", (statement) => expect(faultsOf([statement])).toHaveLength(1));

  it("may not make a table again, as SQLite wants it for another check", () => {
    expect(faultsOf(migrations[13]!)).toHaveLength(1);
  });
});

describe.runIf(!onSqlite)("a migration that waits for a table", () => {
  let newsroom: TestNewsroom;
  beforeAll(async () => {
    newsroom = await startNewsroom();
  });
  afterAll(() => newsroom.remove());

  it("lets others read it meanwhile, and is done when it can be", async () => {
    const next = [...migrations, ["alter table submissions add column note text"]];
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await newsroom.stores(async ({ store }) => {
      const reading = store
        .transaction()
        .setAccessMode("read only")
        .execute(async (reader) => {
          await reader.selectFrom("submissions").select("id").execute();
          await released;
        });
      const waiting = () =>
        sql<{ pid: number }>`select pid from pg_locks where not granted
          and relation = 'submissions'::regclass`.execute(store);
      const migrating = migrate(store, "postgres", newsroom.clock.now, next);
      await vi.waitFor(async () => expect((await waiting()).rows).toHaveLength(1), 20_000);
      // Would wait behind it for as long as the first one reads.
      await store
        .transaction()
        .setAccessMode("read only")
        .execute(async (other) => {
          await sql`set local statement_timeout = 20000`.execute(other);
          await other.selectFrom("submissions").select("id").execute();
        });
      release();
      await reading;
      expect(await migrating).toBe(next.length);
      const { rows } = await sql`select note from submissions`.execute(store);
      expect(rows).toEqual([]);
    });
  });
});
