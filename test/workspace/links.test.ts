import { mkdir, readdir, readFile, rename, symlink } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { writeAtomically } from "../../src/files/atomic.js";
import { readInside, realInside, refuseLinksOut } from "../../src/files/links.js";
import { preparePhotos } from "../../src/submission/prepare.js";
import { fetchPhotos } from "../../src/submission/pull.js";
import { watchFolder } from "../../src/upload/watch.js";
import { attachPhotos, changePost } from "../../src/workspace/change.js";
import { type Bundle, findBundle, readBundle } from "../../src/workspace/posts.js";
import { readState, withStateLock, writeState } from "../../src/workspace/state.js";
import { emptyFolder, newWorkspace, put } from "./place.js";

describe("a path within a folder", () => {
  it("is real, whether or not it exists yet", async () => {
    const folder = await emptyFolder();
    await put(path.join(folder, "isi", "a.txt"), "a");
    await symlink("isi", path.join(folder, "tautan"));
    expect(await realInside(folder, path.join(folder, "tautan", "a.txt"))).toMatch(/isi.a\.txt$/);
    expect(await realInside(folder, path.join(folder, "tautan", "baru", "b.txt"))).toMatch(
      /isi.baru.b\.txt$/,
    );
  });

  it.each([
    ["a link", "x", (to: string) => to],
    ["a link to what does not exist", "x", (to: string) => path.join(to, "tidak-ada")],
    ["a relative link", "x", () => "../luar"],
    ["a link to a link", "y", (to: string) => to],
    ["a file below a link", "x/berkas.txt", (to: string) => to],
  ])("is refused with the name of the link that leads out: %s", async (_what, wanted, leadsTo) => {
    const parent = await emptyFolder();
    const [folder, outside] = [path.join(parent, "dalam"), path.join(parent, "luar")];
    await mkdir(folder);
    await put(path.join(outside, "berkas.txt"), "rahasia");
    await symlink(leadsTo(outside), path.join(folder, "x"));
    await symlink("x", path.join(folder, "y"));
    const link = path.join(folder, wanted.split("/")[0]!);
    await expect(realInside(folder, path.join(folder, wanted))).rejects.toMatchObject({
      code: "link-outside",
      params: { link },
    });
  });

  it("is refused where it leads out without a link", async () => {
    const folder = await emptyFolder();
    await expect(realInside(folder, path.join(folder, "..", "a"))).rejects.toMatchObject({
      code: "link-outside",
    });
  });

  it("may hold a link that leads nowhere but to itself", async () => {
    const folder = await emptyFolder();
    await symlink("putar", path.join(folder, "putar"));
    await refuseLinksOut(folder);
  });
});

describe("a file read within a folder", () => {
  it("is never one outside, however often a link takes the place of a folder on the way to it", async () => {
    const parent = await emptyFolder();
    const [folder, outside] = [path.join(parent, "dalam"), path.join(parent, "luar")];
    await put(path.join(folder, "foto", "a.txt"), "umum");
    await put(path.join(outside, "a.txt"), "rahasia");
    await symlink(outside, path.join(parent, "tautan"));
    const swap = async () => {
      await rename(path.join(folder, "foto"), path.join(parent, "asli"));
      await rename(path.join(parent, "tautan"), path.join(folder, "foto"));
      await rename(path.join(folder, "foto"), path.join(parent, "tautan"));
      await rename(path.join(parent, "asli"), path.join(folder, "foto"));
    };
    const seen = new Set<string>();
    for (let i = 0; i < 300; i++) {
      const reading = readInside(folder, path.join(folder, "foto", "a.txt")).then(String, ({ code }) => code);
      await swap();
      seen.add(await reading);
    }
    expect([...seen].filter((text) => !["umum", "link-outside", "ENOENT"].includes(text))).toEqual([]);
  });

  it("is read while another program replaces it", async () => {
    const folder = await emptyFolder();
    const file = await put(path.join(folder, "a.txt"), "0");
    for (let i = 1; i <= 50; i++) {
      const reading = readInside(folder, file);
      await writeAtomically(file, String(i));
      expect(Number(String(await reading))).toBeGreaterThanOrEqual(i - 1);
    }
  });
});

