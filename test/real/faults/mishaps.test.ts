import { execFileSync } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sha256 } from "../../../src/files/hash.js";
import { writeNoise } from "../../support/photos.js";
import { expectTidy, openPlace, outcomeOf, type Place, untilDone, upload } from "./place.js";

let place: Place;
let disk: string | undefined;
beforeEach(async () => {
  place = await openPlace();
});
afterEach(async () => {
  if (disk) execFileSync("umount", ["-l", disk]);
  disk = undefined;
  await place.remove();
});

const photos = (count: number, seed: number, folder = "foto") =>
  writeNoise(path.join(place.operator.workspace, folder), count, seed);
const slowly = ["--limit-rate", "150k", "--progress", "json"];
/** Some photos are there, others are not. */
const inTheMiddle = /"progress":"uploading","photos":\{"done":[2-9],/;

describe("a token that is revoked in the middle", () => {
  it("pauses the batch (exit 4), which goes on with another one", async () => {
    await photos(20, 3);
    const running = place.operator.start(upload("Dicabut", ...slowly));
    await running.says(inTheMiddle);
    await place.newsroom.revoke(place.token);
    const ended = await running.ended;
    const said = JSON.parse(ended.stdout);
    expect([ended.code, said.paused.code]).toEqual([4, "login-refused"]);
    expect(said.paused.hints.join(" ")).toContain("kominfo auth login newsroom");
    expect(said.summary.uploaded).toBeGreaterThan(0);
    expect(said.summary.waiting).toBeGreaterThan(0);
    expect(said.summary.failed).toBe(0);

    const token = await place.newsroom.token("operator");
    const env = { KOMINFO_NEWSROOM_TOKEN: token };
    const synced = await place.operator.json(["sync"], { env });
    expect(synced.uploads[0].summary).toMatchObject({ failed: 0, waiting: 0 });
    const { album, photos: kept } = await outcomeOf({ ...place, token }, "dicabut");
    expect([album.length, kept.length]).toEqual([20, 20]);
  });
});

describe("a photo that changes or goes between plan and upload", () => {
  it("is sent as it was; as it is now, by the next run", async () => {
    const files = await photos(20, 4);
    const before = await Promise.all(files.map(async (file) => sha256(await readFile(file))));
    const running = place.operator.start(upload("Berubah", ...slowly));
    await running.says(inTheMiddle);
    await rm(files[18]!);
    const [other = ""] = await photos(1, 5, "lain");
    await writeFile(files[19]!, await readFile(other));
    const ended = await running.ended;
    expect([ended.code, JSON.parse(ended.stdout).summary]).toMatchObject([0, { uploaded: 20, failed: 0 }]);
    const sources = (await outcomeOf(place, "berubah")).album.map(
      (one) => (one as { source_sha256: string }).source_sha256,
    );
    expect(sources.sort()).toEqual([...before].sort());

    const again = await place.operator.json(upload("Berubah"));
    expect(again.summary).toMatchObject({ total: 19, uploaded: 1, present: 18 });
    expect((await outcomeOf(place, "berubah")).album).toHaveLength(21);
  });
});

describe("a full disk", () => {
  const isRoot = process.getuid?.() === 0;

  /** Makes `disk`: one for the workspace's `.kominfo` alone; not where this machine may not have one. */
  async function smallDisk(size: string): Promise<void> {
    const folder = path.join(place.operator.workspace, ".kominfo");
    await mkdir(folder, { recursive: true });
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder], { stdio: "pipe" });
    } catch {
      console.warn("SKIPPED: this machine may not mount a tmpfs, so no disk was filled");
      return;
    }
    disk = folder;
  }

  it.skipIf(!isRoot)("is said before anything is written; with room, the same command does it", async () => {
    await photos(10, 6);
    await smallDisk("8m");
    if (!disk) return;
    const ran = await place.operator.run(upload("Penuh"));
    expect([ran.code, JSON.parse(ran.stderr).error.code]).toEqual([1, "disk-too-full"]);
    execFileSync("mount", ["-o", "remount,size=200m", disk]);
    expect((await place.operator.json(upload("Penuh"))).summary).toMatchObject({ uploaded: 10 });
    await expectTidy(place);
  });

  it.skipIf(!isRoot)("in the middle costs no photo, and leaves no half one", async () => {
    await photos(30, 7);
    await smallDisk("90m");
    if (!disk) return;
    const filler = path.join(disk, "pengisi");
    const running = place.operator.start(upload("Penuh"));
    const renditions = path.join(disk, "renditions", ".kominfo-renditions.jsonl");
    while (!(await readFile(renditions, "utf8").catch(() => "")).includes('"made"')) await pause(5);
    await writeFile(filler, Buffer.alloc(100_000_000)).catch(() => {});
    const ended = await running.ended;
    expect(ended.code, ended.stdout + ended.stderr).not.toBe(0);
    await rm(filler);
    await untilDone(place.operator, upload("Penuh"), 3);
    expect((await outcomeOf(place, "penuh")).album).toHaveLength(30);
    await expectTidy(place);
  });
});
