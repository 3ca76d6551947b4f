import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { as, startNewsroom, type TestNewsroom } from "../newsroom/support/newsroom.js";
import { sampleSlug, writeAnswers } from "../support/answers.js";
import type { Ran } from "../support/host.js";
import { type Intermediary, startIntermediary } from "../support/intermediary.js";
import { type Laptop, openLaptop } from "../support/laptop.js";

let newsroom: TestNewsroom;
let between: Intermediary;
let laptop: Laptop;
let token: string;
beforeAll(async () => {
  newsroom = await startNewsroom();
  between = await startIntermediary(newsroom.url);
  token = await newsroom.token("operator");
});
afterAll(async () => {
  await between.close();
  await newsroom.remove();
});
beforeEach(async () => {
  between.intercepts = () => undefined;
  laptop = await openLaptop(between.url);
  const file = await writeAnswers(path.join(laptop.workspace, "jawaban"), 0, 320);
  await laptop.run(["post", "new", "berita-kegiatan", "--from", file]);
  await run(["post", "submit", sampleSlug]);
});
afterEach(() => laptop.remove());

const run = (argv: string[]): Promise<Ran> =>
  laptop.run(argv, { env: { KOMINFO_NEWSROOM_TOKEN: token }, now: () => newsroom.clock.now });
const status = ["post", "status", sampleSlug];
const parsed = async (argv: string[]) => JSON.parse((await run([...argv, "--json"])).stdout);
const bundle = () => path.join(laptop.workspace, "posts", sampleSlug);
const goDown = () => {
  between.intercepts = () => ({ status: 503 });
};
async function edit(): Promise<void> {
  const index = path.join(bundle(), "index.md");
  await writeFile(index, `${(await readFile(index, "utf8")).trimEnd()}\n\nPanitia menutup acara.\n`);
}

async function returnWith(reason: string): Promise<void> {
  const { id } = (await parsed(status)).submission;
  const editor = as(newsroom, await newsroom.token("editor"));
  for (const [to, why] of [["in_review"], ["returned", reason]]) {
    const body = { to, ...(why && { reason: why }) };
    const answer = await editor.post(`/submissions/${id}/transitions`, body, { "if-match": '"r1"' });
    expect(answer.status).toBeLessThan(300);
  }
}

describe("post status while the newsroom does not answer", () => {
  it("shows the last answer with its remarks and time, then why there is none (exit 5)", async () => {
    await returnWith("Sebutkan jumlah peserta.");
    expect((await run(status)).stdout).toContain("Sebutkan jumlah peserta.");
    goDown();
    const ran = await run(status);
    expect(ran.code).toBe(5);
    expect(ran.stdout).toMatch(
      /perlu perbaikan · revisi 1 · .*\nKeadaan per .*; ruang redaksi tidak dapat ditanya sekarang\./,
    );
    expect(ran.stdout).toContain("Sebutkan jumlah peserta.");
    expect(ran.stdout).toContain(`kominfo post edit ${sampleSlug}`);
    expect(ran.stderr).toContain("menjawab 503");
    const json = await parsed(status);
    expect(json).toMatchObject({
      submission: { state: "returned", revision: 1 },
      known_at: newsroom.clock.now.toISOString(),
      comments: [{ body: "Sebutkan jumlah peserta." }],
      waiting: false,
      error: { code: "server-failing", exit: 5 },
    });
    const failure = JSON.parse((await run([...status, "--json"])).stderr).error;
    expect(failure).toMatchObject({ code: "server-failing", exit: 5 });
  });

  it("says that a changed post waits in the queue, and that a later change is not in it", async () => {
    await edit();
    goDown();
    expect((await run(["post", "submit", sampleSlug])).code).toBe(5);
    const waiting = await run(status);
    expect(waiting.stdout).toMatch(/menunggu ditinjau · revisi 1.*\n.*\nmenunggu terkirim\n/);
    expect(waiting.stdout).toContain("kominfo sync");
    expect(waiting.stdout).not.toContain("sesudahnya");
    await edit();
    expect(await parsed(status)).toMatchObject({
      waiting: true,
      later_changes: true,
      next: ["kominfo sync"],
    });
  });

  it("without a kept answer it tells the one to the submission; a broken file of it is none", async () => {
    goDown();
    expect(await parsed(status)).toMatchObject({ submission: { state: "submitted" }, comments: [] });
    await writeFile(path.join(bundle(), ".kominfo", "last-known.json"), "{");
    expect(await parsed(status)).toMatchObject({ submission: { state: "submitted" }, comments: [] });
  });

  it("publishing by hand is no advice to what may have changed since", async () => {
    await returnWith("x");
    await run(status);
    const file = path.join(bundle(), ".kominfo", "last-known.json");
    const kept = await readFile(file, "utf8");
    await writeFile(file, kept.replace('"returned"', '"approved"'));
    goDown();
    expect((await parsed(status)).next).toEqual([`kominfo post status ${sampleSlug}`]);
  });

  it("the list shows the last known states, and asks a newsroom that is down once", async () => {
    await run(["post", "new", "--copy", sampleSlug]);
    goDown();
    between.seen = [];
    const ran = await run(["post", "status"]);
    expect(ran.code).toBe(5);
    expect(ran.stdout).toContain("menunggu ditinjau");
    expect(ran.stdout).toContain("Status di atas yang terakhir diketahui");
    expect(between.seen).toEqual(["GET 503"]);
    expect(await parsed(["post", "status"])).toMatchObject({
      items: [{}, {}],
      error: { code: "server-failing", exit: 5 },
    });
  });

  it("an answer of the newsroom that it is not there stays one", async () => {
    const { id } = (await parsed(status)).submission;
    const state = path.join(bundle(), ".kominfo", "state.json");
    const other = "019c3f5e-7a10-7cc2-9d0b-5a1f0c2e8b11";
    await writeFile(state, (await readFile(state, "utf8")).replaceAll(id, other));
    expect(await run(status)).toMatchObject({ code: 1, stdout: "" });
  });
});
