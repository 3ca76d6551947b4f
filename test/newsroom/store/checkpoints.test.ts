import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Checkpoints, startCheckpoints } from "../../../src/newsroom/store/database/checkpoints.js";
import { databaseFile, openStore, type Store } from "../../../src/newsroom/store/database/open.js";
import { checkpointThread } from "../support/newsroom.js";

const now = new Date("2026-11-17T03:00:00.000Z");
let folder: string;
let file: string;
let store: Store;
let checkpoints: Checkpoints | undefined;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-checkpoints-"));
  file = path.join(folder, databaseFile);
  store = await openStore(folder, now);
});
afterEach(async () => {
  await checkpoints?.close();
  checkpoints = undefined;
  await store.destroy();
  await rm(folder, { recursive: true });
});

const write = (value: string) => store.insertInto("settings").values({ name: value, value }).execute();
const isInFile = async (value: string) => (await readFile(file)).includes(value);

describe("the thread that makes checkpoints", () => {
  it("copies what was committed from the log into the file while the store is open", async () => {
    checkpoints = await startCheckpoints(store, file, checkpointThread);
    await write("tertulis");
    expect(await isInFile("tertulis")).toBe(false);
    await checkpoints.run();
    expect(await isInFile("tertulis")).toBe(true);
  });

  it("does so by itself", async () => {
    checkpoints = await startCheckpoints(store, file, checkpointThread);
    await write("sendiri");
    await expect.poll(() => isInFile("sendiri"), { timeout: 20_000 }).toBe(true);
  });

  it("waits for no writer", async () => {
    checkpoints = await startCheckpoints(store, file, checkpointThread);
    await write("sebelum");
    await store.transaction().execute(async (transaction) => {
      await transaction.insertInto("settings").values({ name: "belum", value: "belum" }).execute();
      await checkpoints?.run();
      expect(await isInFile("sebelum")).toBe(true);
    });
  });

  it("tells when it has ended, and the store goes on", async () => {
    checkpoints = await startCheckpoints(store, file, path.join(folder, "tidak-ada.js"));
    await checkpoints.run();
    expect(await checkpoints.failure).toBeInstanceOf(Error);
    await write("jalan terus");
    await checkpoints.run();
  });
});
