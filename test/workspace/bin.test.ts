import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { moveToBin, namesInBin, restoreFromBin } from "../../src/workspace/bin.js";
import { changePost } from "../../src/workspace/change.js";
import { findBundle } from "../../src/workspace/posts.js";
import { withStateLock } from "../../src/workspace/state.js";
import { newWorkspace, put } from "./place.js";

const slug = "2026-11-22-musrenbang";
async function postIn() {
  const workspace = await newWorkspace();
  await put(path.join(workspace.posts, slug, "index.md"), "satu");
  return { workspace, bundle: await findBundle(workspace, slug, workspace.root) };
}
const agrees = async () => {};
/** Lets whatever can go on go on: each turn waits for the disk, as the others do. */
async function others(folder: string): Promise<void> {
  for (let n = 0; n < 300; n++) await readdir(folder);
}

it("a post that is being changed or sent goes into the bin after that, with the change and without locks", async () => {
  const { workspace, bundle } = await postIn();
  let moved: string | undefined;
  let moving: Promise<void> | undefined;
  await withStateLock(bundle.state, async () => {
    moving = moveToBin(workspace, bundle, agrees).then((name) => {
      moved = name;
    });
    await others(workspace.root);
    expect(moved).toBeUndefined();
    await changePost(bundle, async () => {
      await others(workspace.root);
      return "dua";
    });
  });
  await moving;
  expect(moved).toBe(slug);
  const folder = path.join(workspace.root, ".kominfo", "sampah", slug);
  expect(await readFile(path.join(folder, "index.md"), "utf8")).toBe("dua");
  expect(await readdir(path.join(folder, ".kominfo"))).toEqual([]);
});

it("a change that has begun is not moved away under", async () => {
  const { workspace, bundle } = await postIn();
  let moving: Promise<string> | undefined;
  await changePost(bundle, async () => {
    const begun = new Promise<void>((resolve) => {
      moving = moveToBin(workspace, bundle, async () => resolve());
    });
    await begun;
    await others(workspace.root);
    expect(await readdir(workspace.posts)).toEqual([slug]);
    return "dua";
  });
  await moving;
  expect(await readdir(workspace.posts)).toEqual([]);
  const back = await restoreFromBin(workspace, slug);
  expect(await readFile(path.join(back.folder, "index.md"), "utf8")).toBe("dua");
});

it("a post that is refused at the last moment stays where it is, with nothing held", async () => {
  const { workspace, bundle } = await postIn();
  const refuse = () => Promise.reject(new Error("just sent"));
  await expect(moveToBin(workspace, bundle, refuse)).rejects.toThrow("just sent");
  expect(await namesInBin(workspace)).toEqual([]);
  expect(await readdir(path.join(bundle.folder, ".kominfo"))).toEqual([]);
});
