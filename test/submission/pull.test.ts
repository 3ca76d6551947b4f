import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Content } from "../../src/contract/contract.js";
import { sha256 } from "../../src/files/hash.js";
import { contentOfFields, fieldsOfContent } from "../../src/newsroom/desk/models/edit.js";
import { createNewsroomClient } from "../../src/newsroom-client/client.js";
import { editPost } from "../../src/post/front-matter/edit.js";
import { readPost } from "../../src/post/front-matter/read.js";
import { checkBundle } from "../../src/submission/check.js";
import { contentOf, manuscriptOf } from "../../src/submission/content.js";
import { photoFiles } from "../../src/submission/photos.js";
import { type Pulled, planPull, pullPost } from "../../src/submission/pull.js";
import { submitPost } from "../../src/submission/submit.js";
import type { Bundle } from "../../src/workspace/posts.js";
import { readState, writeState } from "../../src/workspace/state.js";
import { content, images, photo } from "../newsroom/support/newsroom.js";
import { writePhoto } from "../support/photos.js";
import { newBundle, openPlace, type Place } from "./place.js";

let place: Place;
let line: Place["line"];
let operator: string;
let editor: Place["editor"];
let bundle: Bundle;
let seed = 500;

beforeAll(async () => {
  place = await openPlace();
  ({ line, operator, editor } = place);
});
afterAll(() => place.close());
beforeEach(async () => {
  const made = await newBundle();
  bundle = made.bundle;
  await mkdir(bundle.photos, { recursive: true });
  await writePhoto(bundle.photos, "IMG_1.jpg", { seed: ++seed });
  await writeFile(bundle.index, index);
  line.loses = undefined;
  return made.remove;
});

const index = `---
judul: "Posyandu Balita Digelar" # kalimat aktif
jenis: berita-kegiatan
kategori: kesehatan
embargo: "2026-11-22T08:00:00+07:00"
foto:
  - berkas: foto/IMG_1.jpg
    takarir: Kader menimbang balita.
    alt: Seorang kader
    kredit: Kecamatan
isian:
  tujuan: Imunisasi
---

Satu.

Dua.
`;

const request = () => {
  const { signal } = new AbortController();
  const options = { origin: line.url, token: operator, version: "0.1.0", language: "id" as const, signal };
  return { bundle, newsroom: createNewsroomClient(options), newKey: randomUUID };
};
const pull = (): Promise<Pulled> => pullPost(request());
const text = () => readFile(bundle.index, "utf8");
async function submit() {
  const { post, body } = await checkBundle(bundle);
  const { signal } = new AbortController();
  const sent = await submitPost({ ...request(), post: post!, body, images: async () => images, signal });
  if ("unasked" in sent) throw sent.unasked;
  return sent;
}
/** An editor's revision, in a submission that was submitted and claimed. */
async function revise(id: string, edit: (content: Content) => Partial<Content>): Promise<void> {
  await editor.post(`/submissions/${id}/transitions`, { to: "in_review" });
  const { body } = await editor.get(`/submissions/${id}`);
  const changed = { content: { ...body.content, ...edit(body.content) } };
  const answer = await editor.put(`/submissions/${id}`, changed, { "if-match": `"r${body.revision}"` });
  expect(answer.status).toBe(200);
}

