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

  const withIptc = async (caption: Buffer, charset = Buffer.alloc(0)) => {
    const dataSet = (record: number, number: number, bytes: Buffer) =>
      Buffer.concat([Buffer.from([0x1c, record, number, bytes.length >> 8, bytes.length & 255]), bytes]);
    const iim = Buffer.concat([
      ...(charset.length > 0 ? [dataSet(1, 90, charset)] : []),
      dataSet(2, 120, caption),
    ]);
    const size = Buffer.alloc(4);
    size.writeUInt32BE(iim.length);
    const resource = Buffer.concat([Buffer.from("8BIM\x04\x04\0\0", "latin1"), size, iim]);
    const body = Buffer.concat([Buffer.from("Photoshop 3.0\0"), resource]);
    const length = body.length + 2;
    return insertSegments(
      await photo(),
      Buffer.concat([Buffer.from([0xff, 0xed, length >> 8, length & 255]), body]),
    );
  };
  const unreadOf = async (content: Buffer) => {
    const file = path.join(await photoFolder(), "IMG_1.jpg");
    await writeFile(file, content);
    let unread = 0;
    const captions = await embeddedCaptions(file, () => unread++);
    return { caption: captions.caption, unread };
  };
  const utf8 = Buffer.from("\x1b%G", "latin1");

  it.each([
    ["in UTF-8 that says so", Buffer.from("Warga salat Jum’at di “Al-Ikhlas”"), utf8],
    ["in UTF-8 that does not", Buffer.from("Warga salat Jum’at di “Al-Ikhlas”"), undefined],
    ["in Windows-1252", Buffer.from("Warga salat Jum\x92at di \x93Al-Ikhlas\x94", "latin1"), undefined],
  ])("of IPTC is read %s", async (_, caption, charset) => {
    expect(await unreadOf(await withIptc(caption, charset))).toEqual({
      caption: "Warga salat Jum’at di “Al-Ikhlas”",
      unread: 0,
    });
  });

  it.each([
    ["an apostrophe", "Warga salat Jum\xd5at"],
    ["quotation marks", "Posyandu \xd2MAWAR\xd3 dibuka"],
    ["a dash", "Camat Cibitung \xd0 Bekasi"],
    ["a letter", "Rapat di Caf\x8e Kita"],
    ["a letter that Windows-1252 has not", "Cr\x8fme dan kopi"],
  ])("of IPTC in Mac OS Roman with %s is left out, and told", async (_, caption) => {
    expect(await unreadOf(await withIptc(Buffer.from(caption, "latin1")))).toEqual({
      caption: undefined,
      unread: 1,
    });
  });

  it.each(["Café Élysée di Cikarang", "PERINGATAN HARI ANAK – RT 02", "Ñandú dan Ó, dua nama"])(
    "of IPTC keeps %j",
    async (caption) => {
      expect(await unreadOf(await withIptc(Buffer.from(caption)))).toEqual({ caption, unread: 0 });
    },
  );

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
