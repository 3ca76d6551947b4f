import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sha256 } from "../../../src/files/hash.js";
import { databaseLocker } from "../../../src/newsroom/staging/locker.js";
import { insertSession } from "../../../src/newsroom/store/people/desk-sessions.js";
import { sweep } from "../../../src/newsroom/uploads/sweep.js";
import {
  as,
  content,
  jpeg,
  photo,
  startNewsroom,
  type TestNewsroom,
  uploadPhoto,
} from "../support/newsroom.js";
import { onSqlite } from "../support/stores.js";

// The contract of the stores: these, as all suites here, run on SQLite, PostgreSQL, disk and S3 (vitest.real.config.ts).

let newsroom: TestNewsroom;
let folder: string;
let operator: ReturnType<typeof as>;
let token: string;
beforeAll(async () => {
  newsroom = await startNewsroom();
  token = await newsroom.token("operator");
  operator = as(newsroom, token);
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-blobs-"));
});
afterAll(async () => {
  await newsroom.remove();
  await rm(folder, { recursive: true, force: true });
});

async function fileOf(text: string): Promise<{ hash: string; file: string }> {
  const hash = sha256(text);
  // On the file system of the newsroom, where an upload would lie.
  const file = path.join(newsroom.folder, "uploads", `${hash}.tmp`);
  await writeFile(file, text);
  return { hash, file };
}

describe("blobs", () => {
  test("are given back byte for byte, and in parts", async () => {
    await newsroom.stores(async ({ blobs }) => {
      const { hash, file } = await fileOf("Posyandu balita di Desa Wanajaya");
      await blobs.put(hash, file);
      expect((await buffer((await blobs.read(hash))!)).toString()).toBe("Posyandu balita di Desa Wanajaya");
      const part = await blobs.read(hash, { start: 9, end: 14 });
      expect((await buffer(part!)).toString()).toBe("balita");
      expect(await blobs.has(hash)).toBe(true);
    });
  });

  test("may come twice, and are listed once", async () => {
    await newsroom.stores(async ({ blobs }) => {
      for (const _ of [1, 2]) {
        const { hash, file } = await fileOf("dua kali");
        await blobs.put(hash, file);
      }
      const all: string[] = [];
      for await (const hash of blobs.list()) all.push(hash);
      expect(all.filter((hash) => hash === sha256("dua kali"))).toHaveLength(1);
    });
  });

  test("that are not there are nothing, and to take them away is no error", async () => {
    await newsroom.stores(async ({ blobs }) => {
      const none = sha256("tidak ada");
      expect(await blobs.read(none)).toBeUndefined();
      expect(await blobs.has(none)).toBe(false);
      await blobs.remove(none);
      const { hash, file } = await fileOf("sebentar saja");
      await blobs.put(hash, file);
      await blobs.remove(hash);
      expect(await blobs.has(hash)).toBe(false);
    });
  });
});

const days = (n: number) => new Date(newsroom.clock.now.getTime() + n * 24 * 3600_000);
const sweepAt = (now: Date) => newsroom.stores((stores) => sweep(stores, now));

test("a login to the desk that nobody has used for a day is forgotten", async () => {
  const now = newsroom.clock.now.toISOString();
  const left = () =>
    newsroom.stores(({ store }) => store.selectFrom("desk_sessions").select("hash").execute());
  await newsroom.stores(async ({ store }) => {
    const { id } = await store.selectFrom("users").select("id").limit(1).executeTakeFirstOrThrow();
    const session = { hash: "x", user_id: id, browser: "Firefox" };
    await insertSession(store, { ...session, created_at: now, seen_at: now, authenticated_at: now });
  });
  await sweepAt(newsroom.clock.now);
  expect(await left()).toEqual([{ hash: "x" }]);
  await sweepAt(days(2));
  expect(await left()).toEqual([]);
});

describe("a photo that belongs to nothing", () => {
  const kept = (hash: string) => newsroom.stores(({ blobs }) => blobs.has(hash));

  test("goes seven days after it was last sent, with its blob, and not before", async () => {
    const hash = await uploadPhoto(newsroom, token, await jpeg(301));
    await sweepAt(days(6));
    expect(await kept(hash)).toBe(true);
    await sweepAt(days(8));
    expect(await kept(hash)).toBe(false);
    expect((await operator.post("/photos/known", { sha256: [hash] })).body).toEqual({ sha256: [] });
  });

  test("stays while any revision refers to it, also one that is not the newest", async () => {
    const hash = await uploadPhoto(newsroom, token, await jpeg(302));
    const id = await operator.submit({ photos: [photo(hash)] });
    const update = { content: content({ photos: [] }), submit: false };
    expect((await operator.put(`/submissions/${id}`, update, { "if-match": '"r1"' })).status).toBe(200);
    await sweepAt(days(30));
    expect(await kept(hash)).toBe(true);
  });

  test("that is sent again while its blob is being taken away keeps it", async () => {
    const { bytes, hash } = await jpeg(303);
    await uploadPhoto(newsroom, token, { bytes, hash });
    // A process was killed between the two steps, then the photo came once more.
    await newsroom.stores(({ store }) =>
      store
        .insertInto("blob_removals")
        .values({ sha256: hash, at: newsroom.clock.now.toISOString() })
        .execute(),
    );
    await sweepAt(newsroom.clock.now);
    expect(await kept(hash)).toBe(true);
    const left = await newsroom.stores(({ store }) =>
      store.selectFrom("blob_removals").selectAll().execute(),
    );
    expect(left).toEqual([]);
  });
});

test.skipIf(onSqlite)("a long text is compressed by lz4", async () => {
  const body = "Kegiatan berlangsung tertib. ".repeat(300);
  await operator.submit({ body });
  await newsroom.stores(async ({ store }) => {
    const compression = sql<string>`pg_column_compression(content)`;
    const rows = await store.selectFrom("revisions").select(compression.as("compression")).execute();
    expect(rows.map((row) => row.compression)).toContain("lz4");
  });
});

describe("the lock on an upload", () => {
  const never = new AbortController().signal;

  test("is one process's at a time; who waits is heard by who holds it", async () => {
    await newsroom.stores(async ({ store }) => {
      const [first, second] = [databaseLocker(store).newLock("a"), databaseLocker(store).newLock("a")];
      const order: string[] = [];
      await first.lock(never, async () => {
        order.push("asked");
        await first.unlock();
      });
      order.push("first");
      await second.lock(never, () => {});
      order.push("second");
      await second.unlock();
      expect(order).toEqual(["first", "asked", "second"]);
    });
  });

  test("of a process that died passes to the next", async () => {
    await newsroom.stores(async ({ store }) => {
      await store
        .insertInto("upload_locks")
        .values({ upload_id: "b", holder: "mati", beat: 7, wanted: 0 })
        .execute();
      const lock = databaseLocker(store).newLock("b");
      await lock.lock(never, () => {});
      const row = await store
        .selectFrom("upload_locks")
        .selectAll()
        .where("upload_id", "=", "b")
        .executeTakeFirst();
      expect(row?.holder).not.toBe("mati");
      await pause(10);
      await lock.unlock();
      expect(await store.selectFrom("upload_locks").selectAll().execute()).toEqual([]);
    });
  });
});
