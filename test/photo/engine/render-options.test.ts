import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { cropAround, cropAt } from "../../../src/photo/engine/crop.js";
import { createSharpEngine } from "../../../src/photo/engine/sharp-engine.js";
import { fitPreset, sharedScale } from "../../../src/photo/engine/size.js";
import { placeWatermark, readWatermark } from "../../../src/photo/engine/watermark.js";
import { plainText } from "../../../src/photo/metadata/exif.js";
import { findPreset } from "../../../src/photo/renditions/presets.js";
import { corners, type Focus, type Preset, positions, type RenderBrief } from "../../../src/photo/types.js";
import { photoFolder, writePhoto } from "../../support/photos.js";

const engine = createSharpEngine();
const square = findPreset("instagram-square");

async function render(source: string, preset: Preset, brief: RenderBrief = {}) {
  const target = path.join(path.dirname(source), `${preset.name}.jpg`);
  const [rendition] = await engine.render(source, [{ preset, path: target }], brief);
  return { ...rendition!, picture: await readFile(target) };
}

/** A grey wall of 1600 x 600 with a colourful, detailed patch of 300 pixels around `at` (0 to 1). */
async function wallWithPatch(at: number): Promise<string> {
  const file = path.join(await photoFolder(), "wall.jpg");
  const patch = Buffer.alloc(300 * 300 * 3);
  for (let i = 0; i < patch.length; i += 3) {
    const stripe = Math.floor(i / 60) % 2 === 0;
    patch.set(stripe ? [230, 150, 110] : [190, 60, 50], i);
  }
  const left = Math.round(at * 1600 - 150);
  await sharp({ create: { width: 1600, height: 600, channels: 3, background: "#808080" } })
    .composite([{ input: patch, raw: { width: 300, height: 300, channels: 3 }, left, top: 150 }])
    .jpeg({ quality: 95 })
    .toFile(file);
  return file;
}
/** How red a picture is on average, beyond how green: 0 for grey. */
async function redness(picture: Buffer): Promise<number> {
  const { channels } = await sharp(picture).stats();
  return channels[0]!.mean - channels[1]!.mean;
}

describe("a crop", () => {
  it.each([0.15, 0.5, 0.85])("keeps what people look at, wherever it is: %d", async (at) => {
    const made = await render(await wallWithPatch(at), square);
    expect([made.width, made.height]).toEqual([600, 600]);
    // All of the patch is a quarter of the crop.
    expect(await redness(made.picture)).toBeGreaterThan(20);
    expect(made.crop!.left).toBeLessThanOrEqual(at * 1600 - 140);
    expect(made.crop!.left + made.crop!.width).toBeGreaterThanOrEqual(at * 1600 + 140);
  });

  it("keeps the focus instead when someone names it", async () => {
    const made = await render(await wallWithPatch(0.15), square, { focus: [0.9, 0.5] });
    expect(await redness(made.picture)).toBeLessThan(1);
    expect(made.crop).toEqual({ left: 1000, top: 0, width: 600, height: 600 });
  });

  it("keeps the side that is asked for", async () => {
    const wall = await wallWithPatch(0.15);
    expect(await redness((await render(wall, square, { position: "left" })).picture)).toBeGreaterThan(20);
    expect(await redness((await render(wall, square, { position: "right" })).picture)).toBeLessThan(1);
    expect((await render(wall, square, { position: "centre" })).crop!.left).toBe(500);
  });

  it("is exactly the pixels of the whole at that size, not a little beside them", async () => {
    const source = await writePhoto(await photoFolder(), "a.jpg", { width: 1601, height: 1207 });
    const made = await render(source, findPreset("facebook"), { position: "bottom-right", quality: 100 });
    const whole = { width: 1200, height: Math.round((1207 * 1200) / 1601), fit: "fill" } as const;
    const expected = await sharp(
      await sharp(await readFile(source))
        .resize(whole)
        .raw()
        .toBuffer(),
      {
        raw: { width: whole.width, height: whole.height, channels: 3 },
      },
    )
      .extract({ left: 0, top: whole.height - 630, width: 1200, height: 630 })
      .raw()
      .toBuffer();
    const found = await sharp(made.picture).raw().toBuffer();
    const difference =
      found.reduce((sum, value, i) => sum + Math.abs(value - expected[i]!), 0) / found.length;
    expect(difference).toBeLessThan(2.5);
  });

  it("lies within the photo and holds the focus, wherever that is", () => {
    const size = fc.record({
      width: fc.integer({ min: 1, max: 5000 }),
      height: fc.integer({ min: 1, max: 5000 }),
    });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(size, share, share, share, share, (whole, w, h, x, y) => {
        const crop = { width: Math.ceil(w * whole.width) || 1, height: Math.ceil(h * whole.height) || 1 };
        const { left, top } = cropAround([x, y], whole, crop);
        for (const [start, part, all, point] of [
          [left, crop.width, whole.width, x],
          [top, crop.height, whole.height, y],
        ] as const) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(start + part).toBeLessThanOrEqual(all);
          expect(start).toBeLessThanOrEqual(point * all + 0.5);
          expect(start + part).toBeGreaterThanOrEqual(point * all - 0.5);
        }
        for (const position of positions) {
          if (position === "attention" || position === "entropy") continue;
          const corner = cropAt(position, whole, crop);
          expect(corner.left + crop.width).toBeLessThanOrEqual(whole.width);
          expect(corner.top + crop.height).toBeLessThanOrEqual(whole.height);
        }
      }),
      { seed: 5 },
    );
  });
});

