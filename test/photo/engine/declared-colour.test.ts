import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { createSharpEngine } from "../../../src/photo/engine/sharp-engine.js";
import type { Preset } from "../../../src/photo/types.js";
import { meanDeltaE } from "../../support/colour-difference.js";
import {
  numbersOf,
  patches,
  pngChunk,
  pngOfPatches,
  pqOf,
  profileChunk,
  profileOf,
  referenceOf,
  type Space,
  spaces,
  toLight,
  withExifColour,
} from "../../support/colour-photos.js";
import { photoFolder } from "../../support/photos.js";
import { sharedFolder } from "../../support/shared.js";

const engine = createSharpEngine();
const whole: Preset = { name: "web", width: 2048, height: 2048, fit: "inside" };
/** As for every photo. */
const mostDifference = 1.5;

/** Renders with the best quality: what differs is the colour, not the compression. */
async function render(photo: Buffer | string, name = "a.png") {
  const folder = await photoFolder();
  const source = typeof photo === "string" ? photo : path.join(folder, name);
  if (typeof photo !== "string") await writeFile(source, photo);
  const target = path.join(folder, "out.jpg");
  const [made] = await engine.render(source, [{ preset: whole, path: target }], { quality: 100 });
  return { picture: await readFile(target), notes: made!.notes };
}
const difference = async (photo: Buffer, colours: readonly (readonly number[])[] = patches, name?: string) =>
  meanDeltaE((await render(photo, name)).picture, await referenceOf(colours));

describe("a photo of 16 bits", () => {
  it.each(Object.entries(spaces))("has the colours that its profile %s means", async (_, space) => {
    const numbers = patches.map((colour) => numbersOf(colour, space));
    const chunks = [profileChunk(profileOf(space))];
    const plain = await pngOfPatches(numbers);
    expect(await difference(plain), "its numbers are others").toBeGreaterThan(mostDifference);
    expect(await difference(await pngOfPatches(numbers, { chunks }))).toBeLessThan(mostDifference);
    expect(await difference(await pngOfPatches(numbers, { chunks, bits: 8 }))).toBeLessThan(mostDifference);
  });

  it.each([1.8, 2.2])("has the tones that its grey profile of gamma %f means", async (gamma) => {
    const greys = [0, 30, 90, 128, 200, 255];
    const numbers = greys.map((grey) => [toLight(grey / 255) ** (1 / gamma)]);
    const colours = greys.map((grey) => [grey, grey, grey]);
    for (const bits of [8, 16] as const) {
      const chunks = [profileChunk(profileOf({ gamma }))];
      expect(await difference(await pngOfPatches(numbers, { chunks, bits }), colours)).toBeLessThan(1);
    }
  });

  it("keeps what only 16 bits hold: dark tones of linear light", async () => {
    const linear = { ...spaces["Display P3"], gamma: 1 };
    const dark = [0, 6, 12, 18, 24, 30].map((grey) => [grey, grey, grey] as const);
    const numbers = dark.map((colour) => numbersOf(colour, linear));
    const photo = await pngOfPatches(numbers, { chunks: [profileChunk(profileOf(linear))] });
    expect(await difference(photo, dark)).toBeLessThan(0.5);
  });

  it("is on white where it is transparent", async () => {
    const space = spaces["Adobe RGB"];
    const numbers = [...patches.map((colour) => [...numbersOf(colour, space), 1]), [0, 0, 0, 0]];
    const photo = await pngOfPatches(numbers, { chunks: [profileChunk(profileOf(space))] });
    expect(await difference(photo, [...patches, [255, 255, 255]])).toBeLessThan(mostDifference);
  });
});

