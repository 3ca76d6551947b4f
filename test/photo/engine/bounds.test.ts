import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { open, readdir, readFile, readlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { createIsolatedEngine } from "../../../src/photo/engine/isolated-engine.js";
import type { EngineBounds } from "../../../src/photo/engine/memory-watch.js";
import { photoFolder, pictureOf, writePhoto } from "../../support/photos.js";

/** A process does not run from the sources: this is the one that `npm run build` made. */
const dist = path.resolve(import.meta.dirname, "../../../dist/photo/engine");
const childFile = path.join(dist, "isolated-engine-child.js");
const megabyte = 1024 * 1024;
/** Node and libvips take 70 MB, a decoder of 12 MP some 7 MB more. */
const ordinary: EngineBounds = { memoryBytes: 150 * megabyte, requestMs: 60_000 };
const isLinux = process.platform === "linux";

function bounded(bounds: Partial<EngineBounds> = {}, watcher?: "parent" | "child", child = childFile) {
  const peaks: number[] = [];
  const engine = createIsolatedEngine({
    environment: { PATH: process.env.PATH },
    childFile: child,
    bounds: { ...ordinary, ...bounds },
    ...(watcher && { watcher }),
    onPeak: (bytes) => peaks.push(bytes),
  });
  return { engine, peak: () => Math.max(...peaks) };
}

/** A photo whose decoder needs 6 bytes a pixel: 150 MB of memory for 300 kB of file. */
async function greedy(folder: string, name = "greedy.jpg"): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, await pictureOf("jpeg, progressive", 5000, 5000));
  return file;
}

/** A child that answers with its pid, after `wait` ms where the file is a number. */
async function patient(): Promise<string> {
  const file = path.join(await photoFolder(), "child.mjs");
  await writeFile(
    file,
    `import { readdirSync, readlinkSync } from "node:fs";
    const open = () => readdirSync("/proc/self/fd").flatMap((fd) => {
      try { return [readlinkSync("/proc/self/fd/" + fd)]; } catch { return []; }
    });
    process.on("message", ({ id, file }) => {
      const made = () => ({ pid: process.pid, argv: process.execArgv, open: file === "open" ? open() : [] });
      setTimeout(() => process.send({ id, made: made() }), Number(file) || 0);
    });
    process.on("disconnect", () => process.exit());`,
  );
  return file;
}
const answerOf = async (made: Promise<unknown>) =>
  (await made) as { pid: number; argv: string[]; open: string[] };

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function ends(pid: number): Promise<boolean> {
  for (let i = 0; i < 400 && isAlive(pid); i++) await pause(25);
  return !isAlive(pid);
}

describe.each(isLinux ? (["parent", "child"] as const) : (["child"] as const))(
  "memory that the %s watches",
  (watcher) => {
    it("ends the photo that takes too much of it, and no other", async () => {
      const folder = await photoFolder();
      const [file, fine] = [await greedy(folder), await writePhoto(folder, "fine.jpg")];
      const { engine } = bounded({}, watcher);
      await expect(engine.verify(file)).rejects.toMatchObject({
        code: "photo-too-costly",
        params: { path: file },
      });
      await expect(engine.verify(fine)).resolves.toMatchObject({ format: "jpeg" });
    });

    it("is enough for an ordinary photo of 12 MP", async () => {
      const file = path.join(await photoFolder(), "a.jpg");
      await writeFile(file, await pictureOf("jpeg", 4000, 3000));
      await expect(bounded({}, watcher).engine.verify(file)).resolves.toMatchObject({ width: 4000 });
    });
  },
);

