import { randomUUID } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Content } from "../../src/contract/contract.js";
import { apiPath } from "../../src/contract/contract.js";
import { sha256 } from "../../src/files/hash.js";
import { readPost } from "../../src/post/front-matter/read.js";
import { sampleSlug, writeAnswers } from "../support/answers.js";
import { type Computer, openComputer, type ServedNewsroom, startNewsroom } from "../support/kominfo.js";

// One story, told in order: an editor writes a revision, its author takes it, another computer goes on from there.
let newsroom: ServedNewsroom;
let operator: Computer;
let editor: Computer;
let operatorToken: string;
let editorToken: string;
let id: string;

beforeAll(async () => {
  newsroom = await startNewsroom();
  [operatorToken, editorToken] = await Promise.all([newsroom.token("operator"), newsroom.token("editor")]);
  operator = await openComputer({ origin: newsroom.url, token: operatorToken });
  editor = await openComputer({ origin: newsroom.url, token: editorToken });
  const answers = await writeAnswers(path.join(operator.home, "kegiatan"), 2);
  await operator.json(["post", "new", "berita-kegiatan", "--from", answers]);
  id = (await operator.json(["post", "submit", "musrenbang"])).submission.id;
  await editor.json(["review", "claim", id]);
});
afterAll(async () => {
  for (const fixture of [operator, editor, newsroom]) await fixture?.remove();
});

const index = (computer = operator) => path.join(computer.workspace, "posts", sampleSlug, "index.md");
const text = (computer = operator) => readFile(index(computer), "utf8");
const change = async (from: string, to: string) => {
  expect(await text()).toContain(from);
  await writeFile(index(), (await text()).replace(from, to));
};
const submission = () => newsroom.get(`/submissions/${id}`, operatorToken);

/** An editor's own revision, as any client sends it. */
async function revise(edit: (content: Content) => Partial<Content>): Promise<number> {
  const { content, revision } = await submission();
  const answer = await fetch(`${newsroom.url}${apiPath}/submissions/${id}`, {
    method: "PUT",
    headers: {
      authorization: `Bearer ${editorToken}`,
      "content-type": "application/json",
      "if-match": `"r${revision}"`,
      "idempotency-key": randomUUID(),
    },
    body: JSON.stringify({ content: { ...content, ...edit(content) } }),
  });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { revision: number }).revision;
}

