import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Kysely, sql } from "kysely";
import Libsql from "libsql";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSqlite } from "../../../src/newsroom/store/database/sqlite.js";

// SQLite's parsed statements are kept and used again.

interface Tables {
  notes: { id: number; text: string; added?: number };
}

let folder: string;
let store: Kysely<Tables>;
let other: Libsql.Database;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-statements-"));
  const file = path.join(folder, "notes.db");
  store = openSqlite(file) as unknown as Kysely<Tables>;
  await sql`create table notes (id integer primary key, text text unique)`.execute(store);
  for (const text of ["satu", "dua", "tiga"]) await add(text);
  other = new Libsql(file);
});
afterEach(async () => {
  other.close();
  await store.destroy();
  await rm(folder, { recursive: true });
});

const add = (text: string) =>
  store
    .insertInto("notes")
    .values({ text } as Tables["notes"])
    .execute();
const find = (id: number) => store.selectFrom("notes").selectAll().where("id", "=", id);
const all = () => store.selectFrom("notes").selectAll();

describe("a statement that is used again", () => {
  it("finds other values, and none of those before", async () => {
    expect(await find(1).execute()).toEqual([{ id: 1, text: "satu" }]);
    expect(await find(9).execute()).toEqual([]);
    expect(await find(2).execute()).toEqual([{ id: 2, text: "dua" }]);
  });

  it("has the columns that another process has added and removed since", async () => {
    await find(1).execute();
    other.exec("alter table notes add column added integer default 7");
    expect(await find(1).execute()).toEqual([{ id: 1, text: "satu", added: 7 }]);
    other.exec("alter table notes drop column added");
    expect(await find(1).execute()).toEqual([{ id: 1, text: "satu" }]);
  });

  it("works after it has failed", async () => {
    await expect(add("satu")).rejects.toThrow(/UNIQUE/);
    await add("empat");
    expect(await find(4).execute()).toEqual([{ id: 4, text: "empat" }]);
  });

  it("written by hand waits for another process as any other, and spoils none that comes after it", async () => {
    other.exec("begin immediate");
    const writing = sql`insert into notes (text) values ('lima')`.execute(store);
    expect(await find(1).execute()).toHaveLength(1);
    other.exec("commit");
    await writing;
    await add("enam");
    expect(await all().execute()).toHaveLength(5);
  });

  it("is one of many: those used longest ago are parsed anew", async () => {
    const lists = Array.from({ length: 600 }, (_, i) => Array.from({ length: i + 1 }, (_, n) => n));
    for (const ids of lists)
      expect(await all().where("id", "in", ids).execute()).toHaveLength(Math.min(ids.length - 1, 3));
    expect(await all().where("id", "in", [1]).execute()).toHaveLength(1);
  });

  it("leaves nobody's log behind: another process can empty it", async () => {
    await all().execute();
    await find(1).execute();
    expect(other.prepare("PRAGMA wal_checkpoint(TRUNCATE)").all([])).toEqual([
      { busy: 0, log: 0, checkpointed: 0 },
    ]);
  });
});
