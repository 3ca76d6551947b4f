import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { FastifyRequest } from "fastify";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Writing, writingOf } from "../../../src/newsroom/http/write.js";
import { openStore, type Store } from "../../../src/newsroom/store/database/open.js";
import { onSqlite, ownStores } from "../support/stores.js";

const now = new Date("2026-03-02T03:00:00Z");

describe("requests that write", () => {
  let folder: string;
  let store: Store;
  let writing: Writing;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "kominfo-write-"));
    store = await openStore((await ownStores()).database ?? folder, now);
    writing = writingOf(store, () => now);
  });
  afterEach(async () => {
    await store.destroy();
    await rm(folder, { recursive: true });
  });

  it("do so one at a time, in turn by person, and by address of who has not logged in", async () => {
    const begun: string[] = [];
    let atOnce = 0;
    const work = (name: string) => async () => {
      begun.push(name);
      atOnce += 1;
      expect(atOnce).toBe(1);
      await new Promise(setImmediate);
      atOnce -= 1;
    };
    const by = (id: string) => writing.write(requestOf(id), work(id));
    const visit = () => writing.writeOpenly(visitor, work("visitor"));
    await Promise.all([by("siti"), by("siti"), by("siti"), visit(), visit(), by("budi")]);
    expect(begun).toEqual(["siti", "visitor", "budi", "siti", "visitor", "siti"]);
  });

  it("go on when one of them fails", async () => {
    const failing = writing.writeOpenly(visitor, async () => {
      throw new Error("damaged");
    });
    const next = writing.writeOpenly(visitor, async () => "written");
    await expect(failing).rejects.toThrow("damaged");
    expect(await next).toBe("written");
  });

  it.skipIf(onSqlite)("wait without a connection, which others need to read", async () => {
    const first = holdTransaction();
    const others = Array.from({ length: 30 }, () => writing.writeOpenly(visitor, async () => {}));
    const end = await first.begun;
    expect(await store.selectFrom("users").selectAll().execute()).toEqual([]);
    end();
    await Promise.all([first.written, ...others]);
  });

  /** A write that has begun when `begun` says how to end it. */
  function holdTransaction() {
    let begin: (end: () => void) => void;
    const begun = new Promise<() => void>((resolve) => {
      begin = resolve;
    });
    return { begun, written: writing.writeOpenly(visitor, () => new Promise<void>((end) => begin(end))) };
  }
});

const visitor = { ip: "10.0.0.1" } as FastifyRequest;

/** A request of an operator who may do it. */
function requestOf(id: string): FastifyRequest {
  const caller = { id, role: "operator" };
  return {
    caller,
    findCaller: async () => caller,
    method: "POST",
    bodyBytes: 0,
    routeOptions: { config: { roles: ["operator"] } },
  } as unknown as FastifyRequest;
}
