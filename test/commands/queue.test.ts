import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { as, startNewsroom, type TestNewsroom } from "../newsroom/support/newsroom.js";
import { sampleSlug, writeAnswers } from "../support/answers.js";
import type { Ran } from "../support/host.js";
import { type Laptop, openLaptop } from "../support/laptop.js";
import { startProxy, type TestProxy } from "../support/proxy.js";

let newsroom: TestNewsroom;
let line: TestProxy;
let laptop: Laptop;
let token: string;
beforeAll(async () => {
  newsroom = await startNewsroom();
  line = await startProxy(newsroom.url);
  token = await newsroom.token("operator");
});
afterAll(async () => {
  await line.close();
  await newsroom.remove();
});
beforeEach(async () => {
  line.target = newsroom.url;
  line.loses = undefined;
  laptop = await openLaptop(line.url);
  const file = await writeAnswers(path.join(laptop.workspace, "jawaban"), 0, 320);
  await laptop.run(["post", "new", "berita-kegiatan", "--from", file]);
});
afterEach(() => laptop.remove());

const now = () => newsroom.clock.now;
const run = (argv: string[], as = token): Promise<Ran> =>
  laptop.run(argv, { env: { KOMINFO_NEWSROOM_TOKEN: as }, now });
const json = (argv: string[], as = token) =>
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came
  laptop.json<any>(argv, { env: { KOMINFO_NEWSROOM_TOKEN: as }, now });
const index = () => path.join(laptop.workspace, "posts", sampleSlug, "index.md");
const edit = async () =>
  writeFile(index(), `${(await readFile(index(), "utf8")).trimEnd()}\n\nPanitia menutup acara.\n`);
const submit = ["post", "submit", sampleSlug];
const withdraw = ["post", "withdraw", sampleSlug, "--reason", "Batal"];
const refused = "kominfo_token_yang_dicabut_1234567890";

/** On a line that breaks: what was sent may have arrived. */
async function offline<T>(work: () => Promise<T>): Promise<T> {
  line.target = "http://127.0.0.1:1";
  try {
    return await work();
  } finally {
    line.target = newsroom.url;
  }
}

/** Where no connection is made at all. */
async function unconnected<T>(work: () => Promise<T>): Promise<T> {
  const settings = path.join(laptop.workspace, "kominfo.yaml");
  const before = await readFile(settings, "utf8");
  await writeFile(settings, before.replace(line.url, "http://127.0.0.1:1"));
  try {
    return await work();
  } finally {
    await writeFile(settings, before);
  }
}

describe("post submit with a login that is refused", () => {
  it("says that the post waits, for what, and how to send it or not (exit 4)", async () => {
    const ran = await run(submit, refused);
    expect(ran).toMatchObject({ code: 4, stdout: "" });
    expect(ran.stderr).toContain(
      `Naskah ${sampleSlug} menunggu terkirim di komputer ini, sampai Anda masuk lagi.`,
    );
    expect(ran.stderr).toContain("kominfo sync");
    expect(ran.stderr).toContain("kominfo auth login");
    const { error } = JSON.parse((await run([...submit, "--json"], refused)).stderr);
    expect(error).toMatchObject({ code: "login-refused", exit: 4 });
    expect((await run(["post", "list"])).stdout).toContain("menunggu terkirim");
    expect((await run(["sync"])).stdout).toContain(`✓ Naskah ${sampleSlug} terkirim (revisi 1).`);
  });
});

describe("what the newsroom turned away at its door", () => {
  it("was never received: the printed command takes it out at once", async () => {
    const ran = await run(submit, refused);
    expect(ran.stderr).toContain(`kominfo post withdraw ${sampleSlug}`);
    expect(await run(["sync"], refused)).toMatchObject({ code: 4 });
    const out = await run(withdraw, refused);
    expect(out).toMatchObject({ code: 0 });
    expect(out.stdout).toContain(`✓ ${sampleSlug} dikeluarkan dari antrean, dan tidak dikirim.`);
    expect((await run(["sync"])).stdout).toContain("Tidak ada yang menunggu dikirim.");
  });
});