/** A bundle that was found before a link took the place of one of its parts. */
async function swapped(part: string): Promise<{ bundle: Bundle; outside: string; photo: string }> {
  const workspace = await newWorkspace();
  const folder = path.join(workspace.posts, "2026-11-22-musrenbang");
  await put(path.join(folder, "index.md"), '---\njudul: "M"\njenis: "berita"\n---\nIsi.\n');
  await put(path.join(folder, "foto", "a.jpg"), "foto");
  await put(path.join(folder, ".kominfo", "state.json"), "{}");
  const bundle = await findBundle(workspace, "musrenbang", workspace.root);
  const outside = path.join(await emptyFolder(), "luar");
  await rename(path.join(folder, part), outside);
  await symlink(outside, path.join(folder, part));
  return { bundle, outside, photo: await put(path.join(await emptyFolder(), "b.jpg"), "foto b") };
}

describe("a link that appears after its bundle was found", () => {
  const given = (file: string) =>
    ({ path: file, source: "own", children: "unchecked", lead: false }) as const;
  const newsroom = { photo: async () => Buffer.from("foto") } as never;
  const post = { photos: [{ ...given(""), file: "foto/a.jpg" }] } as never;
  const images = async () => {
    throw new Error("a photo was read");
  };
  const state = { photos: {}, uploads: {} };

  it.each<[string, string, (bundle: Bundle, photo: string) => Promise<unknown>]>([
    ["foto", "attaches", (bundle, photo) => attachPhotos(bundle, [given(photo)])],
    ["foto", "fetches", (bundle) => fetchPhotos(bundle, newsroom, new Map([["foto/b.jpg", "0"]]))],
    [
      "foto",
      "sends",
      (bundle) => preparePhotos({ bundle, post, images, signal: AbortSignal.any([]) }, state),
    ],
    [
      "foto/a.jpg",
      "sends",
      (bundle) => preparePhotos({ bundle, post, images, signal: AbortSignal.any([]) }, state),
    ],
    [".kominfo", "writes the state", (bundle) => writeState(bundle.state, state)],
    [".kominfo", "locks", (bundle) => withStateLock(bundle.state, async () => {})],
    [".kominfo/state.json", "reads the state", (bundle) => readState(bundle.state)],
    ["index.md", "reads", readBundle],
    ["index.md", "changes", (bundle) => changePost(bundle, () => "ditimpa")],
  ])("at %s is refused by what %s, and nothing is written there", async (part, _verb, work) => {
    const { bundle, outside, photo } = await swapped(part);
    const contents = async () => readdir(outside).catch(() => readFile(outside, "utf8"));
    const before = await contents();
    await expect(work(bundle, photo)).rejects.toMatchObject({
      code: "link-outside",
      params: { link: path.join(bundle.folder, part) },
    });
    expect(await contents()).toEqual(before);
  });
});

it("a watched folder leaves out links that lead out of it, and names each once", async () => {
  const [folder, outside] = [await emptyFolder(), await emptyFolder()];
  await put(path.join(folder, "a.jpg"), "foto");
  await symlink("a.jpg", path.join(folder, "b.jpg"));
  await symlink(await put(path.join(outside, "c.jpg"), "pribadi"), path.join(folder, "c.jpg"));
  const refused: unknown[] = [];
  const watched = watchFolder(folder, { onRefused: ({ params }) => refused.push(params) });
  await watched.poll();
  expect((await watched.poll()).map((file) => path.basename(file))).toEqual(["a.jpg", "b.jpg"]);
  expect(refused).toMatchObject([{ link: path.join(folder, "c.jpg") }]);
});
