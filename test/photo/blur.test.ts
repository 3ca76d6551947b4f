import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { createSharpEngine } from "../../src/photo/engine/sharp-engine.js";
import { findPreset } from "../../src/photo/renditions/presets.js";
import type { BlurBox } from "../../src/photo/types.js";
import { photoFolder } from "../support/photos.js";

const engine = createSharpEngine();
const [width, height] = [600, 400];
/** Of the pictures below, upright: what is secret lies inside, with room. */
/** Half way between the shades of the secret, and itself a shade that a blurred part may have. */
const ground = 136;
const box: BlurBox = [0.25, 0.25, 0.25, 0.3];

/** A plain picture with a secret of random black and white squares in the box, of which each second is the inverse: equal means. */
async function picture(folder: string, name: string, seed: number, orientation = 1): Promise<string> {
  const data = Buffer.alloc(width * height * 3, ground);
  let grain = seed;
  const square = 2;
  for (let top = height * box[1] + 8; top < height * (box[1] + box[3]) - 24; top += square) {
    for (let left = width * box[0] + 8; left < width * (box[0] + box[2]) - 16; left += 2 * square) {
      grain = (Math.imul(grain, 1_103_515_245) + 12_345) >>> 0;
      const value = (grain >>> 16) & 1 ? 255 : 2 * ground - 255;
      for (let y = 0; y < square; y++)
        for (let x = 0; x < 2 * square; x++)
          data.fill(
            x < square ? value : 2 * ground - value,
            ((top + y) * width + left + x) * 3,
            ((top + y) * width + left + x) * 3 + 3,
          );
    }
  }
  const upright = sharp(data, { raw: { width, height, channels: 3 } });
  // Stored so that EXIF turns it upright.
  const stored = orientation === 6 ? sharp(await upright.rotate(270).png().toBuffer()) : upright;
  const file = path.join(folder, name);
  await writeFile(file, await stored.withMetadata({ orientation }).png().toBuffer());
  return file;
}

async function rendered(file: string, blur: BlurBox[], preset = "web") {
  const target = path.join(path.dirname(file), `${path.basename(file)}.${preset}.out.jpg`);
  const [made] = await engine.render(file, [{ preset: findPreset(preset), path: target }], { blur });
  const raw = await sharp(await readFile(target))
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { made: made!, data: raw.data, width: raw.info.width, height: raw.info.height };
}

/** The largest difference of two neighbours in a part, 0 to 255: what of the secret is left to be seen. */
function detail(
  { data, width: w, height: h }: { data: Buffer; width: number; height: number },
  [x, y, dx, dy]: BlurBox,
) {
  let most = 0;
  for (let row = Math.ceil(y * h); row < Math.floor((y + dy) * h); row++)
    for (let column = Math.ceil(x * w) + 1; column < Math.floor((x + dx) * w); column++) {
      const at = (row * w + column) * 3;
      most = Math.max(most, Math.abs(data[at]! - data[at - 3]!));
    }
  return most;
}

function difference(one: Buffer, other: Buffer): number {
  return one.reduce((most, value, i) => Math.max(most, Math.abs(value - other[i]!)), 0);
}

describe("parts that are blurred", () => {
  it("keep nothing of the detail that was there, and the rest as it was", async () => {
    const folder = await photoFolder();
    const file = await picture(folder, "a.png", 1);
    const plain = await rendered(file, []);
    const blurred = await rendered(file, [box]);
    expect(detail(plain, box)).toBeGreaterThan(150);
    expect(detail(blurred, box)).toBeLessThan(8);
    const outside: BlurBox = [0.6, 0, 0.4, 1];
    expect(detail(blurred, outside)).toBeLessThan(8);
  });

  it("are the same for two secrets of the same colours: nothing can be got back by trying", async () => {
    const folder = await photoFolder();
    const [one, other] = await Promise.all([1, 99].map((seed) => picture(folder, `${seed}.png`, seed)));
    const plain = await Promise.all([rendered(one!, []), rendered(other!, [])]);
    expect(difference(plain[0]!.data, plain[1]!.data)).toBeGreaterThan(200);
    const blurred = await Promise.all([rendered(one!, [box]), rendered(other!, [box])]);
    expect(difference(blurred[0]!.data, blurred[1]!.data)).toBeLessThan(4);
    expect(blurred[0]!.made.sha256).toBe(blurred[1]!.made.sha256);
  });

  it("lie where the upright photo has them, whatever EXIF turns", async () => {
    const folder = await photoFolder();
    const upright = await rendered(await picture(folder, "1.png", 7, 1), [box]);
    const turned = await rendered(await picture(folder, "6.png", 7, 6), [box]);
    expect([turned.width, turned.height]).toEqual([width, height]);
    expect(detail(turned, box)).toBeLessThan(8);
    expect(difference(upright.data, turned.data)).toBeLessThan(12);
  });

  it("are blurred in crops too, and at the edge of the photo", async () => {
    const folder = await photoFolder();
    const file = await picture(folder, "a.png", 3);
    const square = await rendered(file, [box], "instagram-square");
    expect(detail(square, [0, 0, 1, 1])).toBeLessThan(16);
    const all = await rendered(file, [[0, 0, 1, 1]]);
    expect(detail(all, [0, 0, 1, 1])).toBeLessThan(8);
    await expect(rendered(file, [[0.99, 0.99, 0.5, 0.5]])).resolves.toMatchObject({ width });
  });
});
