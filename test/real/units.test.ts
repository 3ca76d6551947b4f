import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, expect, it, onTestFinished } from "vitest";
import { needDebian } from "./apt.js";

const deploy = path.resolve(import.meta.dirname, "../../deploy");

beforeAll(() => needDebian("systemd-analyze", "systemd"));

it("systemd understands every line of the units", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "kominfo-units-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const units = (await readdir(deploy)).filter((name) => /\.(service|timer)$/.test(name));
  expect(units).toHaveLength(4);
  for (const name of units) {
    const unit = await readFile(path.join(deploy, name), "utf8");
    // What they start is not installed here.
    await writeFile(path.join(folder, name), unit.replaceAll("/usr/local/bin/kominfo", process.execPath));
  }
  const files = units.map((name) => path.join(folder, name));
  const { status, stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", ...files], {
    encoding: "utf8",
  });
  expect([status, stderr]).toEqual([0, ""]);
});
