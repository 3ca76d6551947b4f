import { ERRORS } from "@tus/server";
import { expect, test } from "vitest";
import { memoryLocker } from "../../../src/newsroom/staging/memory-locker.js";

const { signal } = new AbortController();

test("a lock is had by one at a time, in the order in which they came", async () => {
  const locker = memoryLocker();
  const order: string[] = [];
  const locks = ["first", "second", "third"].map((name) => ({ name, lock: locker.newLock("upload") }));
  const all = locks.map(async ({ name, lock }) => {
    await lock.lock(signal, () => void order.push(`${name} is asked`));
    order.push(name);
    await new Promise(setImmediate);
    await lock.unlock();
  });
  await Promise.all(all);
  expect(order.filter((name) => !name.endsWith("asked"))).toEqual(["first", "second", "third"]);
  // Each that holds it while another waits is asked to end.
  expect(order).toContain("first is asked");
  expect(order).toContain("second is asked");
  expect(order).not.toContain("third is asked");
});

test("another upload's lock is free meanwhile", async () => {
  const locker = memoryLocker();
  await locker.newLock("one").lock(signal, () => {});
  await locker.newLock("other").lock(signal, () => {});
});

test("who waits too long, or has gone, is refused, and the next one is not kept by it", async () => {
  const gone = new AbortController();
  const [patient, hasty] = [memoryLocker(), memoryLocker(0)];
  for (const { locker, signal: until } of [
    { locker: patient, signal: gone.signal },
    { locker: hasty, signal: signal },
  ]) {
    const held = locker.newLock("upload");
    await held.lock(signal, () => {});
    const waiting = locker.newLock("upload").lock(until, () => {});
    gone.abort();
    await expect(waiting).rejects.toBe(ERRORS.ERR_LOCK_TIMEOUT);
    await held.unlock();
    const next = locker.newLock("upload");
    await next.lock(signal, () => {});
    await next.unlock();
  }
});
