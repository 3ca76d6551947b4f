import { writeFile } from "node:fs/promises";
import path from "node:path";
import sharp, { type Sharp } from "sharp";
import { describe, expect, it } from "vitest";
import { limits } from "../../../src/contract/contract.js";
import { createIsolatedEngine } from "../../../src/photo/engine/isolated-engine.js";
import { photoFolder } from "../../support/photos.js";

const childFile = path.resolve(import.meta.dirname, "../../../dist/photo/engine/isolated-engine-child.js");
const megabyte = 1024 * 1024;
/** That of `newsroom serve`. */
const memoryBytes = 384 * megabyte;

function engineOf(memory: number) {
  const peaks = [0];
  const engine = createIsolatedEngine({
    environment: { PATH: process.env.PATH },
    childFile,
    bounds: { memoryBytes: memory, requestMs: 300_000 },
    onPeak: (bytes) => peaks.push(bytes),
  });
  return { engine, peak: () => Math.max(...peaks) };
}

async function write(width: number, height: number, encode: (image: Sharp) => Sharp, channels: 3 | 4 = 3) {
  const background = { r: 90, g: 120, b: 40, alpha: 0.5 };
  const image = sharp({ create: { width, height, channels, background }, limitInputPixels: false });
  const file = path.join(await photoFolder(), "photo");
  await writeFile(file, await encode(image).toBuffer());
  return file;
}

const progressive = (image: Sharp) =>
  image.jpeg({ progressive: true, chromaSubsampling: "4:4:4", quality: 50 });
const deep = (image: Sharp) => image.toColourspace("rgb16");
const row = Math.floor(limits.photo_pixels_progressive / 4000);
const admitted = { pixels: limits.photo_pixels, pixelsDecodedWhole: limits.photo_pixels_progressive };

describe.runIf(process.platform === "linux")("the memory of the decoder", () => {
  it.each([
    ["a baseline JPEG of 12 MP", "jpeg", () => write(4000, 3000, (image) => image.jpeg())],
    [
      "a baseline JPEG of 50 MP",
      "jpeg",
      () => write(8160, 6120, (image) => image.jpeg({ chromaSubsampling: "4:4:4" })),
    ],
    ["a deep PNG of 50 MP", "png", () => write(8160, 6120, (image) => deep(image).png(), 4)],
    ["a progressive JPEG of 16 MP", "jpeg", () => write(row, 4000, progressive)],
    [
      "a deep interlaced PNG of 16 MP",
      "png",
      () => write(row, 4000, (image) => deep(image).png({ progressive: true }), 4),
    ],
    ["a WebP of 16 MP", "webp", () => write(row, 4000, (image) => image.webp({ lossless: true }), 4)],
  ] as const)(
    "is less than three quarters of its limit for the largest that is admitted: %s",
    async (name, format, make) => {
      const { engine, peak } = engineOf(memoryBytes);
      await expect(engine.verify(await make(), { format, ...admitted })).resolves.toMatchObject({ format });
      console.log(`${name}: ${Math.round(peak() / 1_000_000)} MB`);
      expect(peak()).toBeLessThan(memoryBytes * 0.75);
    },
  );

  it("stays near its limit for four progressive JPEGs of 15,800 x 15,800 at once, which took 5.96 GB", {
    timeout: 300_000,
  }, async () => {
    const file = await write(15_800, 15_800, progressive);
    const { engine, peak } = engineOf(memoryBytes);
    const admission = { format: "jpeg", ...admitted } as const;
    await expect(engine.verify(file, admission)).rejects.toMatchObject({ code: "photo-too-large" });
    // Without the limit of pixels that of memory holds.
    const four = await Promise.allSettled([1, 2, 3, 4].map(() => engine.verify(file)));
    expect(four.map((result) => result.status === "rejected" && result.reason.code)).toEqual(
      Array(4).fill("photo-too-costly"),
    );
    console.log(`four at once: ${Math.round(peak() / 1_000_000)} MB`);
    expect(peak()).toBeLessThan(2 * memoryBytes);
    await expect(engine.verify(await write(400, 300, (image) => image.jpeg()))).resolves.toBeDefined();
  });
});
