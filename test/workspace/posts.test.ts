import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, symlink } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import {
  copyPhotos,
  createBundle,
  findBundle,
  type GivenPhoto,
  listBundles,
  readBundle,
  readBundleStrictly,
} from "../../src/workspace/posts.js";
import type { Workspace } from "../../src/workspace/types.js";
import { emptyFolder, newWorkspace, put } from "./place.js";

const slug = "2026-11-22-musrenbang";
const photo = (path: string): GivenPhoto => ({ path, source: "own", children: "unchecked", lead: false });
const naskah = (title = "Musrenbang") => `---\njudul: "${title}"\njenis: "berita-kegiatan"\n---\nIsi.\n`;

async function withPost(workspace: Workspace, name: string): Promise<string> {
  const folder = path.join(workspace.posts, name);
  await put(path.join(folder, "index.md"), naskah());
  return folder;
}

describe("a new post", () => {
  it("has its text, its photos and nothing else", async () => {
    const workspace = await newWorkspace();
    const source = await put(path.join(workspace.root, "kamera", "IMG 1.JPG"), "satu");
    const bundle = await createBundle(workspace, slug, [photo(source)], (photos) => photos[0]!.file);
    expect(bundle).toMatchObject({ slug, folder: path.join(workspace.posts, slug) });
    expect(await readFile(bundle.index, "utf8")).toBe("foto/IMG 1.JPG");
    expect(await readFile(path.join(bundle.photos, "IMG 1.JPG"), "utf8")).toBe("satu");
    expect(await readdir(workspace.posts)).toEqual([slug]);
    expect((await readdir(bundle.folder)).sort()).toEqual(["foto", "index.md"]);
    // The original stays where it was.
    expect(await readFile(source, "utf8")).toBe("satu");
  });

  it("of the same day and title gets its own slug, and the first stays as it was", async () => {
    const workspace = await newWorkspace();
    const slugs: string[] = [];
    for (const text of ["satu", "dua", "tiga"])
      slugs.push((await createBundle(workspace, slug, [], () => text)).slug);
    expect(slugs).toEqual([slug, `${slug}-2`, `${slug}-3`]);
    expect(await readFile(path.join(workspace.posts, slug, "index.md"), "utf8")).toBe("satu");
  });

  it("never replaces another, however many are made at one time", async () => {
    const workspace = await newWorkspace();
    const texts = Array.from({ length: 12 }, (_, i) => `naskah ${i}`);
    const bundles = await Promise.all(texts.map((text) => createBundle(workspace, slug, [], () => text)));
    expect(new Set(bundles.map((bundle) => bundle.slug)).size).toBe(12);
    const written = await Promise.all(bundles.map((bundle) => readFile(bundle.index, "utf8")));
    expect(written).toEqual(texts);
  });

  it("does not take the place of a folder that is there for something else", async () => {
    const workspace = await newWorkspace();
    await mkdir(path.join(workspace.posts, slug), { recursive: true });
    expect((await createBundle(workspace, slug, [], () => "x")).slug).toBe(`${slug}-2`);
    expect(await readdir(path.join(workspace.posts, slug))).toEqual([]);
  });

  it("that fails leaves nothing", async () => {
    const workspace = await newWorkspace();
    const failing = createBundle(workspace, slug, [], () => {
      throw new Error("no text");
    });
    await expect(failing).rejects.toThrow("no text");
    const missing = photo(path.join(workspace.root, "tidak-ada.jpg"));
    await expect(createBundle(workspace, slug, [missing], () => "x")).rejects.toThrow();
    expect(await readdir(workspace.posts)).toEqual([]);
  });

  it("removes what killed processes were building, and leaves alone who still builds", async () => {
    const workspace = await newWorkspace();
    const child = spawn(process.execPath, ["-e", ""]);
    await once(child, "exit");
    const abandoned = `.baru-${child.pid}-0123abcd`;
    const building = `.baru-${process.pid}-0123abcd`;
    const foreign = ".baru-catatan";
    for (const name of [abandoned, building, foreign])
      await put(path.join(workspace.posts, name, "index.md"), "x");
    await createBundle(workspace, slug, [], () => "x");
    expect((await readdir(workspace.posts)).sort()).toEqual([building, foreign, slug].sort());
  });
});

