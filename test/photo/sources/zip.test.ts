import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { crc32 } from "node:zlib";
import fc from "fast-check";
import { expect, it } from "vitest";
import { type Unpacked, unpackPhotos, type ZipLimits, zipLimits } from "../../../src/photo/sources/zip.js";
import { photoFolder } from "../../support/photos.js";
import { type ZipEntry, zipOf } from "../../support/zip.js";

const photo = Buffer.from("this stands for a photo");

const filesIn = async (folder: string) =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((file) => !file.isDirectory())
    .map((file) => path.relative(folder, path.join(file.parentPath, file.name)));

/** Unpacks what `bytes` hold. `outside` is what lies in the folder beside the archive and the unpacked photos. */
async function unpack(bytes: Buffer, options: { limits?: Partial<ZipLimits>; signal?: AbortSignal } = {}) {
  const folder = await photoFolder();
  const archive = path.join(folder, "foto.zip");
  await writeFile(archive, bytes);
  const target = path.join(folder, "a", "b", "unpacked");
  const limits = { ...zipLimits, ...options.limits };
  const unpacked = await unpackPhotos(archive, target, { ...options, limits });
  const outside = (await filesIn(folder)).filter(
    (name) => name !== "foto.zip" && !name.startsWith(path.join("a", "b", "unpacked")),
  );
  return { ...unpacked, archive, folder, target, outside };
}
const entry = (name: string, more: Partial<ZipEntry> = {}): ZipEntry => ({ name, content: photo, ...more });
const failuresOf = ({ failed, archive }: Unpacked & { archive: string }) =>
  Object.fromEntries(failed.map(({ source, error }) => [path.relative(archive, source), error.code]));

it("photos come out in order, from whatever folder of the archive, with the name that people know", async () => {
  const { photos, archive } = await unpack(
    zipOf([entry("hari 2/IMG_2.JPG"), entry("IMG_1.heic", { method: 0 }), entry("hari 1/IMG_2.JPG")]),
  );
  expect(photos.map((unpacked) => path.relative(archive, unpacked.displayPath))).toEqual([
    "IMG_2.JPG",
    "IMG_1.heic",
    "IMG_2.JPG",
  ]);
  expect(photos.map((unpacked) => path.basename(unpacked.path))).toEqual([
    "IMG_2.JPG",
    "IMG_1.heic",
    "IMG_2.JPG",
  ]);
  for (const unpacked of photos) expect(await readFile(unpacked.path)).toEqual(photo);
});

/** Info-ZIP Unicode Path Extra Field (PKWARE APPNOTE 6.3.10, 4.6.9). */
function unicodeField(nameBytes: Buffer, name: string): Buffer {
  const text = Buffer.from(name);
  const field = Buffer.alloc(9);
  field.writeUInt16LE(0x7075, 0);
  field.writeUInt16LE(5 + text.length, 2);
  field.writeUInt8(1, 4);
  field.writeUInt32LE(crc32(nameBytes), 5);
  return Buffer.concat([field, text]);
}

it.each([
  ["UTF-8 by its flag", { flags: 0x800 }],
  ["UTF-8 without the flag, as macOS writes it", { flags: 0 }],
  [
    "of the Unicode field",
    {
      flags: 0,
      nameBytes: Buffer.from("Rakor _ Camat.jpg"),
      extra: unicodeField(Buffer.from("Rakor _ Camat.jpg"), "Rakor – Café.jpg"),
    },
  ],
])("a name is %s", async (_, more) => {
  const { photos } = await unpack(zipOf([entry("Rakor – Café.jpg", more)]));
  expect(path.basename(photos[0]!.displayPath)).toBe("Rakor – Café.jpg");
});

it("a name that is no UTF-8 is of code page 437, whatever its flag", async () => {
  for (const flags of [0, 0x800]) {
    const nameBytes = Buffer.from([0x43, 0x61, 0x66, 0x82, 0x2e, 0x6a, 0x70, 0x67]);
    const { photos } = await unpack(zipOf([entry("", { nameBytes, flags })]));
    expect(path.basename(photos[0]!.displayPath)).toBe("Café.jpg");
  }
});