describe("a revision and a post", () => {
  const consent = { by: "Ibu Ratna", date: "2026-11-22", scope: "laman kecamatan" };
  const sample = content({
    photos: [
      { ...photo("a".repeat(64)), consent, focus: { x: 0.5, y: 0.333333 } },
      { ...photo("b".repeat(64)), lead: false, children: "unrecognisable" },
    ],
    hashtags: ["KabupatenBekasi"],
    correction_note: "Tanggalnya 22.",
    place: "Balai Desa",
    embargo: "2026-11-22T08:00:00+07:00",
    answers: { tujuan: "Imunisasi", kutipan: [{ nama: "Ani", isi: "Mari." }] },
  });

  it("are the same in both directions", async () => {
    const files = await photoFiles(bundle, []);
    const names = files.of(sample);
    const { post, body } = manuscriptOf(sample, names);
    const rendered = new Map(sample.photos.map((photo, i) => [names[i]!, photo]));
    expect(contentOf(sample.slug, post, body, rendered, ["KabupatenBekasi"])).toEqual(sample);
    // Through index.md too, and the hashtags are the workspace's, not the post's.
    const text = editPost("---\n---\n", { ...post, body });
    const read = readPost(text);
    expect(read.problems).toEqual([]);
    expect(contentOf(sample.slug, read.post!, read.body, rendered, ["KabupatenBekasi"])).toEqual(sample);
    expect(text).not.toContain("KabupatenBekasi");
  });

  it("differ in a consent that belongs to no answer: it stays in index.md and is not sent", () => {
    const { post, body } = manuscriptOf(sample, ["foto/a.jpg", "foto/b.jpg"]);
    const rendered = new Map(sample.photos.map((photo, i) => [`foto/${i ? "b" : "a"}.jpg`, photo]));
    const photos = post.photos.map((photo) => ({ ...photo, consent, children: "none" as const }));
    const sent = contentOf(sample.slug, { ...post, photos }, body, rendered);
    expect(sent.photos.map((photo) => photo.consent)).toEqual([undefined, undefined]);
  });

  it("differ in what index.md cannot hold: it says the same in its own way", () => {
    const { post, body } = manuscriptOf(
      content({
        embargo: "2026-11-22T01:00:00.000Z",
        answers: { hadir: true, daftar: [false] },
        body: "Satu.\r\n\r\nDua.\r",
      }),
      [],
    );
    expect(post.embargo).toBe("2026-11-22T08:00:00+07:00");
    expect(post.answers).toEqual({ hadir: "ya", daftar: ["tidak"] });
    expect(body).toBe("Satu.\n\nDua.\n");
  });
});

describe("files for the newsroom's photos", () => {
  const named = (filename: string, hash = "c") => ({ ...photo(hash.repeat(64)), filename });
  const of = async (...photos: Content["photos"]) => (await photoFiles(bundle, [])).of(content({ photos }));

  it("are the originals that they were made of, whatever these are called now", async () => {
    const source_sha256 = sha256(await readFile(path.join(bundle.photos, "IMG_1.jpg")));
    expect(await of({ ...named("lama.jpg"), source_sha256 })).toEqual(["foto/IMG_1.jpg"]);
  });

  it("have names of their own that stay inside foto/, on every system", async () => {
    expect(await of(named("img_1.JPG"), named("../../.ssh/id.jpg", "d"), named("IMG_2.HEIC", "e"))).toEqual([
      "foto/img_1-2.JPG",
      "foto/id.jpg",
      "foto/IMG_2.jpg",
    ]);
    expect(await of(named("CON.jpg"), named("", "d"), named("\u202egpj.exe", "e"))).toEqual([
      "foto/foto-CON.jpg",
      "foto/foto.jpg",
      "foto/gpj.jpg",
    ]);
  });
});