describe("a PNG without a profile", () => {
  const numbersOfChunk = (name: string, ...numbers: number[]) => {
    const data = Buffer.alloc(numbers.length * 4);
    for (const [i, number] of numbers.entries()) data.writeUInt32BE(Math.round(number * 100_000), i * 4);
    return pngChunk(name, data);
  };
  const gamma = (exponent: number) => numbersOfChunk("gAMA", 1 / exponent);
  const white = [0.3127, 0.329];
  const places = (...rgb: number[]) => numbersOfChunk("cHRM", ...white, ...rgb);
  const adobe = places(0.64, 0.33, 0.21, 0.71, 0.15, 0.06);
  const p3 = places(0.68, 0.32, 0.265, 0.69, 0.15, 0.06);
  const numbersIn = (space: Space) => patches.map((colour) => numbersOf(colour, space));
  const srgb = patches.map((colour) => colour.map((value) => value / 255));
  const powerOf = (exponent: number) =>
    patches.map((colour) => colour.map((value) => toLight(value / 255) ** (1 / exponent)));

  it.each([
    ["linear light", powerOf(1), [gamma(1)]],
    ["the gamma of old Macs", powerOf(1.8), [gamma(1.8)]],
    ["Adobe RGB", numbersIn(spaces["Adobe RGB"]), [gamma(563 / 256), adobe]],
    ["Display P3", numbersIn({ ...spaces["Display P3"], gamma: 1 }).map((row) => row.map(encode)), [p3]],
  ])("has the colours that its gamma and primaries mean: %s", async (_, numbers, chunks) => {
    for (const bits of [8, 16] as const) {
      expect(await difference(await pngOfPatches(numbers, { bits }))).toBeGreaterThan(mostDifference);
      expect(await difference(await pngOfPatches(numbers, { bits, chunks }))).toBeLessThan(mostDifference);
    }
  });

  it.each([
    ["the gamma of sRGB, as programs round it", [gamma(2.2)]],
    ["the primaries of sRGB", [gamma(2.2), places(0.64, 0.33, 0.3, 0.6, 0.15, 0.06)]],
    ["no gamma that a picture has", [numbersOfChunk("gAMA", 0)]],
    ["another, and that it is none", [numbersOfChunk("gAMA", 200)]],
    ["primaries of nothing", [numbersOfChunk("cHRM", 0, 0, 0, 0, 0, 0, 0, 0)]],
    ["sRGB as well", [pngChunk("sRGB", Buffer.from([0])), gamma(1), p3]],
    ["code points as well", [pngChunk("cICP", Buffer.from([1, 13, 0, 1])), gamma(1), p3]],
  ])("is sRGB where it says %s", async (_, chunks) => {
    expect(await difference(await pngOfPatches(srgb, { bits: 8, chunks }))).toBeLessThan(1);
  });

  it("has the white of its own primaries", async () => {
    // Equal energy: a white that is not that of sRGB stays white.
    const chunk = numbersOfChunk("cHRM", 1 / 3, 1 / 3, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06);
    const greys = [0, 60, 128, 200, 255].map((grey) => [grey, grey, grey]);
    const photo = await pngOfPatches(
      greys.map((grey) => grey.map((value) => value / 255)),
      { bits: 8, chunks: [chunk] },
    );
    expect(await difference(photo, greys)).toBeLessThan(0.5);
  });
});

describe("a photo that tells by EXIF that it is Adobe RGB", () => {
  const adobe = spaces["Adobe RGB"];
  const jpeg = async () => {
    const numbers = patches.map((colour) => numbersOf(colour, adobe));
    const image = sharp(await pngOfPatches(numbers, { bits: 8 }));
    return image.jpeg({ quality: 100, chromaSubsampling: "4:4:4" }).toBuffer();
  };
  it.each([
    ["by its interoperability index", "IMG_0001.JPG", 0xffff, "R03"],
    ["by its name", "_DSC0001.JPG", 0xffff, undefined],
    ["by its name", "_MG_0001-salinan.jpg", 0xffff, undefined],
    ["by a colour space that no standard has", "DSC00001.JPG", 2, "R98"],
  ])("has its colours: %s", async (_, name, colourSpace, index) => {
    const photo = withExifColour(await jpeg(), colourSpace, index);
    expect(await difference(photo, patches, name)).toBeLessThan(mostDifference);
  });
  it.each([
    ["sRGB, whatever its name", "_MG_0001.JPG", 1, "R98"],
    ["not known", "IMG_0001.JPG", 0xffff, undefined],
    ["of another index", "_MG_0001.JPG", 0xffff, "R98"],
  ])("is left as it is where its colour space is %s", async (_, name, colourSpace, index) => {
    const plain = await jpeg();
    const { picture } = await render(withExifColour(plain, colourSpace, index), name);
    expect(picture.equals((await render(plain, "a.jpg")).picture)).toBe(true);
  });
});

