import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addPerson } from "../../../src/newsroom/local-people.js";
import { inDialect } from "../../../src/newsroom/store/dialect.js";
import { firstTables } from "../../../src/newsroom/store/migrations/001-first-tables.js";
import { viewersAndPublishers } from "../../../src/newsroom/store/migrations/014-roles.js";
import { as, cibitung, startNewsroom, type TestNewsroom } from "../support/newsroom.js";

let newsroom: TestNewsroom;
beforeAll(async () => {
  newsroom = await startNewsroom();
});
afterAll(() => newsroom.remove());

test("the memberships of an older newsroom are kept, and viewers and publishers admitted beside them", async () => {
  const { now } = newsroom.clock;
  const token = await newsroom.token("operator");
  for (const role of ["editor", "admin"] as const) {
    const expires_at = "2027-01-01T00:00:00Z";
    await addPerson(newsroom.place, { name: role, role, expires_at }, now);
  }
  const dialect = newsroom.kept.database ? "postgres" : "sqlite";
  await newsroom.stores(async ({ store }) => {
    const run = async (statement: string, database = store) => {
      for (const translated of inDialect(statement, dialect)) await sql.raw(translated).execute(database);
    };
    const rows = await store.selectFrom("memberships").selectAll().orderBy("id").execute();
    expect(rows).toHaveLength(3);
    // The table as it was.
    await run("drop table memberships");
    for (const statement of firstTables.filter((text) => /^create (table|index) memberships/.test(text)))
      await run(statement);
    await store.insertInto("memberships").values(rows).execute();
    const viewer = { ...rows[0]!, id: "baru", role: "viewer" as const, kecamatan: null };
    await expect(store.insertInto("memberships").values(viewer).execute()).rejects.toThrow();
    await store.transaction().execute(async (transaction) => {
      for (const statement of viewersAndPublishers) await run(statement, transaction);
    });
    expect(await store.selectFrom("memberships").selectAll().orderBy("id").execute()).toEqual(rows);
    await expect(run("create index memberships_of_user on memberships (user_id)")).rejects.toThrow("exists");
    const wrong = { ...viewer, kecamatan: cibitung };
    await expect(store.insertInto("memberships").values(wrong).execute()).rejects.toThrow();
    await store.insertInto("memberships").values(viewer).execute();
    await store.deleteFrom("memberships").where("id", "=", "baru").execute();
  });
  expect((await as(newsroom, token).get("/me")).body.user.kecamatan).toBe(cibitung);
});
