import { setImmediate } from "node:timers/promises";
import { ERRORS } from "@tus/server";
import { afterEach, describe, expect, test } from "vitest";
import type { Blobs } from "../../../src/newsroom/blobs/types.js";
import { problem } from "../../../src/newsroom/services/problem.js";
import { databaseLocker } from "../../../src/newsroom/staging/locker.js";
import { images, jpeg } from "../support/newsroom.js";
import {
  beginPatch,
  createGate,
  type ProcessChanges,
  startProcesses,
  watchLocks,
} from "../support/upload-processes.js";

// Requests that meet at one upload. The order in which they come is made by gates, not by time.

type Processes = Awaited<ReturnType<typeof startProcesses>>;
let processes: Processes;
let token: string;
let seed = 700;
async function start(...changes: ProcessChanges[]): Promise<void> {
  processes = await startProcesses(...changes);
  token = await processes.token();
}
afterEach(async () => {
  await processes.close();
  expect(processes.failures()).toEqual([]);
});

function tus(method: string, address: string, headers: Record<string, string> = {}, body?: Uint8Array) {
  return fetch(address, {
    method,
    headers: { authorization: `Bearer ${token}`, "tus-resumable": "1.0.0", ...headers },
    ...(body ? { body: new Uint8Array(body) } : {}),
  });
}

function patch(address: string, offset: number, bytes: Uint8Array) {
  const type = { "content-type": "application/offset+octet-stream" };
  return tus("PATCH", address, { ...type, "upload-offset": String(offset) }, bytes);
}

/** An upload of which the last `missing` bytes are still to come; its address at the first process, and at the other. */
async function begin(missing: number) {
  const { bytes, hash } = await jpeg(seed++);
  const metadata = { sha256: hash, filename: "a.jpg", type: "image/jpeg" };
  const created = await tus("POST", `${processes.urls[0]}/api/v1/uploads`, {
    "upload-length": String(bytes.length),
    "upload-metadata": Object.entries(metadata)
      .map(([key, value]) => `${key} ${btoa(value)}`)
      .join(","),
  });
  const path = created.headers.get("location")!;
  const at = bytes.length - missing;
  const [address = "", elsewhere = address] = processes.urls.map((url) => new URL(path, url).href);
  expect((await patch(address, 0, bytes.subarray(0, at))).status).toBe(204);
  return { address, elsewhere, hash, at, rest: bytes.subarray(at), size: bytes.length };
}

async function offsetOf(address: string): Promise<[number, string | null]> {
  const { status, headers } = await tus("HEAD", address);
  return [status, headers.get("upload-offset")];
}

async function isKnown(hash: string): Promise<boolean> {
  const answer = await fetch(`${processes.urls[0]}/api/v1/photos/known`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ sha256: [hash] }),
  });
  const known = (await answer.json()) as { sha256: string[] };
  return known.sha256.includes(hash);
}

/** Decodes photos once the test lets it. */
function decodeAt(gate: ReturnType<typeof createGate>): ProcessChanges["verify"] {
  return async (...photo) => {
    await gate.wait();
    return images.verify(...photo);
  };
}