describe("photos of a post", () => {
  const copy = async (
    files: [string, string][],
    setUp: (folder: string) => Promise<unknown> = async () => {},
  ) => {
    const workspace = await newWorkspace();
    const folder = await withPost(workspace, slug);
    await setUp(folder);
    const given = await Promise.all(
      files.map(([name, bytes]) => put(path.join(workspace.root, name), bytes)),
    );
    const bundle = await findBundle(workspace, slug, workspace.root);
    const copied = await copyPhotos(bundle, given.map(photo), []);
    return {
      copied: copied.map(({ file }) => file),
      there: (await readdir(bundle.photos)).sort(),
      bundle,
      given,
    };
  };

  it("of one name keep both", async () => {
    const { copied } = await copy([
      ["a/IMG_1.jpg", "satu"],
      ["b/IMG_1.jpg", "dua"],
      ["c/IMG_1.jpg", "tiga"],
    ]);
    expect(copied).toEqual(["foto/IMG_1.jpg", "foto/IMG_1-2.jpg", "foto/IMG_1-3.jpg"]);
  });

  it("whose names differ in case only keep both: Windows holds them for one", async () => {
    const { copied } = await copy([
      ["a/IMG_1.jpg", "satu"],
      ["b/img_1.JPG", "dua"],
    ]);
    expect(copied).toEqual(["foto/IMG_1.jpg", "foto/img_1-2.JPG"]);
  });

  it("that are the same photo are one", async () => {
    const { copied, there } = await copy([
      ["a/IMG_1.jpg", "satu"],
      ["b/IMG_1.jpg", "satu"],
    ]);
    expect(copied).toEqual(["foto/IMG_1.jpg"]);
    expect(there).toEqual(["IMG_1.jpg"]);
  });

  it("that index.md lists already are not listed again", async () => {
    const { copied, bundle, given } = await copy([["a/IMG_1.jpg", "satu"]]);
    const present = [{ file: copied[0]!, source: "own", children: "unchecked", lead: false } as const];
    expect(await copyPhotos(bundle, given.map(photo), present)).toEqual([]);
  });

  it.each([
    ["CON.jpg", "foto-CON.jpg"],
    ["aux.jpg", "foto-aux.jpg"],
    ["a:b?.jpg", "ab.jpg"],
    ["\u202egpj.exe", "gpj.exe"],
    [" .jpg", "jpg"],
  ])("get names that every system takes: %j", async (name, kept) => {
    const { there } = await copy([[`kamera/${name}`, "x"]]);
    expect(there).toEqual([kept]);
  });

  it("join a foto/ in which somebody made a folder or a broken link", async () => {
    const { copied } = await copy(
      [
        ["a/asli", "satu"],
        ["a/b.jpg", "dua"],
      ],
      async (folder) => {
        await mkdir(path.join(folder, "foto", "asli"), { recursive: true });
        await symlink(path.join(folder, "tidak-ada"), path.join(folder, "foto", "b.jpg"));
      },
    );
    expect(copied).toEqual(["foto/asli-2", "foto/b-2.jpg"]);
  });
});

