import { randomBytes } from "node:crypto";
import { appendFile, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import ExifReader from "exifreader";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { sha256 } from "../../../src/files/hash.js";
import { createSharpEngine } from "../../../src/photo/engine/sharp-engine.js";
import { findPreset } from "../../../src/photo/renditions/presets.js";
import type { PhotoText, Preset } from "../../../src/photo/types.js";
import { cornersSeen, jpegParts, photoFolder, somewhere, writePhoto } from "../../support/photos.js";
import { hasShared, sharedFolder } from "../../support/shared.js";

const engine = createSharpEngine();
const web = findPreset("web");
const instagram = findPreset("instagram");
const uprightCorners = ["topLeft", "topRight", "bottomLeft", "bottomRight"];

async function render(source: string, preset: Preset = web, text: PhotoText = {}) {
  const target = path.join(path.dirname(source), "out", `${preset.name}.jpg`);
  const [rendition] = await engine.render(source, [{ preset, path: target }], { text });
  return { ...rendition!, picture: await readFile(target) };
}

describe("a raw file of a camera that is cut", () => {
  it.each(["a.NEF", "a.ARW", "a.dng"])("is named by its kind, not called damaged: %s", async (name) => {
    const file = path.join(await photoFolder(), name);
    await writeFile(file, Buffer.from("II*\0\x08\0\0\0\0\0\0\0", "latin1"));
    await expect(render(file)).rejects.toMatchObject({
      code: "photo-not-supported",
      params: { found: "raw" },
    });
  });
});

describe("what a rendition shows", () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])("is upright for a photo of EXIF orientation %i", async (orientation) => {
    const source = await writePhoto(await photoFolder(), "a.jpg", { width: 640, height: 400, orientation });
    const made = await render(source);
    expect([made.width, made.height]).toEqual([640, 400]);
    expect(await cornersSeen(made.picture)).toEqual(uprightCorners);
  });

  it("is the whole photo of a phone within 2048 pixels for the web", async () => {
    const source = await writePhoto(await photoFolder(), "a.jpg", {
      width: 3024,
      height: 4032,
      orientation: 6,
    });
    const made = await render(source);
    expect([made.width, made.height]).toEqual([1536, 2048]);
    expect(await cornersSeen(made.picture)).toEqual(uprightCorners);
  });

  it("is a crop of exactly 1080 x 1350 for Instagram, from the same decode", async () => {
    const folder = await photoFolder();
    const source = await writePhoto(folder, "a.jpg", { width: 2400, height: 1800 });
    const targets = [web, instagram].map((preset) => ({
      preset,
      path: path.join(folder, `${preset.name}.jpg`),
    }));
    const made = await engine.render(source, targets, {});
    expect(made.map((rendition) => [rendition.preset, rendition.width, rendition.height])).toEqual([
      ["web", 2048, 1536],
      ["instagram", 1080, 1350],
    ]);
    const { width, height } = await sharp(await readFile(targets[1]!.path)).metadata();
    expect([width, height]).toEqual([1080, 1350]);
  });

  it("is never larger than the photo: the whole keeps its size, a crop keeps its shape", async () => {
    const source = await writePhoto(await photoFolder(), "a.jpg", { width: 640, height: 480 });
    const whole = await render(source);
    expect([whole.width, whole.height]).toEqual([640, 480]);
    const crop = await render(source, instagram);
    expect([crop.width, crop.height]).toEqual([384, 480]);
  });

  it("is white where a PNG was transparent", async () => {
    const source = path.join(await photoFolder(), "a.png");
    const clear = {
      width: 40,
      height: 40,
      channels: 4,
      background: { r: 255, g: 0, b: 0, alpha: 0 },
    } as const;
    await writeFile(source, await sharp({ create: clear }).png().toBuffer());
    const { dominant } = await sharp((await render(source)).picture).stats();
    expect(dominant.r + dominant.g + dominant.b).toBeGreaterThan(740);
  });

  it("has the colours that a Display P3 photo means, not its numbers", async () => {
    const source = path.join(await photoFolder(), "a.png");
    const red = { width: 40, height: 40, channels: 3, background: { r: 200, g: 40, b: 40 } } as const;
    const wide = await sharp({ create: red }).withIccProfile("p3").png().toBuffer();
    await writeFile(source, wide);
    const meanOf = async (picture: Buffer) =>
      (await sharp(picture, { ignoreIcc: true }).stats()).channels.map(({ mean }) => Math.round(mean));
    const [numbers, made] = [await meanOf(wide), await meanOf((await render(source)).picture)];
    expect(Math.abs(numbers[0]! - 200), "the numbers in the file are others").toBeGreaterThan(8);
    for (const [i, channel] of [200, 40, 40].entries()) expect(Math.abs(made[i]! - channel)).toBeLessThan(4);
  });

  it("is told with its own bytes", async () => {
    const made = await render(await writePhoto(await photoFolder(), "a.jpg"));
    expect(made.bytes).toBe(made.picture.length);
    expect(made.sha256).toBe(sha256(made.picture));
  });

  it("is the same bytes whenever it is made of the same photo", async () => {
    const source = await writePhoto(await photoFolder(), "a.jpg");
    expect((await render(source)).sha256).toBe((await render(source)).sha256);
  });
});

