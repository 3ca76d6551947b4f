import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { photo as messages } from "../../../src/language/id/photo.js";
import { createGallery } from "../../../src/photo/sheet/pictures.js";
import { contactSheet, type Sheet, type SheetPhoto } from "../../../src/photo/sheet/sheet.js";

const jpeg = Buffer.from("\xff\xd8 stands for a picture", "latin1");
const photo = (more: Partial<SheetPhoto> = {}): SheetPhoto => ({
  name: "IMG_1.jpg",
  facts: ["JPEG", "4000 x 3000"],
  width: 4000,
  height: 3000,
  picture: jpeg,
  notes: [],
  metadata: [],
  renditions: [],
  ...more,
});
const rendition = (more: Partial<SheetPhoto["renditions"][number]> = {}) => ({
  preset: "instagram",
  name: "IMG_1.instagram.jpg",
  facts: ["1080 x 1350"],
  picture: jpeg,
  notes: [],
  ...more,
});
const sheetOf = (photos: SheetPhoto[], more: Partial<Sheet> = {}) =>
  contactSheet(
    { language: "id", subject: "hasil", made: "hari ini", photos, located: 0, unseen: 0, ...more },
    messages.sheet,
  );

it("every source is beside what was made of it, with the part that each crop uses drawn over it", () => {
  const crop = { left: 100, top: 0, width: 2400, height: 3000 };
  const page = sheetOf([photo({ renditions: [rendition({ crop }), rendition({ preset: "web" })] })]);
  expect(page).toContain('<svg viewBox="0 0 4000 3000"');
  expect(page.match(/<rect class="c0" x="100" y="0" width="2400" height="3000">/g)).toHaveLength(1);
  expect(page.match(/<img /g)).toHaveLength(3);
  expect(page).toContain("1 foto");
  expect(page).toContain("2 hasil");
});

it("what is wrong with a photo is marked, with what to do", () => {
  const page = sheetOf([
    photo({ failure: { message: "Foto rusak.", hints: ["Salin ulang."] } }),
    photo({ renditions: [rendition({ notes: ["Terlalu kecil."] })] }),
  ]);
  expect(page).toMatch(/<article class="failed">[\s\S]*Foto rusak\.[\s\S]*Salin ulang\./);
  expect(page).toMatch(/class="note"[\s\S]*Terlalu kecil\./);
  expect(page).toContain("1 gagal");
  expect(page).toContain("1 perlu dilihat");
});

it("nothing foreign becomes markup, wherever it stands", () => {
  const evil = `"><script>alert(1)</script><img src=x onerror=alert(2)>'&\u202e\u001b[31m`;
  const page = sheetOf(
    [
      photo({
        name: evil,
        facts: [evil],
        notes: [evil],
        failure: { message: evil, hints: [evil] },
        metadata: [{ label: evil, text: evil, link: `https://x/${evil}`, private: true }],
        renditions: [rendition({ preset: evil, name: evil, facts: [evil], notes: [evil] })],
      }),
    ],
    { subject: evil, made: evil, language: evil },
  );
  expect(page).not.toMatch(/<script|<img src=x/);
  expect(page).not.toMatch(/[\u202e\u001b]/);
  // Every quote of a foreign text is escaped, so no attribute ends early.
  expect(page.replace(/<style>[\s\S]*<\/style>/, "")).not.toMatch(/alert\(2\)>/);
});

it("the page loads nothing and runs nothing, and holds the browser to that", () => {
  const page = sheetOf([photo({ renditions: [rendition()] })]);
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)![1]!;
  const style = /<style>([\s\S]*)<\/style>/.exec(page)![1]!;
  const hash = createHash("sha256").update(style).digest("base64");
  expect(policy.replaceAll("&#39;", "'")).toBe(
    `default-src 'none'; img-src data:; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
  );
  expect(page).not.toMatch(/ style="|<link|<script|url\(|@import|src="(?!data:image\/jpeg;base64,)/);
});

it("only so many pictures are drawn that a browser can open the sheet, and the rest are counted", async () => {
  const gallery = createGallery({ thumbnail: async () => Buffer.alloc(15 * 1024 * 1024) }, 2);
  const drawn = [];
  for (let i = 0; i < 5; i++) drawn.push(await gallery.source("x.jpg"));
  expect(drawn.map((picture) => picture !== undefined)).toEqual([true, true, true, false, false]);
  expect(gallery.unseen()).toBe(2);
  expect(sheetOf([photo()], { unseen: 2 })).toContain("2 gambar tidak ditampilkan");
});

it("a photo that cannot be drawn has a place on the sheet", async () => {
  const gallery = createGallery({ thumbnail: async () => Promise.reject(new Error("damaged")) }, 1);
  expect(await gallery.source("x.jpg")).toBeUndefined();
  const { picture: _, ...without } = photo();
  expect(sheetOf([without])).toContain(messages.sheet.pictureMissing);
});
