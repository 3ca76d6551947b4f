import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { knownWorkspaces, rememberWorkspace } from "../../src/workspace/known.js";
import { holdsOtherThings } from "../../src/workspace/paths.js";

let folder: string;
let state: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-known-"));
  state = path.join(folder, "state", "kominfo");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function workspace(name: string): Promise<string> {
  const root = path.join(folder, name);
  await mkdir(root, { recursive: true });
  await writeFile(path.join(root, "kominfo.yaml"), "kecamatan: Setu\n");
  return root;
}

describe("the workspaces of this computer", () => {
  it("are none at first", async () => {
    expect(await knownWorkspaces(state)).toEqual([]);
  });

  it("are told with the last one first, and without those that are gone", async () => {
    const [a, b, c] = [await workspace("a"), await workspace("berita kec"), await workspace("c")];
    for (const root of [a, b, c, a]) await rememberWorkspace(state, root);
    expect(await knownWorkspaces(state)).toEqual([a, c, b]);
    await rm(c, { recursive: true });
    expect(await knownWorkspaces(state)).toEqual([a, b]);
    expect(JSON.parse(await readFile(path.join(state, "workspaces.json"), "utf8"))).toEqual({
      workspaces: [a, c, b],
    });
  });

  it("are five at most", async () => {
    for (let i = 0; i < 8; i++) await rememberWorkspace(state, await workspace(`w${i}`));
    expect((await knownWorkspaces(state)).map((root) => path.basename(root))).toEqual(
      [7, 6, 5, 4, 3].map((i) => `w${i}`),
    );
  });

  it.each(["{", "[]", '{"workspaces":[1]}', '{"workspaces":["relatif","/a\\u001b[2Jb"]}'])(
    "are none where the file holds %s, and the next one is remembered",
    async (text) => {
      await mkdir(state, { recursive: true });
      await writeFile(path.join(state, "workspaces.json"), text);
      expect(await knownWorkspaces(state)).toEqual([]);
      const root = await workspace("a");
      await rememberWorkspace(state, root);
      expect(await knownWorkspaces(state)).toEqual([root]);
    },
  );

  it("are forgotten in silence where the folder cannot be written", async () => {
    await writeFile(path.join(folder, "state"), "a file");
    await rememberWorkspace(state, await workspace("a"));
    expect(await knownWorkspaces(state)).toEqual([]);
  });
});

describe("a folder where a person's own things gather", () => {
  const home = path.join(path.sep, "home", "siti");
  it.each([
    "",
    "Desktop",
    "Downloads",
    "Unduhan",
    "Documents",
    "OneDrive",
    "OneDrive/Desktop",
    "..",
    "../..",
  ])("is ~/%s", (place) => expect(holdsOtherThings(path.join(home, place), home)).toBe(true));
  it.each(["berita", "Documents/berita", "../siti2", "../../tmp", "OneDrive/berita", "Desktop/berita"])(
    "is not ~/%s",
    (place) => expect(holdsOtherThings(path.join(home, place), home)).toBe(false),
  );
});