describe("what a rendition tells", () => {
  it("is nothing of the camera, the place or what followed the picture", async () => {
    const source = await writePhoto(await photoFolder(), "a.jpg", { gps: somewhere });
    await appendFile(source, "PK\x03\x04 secret trailer");
    const original = await readFile(source);
    expect(original.includes("SN-0012345"), "the sample carries what has to go").toBe(true);
    expect((await sharp(original).metadata()).exif).toBeDefined();

    const { picture } = await render(source);
    const { segments, trailer } = jpegParts(picture);
    const private_ = segments.filter(({ marker }) => marker === 0xfe || (marker > 0xe0 && marker < 0xf0));
    expect(private_).toEqual([]);
    expect(trailer).toHaveLength(0);
  });

  it("is our caption, alt text and credit, letter for letter, in XMP, with an EXIF for others", async () => {
    const source = await writePhoto(await photoFolder(), "a.jpg", { gps: somewhere });
    const caption = `Camat <Cikarang> & "warga" — 2 > 1, 'gotong royong' \u{1f33e}\u0007`;
    const { picture } = await render(source, web, {
      caption,
      alt: "Warga menanam padi",
      credit: "Kec. A & B",
    });
    const { segments } = jpegParts(picture);
    const ours = segments.filter(({ marker }) => marker > 0xe0 && marker < 0xf0);
    expect(ours.map(({ content }) => content.toString("latin1", 0, 4))).toEqual(["Exif", "http"]);

    const xmp = (await sharp(picture).metadata()).xmp!.toString();
    const unescaped = xmp
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&quot;", '"')
      .replaceAll("&amp;", "&");
    expect(xmp).not.toContain("<Cikarang>");
    expect(unescaped).toContain(
      `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${caption.slice(0, -1)}</rdf:li>`,
    );
    expect(unescaped).toMatch(/<Iptc4xmpCore:AltTextAccessibility>.*>Warga menanam padi</);
    expect(unescaped).toMatch(/<dc:creator><rdf:Seq><rdf:li>Kec. A & B</);
    expect(unescaped).toContain("<photoshop:Credit>Kec. A & B</photoshop:Credit>");
  });

  it("is in EXIF these six tags and no other, with what stands in brackets at the end", async () => {
    const source = await writePhoto(await photoFolder(), "a.jpg", { gps: somewhere });
    const { picture } = await render(source, web, {
      caption: "Panen – Café (Dok. Kominfo)",
      alt: "Warga menanam (padi)",
      credit: "André (Cibitung)",
      copyright: "© 2026 (Bekasi)",
    });
    const tags = Object.entries(ExifReader.load(picture, { expanded: true }).exif ?? {});
    expect(Object.fromEntries(tags.map(([name, tag]) => [name, tag.description]))).toEqual({
      ImageDescription: "Panen - Cafe (Dok. Kominfo)",
      Artist: "Andre (Cibitung)",
      Copyright: "(c) 2026 (Bekasi)",
      XPTitle: "Panen – Café (Dok. Kominfo)",
      XPComment: "Warga menanam (padi)",
      XPAuthor: "André (Cibitung)",
    });
  });
});