describe("what waits to be sent", () => {
  it("can be taken out again, without a connection", async () => {
    await unconnected(async () => {
      expect(await run(submit)).toMatchObject({ code: 5 });
      const out = await run(withdraw);
      expect(out).toMatchObject({ code: 0 });
      expect(out.stdout).toContain(`✓ ${sampleSlug} dikeluarkan dari antrean, dan tidak dikirim.`);
    });
    expect((await run(["post", "list"])).stdout).not.toContain("menunggu terkirim");
    expect((await run(["sync"])).stdout).toContain("Tidak ada yang menunggu dikirim.");
    expect(await run(withdraw)).toMatchObject({ code: 2 });
  });

  it("is told apart from what was changed since, by status and by sync", async () => {
    await offline(() => run(submit));
    expect((await json(["post", "status", sampleSlug])).later_changes).toBe(false);
    await edit();
    const said = `Perubahan sesudahnya belum ikut; kirim dengan: kominfo post submit ${sampleSlug}`;
    expect((await run(["post", "status", sampleSlug])).stdout).toContain(said);
    const sent = await run(["sync"]);
    expect(sent).toMatchObject({ code: 0 });
    expect(sent.stdout).toContain(said);
    expect((await run(submit)).stdout).toContain("(revisi 2)");
    expect(await json(["sync"])).toMatchObject({ submissions: [] });
  });

  it("says nothing of changes where there are none", async () => {
    await offline(() => run(submit));
    const { submissions } = await json(["sync"]);
    expect(submissions).toEqual([{ post: sampleSlug, submission: expect.objectContaining({ revision: 1 }) }]);
  });

  it("is a revision: taking it out leaves what the newsroom has, and a second time withdraws that", async () => {
    expect(await run(submit)).toMatchObject({ code: 0 });
    await edit();
    await offline(() => run(submit));
    const out = await run(withdraw);
    expect(out.stdout).toContain("Revisi 1 tetap di ruang redaksi");
    const state = async () => (await json(["post", "status", sampleSlug])).submission.state;
    expect(await state()).toBe("submitted");
    expect((await run(withdraw)).stdout).toContain("dibatalkan di ruang redaksi");
    expect(await state()).toBe("withdrawn");
  });

  it("is unclear where the answer was lost: nothing is taken out (exit 5)", async () => {
    line.loses = /^POST .*\/submissions$/;
    await run(submit);
    line.loses = undefined;
    const ran = await run([...withdraw, "--json"]);
    expect(JSON.parse(ran.stderr).error).toMatchObject({ code: "withdraw-unclear", exit: 5 });
  });
});

describe("a post that was withdrawn", () => {
  it("stays withdrawn when it is sent again as it is, and that is no success (exit 1)", async () => {
    await run(submit);
    await run(withdraw);
    const again = await run(submit);
    expect(again).toMatchObject({ code: 1, stdout: "" });
    expect(again.stderr).toContain("naskah ini sudah dibatalkan, dan tetap dibatalkan.");
    expect(again.stderr).toContain("buat naskah baru: kominfo post new --copy");
    expect((await run(["post", "list"])).stdout).not.toContain("menunggu terkirim");
    await edit();
    expect(await run([...submit, "--dry-run"])).toMatchObject({
      stdout: expect.stringContaining("status naskahnya sekarang tidak mengizinkan revisi"),
    });
    expect(await run(submit)).toMatchObject({ code: 1 });
    const twice = await run(withdraw);
    expect(twice).toMatchObject({ code: 1 });
    expect(twice.stderr).toContain("tetap dibatalkan");
  });
});

describe("a post that an editor is reading", () => {
  it("is not revised, and the answer says who reads it and what can be done", async () => {
    await run(submit);
    const { id } = (await json(["post", "status", sampleSlug])).submission;
    const editor = as(newsroom, await newsroom.token("editor"));
    expect((await editor.post(`/submissions/${id}/transitions`, { to: "in_review" })).status).toBe(200);
    await edit();
    const ran = await run(submit);
    expect(ran).toMatchObject({ code: 1 });
    expect(ran.stderr).toMatch(/Belum bisa: naskah sedang ditinjau editor [0-9a-f]{8}\./);
    const wait = `Tunggu editor; lihat lagi dengan: kominfo post status ${sampleSlug}`;
    const withdraw = `Naskah dapat dibatalkan: kominfo post withdraw ${sampleSlug}`;
    expect(ran.stderr).toContain(`→ ${wait}\n  → ${withdraw}`);
  });
});
