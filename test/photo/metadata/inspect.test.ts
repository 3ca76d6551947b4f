import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it, vi } from "vitest";
import { samplePhoto } from "../../../scripts/sample-photo.mjs";
import { createSharpEngine } from "../../../src/photo/engine/sharp-engine.js";
import { fieldsOf } from "../../../src/photo/metadata/fields.js";
import { hiddenParts } from "../../../src/photo/metadata/hidden-parts.js";
import {
  dateTaken,
  hasPrivateMetadata,
  hasUnreadParts,
  type InspectedPhoto,
  inspectPhoto,
  mapLink,
} from "../../../src/photo/metadata/inspect.js";
import { privateFacts } from "../../../src/photo/metadata/private/facts.js";
import { insertSegments, textSegments } from "../../../src/photo/metadata/text.js";
import type { PhotoText } from "../../../src/photo/types.js";
import { photoFolder, somewhere, writePhoto } from "../../support/photos.js";
import { hasShared, sharedFolder } from "../../support/shared.js";

const engine = createSharpEngine();

it("tells where a photo was taken, by whom and with which camera", async () => {
  const file = await writePhoto(await photoFolder(), "IMG_1.jpg", { gps: somewhere, orientation: 6 });
  const photo = await inspectPhoto(engine, file);
  expect(photo).toMatchObject({ format: "jpeg", width: 300, height: 200, orientation: 6 });
  expect(photo.private).toMatchObject({
    gps: somewhere,
    serial_numbers: ["SN-0012345"],
    owner: "Operator Contoh",
    camera: "Contoh Kamera Contoh 12",
    persons: [],
    video: false,
    trailer_bytes: 0,
  });
  expect(hasPrivateMetadata(photo)).toBe(true);
});

it("tells nothing of a photo that WhatsApp has stripped", async () => {
  const sharp = (await import("sharp")).default;
  const file = path.join(await photoFolder(), "IMG-20261122-WA0004.jpg");
  await writeFile(file, await sharp(await samplePhoto({ width: 30, height: 20, gps: somewhere })).toBuffer());
  const photo = await inspectPhoto(engine, file);
  expect(photo.private).toEqual({
    gps: null,
    place: null,
    serial_numbers: [],
    owner: null,
    persons: [],
    camera: null,
    taken_at: null,
    software: null,
    description: null,
    thumbnail: false,
    maker_note: false,
    pictures: 0,
    video: false,
    trailer_bytes: 0,
    unread: [],
  });
  expect(hasPrivateMetadata(photo)).toBe(false);
  expect(hasUnreadParts(photo)).toBe(false);
});

describe("what kominfo itself wrote", () => {
  const text = {
    caption: "Camat & warga membuka <Musrenbang>",
    alt: "Camat di podium",
    credit: "Foto: Kecamatan Cibitung",
    copyright: "© 2026 Kecamatan Cibitung",
    date: "2026-11-22T09:30:00+07:00",
    place: "Balai Desa Wanasari",
  };
  const written = async (with_: PhotoText) => {
    const bare = await (await import("sharp")).default(await samplePhoto({ width: 30, height: 20 }));
    return insertSegments(await bare.jpeg().toBuffer(), textSegments(with_, ""));
  };
  const inspected = async (content: Buffer) => {
    const file = path.join(await photoFolder(), "IMG_1.web.jpg");
    await writeFile(file, content);
    return inspectPhoto(engine, file);
  };

  it.each([text, { credit: text.credit }, { place: text.place }, { date: text.date }])(
    "is named as such and leaks nothing: %j",
    async (one) => {
      const photo = await inspected(await written(one));
      expect(photo.own_text).toEqual(one);
      expect(photo.private).toMatchObject({ owner: null, place: null });
      expect(hasPrivateMetadata(photo)).toBe(false);
    },
  );

  it("is foreign once another program has changed it, and hides nothing that stands after it", async () => {
    const content = await written(text);
    const changed = Buffer.from(content);
    changed.write(
      "Foto: Kecamatan Cikarang",
      content.indexOf("Foto: Kecamatan Cibitung", "latin1"),
      "latin1",
    );
    expect(await inspected(changed)).toMatchObject({
      own_text: null,
      private: { owner: expect.stringContaining("Cikarang") },
    });
    const camera = await samplePhoto({ width: 30, height: 20, gps: somewhere });
    const both = await inspected(insertSegments(camera, textSegments(text, "")));
    expect(both.private).toMatchObject({ owner: "Operator Contoh", gps: somewhere });
    expect(hasPrivateMetadata(both)).toBe(true);
  });
});

