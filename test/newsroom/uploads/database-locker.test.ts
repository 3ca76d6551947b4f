import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { Outage } from "../../../src/newsroom/outage.js";
import { databaseLocker } from "../../../src/newsroom/staging/locker.js";
import { openStore, type Store } from "../../../src/newsroom/store/database/open.js";
import { ownStores } from "../support/stores.js";

let folder: string;
let store: Store;
/** Whether the database is away. */
let isAway = false;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-locker-"));
  store = await openStore((await ownStores()).database ?? folder, new Date());
});
afterAll(async () => {
  await store.destroy();
  await rm(folder, { recursive: true, force: true });
});

it("a lock whose end the database does not learn of ends once it is back, and the work is not undone", async () => {
  const failing = store.withPlugin({
    transformQuery({ node }) {
      if (isAway) throw new Outage("database");
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  const lock = databaseLocker(failing).newLock("satu");
  await lock.lock(new AbortController().signal, () => {});
  const held = () => store.selectFrom("upload_locks").select("upload_id").execute();
  isAway = true;
  await lock.unlock();
  expect(await held()).toHaveLength(1);
  isAway = false;
  await vi.waitFor(async () => expect(await held()).toEqual([]), { timeout: 9000 });
});