it.each([
  ["Café – “rapat”.jpg", "Caf\xe9 \x96 \x93rapat\x94.jpg"],
  ["Jum’at.jpg", "Jum\x92at.jpg"],
  ["Rakor – Camat.jpg", "Rakor \x96 Camat.jpg"],
  // Code page 437: "é" and "ö" are 0x82 and 0x94, where Windows has quotation marks.
  ["Göre é.jpg", "G\x94re \x82.jpg"],
])("a name that is no UTF-8 but reads as Windows-1252 is %s", async (name, bytes) => {
  const { photos } = await unpack(zipOf([entry("", { nameBytes: Buffer.from(bytes, "latin1"), flags: 0 })]));
  expect(path.basename(photos[0]!.displayPath)).toBe(name);
});

it("an archive in several files is not called damaged", async () => {
  const part = zipOf([entry("a.jpg")]);
  // The number of this disk, in the end of the central directory.
  part.writeUInt16LE(3, part.length - 18);
  const { failed, photos } = await unpack(part);
  expect(photos).toEqual([]);
  expect(failed.map(({ error }) => error.code)).toEqual(["photo-zip-parts"]);
});

it("captions lie beside their photos: each folder of the archive is one, and a name that is there twice another", async () => {
  const { photos, captions, archive } = await unpack(
    zipOf([
      entry("a/IMG_1.jpg"),
      entry("b/IMG_1.jpg"),
      entry("b/IMG_1.JPG"),
      entry("a/IMG_1.txt"),
      entry("b/takarir.csv"),
      entry("b/IMG_1.yaml"),
      entry("__MACOSX/a/._IMG_1.txt"),
    ]),
  );
  const folder = (file: { path: string } | undefined) => path.basename(path.dirname(file!.path));
  expect(photos.map(folder)).toEqual(["1", "2", "3"]);
  expect(captions.map((file) => [folder(file), path.relative(archive, file.displayPath)])).toEqual([
    ["1", "IMG_1.txt"],
    ["2", "takarir.csv"],
    ["2", "IMG_1.yaml"],
  ]);
});

it("films are counted, what else lies in an archive is passed over", async () => {
  const { photos, videos, failed } = await unpack(
    zipOf([
      entry("a.jpg"),
      entry("a.MP4"),
      entry("b.mov"),
      entry("notes.txt"),
      entry("more.zip"),
      entry("folder.jpg/", { content: Buffer.alloc(0) }),
      entry("__MACOSX/._a.jpg"),
      entry("._b.jpg"),
    ]),
  );
  expect({ photos: photos.length, videos, failed }).toEqual({ photos: 1, videos: 2, failed: [] });
});

it.each([
  "../../../evil.jpg",
  "/etc/evil.jpg",
  "..\\..\\evil.jpg",
  "C:\\Windows\\evil.jpg",
  "a/../../evil.jpg",
  "./../evil.jpg",
  "evil\u0000/../../x.jpg",
  "con.jpg",
])("no name leads out of the folder: %j", async (name) => {
  const { photos, outside, target } = await unpack(zipOf([entry(name)]));
  expect(outside).toEqual([]);
  expect(photos).toHaveLength(1);
  expect(path.relative(target, photos[0]!.path).split(path.sep)).toHaveLength(2);
});

it("a name longer than any system allows is cut", async () => {
  const { photos } = await unpack(zipOf([entry(`${"x".repeat(4000)}.jpg`)]));
  expect(path.basename(photos[0]!.path)).toMatch(/^x{50,200}\.jpg$/);
});

it("whatever the names, nothing is written outside the folder", async () => {
  const part = fc.constantFrom(
    "..",
    ".",
    "a",
    "",
    "\u0000",
    "C:",
    "~",
    "\u202e",
    "IMG",
    "con",
    " ",
    "%2e%2e",
  );
  const name = fc
    .tuple(fc.array(part, { maxLength: 6 }), fc.constantFrom("/", "\\"))
    .map(([parts, separator]) => `${parts.join(separator)}.jpg`);
  await fc.assert(
    fc.asyncProperty(fc.array(name, { maxLength: 5 }), async (names) => {
      const { outside, photos, failed } = await unpack(zipOf(names.map((name) => entry(name))));
      expect(outside).toEqual([]);
      for (const unpacked of photos) expect(await readFile(unpacked.path)).toEqual(photo);
      expect(failed).toEqual([]);
    }),
    { seed: 3, numRuns: 30 },
  );
});

