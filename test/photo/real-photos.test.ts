import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { isSrgb } from "../../src/photo/colour.js";
import { createSharpEngine } from "../../src/photo/engine.js";
import { findPreset } from "../../src/photo/presets.js";
import { jpegParts, meanDifference, photoFolder } from "../support/photos.js";
import { hasShared, sharedFolder } from "../support/shared.js";

const tricky = path.join(sharedFolder, "photos", "tricky");
const engine = createSharpEngine();

async function renderWeb(name: string): Promise<Buffer> {
  const target = path.join(await photoFolder(), "web.jpg");
  await engine.render(path.join(tricky, name), [{ preset: findPreset("web"), path: target }], {});
  return readFile(target);
}

/** Lines of EXPECTED.tsv for the formats that are read so far. */
function expectedFiles(outcome: "made" | "refused"): string[] {
  return readFileSync(path.join(tricky, "EXPECTED.tsv"), "utf8")
    .split("\n")
    .slice(1)
    .map((line) => line.split("\t"))
    .filter(([name = "", what]) => what === outcome && !name.includes(" .. "))
    .map(([name]) => name!)
    .filter(
      (name) => outcome === "refused" || !/^(anim\.gif|.*\.avif|heic-.*|iphone-.*|small\.heic)$/.test(name),
    );
}

describe.skipIf(!hasShared)("photos that have broken other programs", () => {
  it("come out without metadata, trailer or second image, where they can be made", async () => {
    const names = expectedFiles("made");
    expect(names.length).toBeGreaterThan(25);
    for (const name of names) {
      const { segments, trailer } = jpegParts(await renderWeb(name));
      const kept = segments.filter(({ marker }) => marker === 0xfe || (marker > 0xe0 && marker < 0xf0));
      expect([name, kept, trailer.length]).toEqual([name, [], 0]);
    }
  });

  it("are verified to the last pixel, where they can be made", async () => {
    for (const name of expectedFiles("made")) {
      const verified = await engine.verify(path.join(tricky, name)).catch((error: unknown) => error);
      expect([name, verified]).toEqual([name, expect.objectContaining({ bytes: expect.any(Number) })]);
    }
  });

  it("are refused with a code of their own, where they cannot", async () => {
    const names = expectedFiles("refused");
    expect(names.length).toBeGreaterThan(15);
    for (const name of names) {
      const refusal = await renderWeb(name).then(
        () => "made",
        (error: { code?: string }) => error.code,
      );
      expect([name, refusal]).toEqual([name, expect.stringMatching(/^photo-/)]);
    }
  });

  it.each([
    ["bomb-1bit-30000x30000.png", "photo-too-large"],
    ["bomb-under-limit-16000x16000.png", "photo-too-large"],
    ["truncated-lastbyte.jpg", "photo-damaged"],
    ["truncated.png", "photo-damaged"],
    ["svg-named-png.png", "photo-not-supported"],
    ["heic-named-jpg.jpg", "photo-heic-not-supported"],
    ["bomb-17000x17000.avif", "photo-heic-not-supported"],
  ])("say why: %s is %s", async (name, code) => {
    await expect(renderWeb(name)).rejects.toMatchObject({ code });
  });

  it("show the same landscape for each of the eight orientations", async () => {
    const first = await renderWeb("orient-landscape-1.jpg");
    for (const orientation of [2, 3, 4, 5, 6, 7, 8]) {
      const picture = await renderWeb(`orient-landscape-${orientation}.jpg`);
      // Each carries its number and has been through JPEG again, which is all that may differ.
      expect(await meanDifference(picture, first)).toBeLessThan(4);
    }
    const upsideDown = await sharp(first).rotate(180).toBuffer();
    expect(await meanDifference(upsideDown, first)).toBeGreaterThan(20);
  });

  it.each(["p3-gps-or6.jpg", "xyb-icc.jpg"])(
    "have the colours that their profile means: %s",
    async (name) => {
      const source = await readFile(path.join(tricky, name));
      const picture = await renderWeb(name);
      const converted = await sharp(source, { autoOrient: true }).png().toBuffer();
      const relabelled = await sharp(source, { autoOrient: true, ignoreIcc: true }).png().toBuffer();
      const difference = await meanDifference(picture, converted);
      expect(difference).toBeLessThan((await meanDifference(picture, relabelled)) / 2);
      expect(difference).toBeLessThan(8);
    },
  );

  it("have an sRGB profile told from others by what it says, not by its size or name", async () => {
    const profileOf = async (name: string) =>
      (await sharp(await readFile(path.join(tricky, name))).metadata()).icc!;
    const judged = await Promise.all(
      ["srgb-gps.jpg", "xmp.jpg", "p3-gps-or6.jpg", "p3.png", "prophoto.png", "xyb-icc.jpg"].map(
        async (name) => [name, isSrgb(await profileOf(name))],
      ),
    );
    expect(Object.fromEntries(judged)).toEqual({
      "srgb-gps.jpg": true,
      "xmp.jpg": true,
      "p3-gps-or6.jpg": false,
      "p3.png": false,
      "prophoto.png": false,
      "xyb-icc.jpg": false,
    });
    expect(isSrgb((await profileOf("srgb-gps.jpg")).subarray(0, 300))).toBe(false);
  });
});
