import { cp, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { as, startNewsroom, type TestNewsroom } from "../newsroom/support/newsroom.js";
import { sampleSlug, writeAnswers } from "../support/answers.js";
import type { Ran, Typed } from "../support/host.js";
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
  laptop = await openLaptop(line.url);
  const file = await writeAnswers(path.join(laptop.workspace, "jawaban"), 1, 320);
  await laptop.run(["post", "new", "berita-kegiatan", "--from", file]);
});
afterEach(() => laptop.remove());

const now = () => newsroom.clock.now;
const refused = "kominfo_token_yang_dicabut_1234567890";
const run = (argv: string[], { typed, as = token }: { typed?: Typed[]; as?: string } = {}): Promise<Ran> =>
  laptop.run(argv, { env: { KOMINFO_NEWSROOM_TOKEN: as }, now, ...(typed && { typed }) });
const submit = ["post", "submit", sampleSlug];
const index = (of = laptop) => path.join(of.workspace, "posts", sampleSlug, "index.md");
const change = async (from: RegExp, to: string, of = laptop) =>
  writeFile(index(of), (await readFile(index(of), "utf8")).replace(from, to));
const withoutCaption = () => change(/^ {4}takarir:.*\n/m, "");
const number = async () =>
  JSON.parse((await run(["post", "status", sampleSlug, "--json"])).stdout).submission.id as string;
const waits = async () => (await run(["post", "list"])).stdout.includes("menunggu terkirim");

describe("post submit of what cannot be sent", () => {
  it("asks for no caption while an editor reads the post, and says who does (exit 1)", async () => {
    expect(await run(submit)).toMatchObject({ code: 0 });
    const editor = as(newsroom, await newsroom.token("editor"));
    await editor.post(`/submissions/${await number()}/transitions`, { to: "in_review" });
    await withoutCaption();
    const ran = await run(submit, { typed: [] });
    expect(ran).toMatchObject({ code: 1, stdout: "" });
    expect(ran.stderr).toContain("Belum bisa: naskah sedang ditinjau editor");
    expect(ran.stderr).not.toContain("?");
  });

  it("needs neither line nor login to refuse what was withdrawn, and names the way on", async () => {
    await run(submit);
    await run(["post", "withdraw", sampleSlug, "--reason", "Batal"]);
    await withoutCaption();
    line.target = "http://127.0.0.1:1";
    const ran = await run(submit, { typed: [], as: "" });
    expect(ran).toMatchObject({ code: 1, stdout: "" });
    expect(ran.stderr).toContain("sudah dibatalkan, dan tetap dibatalkan.");
    expect(ran.stderr).toContain(`kominfo post new --copy ${sampleSlug}`);
    const dry = await run([...submit, "--dry-run"], { typed: [] });
    expect(dry).toMatchObject({ code: 0, stdout: expect.stringContaining("Tidak akan dikirim") });
    expect(dry.stderr).toContain("! Tidak bisa: naskah ini sudah dibatalkan");
  });

  it("is what no question mends: a missing photo is told before a caption is asked for (exit 2)", async () => {
    await withoutCaption();
    await change(/berkas: .*/, 'berkas: "foto/hilang.jpg"');
    const ran = await run(submit, { typed: [] });
    expect(ran).toMatchObject({ code: 2 });
    expect(ran.stderr).toContain("foto/hilang.jpg");
  });

  it("is anything where kominfo.yaml names no newsroom: nothing is asked for (exit 2)", async () => {
    await withoutCaption();
    await writeFile(path.join(laptop.workspace, "kominfo.yaml"), 'kecamatan: "32.16.07"\n');
    const ran = await run([...submit], { typed: [] });
    expect(ran).toMatchObject({ code: 2, stdout: "" });
  });
});

