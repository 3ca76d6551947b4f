import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Locker } from "@tus/server";
import { buildApp } from "../../../src/newsroom/app.js";
import type { Blobs } from "../../../src/newsroom/blobs/types.js";
import { addPerson } from "../../../src/newsroom/local-people.js";
import { defaultRates, type NewsroomOptions } from "../../../src/newsroom/options.js";
import { openStore, type Store } from "../../../src/newsroom/store/database/open.js";
import { secretsKeyOf } from "../../../src/newsroom/store/secrets-key.js";
import { openStorage } from "../../../src/newsroom/uploads/storage.js";
import { cibitung, images } from "./newsroom.js";
import { ownStores } from "./stores.js";

const now = new Date("2026-11-17T03:00:00.000Z");

/** What a process of the test does otherwise than a real one. */
export interface ProcessChanges {
  locker?: (own: Locker, store: Store) => Locker;
  blobs?: (own: Blobs) => Blobs;
  verify?: NewsroomOptions["images"]["verify"];
}

/** Newsrooms of one set of stores, each with staging and locks of its own, as several processes have. */
export async function startProcesses(...changes: ProcessChanges[]) {
  const folder = await mkdtemp(path.join(tmpdir(), "kominfo-processes-"));
  const stores = await ownStores();
  const place = stores.database ?? folder;
  const store = await openStore(place, now);
  const stopping = new AbortController();
  const log: string[] = [];
  const started = await Promise.all(
    changes.map(async ({ locker = (own) => own, blobs = (own) => own, verify = images.verify }) => {
      const storage = await openStorage({ data: folder, ...stores }, store);
      const { app, stop } = await buildApp({
        store,
        upkeep: store,
        ...storage,
        locker: locker(storage.locker, store),
        blobs: blobs(storage.blobs),
        images: { ...images, verify },
        data: folder,
        freeSpace: async () => 1,
        version: "0.1.0",
        now: () => now,
        rates: { ...defaultRates, token_per_minute: 100_000 },
        transport: "local",
        secretsKey: secretsKeyOf(randomBytes(32)),
        log: { level: "info", stream: { write: (line) => void log.push(line) } },
        connections: { refusalMs: 0 },
        stopping: stopping.signal,
      });
      return { url: await app.listen({ host: "127.0.0.1", port: 0 }), stop };
    }),
  );
  return {
    urls: started.map(({ url }) => url),
    store,
    /** Lines of the log about failures of the service. */
    failures: () => log.filter((line) => /"level":"error"/.test(line)),
    async token(): Promise<string> {
      const name = `Siti ${randomBytes(4).toString("hex")}`;
      const person = { name, role: "operator", token: true, kecamatan: cibitung } as const;
      return (await addPerson(place, person, now)).token!;
    },
    async close(): Promise<void> {
      stopping.abort();
      await Promise.all(started.map(({ stop }) => stop(10_000)));
      await store.destroy();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Something that waits until the test goes on. */
export function createGate() {
  let open = () => {};
  let arrive = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  return {
    open,
    /** When something waits. */
    arrived,
    async wait(): Promise<void> {
      arrive();
      await opened;
    },
  };
}

/**
 * Counts who asks for locks, from 1.
 *
 * @param held waits at the gate before it asks
 */
export function watchLocks(held?: number) {
  const gates: ReturnType<typeof createGate>[] = [];
  const gateOf = (n: number) => (gates[n] ??= createGate());
  let asked = 0;
  return {
    /** When the n-th asks for a lock. */
    asked: (n: number) => gateOf(n).arrived,
    /** When another one asks. */
    next: () => gateOf(asked + 1).arrived,
    /** Lets the one go on that is held. */
    letGo: () => gateOf(held ?? 0).open(),
    watch: (locker: Locker): Locker => ({
      newLock(id) {
        const lock = locker.newLock(id);
        return {
          async lock(...given) {
            asked += 1;
            const gate = gateOf(asked);
            if (asked !== held) gate.open();
            await gate.wait();
            return lock.lock(...given);
          },
          unlock: () => lock.unlock(),
        };
      },
    }),
  };
}

/** Sends the head of a piece; its bytes are written by the test. Gives the status of the answer. */
export function beginPatch(address: string, token: string, offset: number, length: number) {
  const request = httpRequest(address, {
    method: "PATCH",
    headers: {
      authorization: `Bearer ${token}`,
      "tus-resumable": "1.0.0",
      "content-type": "application/offset+octet-stream",
      "upload-offset": String(offset),
      "content-length": length,
    },
  });
  const answered = new Promise<number | undefined>((resolve, reject) => {
    request.on("response", (response) => resolve(response.resume().statusCode)).on("error", reject);
  });
  request.flushHeaders();
  return { request, answered };
}
