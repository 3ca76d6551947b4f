import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { isSrgb } from "../../src/photo/engine/colour.js";
import { createSharpEngine } from "../../src/photo/engine/sharp-engine.js";
import { findPreset } from "../../src/photo/renditions/presets.js";
import { deltaE2000, meanDeltaE } from "../support/colour-difference.js";
import { jpegParts, meanDifference, photoFolder } from "../support/photos.js";
import { hasShared, sharedFolder } from "../support/shared.js";
import { expectedOutcomes } from "./expected.js";

const tricky = path.join(sharedFolder, "photos", "tricky");
const engine = createSharpEngine();

async function renderWeb(name: string) {
  const target = path.join(await photoFolder(), "web.jpg");
  const web = { preset: findPreset("web"), path: target };
  const [rendition] = await engine.render(path.join(tricky, name), [web], {});
  return { ...rendition!, picture: await readFile(target) };
}
const pictureOf = async (name: string) => (await renderWeb(name)).picture;
const source = (name: string) => readFile(path.join(tricky, name));
/**
 * The photo as LittleCMS converts all of it, then resized and compressed like the rendition: compression alone
 * changes fine detail by up to 3.
 */
async function reference(name: string, width: number, height: number): Promise<Buffer> {
  const whole = sharp(await source(name), { autoOrient: true, failOn: "error" }).flatten({
    background: "#fff",
  });
  return sharp(await whole.png().toBuffer())
    .resize({ width, height, fit: "fill" })
    .jpeg({ quality: 80 })
    .toBuffer();
}
const made = expectedOutcomes.filter((outcome) => outcome.refused === undefined);

describe.skipIf(!hasShared)("photos that have broken other programs", () => {
  it("are all expected", () => {
    const files = readdirSync(tricky).filter((name) => !/^[A-Z]+\.(tsv|txt)$/.test(name));
    expect(expectedOutcomes.map((outcome) => outcome.file).sort()).toEqual(files.sort());
    const table = readFileSync(path.join(tricky, "EXPECTED.tsv"), "utf8").trim().split("\n").slice(1);
    const outcomes = Object.fromEntries(
      expectedOutcomes.map((outcome) => [outcome.file, outcome.refused ? "refused" : "made"]),
    );
    for (const [name = "", outcome] of table.map((line) => line.split("\t"))) {
      if (!name.includes(" .. ")) expect([name, outcomes[name]]).toEqual([name, outcome]);
    }
  });

  it.each(expectedOutcomes.filter((outcome) => outcome.refused))(
    "are refused with what is wrong: $file is $refused",
    async ({ file, refused }) => {
      await expect(renderWeb(file)).rejects.toMatchObject({ code: refused });
      await expect(engine.verify(path.join(tricky, file))).rejects.toMatchObject({ code: refused });
    },
  );

  it.each(made)("are made, and nothing else of them is kept: $file", async ({ file, size, notes }) => {
    const one = await renderWeb(file);
    expect([one.width, one.height, one.notes.map(({ code }) => code)]).toEqual([...size!, notes]);
    const { format, width, height } = await sharp(one.picture).metadata();
    expect([format, width, height]).toEqual(["jpeg", ...size!]);
    const { segments, trailer } = jpegParts(one.picture);
    expect(segments.filter(({ marker }) => marker === 0xfe || (marker > 0xe0 && marker < 0xf0))).toEqual([]);
    expect(trailer).toHaveLength(0);
    await expect(engine.verify(path.join(tricky, file))).resolves.toMatchObject({
      bytes: (await source(file)).length,
    });
  });

  it("show the same landscape for each of the eight orientations", async () => {
    const first = await pictureOf("orient-landscape-1.jpg");
    for (const orientation of [2, 3, 4, 5, 6, 7, 8]) {
      const picture = await pictureOf(`orient-landscape-${orientation}.jpg`);
      // Each carries its number and has been through JPEG again, which is all that may differ.
      expect(await meanDifference(picture, first)).toBeLessThan(4);
    }
    const upsideDown = await sharp(first).rotate(180).toBuffer();
    expect(await meanDifference(upsideDown, first)).toBeGreaterThan(20);
  });

  // Not those of a few pixels, which JPEG alone changes, nor HEIC, which sharp cannot decode (test/real does).
  it.each(made.filter(({ file, size }) => size![0] > 100 && !/hei[cf]/.test(file)))(
    "have the colours that their profile means: $file",
    async ({ file }) => {
      const one = await renderWeb(file);
      expect(await meanDeltaE(one.picture, await reference(file, one.width, one.height))).toBeLessThan(1.5);
    },
  );

  it.each(["p3-gps-or6.jpg", "xyb-icc.jpg"])("would have others without their profile: %s", async (file) => {
    const one = await renderWeb(file);
    const numbers = await sharp(await source(file), { autoOrient: true, ignoreIcc: true })
      .png()
      .toBuffer();
    expect(await meanDeltaE(one.picture, numbers)).toBeGreaterThan(1.5);
  });

  it("have an sRGB profile told from others by what it says, not by its size or name", async () => {
    const profileOf = async (name: string) => (await sharp(await source(name)).metadata()).icc!;
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

// Pairs of Sharma, Wu and Dalal's test data.
it.each([
  [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
  [[50, 2.49, -0.001], [50, -2.49, 0.0011], 7.2195],
  [[50, 2.5, 0], [58, 24, 15], 19.4535],
  [[22.7233, 20.0904, -46.694], [23.0331, 14.973, -42.5619], 2.0373],
] as const)("the colour difference is that of CIEDE2000: %j and %j", (one, other, expected) => {
  expect(deltaE2000(one, other)).toBeCloseTo(expected, 3);
});