describe("what is refused", () => {
  it.each([
    ["empty", Buffer.alloc(0)],
    ["unknown", Buffer.from("Ini catatan rapat, bukan foto.")],
    ["pdf", Buffer.from("%PDF-1.7\n")],
    ["raw", Buffer.from("II*\0\x10\0\0\0CR\x02\0", "latin1")],
    // A DNG is a TIFF whose first picture is a preview.
    ["raw", Buffer.from("II*\0\x08\0\0\0\x01\0\xfe\0\x04\0\x01\0\0\0\x01\0\0\0\0\0\0\0", "latin1")],
    ["svg", Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>')],
    ["video", Buffer.from("\0\0\0\x18ftypmp42\0\0\0\0", "latin1")],
  ])("a file whose content is %s, whatever its name", async (found, content) => {
    const source = path.join(await photoFolder(), "foto.jpg");
    await writeFile(source, content);
    for (const attempt of [engine.inspect, engine.verify, render]) {
      await expect(attempt(source)).rejects.toMatchObject({
        code: "photo-not-supported",
        exit: 1,
        params: { path: source, found },
      });
    }
  });

  it.each([
    ["jxl", Buffer.from("\xff\x0a\0\0", "latin1")],
    ["jp2", Buffer.from("\0\0\0\x0cjP  \r\n\x87\n", "latin1")],
    ["bmp", Buffer.from("BM\x3a\0\0\0\0\0\0\0\x36\0\0\0", "latin1")],
    ["psd", Buffer.from("8BPS\0\x01")],
    ["raw", Buffer.from("\0\0\0\x18ftypcrx \0\0\0\x01", "latin1")],
    ["raw", Buffer.from("FUJIFILMCCD-RAW 0201")],
    ["office", Buffer.from("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "latin1")],
    ["archive", Buffer.from("Rar!\x1a\x07\0", "latin1")],
    ["html", Buffer.from("<!DOCTYPE html><html><body>Masuk dahulu</body></html>")],
    ["html", Buffer.from("<!-- hotspot -->\r\n<html><body>Masuk dahulu</body></html>")],
    ["html", Buffer.from('<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0"><html>')],
    ["svg", Buffer.from('<?xml version="1.0"?>\n<!-- gambar -->\n<svg/>')],
    ["raw", Buffer.from("II\x1a\0\0\0HEAPCCDR", "latin1")],
    ["archive", Buffer.from(`a.jpg${"\0".repeat(252)}ustar\0`)],
    ["ico", Buffer.from("\0\0\x01\0\x01\0\x10\x10", "latin1")],
    // Targa.
    ["unknown", Buffer.from("\0\0\x02\0\0\0\0\0\0\0\0\0\x10\0\x10\0\x18\0", "latin1")],
    ["video", Buffer.from("\0\0\0\x14ftypqt  ", "latin1")],
    ["video", Buffer.from("\0\0\0\x08wide\0\0\0\0mdat", "latin1")],
    ["video", Buffer.from(`G${"\0".repeat(187)}G`)],
    ["audio", Buffer.from("\0\0\0\x20ftypM4A ", "latin1")],
  ])("a file whose content is %s, by that name", async (found, content) => {
    const source = path.join(await photoFolder(), "foto.jpg");
    await writeFile(source, content);
    await expect(render(source)).rejects.toMatchObject({ code: "photo-not-supported", params: { found } });
  });

  it("a kind that a decoder knows and does not decode, as that and not as damaged", async () => {
    const folder = await photoFolder();
    const jpeg = await readFile(await writePhoto(folder, "a.jpg"));
    // The precision stands behind marker and length of the frame header.
    jpeg[jpeg.indexOf(Buffer.from([0xff, 0xc0])) + 4] = 12;
    for (const [name, content, found] of [
      ["12.jpg", jpeg, "jpeg-12bit"],
      ["planar.tif", planarTiff(), "tiff-planar"],
    ] as const) {
      const source = path.join(folder, name);
      await writeFile(source, content);
      await expect(render(source), name).rejects.toMatchObject({
        code: "photo-not-supported",
        exit: 1,
        params: { path: source, found },
      });
    }
  });

  it.skipIf(!hasShared)("HEIC where its decoder is not installed, and says so", async () => {
    const without = createSharpEngine({ heic: { module: "libheif-js-that-is-not-there" } });
    const source = path.join(sharedFolder, "photos", "tricky", "small.heic");
    await expect(without.verify(source)).rejects.toMatchObject({ code: "photo-heic-decoder-missing" });
    expect(await without.inspect(source)).toMatchObject({ format: "heic", width: 1440, height: 960 });
  });

  it("a HEIC whose pixels are cut off", async () => {
    const source = path.join(await photoFolder(), "a.heic");
    await writeFile(source, Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1"));
    await expect(engine.inspect(source)).rejects.toMatchObject({ code: "photo-damaged" });
    if (!hasShared) return;
    const whole = await readFile(path.join(sharedFolder, "photos", "tricky", "small.heic"));
    await writeFile(source, whole.subarray(0, whole.length * 0.8));
    await expect(engine.verify(source)).rejects.toMatchObject({ code: "photo-damaged" });
  });

  it("a photo that lacks its end, and no file is made of it", async () => {
    const folder = await photoFolder();
    const whole = await readFile(await writePhoto(folder, "whole.jpg"));
    const source = path.join(folder, "cut.jpg");
    await writeFile(source, whole.subarray(0, whole.length * 0.7));
    await expect(engine.verify(source)).rejects.toMatchObject({ code: "photo-damaged" });
    await expect(render(source)).rejects.toMatchObject({ code: "photo-damaged", params: { path: source } });
    expect(await readdir(folder)).toEqual(["cut.jpg", "whole.jpg"]);
  });

  it("a tall photo that lacks its last rows", async () => {
    const folder = await photoFolder();
    const whole = await readFile(await writePhoto(folder, "tall.jpg", { width: 100, height: 4000 }));
    const source = path.join(folder, "cut.jpg");
    await writeFile(source, whole.subarray(0, whole.length * 0.95));
    await expect(engine.verify(source)).rejects.toMatchObject({ code: "photo-damaged" });
  });

  // Heights that a JPEG's blocks of 8 and 16 rows divide, those that they do not, and one of a few rows.
  it.each([640, 648, 641, 655, 16, 5])("a JPEG of %i rows that lacks its last bytes", async (height) => {
    const folder = await photoFolder();
    const noise = { type: "gaussian", mean: 128, sigma: 40 } as const;
    const grain = sharp({ create: { width: 333, height, channels: 3, background: "#000", noise } });
    for (const options of [{}, { chromaSubsampling: "4:4:4" }, { progressive: true }]) {
      const whole = await grain.clone().jpeg(options).toBuffer();
      const source = path.join(folder, "a.jpg");
      for (const missing of [0, 3, 20, 100]) {
        await writeFile(source, whole.subarray(0, whole.length - missing));
        const verdict = await engine.verify(source).then(
          () => "whole",
          (error) => error.code,
        );
        expect([options, missing, verdict]).toEqual([options, missing, missing ? "photo-damaged" : "whole"]);
      }
    }
  });

  it("noise behind a JPEG's first bytes", async () => {
    const source = path.join(await photoFolder(), "a.jpg");
    await writeFile(source, Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), randomBytes(5000)]));
    await expect(engine.inspect(source)).rejects.toMatchObject({ code: "photo-damaged" });
  });

  it("what is not there", async () => {
    const source = path.join(await photoFolder(), "a.jpg");
    await expect(engine.inspect(source)).rejects.toMatchObject({ code: "file-not-found", exit: 2 });
  });

  it("a folder that cannot be written, naming it", async () => {
    const folder = await photoFolder();
    const source = await writePhoto(folder, "a.jpg");
    const target = { preset: web, path: path.join(source, "web.jpg") };
    await expect(engine.render(source, [target], {})).rejects.toMatchObject({ code: "photo-not-written" });
  });
});

it("tells a photo's format and upright size from its header", async () => {
  const source = await writePhoto(await photoFolder(), "a.png", { width: 300, height: 200, orientation: 6 });
  const { length } = await readFile(source);
  const facts = { format: "jpeg", width: 300, height: 200, bytes: length, notes: [] };
  expect(await engine.inspect(source)).toEqual(facts);
  expect(await engine.verify(source)).toEqual(facts);
});

/** A TIFF of 16 x 16 pixels in one tile a colour. */
function planarTiff(): Buffer {
  const fields: [tag: number, type: number, count: number, value: number][] = [
    [256, 3, 1, 16],
    [257, 3, 1, 16],
    [258, 3, 3, 160],
    [259, 3, 1, 1],
    [262, 3, 1, 2],
    [277, 3, 1, 3],
    [284, 3, 1, 2],
    [322, 3, 1, 16],
    [323, 3, 1, 16],
    [324, 4, 3, 168],
    [325, 4, 3, 180],
  ];
  const tiff = Buffer.alloc(192 + 3 * 256);
  tiff.write("II*\0\x08", "latin1");
  tiff.writeUInt16LE(fields.length, 8);
  for (const [i, [tag, type, count, value]] of fields.entries()) {
    tiff.writeUInt16LE(tag, 10 + i * 12);
    tiff.writeUInt16LE(type, 12 + i * 12);
    tiff.writeUInt32LE(count, 14 + i * 12);
    tiff.writeUInt32LE(value, 18 + i * 12);
  }
  for (const i of [0, 1, 2]) {
    tiff.writeUInt16LE(8, 160 + i * 2);
    tiff.writeUInt32LE(192 + i * 256, 168 + i * 4);
    tiff.writeUInt32LE(256, 180 + i * 4);
  }
  return tiff;
}
