import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { samplePhoto } from "../../../scripts/sample-photo.mjs";
import { privateFacts } from "../../../src/photo/metadata/private/facts.js";
import { createFindings } from "../../../src/photo/metadata/private/findings.js";
import {
  addCategories,
  addKeyword,
  addUserFolders,
  positionIn,
} from "../../../src/photo/metadata/private/free-text.js";
import { addXmp } from "../../../src/photo/metadata/private/text-facts.js";
import { insertSegments } from "../../../src/photo/metadata/text.js";

const place = { latitude: -6.2625, longitude: 107.0903 };

describe("coordinates in a text", () => {
  it.each([
    "-6.2625, 107.0903",
    "Lokasi: -6.2625,107.0903 rumah Siti",
    "6.2625 S, 107.0903 E",
    "6°15'45\"S 107°5'25.08\"E",
    "S 6° 15.75' E 107° 5.418'",
    "lat=-6.2625 lon=107.0903",
    '{"lat":-6.2625,"lng":107.0903}',
    "https://maps.google.com/?q=-6.2625,107.0903",
    "https://www.google.com/maps/@-6.2625,107.0903,17z",
    "6,2625 LS 107,0903 BT",
    "6° 15' 45\" LS, 107° 5' 25.08\" BT",
    "-6,2625; 107,0903",
    "lintang -6.2625 bujur 107.0903",
    "107.0903, -6.2625",
  ])("%s", (text) => {
    expect(positionIn(text)).toEqual(place);
  });

  it.each([
    "versi 1.234 pada 12.05.2026, 3 orang, 1.000 rupiah",
    "1.000, 2.000 rupiah",
    "10.000 orang, 25.000 rupiah",
    "0812 3456 7890",
    "f/2.8, 1/125, 50 mm",
    "2026-08-17 07:30:00",
    "CREATOR: gd-jpeg v1.0 (using IJG JPEG v62), quality = 90",
  ])("none is in %j", (text) => {
    expect(positionIn(text)).toBeUndefined();
  });
});

describe("a path", () => {
  it.each([
    ["C:\\Users\\Siti Aminah\\Pictures\\a.psd", "Siti Aminah"],
    ["C:\\Documents and Settings\\Siti\\a.psd", "Siti"],
    ["/home/siti/a.xcf", "siti"],
    ["/Users/siti", "siti"],
    ["file:///C:/Users/Siti%20Aminah/x.jpg", "Siti Aminah"],
    ["from 'C:\\Users\\Siti\\a.jpg'; saved", "Siti"],
  ])("%s names whose computer it is", (text, owner) => {
    const findings = createFindings();
    addUserFolders(findings, text);
    expect(findings.owners.all()).toEqual([owner]);
  });

  it.each([
    "https://contoh.id/home/berita",
    "C:\\Users\\Public\\a.jpg",
    "/var/home",
    "DCIM\\100MEDIA\\A.JPG",
  ])("%s names nobody", (text) => {
    const findings = createFindings();
    addUserFolders(findings, text);
    expect(findings.owners.all()).toEqual([]);
  });

  it("is found wherever it stands in an XMP packet", () => {
    const findings = createFindings();
    addXmp(findings, [{ path: ["DerivedFrom", "filePath"], language: null, text: "/home/siti/a.xcf" }]);
    addXmp(findings, [{ path: ["DocumentAncestors"], language: null, text: "C:\\Users\\Budi\\b.psd" }]);
    addXmp(findings, [{ path: ["History", "parameters"], language: null, text: "from /Users/ani/c.tif" }]);
    expect(findings.owners.all()).toEqual(["siti", "Budi", "ani"]);
  });
});

describe("keywords", () => {
  it.each([
    ["orang/Siti Aminah"],
    ["People|Siti Aminah"],
    ["Foto|Orang|Keluarga|Siti Aminah"],
    ["person:Siti Aminah"],
  ])("%s names a person", (keyword) => {
    const findings = createFindings();
    addKeyword(findings, keyword);
    // Lightroom writes the steps of the tree once more, each by itself.
    for (const step of keyword.split(/[/|:]/).slice(-1)) addKeyword(findings, step);
    expect(findings.persons.all()).toEqual(["Siti Aminah"]);
    expect(findings.hasUntoldComment()).toBe(false);
  });

  it("of no tree may name anybody, and are said to be there", () => {
    const findings = createFindings();
    addKeyword(findings, "Siti Aminah");
    expect(findings.persons.all()).toEqual([]);
    expect(findings.hasUntoldComment()).toBe(true);
  });

  it("that the caption says among other words is told", () => {
    const findings = createFindings();
    findings.told.add("Camat membuka Musrenbang, Aula Wanasari");
    addKeyword(findings, "musrenbang");
    addKeyword(findings, "aula wanasari");
    expect(findings.hasUntoldComment()).toBe(false);
    addKeyword(findings, "Ana");
    expect(findings.hasUntoldComment()).toBe(true);
  });

  it("of ACDSee are those of the picture", () => {
    const findings = createFindings();
    addCategories(
      findings,
      '<Categories><Category Assigned="0">People<Category Assigned="1">Siti Aminah</Category><Category Assigned="0">Budi</Category></Category></Categories>',
    );
    expect(findings.persons.all()).toEqual(["Siti Aminah"]);
  });
});

