import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { createIsolatedEngine } from "../../../src/photo/engine/isolated-engine.js";
import { createSharpEngine } from "../../../src/photo/engine/sharp-engine.js";
import { engineVersion } from "../../../src/photo/renditions/engine-version.js";
import { findPreset } from "../../../src/photo/renditions/presets.js";
import { photoFolder, writePhoto } from "../../support/photos.js";

/** A process does not run from the sources: this is the one that `npm run build` made. */
const childFile = path.resolve(import.meta.dirname, "../../../dist/photo/engine/isolated-engine-child.js");
const environment = { PATH: process.env.PATH };
const engine = createIsolatedEngine({ environment, childFile });

it("the engine's version names the sharp that is installed: another one may give other bytes", () => {
  expect(engineVersion).toMatch(/^\d+ sharp /);
  expect(engineVersion.split(" ")[2]).toBe((sharp.versions as Record<string, string>).sharp);
});

describe("the engine in a process of its own", () => {
  it("makes what the engine makes, byte for byte", async () => {
    const source = await writePhoto(await photoFolder(), "a.jpg", { width: 1200, height: 900 });
    const targets = ["web", "instagram"].map((name) => ({
      preset: findPreset(name),
      path: path.join(path.dirname(source), `${name}.jpg`),
    }));
    const text = { caption: "Café “Rindu” \u{1f33e}" };
    const renditions = await engine.render(source, targets, { text });
    const bytes = await Promise.all(targets.map((target) => readFile(target.path)));
    const here = createSharpEngine();
    expect(await here.render(source, targets, { text })).toEqual(renditions);
    expect(await Promise.all(targets.map((target) => readFile(target.path)))).toEqual(bytes);
    expect(await engine.inspect(source)).toEqual(await here.inspect(source));
    expect(await engine.verify(source)).toEqual(await here.verify(source));
    expect(await engine.thumbnail(source, 90)).toEqual(await here.thumbnail(source, 90));
  });

  it("tells what is wrong with a photo as the engine does", async () => {
    const file = path.join(await photoFolder(), "a.jpg");
    await writeFile(file, "bukan foto");
    await expect(engine.inspect(file)).rejects.toMatchObject({
      code: "photo-not-supported",
      exit: 1,
      params: { path: file, found: "unknown" },
    });
  });

  it("stops on abort: the reason is thrown, and nothing half-made is left", async () => {
    const source = await writePhoto(await photoFolder(), "a.jpg", { width: 3000, height: 2000 });
    const out = path.join(path.dirname(source), "out");
    const targets = [{ preset: findPreset("web"), path: path.join(out, "a.jpg") }];
    const stop = new AbortController();
    const stopped = engine.render(source, targets, {}, stop.signal);
    stop.abort(new Error("Ctrl-C"));
    await expect(stopped).rejects.toThrow("Ctrl-C");
    expect((await readdir(out).catch(() => [])).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});

/** An engine whose child answers with its pid, and crashes on the file "crash" as a decoder would. */
async function crashing(idleMs = 10_000) {
  const file = path.join(await photoFolder(), "child.mjs");
  await writeFile(
    file,
    `process.on("message", ({ id, file }) => {
      if (file === "crash") process.kill(process.pid, "SIGSEGV");
      else setTimeout(() => process.send({ id, made: { pid: process.pid, env: process.env } }), 100);
    });
    process.on("disconnect", () => process.exit());`,
  );
  return createIsolatedEngine({
    environment: {
      ...environment,
      TMPDIR: "/tmp",
      KOMINFO_NEWSROOM_TOKEN: "rahasia",
      NODE_OPTIONS: "--no-warnings",
    },
    childFile: file,
    idleMs,
  });
}
const seen = async (made: Promise<unknown>) => (await made) as { pid: number; env: Record<string, string> };
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe("the process of the engine", () => {
  it("is one for all requests, inherits no variable that it can do without, and holds two arenas of memory", async () => {
    const engine = await crashing();
    const [first, second] = await Promise.all([seen(engine.inspect("a")), seen(engine.inspect("b"))]);
    expect(first.pid).toBe(second.pid);
    expect(first.env).toMatchObject({ TMPDIR: "/tmp", MALLOC_ARENA_MAX: "2" });
    const own = ["NODE_CHANNEL_FD", "NODE_CHANNEL_SERIALIZATION_MODE"];
    const inherited = Object.keys(first.env).filter((name) => !/^MALLOC_/.test(name) && !own.includes(name));
    expect(inherited.sort()).toEqual(["PATH", "TMPDIR"]);
  });

  it("may crash over a file: only that file has failed, and the next find another process", async () => {
    const engine = await crashing();
    const results = await Promise.allSettled(["a", "crash", "b"].map((file) => engine.inspect(file)));
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(results[1]).toMatchObject({ reason: { code: "photo-damaged", params: { path: "crash" } } });
    expect(isAlive((await seen(engine.inspect("c"))).pid)).toBe(true);
  });

  it("starts before the first request where that is asked, once, and ends where none comes", async () => {
    const engine = await crashing();
    engine.start?.();
    engine.start?.();
    const [first, second] = await Promise.all([seen(engine.inspect("a")), seen(engine.inspect("b"))]);
    expect(first.pid).toBe(second.pid);
    const folder = await photoFolder();
    const unused = createIsolatedEngine({
      environment,
      childFile: path.join(folder, "child.mjs"),
      idleMs: 500,
    });
    await writeFile(
      path.join(folder, "child.mjs"),
      `import { writeFileSync } from "node:fs";
      writeFileSync(${JSON.stringify(path.join(folder, "pid"))}, String(process.pid));
      process.on("message", () => {});
      process.on("disconnect", () => process.exit());`,
    );
    unused.start?.();
    const pid = () => readFile(path.join(folder, "pid"), "utf8").catch(() => "");
    await expect.poll(pid, { timeout: 30_000 }).toMatch(/^\d+$/);
    const started = Number(await pid());
    await expect.poll(() => isAlive(started), { timeout: 30_000 }).toBe(false);
  });

  it("ends when it has had nothing to do for a while", async () => {
    const { pid } = await seen((await crashing(50)).inspect("a"));
    for (let i = 0; i < 100 && isAlive(pid); i++) await pause(50);
    expect(isAlive(pid)).toBe(false);
  });
});
