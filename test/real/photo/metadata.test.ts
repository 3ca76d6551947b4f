import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KominfoError } from "../../../src/errors/errors.js";
import { createSharpEngine } from "../../../src/photo/engine/sharp-engine.js";
import { findPresets } from "../../../src/photo/renditions/presets.js";
import type { PhotoText } from "../../../src/photo/types.js";
import { meanDeltaE } from "../../support/colour-difference.js";
import { hasShared, sharedFolder } from "../../support/shared.js";
import { needDebian } from "../apt.js";

const engine = createSharpEngine();
const presets = findPresets("web,instagram");
const text: PhotoText = {
  caption: "Camat “Bu Aminah” & warga menanam padi – Café Rindu, Cikarang \u{1f33e}",
  alt: "Perempuan berkebaya — tersenyum; \u{1f600} di sawah",
  credit: "Foto: Kecamatan Cibitung / André",
  copyright: "© 2026 Pemerintah Kabupaten Bekasi",
};

/** Windows writes and reads UTF-16 in these; exiftool 12 takes an emoji's two halves for six unknown characters. */
function asExiftoolReads(written = ""): string {
  return written.replace(/[\u{10000}-\u{10ffff}]/gu, "??????");
}

/** All that exiftool knows to say of a file, by group and name. */
function exiftool(file: string): Record<string, string | number> {
  const said = execFileSync("exiftool", ["-json", "-G1", "-a", "-u", "-U", "-n", "-charset", "utf8", file], {
    encoding: "utf8",
    maxBuffer: 1e8,
  });
  return JSON.parse(said)[0];
}

describe.skipIf(!hasShared)("the renditions of every shared photo, as Debian's exiftool reads them", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "kominfo-metadata-"));
  const made: string[] = [];
  beforeAll(async () => {
    needDebian("exiftool", "libimage-exiftool-perl");
    for (const kind of ["event", "tricky"]) {
      const from = path.join(sharedFolder, "photos", kind);
      for (const name of readdirSync(from).filter((one) => !/^[A-Z]+\.(txt|tsv)$/.test(one))) {
        const targets = presets.map((preset) => ({
          preset,
          path: path.join(folder, `${name}.${preset.name}.jpg`),
        }));
        const renditions = await engine.render(path.join(from, name), targets, { text }).catch((error) => {
          if (error instanceof KominfoError) return [];
          throw error;
        });
        made.push(...renditions.map((one) => one.path));
      }
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("carry what we wrote, letter for letter, and nothing else", () => {
    expect(made.length).toBeGreaterThan(110);
    for (const file of made) {
      const tags = exiftool(file);
      const said = Object.fromEntries(
        Object.entries(tags).filter(
          ([name]) => !/^(SourceFile|System:|ExifTool:|File:|Composite:)/.test(name),
        ),
      );
      expect(said).toEqual({
        "IFD0:ImageDescription": 'Camat "Bu Aminah" & warga menanam padi - Cafe Rindu, Cikarang',
        "IFD0:Artist": "Foto: Kecamatan Cibitung / Andre",
        "IFD0:Copyright": "(c) 2026 Pemerintah Kabupaten Bekasi",
        "IFD0:XPTitle": asExiftoolReads(text.caption),
        "IFD0:XPComment": asExiftoolReads(text.alt),
        "IFD0:XPAuthor": text.credit,
        "XMP-dc:Description": text.caption,
        "XMP-dc:Creator": text.credit,
        "XMP-dc:Rights": text.copyright,
        "XMP-photoshop:Credit": text.credit,
        "XMP-iptcCore:AltTextAccessibility": text.alt,
      });
      expect(
        Object.keys(tags).filter((name) => /GPS|Serial|Owner|Maker|Thumbnail|Preview|Trailer/i.test(name)),
      ).toEqual([]);
      expect(tags["ExifTool:Warning"]).toBeUndefined();
    }
  });

  it("carry date and place where someone asks for them", async () => {
    const source = path.join(sharedFolder, "photos", "tricky", "gps.jpg");
    const target = path.join(folder, "asked.jpg");
    const asked = { ...text, date: "2026-11-22", place: "Aula Kecamatan Cibitung" };
    await engine.render(source, [{ preset: presets[0]!, path: target }], { text: asked });
    expect(exiftool(target)).toMatchObject({
      "XMP-photoshop:DateCreated": "2026:11:22",
      "XMP-iptcCore:Location": "Aula Kecamatan Cibitung",
    });
  });
});

describe.skipIf(!hasShared)("the colours of HEIC", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "kominfo-heic-"));
  beforeAll(() => needDebian("heif-convert", "libheif-examples"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    "tricky/iphone-8mp.heic",
    "tricky/small.heic",
    "tricky/heic-exif-at-eof.heic",
    "event/IMG_2001.heic",
    "event/IMG_2002.heic",
  ])("are those that Debian's libheif and LittleCMS see: %s", async (name) => {
    const source = path.join(sharedFolder, "photos", name);
    const at = (file: string) => path.join(folder, `${path.basename(name)}.${file}`);
    const [rendition] = await engine.render(source, [{ preset: presets[0]!, path: at("web.jpg") }], {});
    execFileSync("heif-convert", ["-q", "100", source, at("whole.png")], { stdio: "ignore" });
    const { width, height } = rendition!;
    // heif-convert turns the picture and says in the PNG that it has to be turned.
    const reference = (ignoreIcc: boolean) =>
      sharp(whole, { ignoreIcc }).resize({ width, height, fit: "fill" }).jpeg({ quality: 80 }).toBuffer();
    const [whole, ours] = await Promise.all([readFile(at("whole.png")), readFile(at("web.jpg"))]);
    const difference = await meanDeltaE(ours, await reference(false));
    expect(difference).toBeLessThan(1.5);
    if (name.endsWith("small.heic")) return; // which has no profile
    const unconverted = await meanDeltaE(await reference(true), await reference(false));
    expect(difference, "a profile that was lost would be seen").toBeLessThan(unconverted / 2);
  });
});