describe("a newer revision", () => {
  it("is merged, and the next submit goes upon it", async () => {
    const { submission } = await submit();
    await writeFile(bundle.index, (await text()).replace("Dua.", "Dua dari sini."));
    await revise(submission.id, ({ body }) => ({ title: "Posyandu Digelar", body: `${body}\nTiga.\n` }));
    const pulled = await pull();
    expect(pulled).toMatchObject({ from: 1, conflicts: [], submission: { revision: 2 } });
    expect(await text()).toBe(
      index
        .replace('"Posyandu Balita Digelar"', '"Posyandu Digelar"')
        .replace("Dua.\n", "Dua dari sini.\n\nTiga.\n"),
    );
    await editor.post(
      `/submissions/${submission.id}/transitions`,
      { to: "returned", reason: "Silakan" },
      { "if-match": '"r2"' },
    );
    expect(await submit()).toMatchObject({
      action: "revise",
      submission: { revision: 3, state: "submitted" },
    });
  });

  it("from the desk's form is taken as it was meant, and is no other content when it is sent back", async () => {
    const { submission } = await submit();
    await revise(submission.id, (before) => {
      const typed = {
        title: "Posyandu Digelar",
        text: before.body.replace("Satu.", "Satu!"),
        embargo: "2026-11-22T10:00",
      };
      return contentOfFields(before, { ...fieldsOfContent(before), ...typed }) as Partial<Content>;
    });
    await pull();
    expect(await text()).toBe(
      index
        .replace("Posyandu Balita Digelar", "Posyandu Digelar")
        .replace("T08:00:00", "T10:00:00")
        .replace("Satu.", "Satu!"),
    );
    expect(await submit()).toMatchObject({ action: "nothing", submission: { revision: 2 } });
  });

  it("is sent after what waited here, or instead of it", async () => {
    const { submission } = await submit();
    line.loses = /^PUT /;
    await writeFile(bundle.index, (await text()).replace("Dua.", "Dua dari sini."));
    await expect(submit()).rejects.toMatchObject({ code: "server-unreachable" });
    line.loses = undefined;
    await revise(submission.id, ({ body }) => ({ body: `${body}\nTiga.\n` }));
    expect(await pull()).toMatchObject({ from: 2, conflicts: [], submission: { revision: 3 } });
    expect(await text()).toContain("Dua dari sini.\n\nTiga.\n");
    expect((await readState(bundle.state)).pending).toBeUndefined();
  });

  it("does not hide that what waited was refused, where there is none", async () => {
    const { submission } = await submit();
    const client = request().newsroom;
    await writeFile(bundle.index, (await text()).replace("Dua.", "Dua dari sini."));
    const { post, body } = await checkBundle(bundle);
    const offline = { ...client, submission: () => Promise.reject(new Error("no line")) };
    const signal = new AbortController().signal;
    const sending = {
      ...request(),
      newsroom: offline,
      post: post!,
      body,
      images: async () => images,
      signal,
    };
    await expect(submitPost(sending)).rejects.toThrow("no line");
    await editor.post(`/submissions/${submission.id}/transitions`, { to: "in_review" });
    await expect(pull()).rejects.toMatchObject({ code: "step-impossible", exit: 1 });
    expect(await pull()).toMatchObject({ from: 1, submission: { revision: 1 } });
  });

  it("changes nothing where index.md cannot be read, or a choice is left", async () => {
    const { submission } = await submit();
    await revise(submission.id, () => ({ title: "Lain" }));
    const before = await readFile(bundle.state, "utf8");
    for (const broken of [
      index.replace("judul:", "judul"),
      index.replace("Dua.", "[ATAU: naskah dari redaksi]"),
    ]) {
      await writeFile(bundle.index, broken);
      await expect(pull()).rejects.toMatchObject({ code: "post-invalid", exit: 2 });
      expect(await text()).toBe(broken);
    }
    expect((await readState(bundle.state)).submission?.revision).toBe(JSON.parse(before).submission.revision);
  });

  it("is only looked at by planPull", async () => {
    const { submission } = await submit();
    await revise(submission.id, () => ({ title: "Lain" }));
    const before = await readFile(bundle.state, "utf8");
    expect(await planPull(request())).toMatchObject({ from: 1, after: { post: { title: "Lain" } } });
    expect(await text()).toBe(index);
    expect(await readFile(bundle.state, "utf8")).toBe(before);
  });

  it("is never read from another newsroom than the post's", async () => {
    await submit();
    const state = await readState(bundle.state);
    await writeState(bundle.state, {
      ...state,
      submission: { ...state.submission!, origin: "https://lain.example" },
    });
    await expect(pull()).rejects.toMatchObject({ code: "submitted-elsewhere" });
  });
});

