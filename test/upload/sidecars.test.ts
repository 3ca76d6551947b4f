import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSidecars } from "../../src/upload/sidecars.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-takarir-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const write = (name: string, content: string | Uint8Array) => writeFile(path.join(folder, name), content);
const captionsOf = (name: string) => openSidecars().of(path.join(folder, name));
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, "utf16le");

describe("a file beside a photo", () => {
  it("is read in every encoding that Windows writes", async () => {
    await write("a.txt", utf16("Camat membuka acara\r\n"));
    await write("b.txt", Buffer.from("Caf\xe9 \x93Mawar\x94\r\n", "latin1"));
    await write("c.yaml", utf16("takarir: Camat\r\nalt: Camat di podium\r\n").swap16());
    const sidecars = openSidecars();
    expect(await sidecars.of(path.join(folder, "a.jpg"))).toEqual({ caption: "Camat membuka acara" });
    expect(await sidecars.of(path.join(folder, "b.jpg"))).toEqual({ caption: "Café “Mawar”" });
    expect(await sidecars.of(path.join(folder, "c.jpg"))).toEqual({
      caption: "Camat",
      alt: "Camat di podium",
    });
    expect(sidecars.guessed()).toEqual([path.join(folder, "b.txt")]);
  });

  it("is read as .yml, too", async () => {
    await write("a.yml", "takarir: Camat\nalt: Podium\n");
    expect(await captionsOf("a.jpg")).toEqual({ caption: "Camat", alt: "Podium" });
  });

  it("is found by the name that one reads", async () => {
    await write("Pos\u00e9 Mawar.TXT", "Kader");
    expect(await captionsOf("Pose\u0301\u00a0mawar.jpg")).toEqual({ caption: "Kader" });
    expect(await captionsOf("Pos\u00e9.jpg")).toEqual({});
  });

  it.each([
    ["broken YAML", 'takarir: Camat: "membuka" acara\nalt: x\n', { code: "yaml-quote", line: 1 }],
    ["a list for a text", "takarir: [Camat]\n", { code: "text-expected", key: "takarir" }],
    [
      "a misspelt key",
      "alt: x\ntakrir: Camat\n",
      { code: "unknown-key", line: 2, params: { nearest: "takarir" } },
    ],
    ["plain text in a .yaml", "Camat membuka acara\n", { code: "group-expected", line: 1 }],
    ["a lost letter", "takarir: Caf\ufffd\n", { code: "not-text", line: 1, params: { fault: "lost" } }],
  ])("loses nothing in silence: %s", async (_what, text, problem) => {
    await write("a.yaml", text);
    await expect(captionsOf("a.jpg")).rejects.toMatchObject({
      code: "sidecar-invalid",
      exit: 2,
      params: { photo: "a.jpg", path: path.join(folder, "a.yaml"), problems: [problem] },
    });
  });

  it("may be of another program, whose keys are no mistake", async () => {
    await write("a.yaml", "camera: Canon\ncaption: Camat\n");
    expect(await captionsOf("a.jpg")).toEqual({ caption: "Camat" });
  });
});

it("a list that was read automatically tells of the rows that name no photo of its folder", async () => {
  await write("takarir.csv", "berkas;takarir\nIMG_1.jpg;satu\nIMG_2.jpg;dua\nIMG_7.jpg;tujuh\n");
  await write("IMG_2.jpg", "");
  const sidecars = openSidecars();
  expect(await sidecars.of(path.join(folder, "IMG_1.jpg"))).toEqual({ caption: "satu" });
  const [list] = sidecars.lists();
  expect(list).toMatchObject({
    path: path.join(folder, "takarir.csv"),
    unused: [{ name: "IMG_7.jpg", line: 4 }],
  });
});
