import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { samplePhoto } from "../../../scripts/sample-photo.mjs";
import { KominfoError } from "../../../src/errors/errors.js";
import { createSharpEngine } from "../../../src/photo/engine/sharp-engine.js";
import { hasPrivateMetadata, hasUnreadParts, inspectPhoto } from "../../../src/photo/metadata/inspect.js";
import { findPreset } from "../../../src/photo/renditions/presets.js";
import { ascii, directory, text as textOf, withMakerNote } from "../../support/exif-bytes.js";
import { hasShared, sharedFolder } from "../../support/shared.js";
import { needDebian } from "../apt.js";

const engine = createSharpEngine();
type Tags = Readonly<Record<string, unknown>>;
type Kind = "gps" | "place" | "owner" | "serial_numbers" | "persons";

/** What exiftool calls the private values; Composite, File, ICC and ExifTool are its own words or those of a profile. */
const kinds: readonly (readonly [Kind, RegExp])[] = [
  ["gps", /GPS(Dest)?(Latitude|Longt?itude)$/i],
  ["serial_numbers", /serial/i],
  ["persons", /Person(InImage|DisplayName|Name)|RegionName|RegionPersonDisplayName/],
  [
    "place",
    /^(City|Sub-?location|Province-?State|State|Country(Name|-PrimaryLocationName)?)$|Location(Shown|Created).*(City|Name|State|Sublocation)/,
  ],
  ["owner", /^(Owner(Name)?|CameraOwnerName|OwnerID|Artist|Creator|Author|By-line|XPAuthor|Photographer)$/],
];
const ownWords = /^(SourceFile|ExifTool|System|File|Composite|ICC)/;

/** All that exiftool says of these files, by one process. */
function exiftool(files: readonly string[]): Tags[] {
  const list = path.join(mkdtempSync(path.join(tmpdir(), "kominfo-exiftool-")), "list");
  writeFileSync(list, files.join("\n"));
  const words = ["-json", "-G1", "-a", "-u", "-ee", "-n", "-charset", "utf8", "-@", list];
  try {
    return JSON.parse(execFileSync("exiftool", words, { encoding: "utf8", maxBuffer: 1e8, stdio: "pipe" }));
  } catch (error) {
    // Status 1: one of the files is no picture; what it says of the others is there.
    const said = (error as { stdout?: string }).stdout ?? "";
    if (!said.startsWith("[")) throw error;
    return JSON.parse(said);
  } finally {
    rmSync(path.dirname(list), { recursive: true });
  }
}

interface Seen {
  kind: Kind;
  /** `Canon:OwnerName` */
  name: string;
  text: string;
}

/** The private values that exiftool sees. */
function seenBy(tags: Tags): Seen[] {
  return Object.entries(tags).flatMap(([qualified, value]) => {
    const [group = "", name = qualified] = qualified.split(":");
    const kind = kinds.find(([, pattern]) => pattern.test(name))?.[0];
    // pdf:Creator is a program, and a format of a number is no number.
    if (!kind || ownWords.test(qualified) || /^XMP-pdf:Creator$|:SerialNumberFormat$/.test(qualified))
      return [];
    const texts = [value].flat(2).map((one) => String(one).trim().slice(0, 300));
    // Empty, blank and zero values are what cameras write where they have none.
    const isSomething = (text: string) => /[1-9a-z]/i.test(text) && !/^[0\s.]*$/.test(text);
    return texts.filter(isSomething).map((text) => ({ kind, name: `${group}:${name}`, text }));
  });
}

