import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { PublicationState } from "../../../src/contract/lifecycle.js";
import { inDialect, type Statement } from "../../../src/newsroom/store/dialect.js";
import { publishing } from "../../../src/newsroom/store/migrations/015-publishing.js";
import { as, startNewsroom, type TestNewsroom } from "../support/newsroom.js";

let newsroom: TestNewsroom;
beforeAll(async () => {
  newsroom = await startNewsroom();
});
afterAll(() => newsroom.remove());

test("publications of an older newsroom are kept, and what was twice is resolved", async () => {
  const operator = as(newsroom, await newsroom.token("operator"));
  const submission = await operator.submit();
  const dialect = newsroom.kept.database ? "postgres" : "sqlite";
  await newsroom.stores(async ({ store }) => {
    const run = async (statement: Statement) => {
      for (const translated of inDialect(statement, dialect)) await sql.raw(translated).execute(store);
    };
    // The tables as they were.
    for (const statement of [
      "drop table outlets",
      "drop table publication_attempts",
      "drop index publications_by_state",
      "drop index publications_live",
      "alter table publications drop column slot",
      ...["overrides", "photo_answers", "renderings"].map(
        (name) => `alter table approvals drop column ${name}`,
      ),
    ])
      await run(statement);
    const { author_id } = await store.selectFrom("submissions").select("author_id").executeTakeFirstOrThrow();
    let made = 0;
    const add = async (account: string, state: PublicationState, url: string | null = null) => {
      made += 1;
      const id = `019a0000-0000-7000-8000-${String(made).padStart(12, "0")}`;
      await sql`insert into publications (id, submission_id, revision, channel, account, state, by_id, correction, created_at, url)
        values (${id}, ${submission}, 1, 'web', ${account}, ${state}, ${author_id}, 0, '2026-11-17T03:00:00.000Z', ${url})`.execute(
        store,
      );
      return id;
    };
    const long = `https://a.example/${"x".repeat(1900)}`;
    const trying = [await add("a", "publishing"), await add("a", "publishing"), await add("a", "publishing")];
    const plans = [await add("b", "planned"), await add("b", "scheduled"), await add("b", "planned")];
    const beside = [await add("c", "published", "https://c.example/1"), await add("c", "planned")];
    const links = [
      await add("d", "published", "https://d.example/1"),
      await add("d", "published", "https://d.example/2"),
      await add("d", "published", "https://d.example/1"),
    ];
    const rest = [
      await add("e", "failed"),
      await add("e", "unpublished", "https://e.example"),
      await add("e", "planned"),
    ];
    const longs = [await add("f", "published", long), await add("f", "published", `${long}y`)];
    for (const statement of publishing) await run(statement);
    const rows = await store.selectFrom("publications").selectAll().execute();
    const now = (ids: string[]) =>
      ids.map((id) => {
        const { state, slot, reason } = rows.find((row) => row.id === id)!;
        return [state, slot, reason];
      });
    expect(now(trying)).toEqual([
      ["unclear", "web a 1", null],
      ["unclear", null, null],
      ["unclear", null, null],
    ]);
    expect(now(plans)).toEqual([
      ["planned", "web b 1", null],
      ["failed", null, "duplicate"],
      ["failed", null, "duplicate"],
    ]);
    expect(now(beside)).toEqual([
      ["published", "web c 1 https://c.example/1", null],
      ["failed", null, "duplicate"],
    ]);
    expect(now(links)).toEqual([
      ["published", "web d 1 https://d.example/1", null],
      ["published", "web d 1 https://d.example/2", null],
      ["published", null, null],
    ]);
    expect(now(rest)).toEqual([
      ["failed", null, null],
      ["unpublished", null, null],
      ["planned", "web e 1", null],
    ]);
    expect(now(longs).map(([state]) => state)).toEqual(["published", "published"]);
    expect(new Set(now(longs).map(([, slot]) => slot)).size).toBe(2);
    expect(rows).toHaveLength(made);
    const twice = store
      .insertInto("publications")
      .values({ ...rows.find(({ id }) => id === plans[0])!, id: randomUUID() })
      .execute();
    await expect(twice).rejects.toThrow();
  });
});
