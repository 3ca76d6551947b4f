import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type QueueFilter, searchQueue } from "../../../src/newsroom/store/submissions/queue.js";
import { searchLimit } from "../../../src/newsroom/store/submissions/search.js";
import { insertSubmission } from "../../../src/newsroom/store/submissions/submissions.js";
import { content, startNewsroom, type TestNewsroom } from "../support/newsroom.js";

// On every store (vitest.real.config.ts).

let newsroom: TestNewsroom;
/** One more than a search looks through at once, the oldest of them with a title of its own. */
const count = searchLimit + 1;
const filter: QueueFilter = { states: ["submitted", "returned"], oldestFirst: true };

beforeAll(async () => {
  newsroom = await startNewsroom();
  await newsroom.token("operator");
  const now = newsroom.clock.now;
  await newsroom.stores(async ({ store }) => {
    const author = await store.selectFrom("users").select("id").limit(1).executeTakeFirstOrThrow();
    await store.transaction().execute(async (transaction) => {
      for (let n = 0; n < count; n++) {
        const id = uuidv7({ msecs: now.getTime() - (count - n) * 1000 });
        const title = n === 0 ? "Panen Raya 50% Lebih Awal" : `Posyandu ke-${n}`;
        const kind = n % 100 === 1 ? "agenda" : "pengumuman";
        const row = { id, kecamatan: "32.16.07", author_id: author.id };
        await insertSubmission(transaction, row, content({ title, kind }), now);
      }
    });
  });
});
afterAll(() => newsroom.remove());

const search = (q: string, before?: string, changes: Partial<QueueFilter> = {}) =>
  newsroom.stores(({ store }) => searchQueue(store, { ...filter, ...changes }, q, before, 30));

describe("a search of the queue", () => {
  test("finds a part of the title in any case, the newest first, page by page", async () => {
    const first = await search("POSYANDU ke-");
    expect(first.rows.map((row) => row.title)).toEqual(
      Array.from({ length: 30 }, (_, i) => `Posyandu ke-${count - 1 - i}`),
    );
    const second = await search("posyandu", first.rows.at(-1)!.id);
    expect(second.rows[0]!.title).toBe(`Posyandu ke-${count - 31}`);
  });

  test("stops before it has looked through too many, and goes on from there", async () => {
    const first = await search("panen raya");
    expect(first).toEqual({ rows: [], searchedTo: expect.any(String) });
    const further = await search("panen raya", first.searchedTo);
    expect(further.rows.map((row) => row.title)).toEqual(["Panen Raya 50% Lebih Awal"]);
    expect(further.searchedTo).toBeUndefined();
  });

  test("takes signs for what they are", async () => {
    const { searchedTo } = await search("panen");
    expect((await search("50%", searchedTo)).rows).toHaveLength(1);
    expect((await search("5_%", searchedTo)).rows).toEqual([]);
  });

  test("looks only at what the filters leave, so that it gets further", async () => {
    const found = await search("posyandu", undefined, { kind: "agenda" });
    expect(found.rows).toHaveLength(10);
    expect(found.searchedTo).toBeUndefined();
    expect((await search("posyandu", undefined, { kecamatan: "32.16.01" })).rows).toEqual([]);
    expect((await search("posyandu", undefined, { urgent: true })).rows).toEqual([]);
  });
});