describe("a photo of high dynamic range", () => {
  /** BT.709 primaries, so that the numbers are easily made. */
  const hdrPng = (most: number) =>
    pngOfPatches(
      patches.map((colour) => colour.map((value) => pqOf(toLight(value / 255) * most))),
      { chunks: [pngChunk("cICP", Buffer.from([1, 16, 0, 1]))] },
    );

  it("is as bright as one for paper where white is 203 cd/m², and says so", async () => {
    const { picture, notes } = await render(await hdrPng(203));
    expect(await meanDeltaE(picture, await referenceOf(patches))).toBeLessThan(mostDifference);
    expect(notes).toEqual([{ code: "tone-mapped", transfer: "pq" }]);
  });

  it("keeps the shadows where highlights are far brighter", async () => {
    const colours = [...patches, [255, 255, 255]];
    const bright = colours.map((colour, i) =>
      colour.map((value) => pqOf(toLight(value / 255) * (i === patches.length ? 4000 : 100))),
    );
    const photo = await pngOfPatches(bright, { chunks: [pngChunk("cICP", Buffer.from([1, 16, 0, 1]))] });
    const { data, info } = await sharp((await render(photo)).picture)
      .raw()
      .toBuffer({ resolveWithObject: true });
    const at = (patch: number) => data[(12 * info.width + 12 + patch * 24) * 3]!;
    expect(at(patches.length), "the highlight").toBeGreaterThan(245);
    expect(at(4), "the grey").toBeGreaterThan(50);
  });

  it("is found by the code points of the primary picture of an AVIF or HEIC", async () => {
    const avif = await sharp(await referenceOf(patches))
      .avif({ lossless: true })
      .toBuffer();
    const at = avif.indexOf("colrnclx");
    expect(at).toBeGreaterThan(0);
    const pq = Buffer.from(avif);
    pq.writeUInt16BE(18, at + 10);
    expect((await render(avif)).notes).toEqual([]);
    expect((await render(pq)).notes).toEqual([{ code: "tone-mapped", transfer: "hlg" }]);
  });
});

it("an AVIF of Display P3 by code points has its colours", async () => {
  const p3 = { ...spaces["Display P3"], gamma: 1 };
  const numbers = patches.map((colour) => numbersOf(colour, p3).map((light) => encode(light)));
  const avif = await sharp(await pngOfPatches(numbers, { bits: 8 }))
    .avif({ lossless: true })
    .toBuffer();
  const at = avif.indexOf("colrnclx");
  expect(at).toBeGreaterThan(0);
  avif.writeUInt16BE(12, at + 8);
  expect(await difference(avif)).toBeLessThan(mostDifference);
});

function encode(light: number): number {
  return light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055;
}

const cases = path.join(sharedFolder, "cases", "08-colour");
const hasCases = await readFile(path.join(cases, "rujukan-srgb.png")).catch(() => undefined);
if (!hasCases) console.warn(`SKIPPED: the colour cases, because ${cases} is missing`);

describe.skipIf(!hasCases)("the colour cases", () => {
  const file = (name: string) => path.join(cases, name);
  it.each(["adobergb-16bit.tif", "_MG_0001-adobergb-dcf.jpg"])(
    "%s looks like its reference",
    async (name) => {
      const { picture } = await render(file(name));
      expect(await meanDeltaE(picture, await readFile(file("rujukan-srgb.png")))).toBeLessThan(
        mostDifference,
      );
    },
  );
  it("hdr-pq.avif is as bright as its reference", async () => {
    const [hdr, reference] = [
      await render(file("hdr-pq.avif")),
      await render(file("hdr-pq-rujukan-sdr.avif")),
    ];
    expect(await meanDeltaE(hdr.picture, reference.picture)).toBeLessThan(4);
    expect(hdr.notes).toEqual([{ code: "tone-mapped", transfer: "pq" }]);
  });
});
