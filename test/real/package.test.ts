import { execFileSync, spawnSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

/** The tarball, installed as an operator does, from the registry and with nothing at hand. */
const repository = path.resolve(import.meta.dirname, "../..");
const read = async (...parts: string[]) => JSON.parse(await readFile(path.join(...parts), "utf8"));
let folder: string;
let installed: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-package-"));
  const run = (program: string, ...words: string[]) =>
    execFileSync(program, words, { cwd: folder, encoding: "utf8" });
  run(process.execPath, path.join(repository, "scripts/package.mjs"), folder);
  const [tarball = ""] = (await readdir(folder)).filter((name) => name.endsWith(".tgz"));
  const words = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  run("npm", "install", "-g", ...words, "--prefix", "prefix", "--cache", "cache", tarball);
  installed = path.join(folder, "prefix/lib/node_modules/kominfo");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("brings exactly the versions of our lockfile, and its own", async () => {
  const { packages } = await read(repository, "package-lock.json");
  const shrinkwrap = await read(installed, "npm-shrinkwrap.json");
  const names = await readdir(path.join(installed, "node_modules"), { recursive: true });
  const places = names.filter((name) => /(^|node_modules\/)(@[^/]+\/)?[^/@]+\/package\.json$/.test(name));
  const found = await Promise.all(
    places.map(async (place): Promise<[string, string]> => {
      const { version } = await read(installed, "node_modules", place);
      return [`node_modules/${path.dirname(place)}`, version];
    }),
  );
  expect(found.length).toBeGreaterThan(100);
  const other = found.filter(
    ([at, version]) => packages[at]?.version !== version || shrinkwrap.packages[at]?.version !== version,
  );
  expect(other).toEqual([]);
});

it("has nothing of what we only build and test with, nor what only a large newsroom needs", async () => {
  const { devDependencies, peerDependencies } = await read(repository, "package.json");
  const { packages } = await read(repository, "package-lock.json");
  const names = await readdir(path.join(installed, "node_modules"), { recursive: true });
  // What we test with may be what a package of the operator's needs as well: then the lockfile does not call it ours alone.
  const isOursAlone = (name: string) => packages[`node_modules/${name}`].dev || name in peerDependencies;
  const unwanted = Object.keys({ ...devDependencies, ...peerDependencies }).filter(isOursAlone);
  expect(unwanted.length).toBeGreaterThan(3);
  expect(unwanted.filter((name) => names.includes(name))).toEqual([]);
});

it("brings the operator's guide and the script that it names", async () => {
  const guide = await readFile(path.join(installed, "docs/panduan.md"), "utf8");
  expect(guide).toContain("](unggah-acara.sh)");
  expect(await readFile(path.join(installed, "docs/unggah-acara.sh"), "utf8")).toMatch(/^#!\/bin\/sh/);
});

it("runs", () => {
  const kominfo = (...argv: string[]) =>
    spawnSync(path.join(folder, "prefix/bin/kominfo"), argv, { cwd: folder, encoding: "utf8" });
  expect(kominfo("template", "list", "--json").status).toBe(0);
  const { checks } = JSON.parse(kominfo("doctor", "--json").stdout);
  const images = checks.find(({ id }: { id: string }) => id === "images");
  expect(images).toMatchObject({ ok: true });
});
