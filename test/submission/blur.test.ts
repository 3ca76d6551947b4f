import { randomUUID } from "node:crypto";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sha256 } from "../../src/files/hash.js";
import { createNewsroomClient } from "../../src/newsroom-client/client.js";
import { editPost } from "../../src/post/front-matter/edit.js";
import { readPost } from "../../src/post/front-matter/read.js";
import { checkBundle } from "../../src/submission/check.js";
import { changedSince } from "../../src/submission/mark.js";
import { pullPost } from "../../src/submission/pull.js";
import { rebuildPost } from "../../src/submission/rebuild.js";
import { submitPost } from "../../src/submission/submit.js";
import { changePost } from "../../src/workspace/change.js";
import type { Bundle } from "../../src/workspace/posts.js";
import { readState } from "../../src/workspace/state.js";
import { openWorkspace } from "../../src/workspace/workspace.js";
import { images } from "../newsroom/support/newsroom.js";
import { photoFolder, writeNoise } from "../support/photos.js";
import { newBundle, openPlace, type Place } from "./place.js";

let place: Place;
let bundle: Bundle;

beforeAll(async () => {
  place = await openPlace();
});
afterAll(() => place.close());
beforeEach(async () => {
  const made = await newBundle();
  bundle = made.bundle;
  await fill(bundle);
  return made.remove;
});

const index = `---
judul: "Posyandu Balita Digelar" # kalimat aktif
jenis: berita-kegiatan
kategori: kesehatan
foto:
  # anak Ibu Ratna
  - berkas: foto/IMG_1.jpg
    takarir: Kader menimbang balita.
    alt: Seorang kader
    kredit: Kecamatan
    lensa: 50 mm
---

Satu.
`;

/** A post with one photo of noise, wherever it is looked at. */
async function fill({ folder, photos, index: file }: Bundle, noise?: Bundle): Promise<void> {
  await mkdir(photos, { recursive: true });
  if (noise) await copyFile(path.join(noise.photos, "IMG_1.jpg"), path.join(photos, "IMG_1.jpg"));
  else await writeNoise(photos, 1, folder.length + Number.parseInt(sha256(folder).slice(0, 6), 16));
  await writeFile(file, index);
}

const client = () =>
  createNewsroomClient({
    ...{ origin: place.line.url, token: place.operator, version: "0.1.0", language: "id" as const },
    signal: new AbortController().signal,
  });
async function submit(of = bundle) {
  const { post, body } = await checkBundle(of);
  const { signal } = new AbortController();
  const deps = { bundle: of, newsroom: client(), newKey: randomUUID };
  const sent = await submitPost({ ...deps, post: post!, body, images: async () => images, signal });
  if ("unasked" in sent) throw sent.unasked;
  return sent;
}
const photos = async (of = bundle) => readPost(await readFile(of.index)).post!.photos;
async function blur(boxes: string[], of = bundle): Promise<void> {
  const now = (await photos(of)).map((photo) => ({ ...photo, blur: boxes, children: "masked" as const }));
  await changePost(of, (source) => editPost(source, { photos: now }, of.index));
}

/** A JPEG writes blocks of 16 pixels: at the edge of a part they have ringing of what lies outside. */
const edge = 18;

/** The largest difference of neighbours within a part of a photo that the newsroom has, as shares. */
async function detailAt(hash: string, left: number, top: number, part: number): Promise<number> {
  const { data, info } = await sharp(await client().photo(hash))
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  let most = 0;
  for (let y = Math.ceil(top * info.height) + edge; y < Math.floor((top + part) * info.height) - edge; y++)
    for (let x = Math.ceil(left * info.width) + edge; x < Math.floor((left + part) * info.width) - edge; x++)
      most = Math.max(most, Math.abs(data[y * info.width + x]! - data[y * info.width + x - 1]!));
  return most;
}

