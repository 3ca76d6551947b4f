import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { leftovers, temporaryName } from "../../src/files/atomic.js";
import { withLock } from "../../src/files/lock.js";
import { compile, runChild } from "./compiled.js";

let compiled: Awaited<ReturnType<typeof compile>>;
let folder: string;
let lock: string;
const child = (name: string) => path.join(import.meta.dirname, "child", name);

beforeAll(async () => {
  compiled = await compile("files/lock.ts");
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-lock-"));
  lock = path.join(folder, "some.lock");
});
afterAll(async () => {
  await compiled.remove();
  await rm(folder, { recursive: true, force: true });
});

async function killedHolder(): Promise<void> {
  const holder = runChild(child("hold.mjs"), [compiled.folder, lock]);
  expect(await holder.line()).toBe("held");
  holder.process.kill("SIGKILL");
  await holder.ended();
}

describe("a lock", () => {
  test("is held by one process at a time, however many want it", async () => {
    const counter = path.join(folder, "counter");
    await writeFile(counter, "0");
    const children = [1, 2, 3].map(() =>
      runChild(child("count.mjs"), [compiled.folder, lock, counter, "15"]),
    );
    expect(await Promise.all(children.map((child) => child.ended()))).toEqual([0, 0, 0]);
    expect(await readFile(counter, "utf8")).toBe("45");
  });

  test("is held by one task of a process at a time", async () => {
    let holders = 0;
    let most = 0;
    const task = () =>
      withLock(lock, async () => {
        most = Math.max(most, ++holders);
        await new Promise((resolve) => setTimeout(resolve, 2));
        holders--;
      });
    await Promise.all(Array.from({ length: 8 }, task));
    expect(most).toBe(1);
  });

  test("of a killed process is broken at once", async () => {
    await killedHolder();
    expect(await withLock(lock, async () => "mine", { waitMs: 1000 })).toBe("mine");
  });

  test("of a killed process is broken once, though many wait for it", async () => {
    await killedHolder();
    const counter = path.join(folder, "waiters");
    await writeFile(counter, "0");
    const children = [1, 2, 3].map(() => runChild(child("count.mjs"), [compiled.folder, lock, counter, "3"]));
    expect(await Promise.all(children.map((child) => child.ended()))).toEqual([0, 0, 0]);
    expect(await readFile(counter, "utf8")).toBe("9");
  });

  test("takes away what a process left that was killed while it took the lock, and no living one's", async () => {
    await killedHolder();
    const [dead, living] = [temporaryName(lock), temporaryName(lock)];
    await writeFile(dead, await readFile(lock));
    await writeFile(living, JSON.stringify({ host: hostname(), pid: process.pid, id: "waiting" }));
    await withLock(lock, async () => {}, { waitMs: 1000 });
    const left = (await readdir(folder)).filter((name) => name.includes("some.lock"));
    expect(left).toEqual([path.basename(living)]);
    await rm(living);
  });

  test("takes away what a process left that was killed before it wrote its name", async () => {
    await killedHolder();
    await writeFile(temporaryName(lock), "");
    await withLock(lock, async () => {}, { waitMs: 1000 });
    expect((await readdir(folder)).filter((name) => name.includes("some.lock"))).toEqual([]);
  });

  test("is taken at last by one whose beginning others took away", async () => {
    const counter = path.join(folder, "disturbed");
    await writeFile(counter, "0");
    const children = [1, 2].map(() => runChild(child("count.mjs"), [compiled.folder, lock, counter, "3"]));
    let isOver = false;
    const ended = Promise.all(children.map((child) => child.ended())).finally(() => {
      isOver = true;
    });
    // On a busy machine nobody else would come to an end while this goes on.
    for (let taken = 0; !isOver && taken < 200; ) {
      for (const { name } of await leftovers(folder)) {
        await rm(path.join(folder, name), { force: true });
        taken++;
      }
    }
    expect(await ended).toEqual([0, 0]);
    expect(await readFile(counter, "utf8")).toBe("6");
  });

  test("takes away what a process left that was killed while it broke another's", async () => {
    await killedHolder();
    const dead = await readFile(lock, "utf8");
    await writeFile(`${lock}.some-id`, dead);
    await withLock(lock, async () => {}, { waitMs: 1000 });
    expect((await readdir(folder)).filter((name) => name.includes("some.lock"))).toEqual([]);
  });

  test("leaves nothing behind, also where its breaking was killed half-way", async () => {
    await killedHolder();
    const dead = JSON.parse(await readFile(lock, "utf8"));
    await writeFile(`${lock}.${dead.id}`, JSON.stringify({ ...dead, id: "a breaker, killed too" }));
    await withLock(lock, async () => {}, { waitMs: 1000 });
    expect((await readdir(folder)).filter((name) => name.includes("some.lock"))).toEqual([]);
  });

  test("of a living process makes the others give up after their patience, by a temporary failure", async () => {
    await withLock(lock, async () => {
      const second = withLock(lock, async () => "never", { waitMs: 80 });
      await expect(second).rejects.toMatchObject({
        code: "lock-held",
        exit: 5,
        params: { path: lock, host: hostname(), pid: process.pid },
      });
    });
  });

  test.skipIf(process.platform !== "linux")(
    "of a dead process is broken also when its number has gone to another, and kept by the one that took it",
    async () => {
      await withLock(lock, async () => {
        const mine = JSON.parse(await readFile(lock, "utf8"));
        expect(mine).toMatchObject({
          pid: process.pid,
          started: expect.stringMatching(/^[0-9a-f-]{36} \d+$/),
        });
        const [boot, ticks] = mine.started.split(" ");
        const before = { ...mine, id: "before", started: `${boot} ${Number(ticks) - 1}` };
        const second = `${lock}-second`;
        await writeFile(second, JSON.stringify(before));
        expect(await withLock(second, async () => "mine", { waitMs: 1000 })).toBe("mine");
        await writeFile(second, JSON.stringify({ ...mine, id: "living" }));
        const refused = withLock(second, async () => {}, { waitMs: 50 });
        await expect(refused).rejects.toMatchObject({ code: "lock-held" });
        await rm(second);
      });
    },
  );

  test("of a holder that does not say when it was started is kept while there is a process of its number", async () => {
    await writeFile(lock, JSON.stringify({ host: hostname(), pid: process.pid, id: "older kominfo" }));
    await expect(withLock(lock, async () => {}, { waitMs: 50 })).rejects.toMatchObject({ code: "lock-held" });
    await rm(lock);
  });

  test("of another machine is never broken", async () => {
    const foreign = JSON.stringify({ host: `not-${hostname()}`, pid: 1, id: "x" });
    await writeFile(lock, foreign);
    await expect(withLock(lock, async () => {}, { waitMs: 50 })).rejects.toMatchObject({ code: "lock-held" });
    expect(await readFile(lock, "utf8")).toBe(foreign);
    await rm(lock);
  });

  test("is let go when the work fails, and the failure passes through", async () => {
    const failing = withLock(lock, async () => {
      throw new Error("the work");
    });
    await expect(failing).rejects.toThrow("the work");
    expect(await readdir(folder)).not.toContain("some.lock");
  });
});