describe("finding a post", () => {
  const three = async () => {
    const workspace = await newWorkspace();
    for (const name of ["2026-11-20-posyandu-setia-asih", slug, `${slug}-desa`])
      await withPost(workspace, name);
    return workspace;
  };
  const foundFrom = (workspace: Workspace, wanted: string, cwd = workspace.root) =>
    findBundle(workspace, wanted, cwd).then((bundle) => bundle.slug);

  it.each([
    "posyandu",
    "POSYANDU",
    "2026-11-20",
    "setia asih",
    "posts/2026-11-20-posyandu-setia-asih",
    "./posts/2026-11-20-posyandu-setia-asih/index.md",
  ])("takes %j", async (wanted) => {
    expect(await foundFrom(await three(), wanted)).toBe("2026-11-20-posyandu-setia-asih");
  });

  it("takes the whole slug for that post, also where it is part of another's", async () => {
    expect(await foundFrom(await three(), slug)).toBe(slug);
  });

  it("takes the folder one stands in", async () => {
    const workspace = await three();
    expect(await foundFrom(workspace, ".", path.join(workspace.posts, slug))).toBe(slug);
    expect(await foundFrom(workspace, "index.md", path.join(workspace.posts, slug))).toBe(slug);
  });

  it("asks for more where the words mean several (exit 2)", async () => {
    await expect(foundFrom(await three(), "musren")).rejects.toMatchObject({
      code: "post-ambiguous",
      exit: 2,
      params: { slugs: [`${slug}-desa`, slug] },
    });
  });

  it("names what is like it where there is none (exit 2)", async () => {
    await expect(foundFrom(await three(), "posyadnu-setia-asih")).rejects.toMatchObject({
      code: "post-missing",
      exit: 2,
      params: { near: ["2026-11-20-posyandu-setia-asih"] },
    });
    await expect(foundFrom(await newWorkspace(), "apa")).rejects.toMatchObject({ params: { near: [] } });
  });

  it("refuses a post of another workspace, also behind a link (exit 2)", async () => {
    const [workspace, other] = [await three(), await newWorkspace()];
    const foreign = await withPost(other, "2026-11-25-lain");
    await expect(foundFrom(workspace, foreign)).rejects.toMatchObject({ code: "outside-workspace", exit: 2 });
    await symlink(foreign, path.join(workspace.posts, "2026-11-25-lain"));
    await expect(foundFrom(workspace, "posts/2026-11-25-lain")).rejects.toMatchObject({
      code: "outside-workspace",
    });
    // By its slug it is not even seen.
    await expect(foundFrom(workspace, "2026-11-25-lain")).rejects.toMatchObject({ code: "post-missing" });
  });

  it("works in a workspace that is itself reached by a link", async () => {
    const workspace = await three();
    const link = path.join(await emptyFolder(), "berita");
    await symlink(workspace.root, link);
    const linked = { ...workspace, root: link, posts: path.join(link, "posts") };
    expect(await foundFrom(linked, `posts/${slug}`)).toBe(slug);
  });
});

describe("the list of posts", () => {
  it("has the newest day first, and only folders with an index.md", async () => {
    const workspace = await newWorkspace();
    for (const name of ["2026-01-05-a", "2026-11-22-b", "2025-12-31-c"]) await withPost(workspace, name);
    await withPost(workspace, ".baru-1-0123abcd");
    await mkdir(path.join(workspace.posts, "kosong"));
    await put(path.join(workspace.posts, "catatan.md"), "x");
    expect((await listBundles(workspace)).map((bundle) => bundle.slug)).toEqual([
      "2026-11-22-b",
      "2026-01-05-a",
      "2025-12-31-c",
    ]);
  });

  it("is empty before the first post", async () => {
    expect(await listBundles(await newWorkspace())).toEqual([]);
  });
});

describe("reading a post", () => {
  it("gives its content, or every problem with its line (exit 2)", async () => {
    const workspace = await newWorkspace();
    const folder = await withPost(workspace, slug);
    const bundle = await findBundle(workspace, folder, "/");
    expect((await readBundle(bundle)).post?.title).toBe("Musrenbang");
    await put(bundle.index, "---\njudul: [a]\njenis: berita\n---\n");
    await expect(readBundleStrictly(bundle)).rejects.toMatchObject({
      code: "post-invalid",
      exit: 2,
      params: {
        path: bundle.index,
        problems: expect.arrayContaining([expect.objectContaining({ line: 2 })]),
      },
    });
  });
});