describe("post submit of what has not changed", () => {
  it.each([
    ["behind a login that has ended", refused, (): string => line.url],
    ["without a connection", undefined, (): string => "http://127.0.0.1:1"],
  ])("%s says so, and nothing waits (exit 0)", async (_where, as, target) => {
    await run(submit);
    line.target = target();
    if (as !== undefined) line.target = newsroom.url;
    const ran = await run(submit, as === undefined ? {} : { as });
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.stdout).toContain("Tidak ada perubahan sejak revisi 1; tidak ada yang dikirim.");
    expect(ran.stdout).toContain("menurut catatan komputer ini");
    expect(await waits()).toBe(false);
    line.target = newsroom.url;
    expect((await run(["sync"])).stdout).toContain("Tidak ada yang menunggu dikirim.");
  });

  it("takes back what waits, where the post was changed back to what the newsroom has", async () => {
    await run(submit);
    const before = await readFile(index(), "utf8");
    await change(/$/, "\nPanitia menutup acara.\n");
    line.target = "http://127.0.0.1:1";
    expect(await run(submit)).toMatchObject({ code: 5 });
    await writeFile(index(), before);
    expect(await run(submit)).toMatchObject({ code: 0 });
    expect(await waits()).toBe(false);
  });

  it("is told as unchanged by sync where it waits from before", async () => {
    await run(submit);
    const file = path.join(laptop.workspace, "posts", sampleSlug, ".kominfo", "state.json");
    const { sent, ...rest } = JSON.parse(await readFile(file, "utf8"));
    // As an earlier version has left it.
    await writeFile(file, JSON.stringify({ ...rest, sent: { revision: sent.revision, mark: sent.mark } }));
    expect(await run(submit, { as: refused })).toMatchObject({ code: 4 });
    const text = await run(["sync"]);
    expect(text.stdout).toContain(`Naskah ${sampleSlug}: tidak ada perubahan sejak revisi 1`);
    expect(text.stdout).not.toContain("terkirim");
    await run(submit, { as: refused });
    const state = JSON.parse((await run(["sync", "--json"])).stdout);
    expect(state.submissions).toEqual([]);
  });
});

describe("copies of one draft", () => {
  let other: Laptop;
  const onOther = (argv: string[]) => other.run(argv, { env: { KOMINFO_NEWSROOM_TOKEN: token }, now });
  const count = async () => {
    const { body } = await as(newsroom, token).get("/submissions?limit=100");
    return body.items.length as number;
  };
  beforeEach(async () => {
    other = await openLaptop(line.url);
    await cp(path.join(laptop.workspace, "posts"), path.join(other.workspace, "posts"), { recursive: true });
  });
  afterEach(() => other.remove());

  it("that are the same become one submission, and the second sender is told", async () => {
    const before = await count();
    expect(await run(submit)).toMatchObject({ code: 0 });
    newsroom.clock.now = new Date(newsroom.clock.now.getTime() + 3_600_000);
    const second = await onOther(submit);
    expect(second).toMatchObject({ code: 0 });
    expect(second.stdout).toContain("terkirim dari komputer atau folder lain. Tidak ada naskah kedua.");
    expect(await count()).toBe(before + 1);
  });

  it("that were changed apart: the second one is refused with the commands that help (exit 1)", async () => {
    const before = await count();
    await run(submit);
    await change(/$/, "\nPanitia menutup acara.\n", other);
    const second = await onOther(submit);
    expect(second).toMatchObject({ code: 1, stdout: "" });
    expect(second.stderr).toContain("Naskah ini sudah terkirim dari komputer atau folder lain");
    expect(second.stderr).toContain(`kominfo post pull ${await number()}`);
    expect(second.stderr).toContain(`kominfo post new --copy ${sampleSlug}`);
    expect(await count()).toBe(before + 1);
    expect((await onOther(["post", "list"])).stdout).not.toContain("menunggu terkirim");
    expect(await onOther(["post", "pull", await number()])).toMatchObject({ code: 0 });
  });

  it("of which one was withdrawn by now: nobody is told that the other one is on its way (exit 1)", async () => {
    await run(submit);
    await run(["post", "withdraw", sampleSlug, "--reason", "Batal"]);
    newsroom.clock.now = new Date(newsroom.clock.now.getTime() + 3_600_000);
    const second = await onOther(submit);
    expect(second).toMatchObject({ code: 1, stdout: "" });
    expect(second.stderr).toContain("sudah dibatalkan, dan tetap dibatalkan.");
  });

  it("under another name are posts of their own", async () => {
    const before = await count();
    await run(submit);
    const posts = path.join(laptop.workspace, "posts");
    await cp(path.join(other.workspace, "posts", sampleSlug), path.join(posts, "salinan"), {
      recursive: true,
    });
    expect(await run(["post", "submit", "salinan"])).toMatchObject({ code: 0 });
    expect(await count()).toBe(before + 2);
  });
});