describe("a pull that was stopped", () => {
  async function pulledOnce() {
    const { submission } = await submit();
    await revise(submission.id, ({ body }) => ({ body: body.replace("Satu.\n", "Tiga.\n\nSatu.\n") }));
    await writeFile(bundle.index, (await text()).replace("Dua.", "Dua dari sini."));
    const before = await readState(bundle.state);
    const written = await text();
    await pull();
    return { before, written, merged: await text() };
  }

  it("before index.md was written, is done anew", async () => {
    const { before, written, merged } = await pulledOnce();
    await writeFile(bundle.index, written);
    await writeState(bundle.state, { ...before, pulling: { revision: 2, sha256: sha256(merged) } });
    expect(await pull()).toMatchObject({ from: 1, submission: { revision: 2 } });
    expect(await text()).toBe(merged);
    expect(await readdir(path.join(bundle.machine, "sebelum"))).toHaveLength(1);
  });

  it("after index.md was written, is not merged twice, also when a newer revision came meanwhile", async () => {
    const { before, merged } = await pulledOnce();
    await writeState(bundle.state, { ...before, pulling: { revision: 2, sha256: sha256(merged) } });
    await revise(before.submission!.id, () => ({ title: "Lain" }));
    expect(await pull()).toMatchObject({ from: 2, submission: { revision: 3 }, conflicts: [] });
    expect(await text()).toBe(merged.replace("Posyandu Balita Digelar", "Lain"));
    expect((await readState(bundle.state)).pulling).toBeUndefined();
  });

  it("after index.md was written, leaves no lock behind", async () => {
    const { before, merged } = await pulledOnce();
    await writeState(bundle.state, { ...before, pulling: { revision: 2, sha256: sha256(merged) } });
    const ended = spawnSync(process.execPath, ["-e", ""]).pid;
    const lock = JSON.stringify({ host: hostname(), pid: ended, id: randomUUID() });
    await writeFile(path.join(bundle.machine, "change.lock"), lock);
    expect(await pull()).toMatchObject({ from: 2, submission: { revision: 2 } });
    expect(await readdir(bundle.machine)).not.toContain("change.lock");
  });
});

describe("photos of a revision", () => {
  /** What lies on the other laptop: the same submission, one photo more. */
  async function withAnotherPhoto() {
    const { submission } = await submit();
    const mine = { ...bundle };
    const more = await writePhoto(bundle.photos, "IMG_2.jpg", { seed: ++seed });
    await writeFile(
      bundle.index,
      index.replace(
        "isian:",
        "  - berkas: foto/IMG_2.jpg\n    takarir: A\n    alt: B\n    kredit: C\nisian:",
      ),
    );
    const state = await readFile(bundle.state);
    const { submission: sent } = await submit();
    await rm(more);
    await rm(mine.renditions, { recursive: true });
    await writeFile(bundle.index, index);
    await writeFile(bundle.state, state);
    return { id: submission.id, hash: sent.content.photos[1]!.sha256 };
  }

  it("are fetched whole, and sent again as they are", async () => {
    const { hash } = await withAnotherPhoto();
    expect(await pull()).toMatchObject({ photos: { downloaded: 1, gone: [] } });
    expect(sha256(await readFile(path.join(bundle.photos, "IMG_2.jpg")))).toBe(hash);
    expect(await submit()).toMatchObject({ action: "nothing" });
  });

  it("that the revision leaves out stay in foto/, and leave the list", async () => {
    const { submission } = await submit();
    await revise(submission.id, () => ({ photos: [] }));
    await pull();
    expect(readPost(await text()).post?.photos).toEqual([]);
    expect(await readdir(bundle.photos)).toEqual(["IMG_1.jpg"]);
  });
});