it("a link in an archive becomes a file, which is no photo", async () => {
  const bytes = zipOf([entry("link.jpg", { content: Buffer.from("/etc/passwd"), method: 0 })]);
  bytes.writeUInt16LE(0x031e, bytes.indexOf("PK\x01\x02", 0, "latin1") + 4);
  bytes.writeUInt32LE((0o120777 << 16) >>> 0, bytes.indexOf("PK\x01\x02", 0, "latin1") + 38);
  const { photos } = await unpack(bytes);
  expect((await stat(photos[0]!.path)).isFile()).toBe(true);
  expect(await readFile(photos[0]!.path, "utf8")).toBe("/etc/passwd");
});

it("a photo that is locked, damaged, too large or a bomb stops no other", async () => {
  const zeros = Buffer.alloc(5_000_000);
  const result = await unpack(
    zipOf([
      entry("locked.jpg", { flags: 0x801 }),
      entry("sum.jpg", { claims: { sum: 1 } }),
      entry("more.jpg", { content: Buffer.alloc(1000), claims: { size: 10 } }),
      entry("less.jpg", { claims: { size: 4000 } }),
      entry("method.jpg", { method: 97 }),
      entry("bomb.jpg", { content: zeros }),
      entry("large.jpg", { claims: { size: 3_000_000_000 } }),
      entry("good.jpg"),
    ]),
  );
  expect(failuresOf(result)).toEqual({
    "locked.jpg": "photo-zip-locked",
    "sum.jpg": "photo-zip-entry-damaged",
    "more.jpg": "photo-zip-entry-damaged",
    "less.jpg": "photo-zip-entry-damaged",
    "method.jpg": "photo-zip-method",
    "bomb.jpg": "photo-zip-entry-damaged",
    "large.jpg": "photo-file-too-large",
  });
  expect(result.photos.map((unpacked) => path.basename(unpacked.path))).toEqual(["good.jpg"]);
  const left = (await filesIn(result.target)).map((name) => path.basename(name));
  expect(left).toEqual(["good.jpg"]);
});

it("an archive with too many files is refused before any is taken out", async () => {
  const result = await unpack(zipOf(Array.from({ length: 12 }, (_, i) => entry(`${i}.jpg`))), {
    limits: { entries: 10 },
  });
  expect(failuresOf(result)).toEqual({ "": "photo-zip-too-large" });
  expect(result.photos).toEqual([]);
});

it("what an archive unpacks to is bounded, also when its files share their bytes", async () => {
  const content = Buffer.alloc(1000, "x");
  const same = Array.from({ length: 50 }, (_, i) => entry(`${i}.jpg`, { content, overlaps: i > 0 }));
  const result = await unpack(zipOf(same), { limits: { totalBytes: 5_000 } });
  expect(failuresOf(result)).toEqual({ "": "photo-zip-too-large" });
  expect(result.photos.length).toBeLessThanOrEqual(5);
});

it.each([
  ["cut off", (bytes: Buffer) => bytes.subarray(0, bytes.length - 30)],
  ["only its start", (bytes: Buffer) => bytes.subarray(0, 4)],
  ["empty", () => Buffer.alloc(0)],
  ["claiming more files than it has", () => zipOf([entry("a.jpg")], 7)],
])("an archive that is %s is reported, and nothing else happens", async (_, damage) => {
  const result = await unpack(damage(zipOf([entry("a.jpg"), entry("b.jpg")])));
  expect(failuresOf(result)).toEqual({ "": "photo-zip-damaged" });
});

it("any damage to an archive ends in photos and failures, never in a crash", async () => {
  const good = zipOf([entry("a.jpg"), entry("b/c.jpg", { method: 0 })]);
  const damage = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(damage, async (changes) => {
      const bytes = Buffer.from(good);
      for (const [at, value] of changes) bytes[at] = value;
      const { photos, outside } = await unpack(bytes);
      expect(outside).toEqual([]);
      for (const unpacked of photos) expect(await readFile(unpacked.path)).toEqual(photo);
    }),
    { seed: 3, numRuns: 60 },
  );
});

it("an interruption ends it with its reason", async () => {
  const stop = new AbortController();
  stop.abort(new Error("Ctrl-C"));
  await expect(unpack(zipOf([entry("a.jpg")]), { signal: stop.signal })).rejects.toThrow("Ctrl-C");
});

it("an empty archive gives nothing", async () => {
  const { photos, failed, target } = await unpack(zipOf([]));
  expect({ photos, failed }).toEqual({ photos: [], failed: [] });
  await expect(readdir(target)).rejects.toThrow("ENOENT");
});
