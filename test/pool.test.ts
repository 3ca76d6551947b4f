import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { forEachConcurrently, limitConcurrency } from "../src/pool.js";

/** Work that ends when the test says so. */
function createWork() {
  const begun: number[] = [];
  const ends = new Map<number, Deferred<void>>();
  const endOf = (item: number) => {
    const known = ends.get(item) ?? defer();
    ends.set(item, known);
    return known;
  };
  return {
    begun,
    work: async (item: number) => {
      begun.push(item);
      await endOf(item).promise;
    },
    end: async (item: number, error?: Error) => {
      if (error) endOf(item).reject(error);
      else endOf(item).resolve();
      await setImmediate();
    },
  };
}

interface Deferred<T> {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (error: Error) => void;
}

/** Node 20 has no Promise.withResolvers. */
function defer(): Deferred<void> {
  const made = {} as Deferred<void>;
  made.promise = new Promise<void>((resolve, reject) => Object.assign(made, { resolve, reject }));
  return made;
}

async function* generate(count: number, log: string[] = []): AsyncGenerator<number> {
  try {
    for (let item = 1; item <= count; item++) {
      log.push(`item ${item}`);
      yield item;
    }
  } finally {
    log.push("closed");
  }
}

describe("work for each of many items", () => {
  it("begins them in their order, as many at the same time as allowed, the next when one ends", async () => {
    const { begun, work, end } = createWork();
    const all = forEachConcurrently([1, 2, 3, 4], 2, work);
    await setImmediate();
    expect(begun).toEqual([1, 2]);
    await end(2);
    expect(begun).toEqual([1, 2, 3]);
    await end(1);
    expect(begun).toEqual([1, 2, 3, 4]);
    await end(3);
    await end(4);
    await all;
  });

  it("takes items from an asynchronous source only when there is room for them", async () => {
    const log: string[] = [];
    const { begun, work, end } = createWork();
    const all = forEachConcurrently(generate(3, log), 2, work);
    await setImmediate();
    expect(log).toEqual(["item 1", "item 2"]);
    for (const item of [1, 2, 3]) await end(item);
    await all;
    expect(begun).toEqual([1, 2, 3]);
  });

  it("does one after another for a limit below one", async () => {
    const { begun, work, end } = createWork();
    const all = forEachConcurrently([1, 2], 0, work);
    await setImmediate();
    expect(begun).toEqual([1]);
    await end(1);
    await end(2);
    await all;
  });

  it("is done at once where there are none", async () => {
    await forEachConcurrently([], 3, () => Promise.reject(new Error("none to work on")));
  });

  it("begins no further item after a failure, waits for what is in work, and throws the first failure", async () => {
    const log: string[] = [];
    const { begun, work, end } = createWork();
    let isOver = false;
    const all = forEachConcurrently(generate(9, log), 3, work).finally(() => {
      isOver = true;
    });
    all.catch(() => {});
    await setImmediate();
    await end(2, new Error("the second"));
    await end(1, new Error("the first, later"));
    expect(isOver).toBe(false);
    await end(3);
    await expect(all).rejects.toThrow("the second");
    expect(begun).toEqual([1, 2, 3]);
    expect(log.at(-1)).toBe("closed");
  });

  it("throws the failure of the source itself", async () => {
    async function* broken() {
      yield 1;
      throw new Error("unreadable");
    }
    const { begun, work, end } = createWork();
    const all = forEachConcurrently(broken(), 2, work);
    all.catch(() => {});
    await setImmediate();
    await end(1);
    await expect(all).rejects.toThrow("unreadable");
    expect(begun).toEqual([1]);
  });

  it("begins no further item after an abort, and returns when what is in work has ended", async () => {
    const { begun, work, end } = createWork();
    const stopping = new AbortController();
    const all = forEachConcurrently([1, 2, 3, 4], 2, work, stopping.signal);
    await setImmediate();
    stopping.abort();
    await end(1);
    await end(2);
    await all;
    expect(begun).toEqual([1, 2]);
  });

  it("begins none where it was aborted before", async () => {
    const { begun, work } = createWork();
    await forEachConcurrently([1, 2], 2, work, AbortSignal.abort());
    expect(begun).toEqual([]);
  });
});

describe("limitConcurrency", () => {
  it("runs what is asked in order, at most so many at a time", async () => {
    const { begun, work, end } = createWork();
    const inTurn = limitConcurrency(2);
    const all = Promise.all([1, 2, 3, 4].map((item) => inTurn(() => work(item))));
    await setImmediate();
    expect(begun).toEqual([1, 2]);
    await end(2);
    expect(begun).toEqual([1, 2, 3]);
    // Whoever comes now is behind those who wait.
    const late = inTurn(() => work(5));
    await end(1);
    expect(begun).toEqual([1, 2, 3, 4]);
    for (const item of [3, 4, 5]) await end(item);
    await Promise.all([all, late]);
    expect(begun).toEqual([1, 2, 3, 4, 5]);
  });

  it("gives the place of what has failed to the next one, and tells whoever asked", async () => {
    const { begun, work, end } = createWork();
    const inTurn = limitConcurrency(1);
    const first = inTurn(() => work(1));
    const second = inTurn(() => work(2));
    const told = expect(first).rejects.toThrow("lost");
    await end(1, new Error("lost"));
    await told;
    expect(begun).toEqual([1, 2]);
    await end(2);
    await second;
  });
});