describe("a comment", () => {
  const plain = async () => sharp(await samplePhoto({ width: 30, height: 20 }));
  const inJpeg = async (text: string) => {
    const words = Buffer.from(text);
    const length = words.length + 2;
    const segment = Buffer.concat([Buffer.from([0xff, 0xfe, length >> 8, length & 255]), words]);
    return privateFacts(insertSegments(await (await plain()).jpeg().toBuffer(), segment), "jpeg");
  };
  const inGif = async (text: string, introducer = [0x21, 0xfe]) => {
    const gif = await (await plain()).gif().toBuffer();
    // Before the byte that ends the file.
    const block = [Buffer.from([...introducer, text.length]), Buffer.from(text), Buffer.from([0])];
    return privateFacts(Buffer.concat([gif.subarray(0, -1), ...block, gif.subarray(-1)]), "gif");
  };
  const inPng = async (keyword: string, text: string) => {
    const png = await (await plain()).png().toBuffer();
    const data = Buffer.from(`${keyword}\0${text}`, "latin1");
    const head = Buffer.alloc(8);
    head.writeUInt32BE(data.length);
    head.write("tEXt", 4, "latin1");
    return privateFacts(
      Buffer.concat([png.subarray(0, 33), head, data, Buffer.alloc(4), png.subarray(33)]),
      "png",
    );
  };

  it.each([
    ["of a JPEG", inJpeg],
    ["of a GIF", (text: string) => inGif(text)],
    ["of a PNG", (text: string) => inPng("Comment", text)],
    ["of a PNG by a keyword nobody knows", (text: string) => inPng("Catatan", text)],
  ])("%s is read, and said to be there", async (_, facts) => {
    expect(await facts("Difoto Siti Aminah")).toMatchObject({ gps: null, owner: null, unread: ["text"] });
    expect(await facts("-6.2625, 107.0903")).toMatchObject({ gps: place, unread: ["text"] });
    expect(await facts("C:\\Users\\Siti\\a.psd")).toMatchObject({ owner: "Siti", unread: ["text"] });
    expect(await facts("Created with GIMP")).toMatchObject({ owner: null, unread: [] });
  });

  it.each([
    "CREATOR: gd-jpeg v1.0 (using IJG JPEG v62), default quality\n",
    "CREATOR: gd-jpeg v1.0 (using IJG JPEG v80), quality = 90\n",
    "LEAD Technologies Inc. V1.01\0",
    "File written by Adobe Photoshop\u00a8 5.0",
    "Lavc58.134.100\0",
    "Intel(R) JPEG Library, version [1.51.12.44]\0",
    "\0\0\0",
    "",
  ])("of an encoder, %j, says nothing", async (text) => {
    expect((await inJpeg(text)).unread).toEqual([]);
  });

  it.each([
    "Created with GIMP oleh Siti Aminah",
    "CREATOR: gd-jpeg v1.0 (using IJG JPEG v62), quality = 90 Siti",
    "Scanned by Siti",
  ])("that only begins like an encoder's, %j, may say anything", async (text) => {
    expect((await inJpeg(text)).unread).toEqual(["text"]);
  });

  it("of a program in a GIF is known by the program's name only", async () => {
    expect((await inGif("NETSCAPE2.0", [0x21, 0xff])).unread).toEqual([]);
    expect((await inGif("CONTOHAPP01", [0x21, 0xff])).unread).toEqual(["segment"]);
  });

  it("of Photoshop's settings for the web stands behind the quality", async () => {
    const ducky = async (rest: string) => {
      const bytes = Buffer.from(`Ducky\0\x01\0\x04\0\0\0\x3c\0${rest}`, "latin1");
      const segment = Buffer.concat([Buffer.from([0xff, 0xec, 0, bytes.length + 2]), bytes]);
      return privateFacts(insertSegments(await (await plain()).jpeg().toBuffer(), segment), "jpeg").unread;
    };
    expect(await ducky("\0")).toEqual([]);
    expect(await ducky("\x02\0\x0c\0\0\0\x04\0S\0i\0t\0i\0\0")).toEqual(["text"]);
  });
});

it("hostile runs of blanks, commas and digits are read in one pass", () => {
  const findings = createFindings();
  for (const text of [
    `lat${" ".repeat(2_000_000)}x`,
    "lat ".repeat(500_000),
    `1.2345${",".repeat(2_000_000)}x 2.3456`,
    "/home/".repeat(300_000),
    `/home/${" ".repeat(2_000_000)}`,
    "1".repeat(2_000_000),
    "1.2345 ".repeat(300_000),
    "<Category>".repeat(200_000),
  ]) {
    expect(positionIn(text)?.latitude ?? null).toBe(text.startsWith("1.2345 ") ? 1.2345 : null);
    addUserFolders(findings, text);
    addCategories(findings, text);
  }
  expect(findings.persons.all()).toEqual([]);
});