describe("the shared picture", () => {
  const fitsOf = (width: number, height: number, ...names: string[]) =>
    names.map((name) => fitPreset({ width, height }, findPreset(name)));

  it("is as large as the largest rendition needs: the crop for X of a portrait needs more than the web", () => {
    expect(sharedScale(fitsOf(4032, 3024, "web", "instagram", "x"))).toBeCloseTo(2048 / 4032, 6);
    expect(sharedScale(fitsOf(2000, 8000, "web", "x"))).toBeCloseTo(1600 / 2000, 6);
  });

  it("is somewhat larger when another rendition needs nearly the same: a step of 1.04 blurs", () => {
    const fits = fitsOf(3024, 4032, "web", "x");
    const scale = sharedScale(fits);
    for (const fit of fits) expect(scale / fit.scale).toBeGreaterThan(1.19);
    expect(sharedScale(fitsOf(1650, 1650, "web", "x"))).toBe(1);
  });
});

describe("a limit of bytes", () => {
  it("is met by a lower quality, which is said, and never by another size", async () => {
    const source = await writePhoto(await photoFolder(), "a.jpg", { width: 1200, height: 900 });
    const free = await render(source, square);
    const maxBytes = Math.round(free.bytes * 0.6);
    const made = await render(source, { ...square, maxBytes });
    expect(made.bytes).toBeLessThanOrEqual(maxBytes);
    expect([made.width, made.height]).toEqual([free.width, free.height]);
    const lowered = made.notes.find((note) => note.code === "quality-lowered");
    expect(lowered?.quality).toBeLessThan(80);
    expect(free.notes.map(({ code }) => code)).toEqual(["smaller-than-preset"]);
  });

  it("that nothing meets is an error which names the size", async () => {
    const source = await writePhoto(await photoFolder(), "a.jpg", { width: 1200, height: 900 });
    await expect(render(source, { ...square, maxBytes: 1000 })).rejects.toMatchObject({
      code: "photo-bytes-limit",
      params: { preset: "instagram-square", limit: 1000 },
    });
  });

  it("counts the text that is written into the photo", async () => {
    const source = await writePhoto(await photoFolder(), "a.jpg");
    const text = { caption: "x".repeat(20_000) };
    const limited = { ...square, maxBytes: 19_000 };
    await expect(render(source, limited, { text })).rejects.toMatchObject({ code: "photo-bytes-limit" });
    const endless = { caption: "x".repeat(70_000) };
    await expect(render(source, square, { text: endless })).rejects.toMatchObject({
      code: "photo-text-too-long",
    });
  });
});

it("less effort is larger, not another picture", async () => {
  const source = await writePhoto(await photoFolder(), "a.jpg", { width: 1200, height: 900 });
  const [fast, small] = [await render(source, square), await render(source, square, { effort: "small" })];
  expect(small.bytes).toBeLessThan(fast.bytes * 0.95);
  expect([small.width, small.height]).toEqual([fast.width, fast.height]);
});

