import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { samplePhoto } from "../../../scripts/sample-photo.mjs";
import { xmpTexts } from "../../../src/photo/metadata/blocks/xmp.js";
import { coordinateText } from "../../../src/photo/metadata/private/coordinates.js";
import { privateFacts } from "../../../src/photo/metadata/private/facts.js";
import {
  ascii,
  directory,
  type Entry,
  long,
  plain,
  text,
  undefinedType,
  withMakerNote,
  withSegment,
} from "../../support/exif-bytes.js";

async function withXmp(properties: string): Promise<Buffer> {
  const packet = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">${properties}</rdf:RDF></x:xmpmeta>`;
  return withSegment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${packet}`));
}

describe("the maker note", () => {
  it("of a Canon names its owner and its number, and is not read whole", async () => {
    const serial = Buffer.alloc(4);
    serial.writeUInt32LE(560018150);
    const photo = await withMakerNote("Canon", (offset) =>
      directory(
        [
          [0x0009, ascii, text("Nama Contoh +62 812 0000 0000")],
          [0x000c, long, serial],
          [0x4019, undefinedType, Buffer.from("00000013e80000", "hex")],
        ],
        offset,
      ),
    );
    expect(privateFacts(photo, "jpeg")).toMatchObject({
      owner: "Nama Contoh +62 812 0000 0000",
      serial_numbers: ["560018150", "00000013e8"],
      unread: ["maker-note"],
    });
  });

  it("of a Nikon, which is a block of its own, names its number", async () => {
    const block = Buffer.concat([
      Buffer.from("II*\0\x08\0\0\0", "latin1"),
      directory([[0x001d, ascii, text("NO= 3001234")]], 8),
    ]);
    const photo = await withMakerNote("NIKON", () =>
      Buffer.concat([Buffer.from("Nikon\0\x02\x10\0\0", "latin1"), block]),
    );
    expect(privateFacts(photo, "jpeg")).toMatchObject({
      serial_numbers: ["NO= 3001234"],
      unread: ["maker-note"],
    });
  });

  it("of a Nikon is no block of the picture: what is wrong in it is the note's", async () => {
    const entries: Entry[] = [
      [0x001d, ascii, text("NO= 3001234")],
      [0x0091, undefinedType, Buffer.alloc(40)],
    ];
    const block = Buffer.concat([Buffer.from("II*\0\x08\0\0\0", "latin1"), directory(entries, 8)]);
    // The second value would lie far outside the file.
    block.writeUInt32LE(0x00ffffff, 8 + 2 + 12 + 8);
    const photo = await withMakerNote("NIKON", () =>
      Buffer.concat([Buffer.from("Nikon\0\x02\x10\0\0", "latin1"), block]),
    );
    expect(privateFacts(photo, "jpeg").unread).toEqual(["maker-note"]);
  });

  it("of a Fujifilm counts its offsets from itself", async () => {
    const photo = await withMakerNote("FUJI", () =>
      Buffer.concat([
        Buffer.from("FUJIFILM\x0c\0\0\0", "latin1"),
        directory([[0x0010, ascii, text("FX-CONTOH 0042")]], 12),
      ]),
    );
    expect(privateFacts(photo, "jpeg").serial_numbers).toEqual(["FX-CONTOH 0042"]);
  });

  it("of a Panasonic tells the places of the traveller", async () => {
    const photo = await withMakerNote("Pana", (offset) =>
      Buffer.concat([
        Buffer.from("Panasonic\0\0\0", "latin1"),
        directory([[0x006d, ascii, text("Cibitung")]], offset + 12),
      ]),
    );
    expect(privateFacts(photo, "jpeg").place).toBe("Cibitung");
  });

  it("of an unknown maker is said to be unread", async () => {
    const photo = await withMakerNote("Baru", () => Buffer.from("BARU\x01\x02 something that nobody knows"));
    expect(privateFacts(photo, "jpeg")).toMatchObject({
      owner: null,
      serial_numbers: [],
      unread: ["maker-note"],
    });
  });

  it("that is empty is none", async () => {
    const photo = await withMakerNote("Baru", () => Buffer.alloc(40));
    expect(privateFacts(photo, "jpeg").unread).toEqual([]);
  });
});

describe("a part that is not read is said", () => {
  it.each([
    ["thermal", 0xe1, "FLIR\0\x01\0\0FFF\0"],
    ["segment", 0xeb, "JP\0\x01jumb c2pa"],
    ["segment", 0xe5, "RMETA\0 something"],
    ["exif", 0xe1, "Exif\0\0no block at all"],
    ["xmp", 0xe1, "http://ns.adobe.com/xap/1.0/\0<rdf:RDF and no end"],
  ])("%s", async (part, marker, content) => {
    expect(privateFacts(await withSegment(marker, Buffer.from(content, "latin1")), "jpeg").unread).toEqual([
      part,
    ]);
  });

  it("behind the picture, unless it is filled up with zeros", async () => {
    const photo = await plain();
    expect(privateFacts(Buffer.concat([photo, Buffer.from("SEFT something")]), "jpeg").unread).toEqual([
      "trailer",
    ]);
    expect(privateFacts(Buffer.concat([photo, Buffer.alloc(512)]), "jpeg").unread).toEqual([]);
  });

  it("a second picture is read, one that is cut off is not", async () => {
    const [photo, located] = [
      await plain(),
      await samplePhoto({ width: 30, height: 20, gps: { latitude: -6.25, longitude: 107 } }),
    ];
    expect(privateFacts(Buffer.concat([photo, located]), "jpeg")).toMatchObject({
      gps: { latitude: -6.25, longitude: 107 },
      unread: [],
    });
    expect(privateFacts(Buffer.concat([photo, photo.subarray(0, -20)]), "jpeg").unread).toEqual(["picture"]);
  });

  it("a text of a PNG that unpacks to more than a text ever is", async () => {
    const png = await sharp(await plain())
      .png()
      .toBuffer();
    const chunk = (type: string, data: Buffer) => {
      const head = Buffer.alloc(8);
      head.writeUInt32BE(data.length);
      head.write(type, 4, "latin1");
      return Buffer.concat([head, data, Buffer.alloc(4)]);
    };
    const packed = (name: string, content: Buffer) =>
      chunk("zTXt", Buffer.concat([text(name), Buffer.from([0]), deflateSync(content)]));
    const withChunk = (added: Buffer) => Buffer.concat([png.subarray(0, 33), added, png.subarray(33)]);
    expect(privateFacts(withChunk(packed("Comment", Buffer.alloc(5_000_000))), "png").unread).toEqual([
      "text",
    ]);
    expect(privateFacts(withChunk(packed("Author", Buffer.from("Siti Contoh"))), "png")).toMatchObject({
      owner: "Siti Contoh",
      unread: [],
    });
    expect(privateFacts(withChunk(chunk("caBX", Buffer.from("jumb"))), "png").unread).toEqual(["segment"]);
  });
});

describe("words in a place for settings", () => {
  const resource = (id: number, data: string, name = "") => {
    const padded = (bytes: Buffer) => (bytes.length % 2 ? Buffer.concat([bytes, Buffer.alloc(1)]) : bytes);
    const head = Buffer.from("8BIM\0\0", "latin1");
    head.writeUInt16BE(id, 4);
    const size = Buffer.alloc(4);
    size.writeUInt32BE(data.length);
    const called = padded(Buffer.concat([Buffer.from([name.length]), Buffer.from(name)]));
    return Buffer.concat([head, called, size, padded(Buffer.from(data, "latin1"))]);
  };
  const photoshop = async (...resources: Buffer[]) =>
    privateFacts(
      await withSegment(0xed, Buffer.concat([Buffer.from("Photoshop 3.0\0"), ...resources])),
      "jpeg",
    );
  const exif = async (...entries: Entry[]) =>
    privateFacts(
      await withSegment(
        0xe1,
        Buffer.concat([Buffer.from("Exif\0\0II*\0\x08\0\0\0", "latin1"), directory(entries, 8)]),
      ),
      "jpeg",
    );

  it.each([
    ["an address", 0x040b, "http://rumah-siti.example"],
    ["a caption", 0x03f0, "\x04Siti"],
    ["a channel's name", 0x03ee, "\x0cTransparency\x04Siti"],
    ["a path of saving", 0x043e, "\0S\0i\0t\0i"],
  ])("of Photoshop: %s", async (_, id, data) => {
    expect((await photoshop(resource(id, data))).unread).toEqual(["text"]);
  });

  it("of Photoshop: a path's name; a kind nobody knows", async () => {
    expect((await photoshop(resource(2000, "", "Rumah Siti"))).unread).toEqual(["text"]);
    expect((await photoshop(resource(0x1388, "Siti Aminah"))).unread).toEqual(["segment"]);
    expect((await photoshop(Buffer.from("AgHgSiti Aminah"))).unread).toEqual(["segment"]);
  });

  it("of Photoshop: none in settings and in names that it gives itself", async () => {
    const settings = [
      resource(0x03ed, "\0H", "Resolution"),
      resource(0x040a, "\x01"),
      resource(0x03ee, "\x07Alpha 1"),
    ];
    expect((await photoshop(...settings)).unread).toEqual([]);
  });

  it("of IPTC behind a text with a long length, and what is no data set", async () => {
    const iim = "\x1c\x02\x78\x80\x04\0\0\0\x04Rapa\x1c\x02\x5a\0\x08Cibitung";
    expect(await photoshop(resource(0x0404, iim))).toMatchObject({ place: "Cibitung", unread: [] });
    expect((await photoshop(resource(0x0404, `${iim}Siti Aminah`))).unread).toEqual(["text"]);
  });

  it("of EXIF: any tag of text that is not the camera's own", async () => {
    expect((await exif([0x010d, ascii, text("Rumah Siti")])).unread).toEqual(["text"]);
    expect((await exif([0xc7a2, ascii, text("-6.2500, 107.1000")])).gps).toEqual({
      latitude: -6.25,
      longitude: 107.1,
    });
    expect((await exif([0x0110, ascii, text("Rumah Siti")])).unread).toEqual([]);
  });

  it("of EXIF 3.0 in UTF-8", async () => {
    expect(await exif([0xa437, 129, Buffer.from("Sité Aminah\0")])).toMatchObject({
      owner: "Sité Aminah",
      unread: [],
    });
  });
});

describe("XMP", () => {
  it.each([
    ["as attributes", '<rdf:Description exif:GPSLatitude="6,15.75S" exif:GPSLongitude="107,5.418E"/>'],
    [
      "as elements",
      "<rdf:Description><exif:GPSLatitude>6,15,45S</exif:GPSLatitude><exif:GPSLongitude>107,5,25.08E</exif:GPSLongitude></rdf:Description>",
    ],
    ["signed", '<rdf:Description exif:GPSLatitude="-6.2625" exif:GPSLongitude="107.0903"/>'],
    [
      "with references",
      '<rdf:Description exif:GPSLongitude="107.0903" exif:GPSLongitudeRef="E" exif:GPSLatitude="6.2625" exif:GPSLatitudeRef="S"/>',
    ],
    [
      "in a structure",
      '<rdf:Description><ext:LocationShown><rdf:Bag><rdf:li exif:GPSLatitude="-6.2625" exif:GPSLongitude="107.0903"/></rdf:Bag></ext:LocationShown></rdf:Description>',
    ],
    ["as W3C writes it", '<rdf:Description geo:lat="-6.2625" geo:long="107.0903"/>'],
    [
      "as DJI writes it",
      '<rdf:Description drone-dji:GpsLatitude="-6.2625" drone-dji:GpsLongtitude="+107.0903"/>',
    ],
  ])("tells a position %s", async (_, properties) => {
    const { gps } = privateFacts(await withXmp(properties), "jpeg");
    expect(gps).toEqual({ latitude: -6.2625, longitude: 107.0903 });
  });

  it.each(["-6.25 107.1", "-6.25, 107.1"])("tells a position in one field: %s", async (point) => {
    const { gps } = privateFacts(await withXmp(`<rdf:Description georss:point="${point}"/>`), "jpeg");
    expect(gps).toEqual({ latitude: -6.25, longitude: 107.1 });
  });

  it.each([
    ['photoshop:Credit="Siti Aminah"', { owner: "Siti Aminah", unread: [] }],
    ['ext:LocationId="http://www.geonames.org/1646170"', { place: "http://www.geonames.org/1646170" }],
    ['core:CiAdrCity="Bekasi"', { place: null, unread: ["text"] }],
    ['ext:AdditionalModelInformation="Siti, 9 tahun"', { unread: ["text"] }],
    ['photoshop:AuthorsPosition="Staf Humas"', { unread: ["text"] }],
    ['MPReg:PersonEmailDigest="ABCDEF"', { unread: ["text"] }],
  ])("is not passed over: %s", async (attribute, facts) => {
    expect(privateFacts(await withXmp(`<rdf:Description ${attribute}/>`), "jpeg")).toMatchObject(facts);
  });

  it("half a position is no position, and not nothing", async () => {
    const facts = privateFacts(await withXmp('<rdf:Description exif:GPSLatitude="6,15.75S"/>'), "jpeg");
    expect(facts).toMatchObject({ gps: null, unread: ["gps"] });
  });

  it("in UTF-16 is read as well", async () => {
    const packet = '<rdf:RDF><rdf:Description photoshop:City="Cibitung"/></rdf:RDF>';
    for (const bytes of [Buffer.from(packet, "utf16le"), Buffer.from(packet, "utf16le").swap16()]) {
      const photo = await withSegment(
        0xe1,
        Buffer.concat([Buffer.from("http://ns.adobe.com/xap/1.0/\0"), bytes]),
      );
      expect(privateFacts(photo, "jpeg").place).toBe("Cibitung");
    }
  });

  it("names of people in keywords and in regions are found, names of other regions' parts are none", async () => {
    const properties = `<rdf:Description><lr:hierarchicalSubject><rdf:Bag><rdf:li>Orang|Keluarga|Ani Contoh</rdf:li><rdf:li>Tempat|Aula</rdf:li></rdf:Bag></lr:hierarchicalSubject>
      <MP:RegionInfo><rdf:Description><MPRI:Regions><rdf:Bag><rdf:li MPReg:PersonDisplayName="Budi &amp; Citra" MPReg:Rectangle="0.1, 0.2"/></rdf:Bag></MPRI:Regions></rdf:Description></MP:RegionInfo></rdf:Description>`;
    expect(privateFacts(await withXmp(properties), "jpeg").persons).toEqual(["Ani Contoh", "Budi & Citra"]);
  });

  it("that is no XML, or nested without end, is read as far as it goes", () => {
    for (const packet of [
      "<",
      "<a",
      '<a b="',
      "<a><b></c></d>text</a>",
      "<a>&#x110000;&#0;&bogus;</a>",
      `${"<a>".repeat(5000)}x${"</a>".repeat(5000)}<b>y</b>`,
    ]) {
      expect(() => xmpTexts(packet)).not.toThrow();
    }
    expect(
      xmpTexts(`<r><a>1 &lt; 2<!-- no --> x</a><b><![CDATA[<c>]]></b></r>`).map(({ text: one }) => one),
    ).toEqual(["1 < 2 x", "<c>"]);
  });
});

it.each([
  ["6,15.75S", -6.2625],
  ["6,15,45S", -6.2625],
  ["-6.2625", -6.2625],
  ["6.2625 S", -6.2625],
  ["S 6.2625", -6.2625],
  ["6 deg 15' 45.00\" S", -6.2625],
  ["6/1, 15/1, 45/1", 6.2625],
  ["6,2625", 6.2625],
  ["107,5.418E", 107.0903],
  ["no number", undefined],
  ["", undefined],
])("the coordinate %j is %s degrees", (written, degrees) => {
  const read = coordinateText(written)?.degrees;
  if (degrees === undefined) expect(read).toBeUndefined();
  else expect(read).toBeCloseTo(degrees, 6);
});