describe("beside the last bytes of an upload", () => {
  test("a question for the offset is answered with all of them", async () => {
    // The first piece, the last one, and then the question: it has read the row of an upload that is not finished.
    const locks = watchLocks(3);
    await start({ locker: locks.watch });
    const { address, at, rest, size } = await begin(10);
    const last = beginPatch(address, token, at, rest.length);
    await locks.asked(2);
    const asked = offsetOf(address);
    await locks.asked(3);
    last.request.end(rest);
    expect(await last.answered).toBe(204);
    locks.letGo();
    expect(await asked).toEqual([200, String(size)]);
  });

  test("the same bytes once more are a conflict, and the offset is all of them", async () => {
    const locks = watchLocks(2);
    await start({ locker: locks.watch });
    const { address, at, rest, size, hash } = await begin(10);
    const earlier = patch(address, at, rest);
    await locks.asked(2);
    expect((await patch(address, at, rest)).status).toBe(204);
    locks.letGo();
    expect((await earlier).status).toBe(409);
    expect(await offsetOf(address)).toEqual([200, String(size)]);
    expect(await isKnown(hash)).toBe(true);
  });

  test("no bytes from the end on are a conflict, not a failure", async () => {
    const locks = watchLocks(2);
    await start({ locker: locks.watch });
    const { address, at, rest, size } = await begin(10);
    const empty = patch(address, size, new Uint8Array());
    await locks.asked(2);
    expect((await patch(address, at, rest)).status).toBe(204);
    locks.letGo();
    expect((await empty).status).toBe(409);
  });

  test("giving it up waits until they have become a photo", async () => {
    const locks = watchLocks();
    const decoding = createGate();
    await start({ locker: locks.watch, verify: decodeAt(decoding) });
    const { address, at, rest, hash } = await begin(10);
    const last = patch(address, at, rest);
    await decoding.arrived;
    const asked = locks.next();
    const removed = tus("DELETE", address);
    await Promise.race([asked, removed]);
    decoding.open();
    expect([(await last).status, (await removed).status]).toEqual([204, 204]);
    expect((await tus("HEAD", address)).status).toBe(404);
    expect(await isKnown(hash)).toBe(true);
  });

  test("that do not come are not waited for: a question ends the piece, and tells what has come", async () => {
    const locks = watchLocks();
    await start({ locker: locks.watch });
    const { address, at, rest, size } = await begin(10);
    const slow = beginPatch(address, token, at, rest.length);
    await locks.asked(2);
    slow.request.write(rest.subarray(0, 4));
    expect(await offsetOf(address)).toEqual([200, String(at + 4)]);
    expect(await slow.answered).toBe(204);
    slow.request.destroy();
    expect((await patch(address, at + 4, rest.subarray(4))).status).toBe(204);
    expect(await offsetOf(address)).toEqual([200, String(size)]);
  });

  test("are kept when the photo cannot be recorded, and the next question finishes it", async () => {
    let isAway = true;
    const blobs = (own: Blobs): Blobs => ({
      ...own,
      async put(hash, file) {
        await own.put(hash, file);
        if (isAway) throw problem("unavailable");
      },
    });
    await start({ blobs });
    const { address, at, rest, size, hash } = await begin(10);
    expect((await patch(address, at, rest)).status).toBe(503);
    isAway = false;
    expect(await offsetOf(address)).toEqual([200, String(size)]);
    expect(await isKnown(hash)).toBe(true);
  });

  test("that wait in vain to be decoded leave the upload locked, for a client that asks for its offset", async () => {
    let isBusy = true;
    await start({
      async verify(...photo) {
        if (isBusy) throw problem("too-many-requests");
        return images.verify(...photo);
      },
    });
    const { address, at, rest, size } = await begin(10);
    expect((await patch(address, at, rest)).status).toBe(429);
    // Any other refusal would make a client begin anew.
    const { status, headers } = await tus("HEAD", address);
    expect([status, headers.get("retry-after")]).toEqual([423, "5"]);
    isBusy = false;
    expect(await offsetOf(address)).toEqual([200, String(size)]);
  });

  test("an upload that stays locked is 423 with a time to come back, whatever is asked", async () => {
    let isLocked = false;
    const locker: ProcessChanges["locker"] = (own) => ({
      newLock: (id) => {
        const lock = own.newLock(id);
        if (!isLocked) return lock;
        return { ...lock, lock: () => Promise.reject(ERRORS.ERR_LOCK_TIMEOUT), unlock: () => lock.unlock() };
      },
    });
    await start({ locker });
    const { address, at, rest, size } = await begin(10);
    isLocked = true;
    for (const ask of [
      () => tus("HEAD", address),
      () => patch(address, at, rest),
      () => tus("DELETE", address),
    ]) {
      const { status, headers } = await ask();
      expect([status, headers.get("retry-after")]).toEqual([423, "5"]);
    }
    isLocked = false;
    expect((await patch(address, at, rest)).status).toBe(204);
    expect(await offsetOf(address)).toEqual([200, String(size)]);
  });
});

describe("two processes of one database", () => {
  test("one that is asked while the other makes the photo answers with its offset, or a conflict", async () => {
    const locks = watchLocks();
    const decoding = createGate();
    await start(
      { locker: (_own, store) => databaseLocker(store), verify: decodeAt(decoding) },
      { locker: (_own, store) => locks.watch(databaseLocker(store)) },
    );
    const { address, elsewhere, at, rest, size, hash } = await begin(10);
    const last = patch(address, at, rest);
    await decoding.arrived;
    const again = patch(elsewhere, at, rest);
    await locks.asked(1);
    const asked = offsetOf(elsewhere);
    await locks.asked(2);
    decoding.open();
    expect((await last).status).toBe(204);
    expect((await again).status).toBe(409);
    expect(await asked).toEqual([200, String(size)]);
    expect(await isKnown(hash)).toBe(true);
  });
});

describe("whatever the order", () => {
  const seeds = [1, 2, 3];

  test.each(seeds)(
    "of pieces and questions, nobody is told that the upload is gone (seed %d)",
    async (given) => {
      const random = randomOf(given);
      await start({});
      for (let round = 0; round < 15; round += 1) await meet(random);
    },
  );

  test("also between two processes", async () => {
    const random = randomOf(4);
    const locker: ProcessChanges["locker"] = (_own, store) => databaseLocker(store);
    await start({ locker }, { locker });
    for (let round = 0; round < 6; round += 1) await meet(random);
  });

  /** Two last pieces and three questions, each at any process and some turns of the event loop later. */
  async function meet(random: (below: number) => number): Promise<void> {
    const { address, elsewhere, at, rest, size, hash } = await begin(10);
    const later = async <T>(work: (address: string) => Promise<T>): Promise<T> => {
      for (let turns = random(40); turns > 0; turns -= 1) await setImmediate();
      return work(random(2) === 0 ? address : elsewhere);
    };
    const pieces = [1, 2].map(() => later(async (to) => (await patch(to, at, rest)).status));
    const questions = [1, 2, 3].map(() => later(offsetOf));
    const statuses = (await Promise.all(pieces)).sort();
    expect(statuses).toEqual([204, 409]);
    for (const [status, offset] of await Promise.all(questions)) {
      expect([status, [at, size].includes(Number(offset))]).toEqual([200, true]);
    }
    expect(await offsetOf(elsewhere)).toEqual([200, String(size)]);
    expect(await isKnown(hash)).toBe(true);
  }
});

/** Numbers below a bound, always the same for a seed (a linear congruential generator). */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