describe("a watermark", () => {
  const plain = async (colour: string, width = 800, height = 600) => {
    const file = path.join(await photoFolder(), "plain.png");
    await writeFile(
      file,
      await sharp({ create: { width, height, channels: 3, background: colour } })
        .png()
        .toBuffer(),
    );
    return file;
  };
  const logo = async (colour: string) =>
    readWatermark(await plain(colour, 100, 50), { opacity: 1, share: 0.2 });
  /** The mean of a corner's pixels, a tenth of the picture wide, a little away from the edges. */
  const corner = async (picture: Buffer, where: (typeof corners)[number]) => {
    const { width, height } = await sharp(picture).metadata();
    const [w, h] = [Math.round(width * 0.1), Math.round(height * 0.08)];
    const gap = Math.round(Math.min(width, height) * 0.05);
    const area = {
      left: where.endsWith("left") ? gap : width - w - gap,
      top: where.startsWith("top") ? gap : height - h - gap,
      width: w,
      height: h,
    };
    const { data } = await sharp(picture)
      .extract(area)
      .resize(1, 1)
      .raw()
      .toBuffer({ resolveWithObject: true });
    return [...data];
  };
  const near = (found: number[], r: number, g: number, b: number) =>
    Math.max(...[r, g, b].map((value, i) => Math.abs(value - found[i]!))) < 12;

  it("lies in the corner that is asked for, as wide as asked for, and nowhere else", async () => {
    const source = await plain("#202020");
    for (const where of corners) {
      const { picture } = await render(source, findPreset("web"), {
        watermark: { ...(await logo("#ffffff")), corner: where },
      });
      for (const one of corners) {
        expect([where, one, near(await corner(picture, one), 255, 255, 255)]).toEqual([
          where,
          one,
          one === where,
        ]);
      }
    }
  });

  it("goes to another corner rather than over the focus", async () => {
    const watermark = await logo("#ffffff");
    const { picture } = await render(await plain("#202020"), findPreset("web"), {
      watermark,
      focus: [0.9, 0.9],
    });
    expect(near(await corner(picture, "bottom-right"), 32, 32, 32)).toBe(true);
    expect(near(await corner(picture, "bottom-left"), 255, 255, 255)).toBe(true);
  });

  it("never covers the focus, whatever the picture and the logo", () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const part = fc.double({ min: 0.01, max: 0.4, noNaN: true });
    const edge = fc.integer({ min: 100, max: 3000 });
    fc.assert(
      fc.property(
        edge,
        edge,
        part,
        part,
        share,
        share,
        fc.constantFrom(...corners),
        (w, h, a, b, x, y, wanted) => {
          const picture = { width: w, height: h };
          const size = { width: Math.ceil(w * a), height: Math.ceil(h * b) };
          const focus: Focus = [x, y];
          const { left, top } = placeWatermark(picture, { size }, wanted, focus, 0);
          const isOver =
            x * w > left && x * w < left + size.width && y * h > top && y * h < top + size.height;
          expect(isOver).toBe(false);
        },
      ),
      { seed: 6 },
    );
  });

  it("gets a shade where the ground is as light as it, and none where it is seen anyway", async () => {
    const brief = { watermark: await logo("#ffffff") };
    const darkest = async (colour: string) => {
      const { picture } = await render(await plain(colour), findPreset("web"), brief);
      return Math.min(...(await sharp(picture).stats()).channels.map(({ min }) => min));
    };
    expect(await darkest("#f4f4f4")).toBeLessThan(190);
    expect(await darkest("#303030")).toBeGreaterThan(20);
  });

  it("stays out of what the channel covers", async () => {
    const story = findPreset("instagram-story");
    const source = await plain("#202020", 1080, 1920);
    const { picture } = await render(source, story, { watermark: await logo("#ffffff") });
    const brightest = async (top: number, height: number) =>
      (await sharp(picture).extract({ left: 0, top, width: 1080, height }).raw().toBuffer()).reduce((a, b) =>
        Math.max(a, b),
      );
    expect(await brightest(1680, 240)).toBeLessThan(60);
    expect(await brightest(1300, 360)).toBeGreaterThan(240);
  });

  it("that is no image is refused before anything is made", async () => {
    const file = path.join(await photoFolder(), "logo.svg");
    await writeFile(file, '<svg xmlns="http://www.w3.org/2000/svg"/>');
    await expect(readWatermark(file)).rejects.toMatchObject({ code: "watermark-unusable" });
    await expect(readWatermark(`${file}.png`)).rejects.toMatchObject({ code: "file-not-found", exit: 2 });
  });
});

it.each([
  ["Café “Rindu” – 3 × 4", 'Cafe "Rindu" - 3 x 4'],
  ["Panen raya \u{1f33e} di Cikarang", "Panen raya di Cikarang"],
  ["satu\r\ndua\ttiga", "satu dua tiga"],
])("text for old programs reads like the text: %s", (text, plain) => {
  expect(plainText(text)).toBe(plain);
});