describe("a photo with a blurred part", () => {
  it("goes to the newsroom blurred there and nowhere else, and never as it was", async () => {
    const original = await readFile(path.join(bundle.photos, "IMG_1.jpg"));
    await blur(["25%,25%,50%,50%"]);
    const text = await readFile(bundle.index, "utf8");
    expect(text).toContain('samar: ["25%,25%,50%,50%"]');
    for (const kept of ["# kalimat aktif", "# anak Ibu Ratna", "lensa: 50 mm"]) expect(text).toContain(kept);
    const { submission } = await submit();
    const [photo] = submission.content.photos;
    expect(photo).toMatchObject({ blur: ["25%,25%,50%,50%"], children: "masked" });
    expect(photo!.source_sha256).toBe(sha256(original));
    expect(await detailAt(photo!.sha256, 0.25, 0.25, 0.5)).toBeLessThan(8);
    expect(await detailAt(photo!.sha256, 0, 0, 0.2)).toBeGreaterThan(60);
    // The original stays here, and the newsroom has never had it.
    expect(await readFile(path.join(bundle.photos, "IMG_1.jpg"))).toEqual(original);
    await expect(client().photo(sha256(original))).rejects.toMatchObject({ code: "submission-not-found" });
  });

  it("is another photo than the one that was sent before", async () => {
    const before = (await submit()).submission.content.photos[0]!;
    await blur(["10%,10%,50%,50%"]);
    const after = (await submit()).submission.content.photos[0]!;
    expect(after.sha256).not.toBe(before.sha256);
    expect(await detailAt(before.sha256, 0.1, 0.1, 0.5)).toBeGreaterThan(60);
    expect(await detailAt(after.sha256, 0.1, 0.1, 0.5)).toBeLessThan(8);
  });

  it("stays blurred where another laptop with the original goes on", async () => {
    const first = await submit();
    // The same post on a second laptop: the original, and the revision before anything was blurred.
    const second = await newBundle();
    const other = { ...second.bundle };
    await fill(other, bundle);
    await mkdir(other.machine, { recursive: true });
    await copyFile(bundle.state, other.state);
    await blur(["25%,25%,50%,50%"]);
    await submit();
    await pullPost({ bundle: other, newsroom: client(), newKey: randomUUID });
    expect((await photos(other))[0]).toMatchObject({ blur: ["25%,25%,50%,50%"], children: "masked" });
    await changePost(other, (source) => editPost(source, { title: "Posyandu Digelar Lagi" }, other.index));
    const { submission } = await submit(other);
    expect(submission).toMatchObject({ id: first.submission.id, revision: 3 });
    expect(await detailAt(submission.content.photos[0]!.sha256, 0.25, 0.25, 0.5)).toBeLessThan(8);
    await second.remove();
  });

  it("is sent as it came where it came from the newsroom, and anew with more that is blurred", async () => {
    await blur(["0%,0%,30%,30%"]);
    const { submission } = await submit();
    const sent = submission.content.photos[0]!;
    // A bare laptop has the newsroom's photo only.
    const home = await photoFolder();
    await writeFile(path.join(home, "kominfo.yaml"), 'kecamatan: "32.16.07"\n');
    const { bundle: bare } = await rebuildPost(await openWorkspace(home), client(), submission);
    expect(sha256(await readFile(path.join(bare.photos, "IMG_1.jpg")))).toBe(sent.sha256);
    expect((await photos(bare))[0]).toMatchObject({ blur: ["0%,0%,30%,30%"] });
    expect((await submit(bare)).action).toBe("nothing");
    await blur(["0%,0%,30%,30%", "50%,50%,50%,50%"], bare);
    const again = (await submit(bare)).submission.content.photos[0]!;
    expect(again.sha256).not.toBe(sent.sha256);
    expect(await detailAt(again.sha256, 0, 0, 0.3)).toBeLessThan(8);
    expect(await detailAt(again.sha256, 0.5, 0.5, 0.5)).toBeLessThan(8);
  });
});

describe("a post that was sent", () => {
  const changed = async () => {
    const { post, body } = readPost(await readFile(bundle.index));
    return changedSince(await readState(bundle.state), { post: post!, body });
  };

  it("tells whether it was changed here since", async () => {
    expect(await changed()).toBeUndefined();
    await submit();
    expect(await changed()).toBeUndefined();
    const text = await readFile(bundle.index, "utf8");
    await writeFile(bundle.index, text.replace("# kalimat aktif", "# lain").replace(/\n$/, "\n\n"));
    expect(await changed()).toBeUndefined();
    await writeFile(bundle.index, text.replace("Satu.", "Dua."));
    expect(await changed()).toBe(1);
    await submit();
    expect(await changed()).toBeUndefined();
  });

  it("has not changed by a pull, but by what was changed here before it", async () => {
    const { submission } = await submit();
    const { id } = submission;
    const revise = async (title: string) => {
      const { body } = await place.editor.get(`/submissions/${id}`);
      const next = { content: { ...body.content, title } };
      const answer = await place.editor.put(`/submissions/${id}`, next, {
        "if-match": `"r${body.revision}"`,
      });
      expect(answer.status).toBe(200);
    };
    await place.editor.post(`/submissions/${id}/transitions`, { to: "in_review" });
    await revise("Posyandu Balita Digelar Camat");
    await pullPost({ bundle, newsroom: client(), newKey: randomUUID });
    expect(await changed()).toBeUndefined();
    await writeFile(bundle.index, (await readFile(bundle.index, "utf8")).replace("Satu.", "Dua."));
    await revise("Posyandu Balita Digelar Bersama Camat");
    await pullPost({ bundle, newsroom: client(), newKey: randomUUID });
    expect(await changed()).toBe(3);
  });
});