it("people named in face regions and in the picture are found", async () => {
  const packet = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
    <rdf:Description rdf:about="" xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/"
      xmlns:ext="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">
      <ext:PersonInImage><rdf:Bag><rdf:li>Siti Aminah</rdf:li></rdf:Bag></ext:PersonInImage>
      <mwg-rs:Regions rdf:parseType="Resource"><mwg-rs:RegionList><rdf:Bag><rdf:li rdf:parseType="Resource">
        <mwg-rs:Name>Budi Santoso</mwg-rs:Name><mwg-rs:Type>Face</mwg-rs:Type>
      </rdf:li></rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>
    </rdf:Description></rdf:RDF></x:xmpmeta>`;
  const sharp = (await import("sharp")).default;
  const photo = await sharp(await samplePhoto({ width: 30, height: 20 }))
    .withXmp(packet)
    .toBuffer();
  expect(privateFacts(photo, "jpeg").persons.sort()).toEqual(["Budi Santoso", "Siti Aminah"]);
});

it("a film behind the picture is found: a motion photo has sound", async () => {
  const photo = await samplePhoto({ width: 30, height: 20 });
  const film = Buffer.from("\0\0\0\x18ftypmp42\0\0\0\0isommp42", "latin1");
  expect(hiddenParts(Buffer.concat([photo, film]), "jpeg")).toEqual({
    trailer_bytes: film.length,
    pictures: 0,
    video: true,
  });
});

it.each([
  ["whole numbers of minutes", { latitude: -6.5, longitude: 107.25 }],
  ["north and west", { latitude: 51.5, longitude: -0.125 }],
])("a place in %s is right to a metre", async (_, gps) => {
  expect(privateFacts(await samplePhoto({ width: 30, height: 20, gps }), "jpeg").gps).toEqual(gps);
});

it("no place is a place only in the ocean: 0, 0 is what cameras write before they know", async () => {
  const gps = { latitude: 0, longitude: 0 };
  expect(privateFacts(await samplePhoto({ width: 30, height: 20, gps }), "jpeg").gps).toBeNull();
});

it("a place is a link that a person may follow", () => {
  expect(mapLink(somewhere)).toBe(
    "https://www.openstreetmap.org/?mlat=-6.29310&mlon=107.15120#map=17/-6.29310/107.15120",
  );
});

describe.skipIf(!hasShared)("of real photos", () => {
  const tricky = path.join(sharedFolder, "photos", "tricky");
  const privateOf = async (name: string): Promise<InspectedPhoto["private"]> =>
    (await inspectPhoto(engine, path.join(tricky, name))).private;

  // What Debian's exiftool says of the same files.
  it.each([
    ["gps.jpg", { gps: { latitude: 43.467448, longitude: 11.885127 }, thumbnail: true, maker_note: true }],
    ["gps-tiny.jpg", { gps: { latitude: 54.989667, longitude: -1.914167 }, owner: "Ian Britton" }],
    ["gps-odd-ifd.jpg", { gps: null, taken_at: "2012-06-23T06:55:49", thumbnail: true }],
    ["gps-empty.jpg", { gps: null, camera: "motorola moto g(9) plus" }],
    ["p3-gps-or6.jpg", { gps: { latitude: -6.3641, longitude: 107.1725 }, place: "Cikarang" }],
    ["gps-immich.jpg", { serial_numbers: ["4803006108", "062021002724"] }],
    ["iphone-8mp.heic", { gps: { latitude: 39.051344, longitude: -94.288772 } }],
    ["heic-exif-at-eof.heic", { maker_note: true }],
    ["avif-irot6.avif", { gps: { latitude: 50.43975, longitude: 30.502072 }, camera: "Apple iPhone XS" }],
    ["iptc.jpg", { place: "Kingston, Ont, Canada", owner: "Phil Harvey" }],
    ["stereo.mpo", { pictures: 1, trailer_bytes: 161713 }],
    ["ultrahdr-gainmap.jpg", { pictures: 1, trailer_bytes: 31738 }],
    ["apple-gainmap.jpg", { pictures: 1, taken_at: "2026-01-07T15:20:14+01:00" }],
    ["polyglot-zip-trailer.jpg", { trailer_bytes: 138 }],
    ["trailer-afcp.jpg", { trailer_bytes: 859 }],
  ])("%s tells what exiftool finds in it", async (name, expected) => {
    expect(await privateOf(name)).toMatchObject(expected);
  });

  it.each([
    ["p3.png", "RGB", "Display P3"],
    ["prophoto.png", "RGB", "ProPhoto RGB"],
    ["png16-grey-alpha.png", "GRAY", "Greyscale D50"],
    ["iphone-8mp.heic", "RGB", "Display P3"],
    ["cmyk-noprofile.jpg", "CMYK", null],
    ["gps-odd-ifd.jpg", "RGB", "sRGB"],
  ])("%s names its colours", async (name, space, profile) => {
    expect((await inspectPhoto(engine, path.join(tricky, name))).color).toEqual({ space, profile });
  });

  it("no file there, whole or with bytes changed, ends in a crash, an endless wait or words on the console", async () => {
    const warn = vi.spyOn(console, "warn");
    let state = 20261122;
    const random = (below: number) => {
      state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9;
      return (state >>> 0) % below;
    };
    for (const name of await readdir(tricky)) {
      const content = (await readFile(path.join(tricky, name))).subarray(0, 200_000);
      for (let run = 0; run < 12; run++) {
        const damaged = Buffer.from(content);
        for (let i = 0; i < run && damaged.length > 0; i++) {
          damaged[random(Math.min(damaged.length, 2000))] = random(2) ? 255 : random(256);
        }
        await fieldsOf(damaged);
        for (const format of ["jpeg", "png", "webp"] as const) hiddenParts(damaged, format);
        if (run % 2) privateFacts(damaged, (["jpeg", "png", "webp", "heic", "tiff"] as const)[run % 5]!);
      }
    }
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  it("the date of a photo is what its camera says, and nothing where it says nothing", async () => {
    expect(await dateTaken(path.join(tricky, "gps.jpg"))).toBe("2008-10-22T16:28:39");
    expect(await dateTaken(path.join(tricky, "apple-gainmap.jpg"))).toBe("2026-01-07T15:20:14+01:00");
    for (const name of ["small.heic", "zero-byte.jpg", "svg-lol.svg", "missing.jpg"]) {
      expect(await dateTaken(path.join(tricky, name)), name).toBeUndefined();
    }
  });
});