/** What exiftool sees in a photo that `photo inspect` neither tells nor says it cannot read. */
async function silences(tags: Tags): Promise<string[]> {
  const file = String(tags.SourceFile);
  const photo = await inspectPhoto(engine, file).catch((error) => {
    // A file that is refused is told as refused; nothing is said to leak nothing.
    if (error instanceof KominfoError) return undefined;
    throw error;
  });
  if (!photo || hasUnreadParts(photo)) return [];
  const told = photo.private;
  const plain = (text: string) => text.replace(/\s+/g, " ").toLowerCase();
  const isTold = ({ kind, text }: Seen) =>
    kind === "gps" ? told.gps !== null : plain([told[kind]].flat().join("\n")).includes(plain(text));
  return seenBy(tags)
    .filter((one) => !isTold(one))
    .map(({ name, text }) => `${path.basename(file)}: ${name}=${text}`);
}

describe.skipIf(!hasShared)("of every shared photo, beside Debian's exiftool", () => {
  beforeAll(() => needDebian("exiftool", "libimage-exiftool-perl"));

  it("nothing private is passed over in silence", async () => {
    const files = ["event", "tricky"].flatMap((kind) => {
      const folder = path.join(sharedFolder, "photos", kind);
      return readdirSync(folder)
        .filter((name) => !/\.(txt|tsv)$/.test(name))
        .map((name) => path.join(folder, name));
    });
    const found: string[] = [];
    let withPrivate = 0;
    for (const tags of exiftool(files)) {
      if (seenBy(tags).length > 0) withPrivate++;
      found.push(...(await silences(tags)));
    }
    expect(found).toEqual([]);
    expect(withPrivate, "the photos do hold what is looked for").toBeGreaterThan(30);
  });
});