describe.runIf(isLinux)("the memory of the process", () => {
  it("stays near its limit, however many large photos are sent at once", async () => {
    const folder = await photoFolder();
    const files = await Promise.all([1, 2, 3, 4].map((n) => greedy(folder, `${n}.jpg`)));
    const { engine, peak } = bounded({ memoryBytes: 120 * megabyte });
    const results = await Promise.allSettled(files.map((file) => engine.verify(file)));
    expect(results.map((result) => result.status === "rejected" && result.reason.code)).toEqual(
      files.map(() => "photo-too-costly"),
    );
    // Four would take 670 MB. Between two reads they gain what the machine is fast enough for.
    expect(peak()).toBeLessThan(400 * megabyte);
  });

  it("counts even when it was free again before anybody looked", async () => {
    const folder = await photoFolder();
    const { engine, peak } = bounded({ memoryBytes: Number.MAX_SAFE_INTEGER });
    await engine.verify(await greedy(folder));
    await engine.verify(await writePhoto(folder, "fine.jpg"));
    expect(peak()).toBeGreaterThan(200 * megabyte);
  });

  it("is not held against a photo that came into a used process: it is tried once more in a new one", async () => {
    // What many innocent photos may leave behind, as one block.
    const child = path.join(await photoFolder(), "child.mjs");
    await writeFile(
      child,
      `let isUsed = false, kept;
      process.on("message", ({ id, file }) => {
        if (isUsed) kept = Buffer.alloc(300 * 2 ** 20, 1);
        isUsed = true;
        setTimeout(() => process.send({ id, made: process.pid }), 100);
      });
      process.on("disconnect", () => process.exit());`,
    );
    const { engine } = bounded({ memoryBytes: 250 * megabyte }, "parent", child);
    const first = await engine.inspect("first");
    expect(await engine.inspect("second")).not.toEqual(first);
  });
});

describe("the time of a request", () => {
  it("is bounded: the photo that exceeds it is refused, and the next one finds another process", async () => {
    const { engine } = bounded({ requestMs: 5000 }, undefined, await patient());
    await expect(engine.inspect("600000")).rejects.toMatchObject({ code: "photo-too-costly" });
    expect(isAlive((await answerOf(engine.inspect("0"))).pid)).toBe(true);
  });
});

describe("the process", () => {
  it("has a limit for its JavaScript too", async () => {
    const { argv } = await answerOf(bounded({}, undefined, await patient()).engine.inspect("0"));
    expect(argv).toContain("--max-old-space-size=96");
  });

  it.runIf(isLinux)("holds none of the files and sockets that its parent has open", async () => {
    const secret = path.join(await photoFolder(), "newsroom.db");
    const handle = await open(secret, "w");
    const server = createServer().listen(0, "127.0.0.1");
    onTestFinished(async () => {
      await handle.close();
      server.close();
    });
    await once(server, "listening");
    const mine = await Promise.all(
      (await readdir("/proc/self/fd")).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => "")),
    );
    expect(mine).toContain(secret);
    const seen = (await answerOf(bounded({}, undefined, await patient()).engine.inspect("open"))).open;
    expect(seen.filter((name) => mine.includes(name) && /^(\/(?!dev|proc)|socket:)/.test(name))).toEqual([]);
  });

  it.runIf(isLinux)("is the first that the kernel ends when memory runs short", async () => {
    const { parent, child } = await startParent();
    expect((await readFile(`/proc/${child}/oom_score_adj`, "utf8")).trim()).toBe("1000");
    parent.kill("SIGKILL");
  });

  it.runIf(isLinux)("dies with its parent, though it waits for a file", async () => {
    const { parent, child } = await startParent();
    parent.kill("SIGKILL");
    expect(await ends(child)).toBe(true);
  });
});

/** A parent of its own whose child reads from a pipe into which nobody writes. */
async function startParent(): Promise<{ parent: ChildProcess; child: number }> {
  const folder = await photoFolder();
  const pipe = path.join(folder, "endless.jpg");
  await promisify(execFile)("mkfifo", [pipe]);
  const script = path.join(folder, "parent.mjs");
  await writeFile(
    script,
    `import { createIsolatedEngine } from ${JSON.stringify(path.join(dist, "isolated-engine.js"))};
    const engine = createIsolatedEngine({ environment: {} });
    await engine.inspect("/nowhere.jpg").catch(() => {});
    void engine.inspect(${JSON.stringify(pipe)}).catch(() => {});
    console.log("begun");`,
  );
  const parent = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void parent.kill("SIGKILL"));
  await once(parent.stdout, "data");
  const child = Number(await readFile(`/proc/${parent.pid}/task/${parent.pid}/children`, "utf8"));
  expect(child).toBeGreaterThan(0);
  // The child opens the pipe meanwhile; an ordinary exit would wait for that from then on.
  await pause(500);
  return { parent, child };
}