describe("an editor's revision", () => {
  it("is told by the status, with the command that takes it", async () => {
    const before = await text();
    expect(
      await revise(({ title, body }) => ({ title: `${title} 2027`, body: `${body}\nDisunting.\n` })),
    ).toBe(2);
    const { next, submission: now } = await operator.json(["post", "status", "musrenbang"]);
    expect(now).toMatchObject({ id, revision: 2, state: "in_review" });
    expect(next[0]).toBe(`kominfo post pull ${sampleSlug}`);
    expect((await operator.run(["post", "status", "musrenbang"])).stdout).toMatch(/Revisi 2 oleh editor \w+/);
    expect((await operator.run(["post", "status"])).stderr).toContain(`kominfo post pull ${sampleSlug}`);
    expect(await text()).toBe(before);
  });

  it("stops a submit that would write over it, with the same command", async () => {
    await change("Camat membuka", "Camat Ahmad Fauzi membuka");
    const ran = await operator.run(["post", "submit", "musrenbang", "--json"]);
    expect(ran).toMatchObject({ code: 1, stdout: "" });
    const { error } = JSON.parse(ran.stderr);
    expect(error.code).toBe("revision-stale");
    expect(error.hints).toContain(`Ambil dulu revisi itu: kominfo post pull ${sampleSlug}`);
  });

  it("is shown by --dry-run, which writes nothing", async () => {
    const before = await text();
    const { code, stdout } = await operator.run(["post", "pull", "musrenbang", "--dry-run"]);
    expect(code).toBe(0);
    expect(stdout).toContain("judul\n  … Buka Musrenbang Tingkat Kecamatan {+2027+}\n");
    expect(stdout).toContain("Belum ada yang ditulis");
    expect(await text()).toBe(before);
  });

  it("is taken, together with what was changed here, and the old index.md is kept", async () => {
    const before = await text();
    const taken = await operator.json(["post", "pull", "musrenbang"]);
    const folder = path.dirname(index());
    expect(taken).toEqual({
      post: { slug: sampleSlug, path: folder },
      submission: {
        id,
        revision: 2,
        state: "in_review",
        updated_at: expect.any(String),
        url: `${newsroom.url}${apiPath}/submissions/${id}`,
      },
      from: 1,
      changed: ["judul", "isi"],
      conflicts: [],
      photos: { downloaded: 0, gone: [] },
      kept: expect.stringContaining(path.join(folder, ".kominfo", "sebelum")),
    });
    expect(await readFile(taken.kept, "utf8")).toBe(before);
    const { post, body } = readPost(await text());
    expect(post?.title).toMatch(/ 2027$/);
    expect(post?.photos[0]?.caption).toBe("Camat Ahmad Fauzi membuka Musrenbang (1)");
    expect(body).toMatch(/\n\nDisunting\.\n$/);
  });

  it("is taken once: the same command again finds nothing new", async () => {
    const before = await text();
    const again = await operator.json(["post", "pull", id]);
    expect(again).toMatchObject({ from: 2, changed: [], conflicts: [], kept: null });
    expect(await text()).toBe(before);
    expect((await operator.json(["post", "status", "musrenbang"])).next[0]).not.toContain("pull");
  });

  it("that changed the same words stands beside one's own, and nothing is sent until one is chosen", async () => {
    await change("Disunting.", "Disunting di kecamatan.");
    await change(" 2027", " Tahun 2027");
    await revise(({ title, body }) => ({
      title: title.replace(" 2027", " 2028"),
      body: body.replace("Disunting.", "Disunting lagi."),
    }));
    const ran = await operator.run(["post", "pull", "musrenbang", "--json"]);
    expect(ran).toMatchObject({ code: 1, stderr: "" });
    const lines = (await text()).split("\n");
    const found = JSON.parse(ran.stdout).conflicts as { key: string; line: number }[];
    expect(found.map(({ key, line }) => [key, lines[line - 1]])).toEqual([
      ["judul", expect.stringMatching(/^judul_dari_redaksi: ".* 2028"$/)],
      ["isi", "[PILIH SATU: naskah Anda]"],
    ]);
    expect(lines).toContain("Disunting di kecamatan.");
    expect(lines).toContain("Disunting lagi.");
    for (const argv of [["check"], ["submit"], ["submit", "--dry-run"]]) {
      const refused = await operator.run(["post", argv[0]!, "musrenbang", ...argv.slice(1)]);
      expect(refused).toMatchObject({ code: 2, stdout: "" });
      expect(refused.stderr).toContain(`baris ${found[1]!.line}`);
    }
    // Taken already: there is nothing new, and still something to choose.
    expect((await operator.run(["post", "pull", "musrenbang"])).code).toBe(1);
  });

  it("goes back to the editors once chosen, and is approved", async () => {
    const chosen = (await text())
      .replace(/^judul_dari_redaksi: .*\n/m, "")
      .replace(/\[PILIH SATU: naskah Anda\]\n\n([^[]*)\[ATAU[^\]]*\][^[]*\[SELESAI MEMILIH\]\n*/, "$1");
    await writeFile(index(), chosen);
    await operator.json(["post", "check", "musrenbang"]);
    await editor.json(["review", "return", id, "--reason", "Sudah saya sunting"]);
    const sent = await operator.json(["post", "submit", "musrenbang"]);
    expect(sent.submission).toMatchObject({ id, revision: 4, state: "submitted" });
    const { content } = await submission();
    expect(content.title).toMatch(/ Tahun 2027$/);
    expect(content.body).toContain("Disunting di kecamatan.");
    await editor.json(["review", "claim", id]);
    const where = ["--destination", "kabupaten", "--channel", "web"];
    const approved = await editor.json(["review", "approve", id, "--revision", "4", ...where]);
    expect(approved.submission).toMatchObject({ id, revision: 4, state: "approved" });
  });
});

describe("a bare laptop", () => {
  let laptop: Computer;
  beforeAll(async () => {
    laptop = await openComputer({ origin: newsroom.url, token: operatorToken });
  });
  afterAll(() => laptop?.remove());

  it("gets the post by its number, with its photos as the newsroom has them", async () => {
    const made = await laptop.json(["post", "pull", `${newsroom.url}/submissions/${id}`]);
    expect(made).toMatchObject({
      post: { slug: sampleSlug },
      submission: { id, revision: 4 },
      from: null,
      photos: { downloaded: 2, gone: [] },
    });
    const [here, there] = [readPost(await text(laptop)), readPost(await text())];
    expect(here).toMatchObject({ problems: [], body: there.body });
    expect(here.post).toEqual(there.post);
    const folder = path.join(path.dirname(index(laptop)), "foto");
    const hashes = await Promise.all(
      (await readdir(folder)).map(async (name) => sha256(await readFile(path.join(folder, name)))),
    );
    expect(hashes.sort()).toEqual(await newsroom.photos());
  });

  it("goes on from there: nothing is new, and what is changed is the next revision with the same photos", async () => {
    expect((await laptop.run(["post", "submit", "musrenbang"])).stdout).toContain("Tidak ada perubahan");
    await editor.json(["review", "revoke", id, "--reason", "Masih ada yang kurang"]);
    await editor.json(["review", "return", id, "--reason", "Lengkapi"]);
    const file = index(laptop);
    await writeFile(file, (await readFile(file, "utf8")).replace("Disunting", "Dilengkapi"));
    const before = await submission();
    const sent = await laptop.json(["post", "submit", "musrenbang"]);
    expect(sent).toMatchObject({ submission: { id, revision: 5 }, photos: { uploaded: 0, present: 2 } });
    expect((await submission()).content).toEqual({
      ...before.content,
      body: before.content.body.replace("Disunting", "Dilengkapi"),
    });
  });

  it("uses the post that it has, and refuses a number that is not there", async () => {
    expect((await laptop.json(["post", "pull", id])).from).toBe(5);
    expect(await readdir(path.join(laptop.workspace, "posts"))).toEqual([sampleSlug]);
    const missing = await laptop.run(["post", "pull", randomUUID(), "--json"]);
    expect(missing).toMatchObject({ code: 1, stdout: "" });
    expect(JSON.parse(missing.stderr).error.code).toBe("submission-not-found");
  });

  it("brings another laptop's revision home, and a photo that it lacks", async () => {
    await editor.json(["review", "claim", id]);
    await editor.json(["review", "return", id, "--reason", "Tambah foto"]);
    const folder = path.join(path.dirname(index(laptop)), "foto");
    const photo = path.join(laptop.home, "baru.jpg");
    const sharp = (await import("sharp")).default;
    await sharp({ create: { width: 900, height: 600, channels: 3, background: "#a40" } })
      .jpeg()
      .toFile(photo);
    const said = ["--caption", "Peserta", "--alt", "Peserta duduk", "--credit", "Kecamatan"];
    await laptop.json(["post", "attach", "musrenbang", photo, ...said]);
    await laptop.json(["post", "submit", "musrenbang"]);
    const pulled = await operator.json(["post", "pull", "musrenbang"]);
    expect(pulled).toMatchObject({ from: 4, photos: { downloaded: 1, gone: [] } });
    expect(pulled.changed).toContain("foto/baru.jpg.takarir");
    const { content } = await submission();
    const bytes = await readFile(path.join(path.dirname(index()), "foto", "baru.jpg"));
    expect(sha256(bytes)).toBe(content.photos[2].sha256);
    expect((await operator.run(["post", "submit", "musrenbang"])).stdout).toContain("Tidak ada perubahan");
    expect(await readdir(folder)).toHaveLength(3);
  });
});
