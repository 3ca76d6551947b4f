import { writeFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { samplePhoto } from "../../../scripts/sample-photo.mjs";
import { isCameraWord, isTypedByPerson } from "../../../src/photo/metadata/camera-words.js";
import { embeddedCaptions } from "../../../src/photo/metadata/embedded-captions.js";
import { exifBlock } from "../../../src/photo/metadata/exif.js";
import { insertSegments } from "../../../src/photo/metadata/text.js";
import { photoFolder } from "../../support/photos.js";

describe("a description in EXIF", () => {
  it.each([
    "OLYMPUS DIGITAL CAMERA",
    "SONY DSC",
    "DCIM\\100MEDIA\\DJI_0001.JPG",
    "MINOLTA DIGITAL CAMERA",
    "KONICA MINOLTA DIGITAL CAMERA",
    "<Digimax i6 PMP, Samsung #11 PMP>",
    "<KENOX S630  / Samsung S630>",
    "dav",
    "hdr",
    "sdr",
    "cof",
    "_cuva",
    "oznor",
    "xyzzy",
    "SAMSUNG CAMERA PICTURES",
    "Samsung Galaxy A52",
    "Screenshot",
    "Created with GIMP",
    "Processed with VSCO with a6 preset",
    "Edited with Snapseed",
    "Shot on Xiaomi 12T",
    "CREATOR: gd-jpeg v1.0 (using IJG JPEG v62), quality = 85",
    "Intel(R) JPEG Library, version [1.51.12.44]",
    "KODAK Digital Still Camera",
    "Hewlett-Packard PhotoSmart",
    "My beautiful picture",
    "untitled image",
    "binary comment",
    "Dibuat dengan PicsArt",
    "Picture taken by Xiaomi",
    "Meitu, XiuXiu",
    "BeautyPlus photo effect",
    "Exif_JPEG_PICTURE",
    "Digital Camera",
    "CameraID=52.FrameCount=30.lutFilename=.configID=.profileName=MaxQ.Version=AGC9.2 V6.0",
    "filter: 0; fileterIntensity: 0.0; filterMask: 0; module: h; touch: (-1.0, -1.0); sceneMode: 0;",
    "?????????????????????????????",
    "Camat membuka ??????????? acara",
    "ASCII\0\0\0",
    "KENOX DIGITAL CAMERA",
    "AI TRIPLE CAMERA",
    "REDMI NOTE 9 AI QUAD CAMERA",
    "Powered by Leica",
    "Captured with Halide",
    "Processed with MOLDIV",
    "Beauty mode",
    "Mode malam",
    "cof hdr",
    "Foto diambil dengan Vivo",
    "Foto dari Samsung",
    "WhatsApp Image 2026-11-22 at 09.30.00",
    "Tangkapan Layar 2026",
    "Microsoft Office Picture Manager",
    "Paint.NET v3.5",
    "HP Scanjet",
    "Sin título",
    "untitled photo",
    "No description",
    "type: Normal",
    "Copyright (C) Canon",
    "© Humas Kecamatan",
    "Click to add caption",
    "Type your text here",
    "Tulis keterangan di sini",
    "IMG 0001",
    "2026 11 22",
    "- - -",
    "...",
    "",
  ])("%j is no caption", (text) => {
    expect(isTypedByPerson(text, "IMG_0001.jpg")).toBe(false);
  });

  it.each([
    "Camat membuka Musrenbang",
    "Musrenbang 2026",
    "Rapat koordinasi",
    "Upacara HUT ke-81 RI: Camat, Sekcam, dan para kader",
    "Camat menerima kamera digital dari Canon Indonesia",
    "Kenapa banjir lagi???",
    "Kiri: Andi; tengah: Budi; kanan: Citra; semua dari Wanasari",
    "Lomba foto Samsung di aula kecamatan",
    "Jalan rusak di Kp. 3/4, RT 02/05",
    "Kerja bakti",
    "Foto bersama",
    "HUT RI",
    "RT 05/RW 02",
    "Dengan Bupati di aula",
    "Tulis nama anak di buku KIA",
    "Mode busana muslim",
    "Beauty class PKK",
    "Scan KTP di loket",
  ])("%j is one", (text) => {
    expect(isTypedByPerson(text, "IMG_0001.jpg")).toBe(true);
  });

  it("that is the file's own name is none, wherever it stands", () => {
    expect(isCameraWord("Rapat Koordinasi 3", "rapat koordinasi 3.JPG")).toBe(true);
    expect(isCameraWord("Rapat Koordinasi 3.jpg", "IMG_1.jpg")).toBe(true);
    expect(isCameraWord("Rapat Koordinasi 3", "IMG_1.jpg")).toBe(false);
  });
});

describe("the caption of a file", () => {
  const photo = () => samplePhoto({ width: 30, height: 20 });
  const captionsOf = async (content: Buffer) => {
    const file = path.join(await photoFolder(), "IMG_1.jpg");
    await writeFile(file, content);
    return embeddedCaptions(file);
  };
  const described = async (text: string) =>
    sharp(await photo())
      .withExif({ IFD0: { ImageDescription: text } })
      .toBuffer();
  const alternatives = (texts: Readonly<Record<string, string>>) =>
    `<rdf:Alt>${Object.entries(texts)
      .map(([language, text]) => `<rdf:li xml:lang="${language}">${text}</rdf:li>`)
      .join("")}</rdf:Alt>`;
  const withXmp = async (properties: string, jpeg?: Buffer) =>
    sharp(jpeg ?? (await photo()))
      .keepExif()
      .withXmp(
        `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:core="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/">${properties}</rdf:Description></rdf:RDF></x:xmpmeta>`,
      )
      .toBuffer();

  it("of EXIF counts when a person wrote it", async () => {
    expect(await captionsOf(await described("Camat membuka Musrenbang"))).toEqual({
      caption: "Camat membuka Musrenbang",
    });
    expect(await captionsOf(await described("cof"))).toEqual({});
  });

  it("of one word counts where XMP says it too", async () => {
    const both = await withXmp(
      `<dc:description>${alternatives({ "x-default": "Musrenbang" })}</dc:description>`,
      await described("Musrenbang"),
    );
    expect(await captionsOf(both)).toEqual({ caption: "Musrenbang" });
    expect(await captionsOf(await described("Musrenbang"))).toEqual({});
  });

  it("that a person typed in Windows wins over what the camera says", async () => {
    const block = Buffer.concat([
      Buffer.from("Exif\0\0", "latin1"),
      exifBlock({ caption: "Camat membuka “Musrenbang”" })!,
    ]);
    const head = Buffer.from([0xff, 0xe1, (block.length + 2) >> 8, (block.length + 2) & 255]);
    const plain = await sharp(await photo()).toBuffer();
    expect(await captionsOf(insertSegments(plain, Buffer.concat([head, block])))).toEqual({
      caption: "Camat membuka “Musrenbang”",
    });
  });

  it.each([
    [{ "x-default": "Camat membuka acara", en: "The camat opens the event" }, "Camat membuka acara"],
    [{ "x-default": "The camat opens the event", "id-ID": "Camat membuka acara" }, "Camat membuka acara"],
    [{ en: "The camat opens the event", id: "Camat membuka acara" }, "Camat membuka acara"],
    [{ en: "The camat opens", jv: "Camat mbukak" }, "The camat opens"],
  ])("in several languages %j is %j", async (texts, text) => {
    const properties = `<dc:description>${alternatives(texts)}</dc:description><core:AltTextAccessibility>${alternatives(texts)}</core:AltTextAccessibility>`;
    expect(await captionsOf(await withXmp(properties))).toEqual({ caption: text, alt: text });
  });

  it.each([
    ["Camat membuka \x93Musrenbang\x94 \x96 Caf\xe9", "Camat membuka “Musrenbang” – Café"],
    ["Camat di CafÃ© â€œMawarâ€\x9d", "Camat di Café “Mawar”"],
    ["Camat di Café “Mawar”", "Camat di Café “Mawar”"],
    ["Suhu 30 Â°C, Ã la carte, dan Å¾", "Suhu 30 Â°C, Ã la carte, dan Å¾"],
  ])("with its letters put right: %j", async (written, read) => {
    const properties = `<dc:description>${alternatives({ "x-default": written })}</dc:description>`;
    expect(await captionsOf(await withXmp(properties))).toEqual({ caption: read });
  });

  it("is found behind megabytes of other metadata", async () => {
    const jpeg = await withXmp(
      `<dc:description>${alternatives({ "x-default": "Jauh di belakang" })}</dc:description>`,
    );
    const filler = Buffer.alloc(60_000);
    const segment = Buffer.concat([Buffer.from([0xff, 0xec, (60_002 >> 8) & 255, 60_002 & 255]), filler]);
    expect(await captionsOf(insertSegments(jpeg, Buffer.concat(Array(20).fill(segment))))).toEqual({
      caption: "Jauh di belakang",
    });
  });
});
