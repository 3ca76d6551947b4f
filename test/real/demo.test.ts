import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasShared, sharedFolder } from "../support/shared.js";
import { tokens } from "./stand-ins/meta/world.mjs";
import { office } from "./stand-ins/x/accounts.mjs";

const root = path.resolve(import.meta.dirname, "../..");
let temporary: string;

beforeAll(async () => {
  temporary = await mkdtemp(path.join(tmpdir(), "kominfo-demo-test-"));
});
afterAll(() => rm(temporary, { recursive: true, force: true }));

async function demo(...argv: string[]): Promise<{ code: number; said: string }> {
  const child = spawn("npm", ["run", "--silent", "demo", "--", ...argv], {
    cwd: root,
    env: { ...process.env, TMPDIR: temporary },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
  }
  const [code] = await once(child, "close");
  return { code, said };
}

/** The story is whole, shows no token, and leaves nothing behind. How long it took, it says itself. */
async function expectWhole({ code, said }: Awaited<ReturnType<typeof demo>>): Promise<void> {
  expect(code, said).toBe(0);
  for (const command of [
    "init",
    "auth login",
    "post new",
    "post submit",
    "review return",
    "review approve",
    "post preview",
    "post publish",
    "post status",
  ]) {
    expect(said).toContain(`$ kominfo ${command}`);
  }
  expect(said).toContain("TIRUAN");
  for (const link of [
    /^ {2}Web .* · (http:\/\/127\.0\.0\.1:\d+\/\S+)$/m,
    /^ {2}Facebook .* · (https:\/\/www\.facebook\.com\/\S+)$/m,
    /^ {2}Instagram .* · (https:\/\/www\.instagram\.com\/p\/\S+)$/m,
    /^ {2}X .* · (https:\/\/x\.com\/i\/status\/\d+)$/m,
  ]) {
    expect(said).toMatch(link);
  }
  expect(said).toMatch(/US\$0\.\d{3}/);
  for (const secret of [...tokens, ...Object.values(office.keys)]) expect(said).not.toContain(secret);
  expect(said).not.toMatch(/kominfo_[\w-]{20,}/);
  expect(said).not.toContain("\u2717");
  expect(await readdir(temporary)).toEqual([]);
}

describe("npm run demo", () => {
  it("tells the story to its end, approved and published", async () => {
    const told = await demo();
    await expectWhole(told);
    expect(told.said).toContain("disetujui (revisi 2)");
  });

  it.skipIf(!hasShared)("tells it with one's own photos, and names those that it cannot use", async () => {
    const told = await demo(path.join(sharedFolder, "photos", "event"));
    await expectWhole(told);
    for (const name of ["IMG_2001.heic", "IMG_2002.heic"]) expect(told.said).toContain(name);
  });
});