describe("of photos that exiftool has written", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "kominfo-inspect-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const packet = (inner: string) =>
    `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/" ${inner}</rdf:RDF></x:xmpmeta>`;
  const position = { latitude: -6.2625, longitude: 107.0903 };
  /** A name, the words for exiftool or a packet, and the kinds that must be told. */
  const written: readonly (readonly [
    name: string,
    words: readonly string[] | string,
    kinds: readonly Kind[],
  ])[] = [
    [
      "exif.jpg",
      ["-GPSLatitude=6.2625", "-GPSLatitudeRef=S", "-GPSLongitude=107.0903", "-GPSLongitudeRef=E"],
      ["gps"],
    ],
    ["no-ref.jpg", ["-GPSLatitude=6.2625", "-GPSLongitude=107.0903"], ["gps"]],
    [
      "destination.jpg",
      [
        "-GPSDestLatitude=6.2625",
        "-GPSDestLatitudeRef=S",
        "-GPSDestLongitude=107.0903",
        "-GPSDestLongitudeRef=E",
      ],
      ["gps"],
    ],
    [
      "exif.tif",
      [
        "-GPSLatitude=6.2625",
        "-GPSLatitudeRef=S",
        "-GPSLongitude=107.0903",
        "-GPSLongitudeRef=E",
        "-IPTC:City=Cibitung",
      ],
      ["gps", "place"],
    ],
    [
      "exif.png",
      [
        "-GPSLatitude=6.2625",
        "-GPSLatitudeRef=S",
        "-GPSLongitude=107.0903",
        "-GPSLongitudeRef=E",
        "-PNG:Author=Siti Contoh",
      ],
      ["gps", "owner"],
    ],
    [
      "packed.png",
      ["-api", "Compress=1", "-XMP:City=Cibitung", "-PNG:Author=Siti Contoh", "-z"],
      ["place", "owner"],
    ],
    [
      "exif.webp",
      [
        "-GPSLatitude=6.2625",
        "-GPSLatitudeRef=S",
        "-GPSLongitude=107.0903",
        "-GPSLongitudeRef=E",
        "-XMP:City=Cibitung",
      ],
      ["gps", "place"],
    ],
    ["xmp.gif", ["-XMP-exif:GPSLatitude=-6.2625", "-XMP-exif:GPSLongitude=107.0903"], ["gps"]],
    [
      "exif.avif",
      [
        "-GPSLatitude=6.2625",
        "-GPSLatitudeRef=S",
        "-GPSLongitude=107.0903",
        "-GPSLongitudeRef=E",
        "-XMP:City=Cibitung",
      ],
      ["gps", "place"],
    ],
    ["serials.jpg", ["-SerialNumber=SN-CONTOH-1", "-LensSerialNumber=L-CONTOH-2"], ["serial_numbers"]],
    [
      "xmp-serial.jpg",
      ["-XMP-aux:SerialNumber=SN-CONTOH-3", "-XMP-aux:OwnerName=Nama Contoh"],
      ["serial_numbers", "owner"],
    ],
    ["owner.jpg", ["-OwnerName=Nama Contoh", "-XPAuthor=Nama Lain"], ["owner"]],
    [
      "iptc.jpg",
      ["-IPTC:City=Cibitung", "-IPTC:Sub-location=Aula", "-IPTC:By-line=Budi Contoh"],
      ["place", "owner"],
    ],
    [
      "created.jpg",
      ["-XMP-iptcExt:LocationCreatedCity=Cibitung", "-XMP-iptcExt:LocationCreatedCountryName=Indonesia"],
      ["place"],
    ],
    [
      "shown.jpg",
      [
        "-XMP-iptcExt:LocationShownSublocation=Posyandu Mawar",
        "-XMP-iptcExt:LocationShownGPSLatitude=-6.2625",
        "-XMP-iptcExt:LocationShownGPSLongitude=107.0903",
      ],
      ["place", "gps"],
    ],
    ["regions.jpg", ["-RegionName=Siti Contoh", "-RegionType=Face"], ["persons"]],
    ["microsoft.jpg", ["-RegionPersonDisplayName=Budi Contoh"], ["persons"]],
    ["persons.jpg", ["-XMP-iptcExt:PersonInImage=Ani Contoh"], ["persons"]],
    [
      "extended.jpg",
      [
        `-XMP-dc:Description=${"panjang ".repeat(9000)}`,
        "-XMP-photoshop:City=Cibitung",
        "-XMP-exif:GPSLatitude=-6.2625",
        "-XMP-exif:GPSLongitude=107.0903",
      ],
      ["place", "gps"],
    ],
    ["form-signed.jpg", packet('exif:GPSLatitude="-6.2625" exif:GPSLongitude="107.0903"/>'), ["gps"]],
    ["form-minutes.jpg", packet('exif:GPSLatitude="6,15.75S" exif:GPSLongitude="107,5.418E"/>'), ["gps"]],
    [
      "form-seconds.jpg",
      packet(
        "><exif:GPSLatitude>6,15,45S</exif:GPSLatitude><exif:GPSLongitude>107,5,25E</exif:GPSLongitude></rdf:Description>",
      ),
      ["gps"],
    ],
    [
      "form-reference.jpg",
      packet(
        'exif:GPSLatitude="6.2625" exif:GPSLatitudeRef="S" exif:GPSLongitude="107.0903" exif:GPSLongitudeRef="E"/>',
      ),
      ["gps"],
    ],
  ];
  /** The same for texts in which anything may stand: what is told of them, and which parts are named as unread. */
  const freely: readonly (readonly [
    name: string,
    words: readonly string[],
    told: Partial<Record<Kind, unknown>>,
    unread: readonly string[],
  ])[] = [
    ["comment.jpg", ["-Comment=Difoto Siti Aminah"], {}, ["text"]],
    ["comment-place.jpg", ["-Comment=-6.2625, 107.0903"], { gps: position }, ["text"]],
    ["comment-path.jpg", ["-Comment=C:\\Users\\Siti\\a.psd"], { owner: "Siti" }, ["text"]],
    ["comment-encoder.jpg", ["-Comment=CREATOR: gd-jpeg v1.0 (using IJG JPEG v62), quality = 90"], {}, []],
    ["comment.png", ["-PNG:Comment=6,2625 LS 107,0903 BT"], { gps: position }, ["text"]],
    ["comment.gif", ["-Comment=lat: -6.2625 lon: 107.0903"], { gps: position }, ["text"]],
    ["comment-gimp.gif", ["-Comment=Created with GIMP"], {}, []],
    ["caption-place.jpg", ["-XMP-dc:Description=Rapat, -6.2625, 107.0903"], { gps: position }, []],
    ["user-comment.jpg", ["-UserComment=Titip Bu Siti"], {}, ["text"]],
    ["host.jpg", ["-HostComputer=PC-SITI"], {}, ["text"]],
    ["host-phone.jpg", ["-HostComputer=iPhone 12 Pro Max"], {}, []],
    ["keywords-tree.jpg", ["-IPTC:Keywords=orang/Siti Aminah"], { persons: ["Siti Aminah"] }, []],
    ["keywords.jpg", ["-IPTC:Keywords=Siti Aminah"], {}, ["text"]],
    [
      "subject.webp",
      ["-XMP-dc:Subject=People|Siti Aminah", "-XMP-dc:Subject=Siti Aminah"],
      { persons: ["Siti Aminah"] },
      [],
    ],
    ["windows.jpg", ["-XPKeywords=rapat;People/Siti Aminah"], { persons: ["Siti Aminah"] }, ["text"]],
    [
      "acdsee.jpg",
      [
        '-XMP-acdsee:Categories=<Categories><Category Assigned="0">People<Category Assigned="1">Siti</Category></Category></Categories>',
      ],
      { persons: ["Siti"] },
      [],
    ],
    ["derived.jpg", ["-XMP-xmpMM:DerivedFromFilePath=C:\\Users\\Siti\\a.psd"], { owner: "Siti" }, []],
    ["history.jpg", ["-XMP-xmpMM:HistoryParameters=from /home/siti/a.tif"], { owner: "siti" }, []],
    ["ancestors.png", ["-XMP-photoshop:DocumentAncestors=/Users/siti/b.psd"], { owner: "siti" }, []],
    ["ingredients.tif", ["-XMP-xmpMM:IngredientsFilePath=/home/siti/x.ai"], { owner: "siti" }, []],
  ];
  const formats: Readonly<Record<string, "jpeg" | "png" | "webp" | "tiff" | "gif" | "avif">> = {
    ".jpg": "jpeg",
    ".png": "png",
    ".webp": "webp",
    ".tif": "tiff",
    ".gif": "gif",
    ".avif": "avif",
  };
  const thumbnail = "thumbnail.jpg";
  const second = "second.jpg";
  beforeAll(async () => {
    needDebian("exiftool", "libimage-exiftool-perl");
    const plain = await samplePhoto({ width: 60, height: 40 });
    const stripped = await sharp(plain).jpeg().toBuffer();
    const located = await samplePhoto({
      width: 60,
      height: 40,
      gps: { latitude: -6.2625, longitude: 107.0903 },
    });
    const lines: string[] = [];
    for (const [name, words] of [...written, ...freely]) {
      const file = path.join(folder, name);
      const format = formats[path.extname(name)]!;
      const image = sharp(stripped);
      if (typeof words === "string") await writeFile(file, await image.withXmp(words).jpeg().toBuffer());
      else {
        await writeFile(file, await image.toFormat(format).toBuffer());
        lines.push("-q", "-overwrite_original", ...words, file, "-execute");
      }
    }
    await writeFile(path.join(folder, "inner.jpg"), located);
    await writeFile(path.join(folder, thumbnail), stripped);
    lines.push(
      "-q",
      "-overwrite_original",
      `-ThumbnailImage<=${path.join(folder, "inner.jpg")}`,
      path.join(folder, thumbnail),
      "-execute",
    );
    // One Perl for all of them.
    await writeFile(path.join(folder, "words"), lines.join("\n"));
    execFileSync("exiftool", ["-@", path.join(folder, "words")], { stdio: "pipe" });
    await writeFile(path.join(folder, second), Buffer.concat([stripped, located]));
  });

  it.each(written.map(([name, , told]) => ({ name, told })))("$name tells $told", async ({ name, told }) => {
    const photo = await inspectPhoto(engine, path.join(folder, name));
    for (const kind of told) {
      const value = photo.private[kind];
      expect(Array.isArray(value) ? value.length > 0 : value !== null, kind).toBe(true);
    }
    if (told.includes("gps") && name !== "no-ref.jpg") {
      expect(photo.private.gps?.latitude).toBeCloseTo(-6.2625, 3);
      expect(photo.private.gps?.longitude).toBeCloseTo(107.0903, 3);
    }
    expect(hasPrivateMetadata(photo)).toBe(true);
    expect(photo.private.unread).toEqual([]);
  });

  it.each(freely.map(([name, , told, unread]) => ({ name, told, unread })))(
    "$name tells $told and names $unread",
    async ({ name, told, unread }) => {
      const { private: facts } = await inspectPhoto(engine, path.join(folder, name));
      const nothing = { gps: null, place: null, owner: null, serial_numbers: [], persons: [] };
      expect(facts).toMatchObject({ ...nothing, ...told, unread });
    },
  );

  it.each([thumbnail, second])("%s tells the place that a picture within it holds", async (name) => {
    const photo = await inspectPhoto(engine, path.join(folder, name));
    expect(photo.private.gps).toEqual({ latitude: -6.2625, longitude: 107.0903 });
  });

  it.each([
    // A block of its own within the note, and a directory that counts from the picture's block.
    { name: "nikon-block.jpg", head: "Nikon\0\x02\x10\0\0II*\0\x08\0\0\0", base: () => 8 },
    { name: "nikon-bare.jpg", head: "", base: (offset: number) => offset },
  ])(
    "$name tells the serial number that exiftool has written into the maker note",
    async ({ name, head, base }) => {
      const file = path.join(folder, name);
      const note = (offset: number) =>
        Buffer.concat([
          Buffer.from(head, "latin1"),
          directory(
            [
              [0x0004, ascii, textOf("FINE")],
              [0x001d, ascii, textOf("NO= 1111111")],
            ],
            base(offset),
          ),
        ]);
      await writeFile(file, await withMakerNote("NIKON", note));
      const words = ["-q", "-overwrite_original", "-Nikon:SerialNumber=3001234", "-Artist=Budi Contoh", file];
      execFileSync("exiftool", words, { stdio: "pipe" });
      expect(exiftool([file])[0]).toMatchObject({ "Nikon:SerialNumber": 3001234 });
      expect((await inspectPhoto(engine, file)).private).toMatchObject({
        serial_numbers: ["3001234"],
        owner: "Budi Contoh",
        unread: ["maker-note"],
      });
    },
  );

  it("exiftool sees nothing private in any of them that is passed over in silence", async () => {
    const all = exiftool(
      [...written.map(([name]) => name), thumbnail, second].map((name) => path.join(folder, name)),
    );
    expect(all.filter((tags) => seenBy(tags).length > 0).length).toBeGreaterThanOrEqual(written.length);
    expect((await Promise.all(all.map(silences))).flat()).toEqual([]);
  });

  it("no rendition of them holds any of it, in exiftool's eyes or ours", async () => {
    const made: string[] = [];
    for (const name of [...[...written, ...freely].map(([one]) => one), thumbnail, second]) {
      const target = path.join(folder, `${name}.web.jpg`);
      await engine.render(path.join(folder, name), [{ preset: findPreset("web"), path: target }], {});
      made.push(target);
      const photo = await inspectPhoto(engine, target);
      expect(hasPrivateMetadata(photo) || hasUnreadParts(photo), name).toBe(false);
    }
    for (const tags of exiftool(made)) expect(seenBy(tags), String(tags.SourceFile)).toEqual([]);
  });
});
