import { describe, expect, it } from "vitest";
import { parseBox, readBox, writeBox } from "../../src/post/blur.js";
import { checkFacts } from "../../src/post/facts.js";
import { changePhoto, leadWith, movePhoto, parseFocus, removePhoto } from "../../src/post/photo-changes.js";
import type { Post, PostPhoto } from "../../src/post/types.js";

const photo = (name: string, changes: Partial<PostPhoto> = {}): PostPhoto => ({
  ...{ file: `foto/${name}.jpg`, source: "own", children: "none", lead: false },
  ...changes,
});
const post = (changes: Partial<Post> = {}): Post => ({
  ...{ kind: "agenda", title: "Musrenbang", category: "pemerintahan", priority: "normal" },
  ...{ tags: [], channel_texts: {}, photos: [], answers: {}, internal: {}, event_date: "2026-11-22" },
  ...changes,
});
const found = (changes: Partial<Post>, body = "Isi.\n") =>
  checkFacts(post(changes), body, "2026-11-24").map(({ severity, code, key }) => [severity, code, key]);

describe("facts of a post", () => {
  it.each<[string, Partial<Post>, string, unknown[]]>([
    ["nothing is said of what can be", {}, "3 < 5, dan <nama> diisi.\n", []],
    [
      "an end before its start cannot be",
      { answers: { waktu_mulai: "09:00", waktu_selesai: "08:30" } },
      "Isi.",
      [["error", "ends-before-start", "isian.waktu_selesai"]],
    ],
    [
      "an end after midnight may be",
      { answers: { waktu_mulai: "20:00", waktu_selesai: "01:00" } },
      "Isi.",
      [["warning", "ends-before-start", "isian.waktu_selesai"]],
    ],
    [
      "an end after its start is right",
      { answers: { waktu_mulai: "09:00", waktu_selesai: "10:00" } },
      "Isi.",
      [],
    ],
    [
      "days are compared as days",
      { kind: "pengumuman", answers: { berlaku_mulai: "2026-12-01", berlaku_sampai: "2026-11-30" } },
      "Isi.",
      [["error", "ends-before-start", "isian.berlaku_sampai"]],
    ],
    [
      "news of what has not happened",
      { kind: "berita-kegiatan", event_date: "2026-11-25", photos: [photo("a")] },
      "Isi.",
      [["warning", "still-to-come", "tanggal"]],
    ],
    [
      "news of today has happened",
      { kind: "berita-kegiatan", event_date: "2026-11-24", photos: [photo("a")] },
      "Isi.",
      [],
    ],
    [
      "a count of people is whole",
      {
        kind: "info-darurat",
        answers: { kk_terdampak: "1.25", jiwa_terdampak: "1.250", korban: { hilang: "0,5" } },
      },
      "Isi.",
      [
        ["error", "count-whole", "isian.kk_terdampak"],
        ["error", "count-whole", "isian.korban.hilang"],
      ],
    ],
    [
      "data are not older than what they tell of",
      { kind: "info-darurat", answers: { waktu: "02:10", data_tanggal: "2026-11-22", data_pukul: "01:00" } },
      "Isi.",
      [["warning", "data-before-event", "isian.data_pukul"]],
    ],
    [
      "nor of the day before",
      { kind: "info-darurat", answers: { waktu: "02:10", data_tanggal: "2026-11-21", data_pukul: "09:00" } },
      "Isi.",
      [["warning", "data-before-event", "isian.data_tanggal"]],
    ],
    [
      "data of the next day are newer",
      { kind: "info-darurat", answers: { waktu: "02:10", data_tanggal: "2026-11-23", data_pukul: "01:00" } },
      "Isi.",
      [],
    ],
    [
      "a mobile number that is published as an office's",
      { kind: "siaran-pers", answers: { narahubung: { nama: "Siti", telepon: "0812-3456-7890" } } },
      "Isi.",
      [["warning", "mobile-number", "isian.narahubung.telepon"]],
    ],
    [
      "an office's number is one",
      { kind: "siaran-pers", answers: { narahubung: { telepon: "(021) 8990 1234" } } },
      "Isi.",
      [],
    ],
    ["an event to come is what an agenda is for", { event_date: "2026-12-24" }, "Isi.", []],
    ["a year that nobody means", { event_date: "1990-11-22" }, "Isi.", [["warning", "odd-year", "tanggal"]]],
    [
      "such a year in an answer too",
      { answers: { mulai: "2062-01-01" } },
      "Isi.",
      [["warning", "odd-year", "isian.mulai"]],
    ],
    [
      "an emergency contact that nobody can call",
      { kind: "info-darurat", answers: { kontak_darurat: "Posko kecamatan" } },
      "Isi.",
      [["error", "number-missing", "isian.kontak_darurat"]],
    ],
    [
      "one of several contacts that nobody can call",
      { kind: "info-darurat", answers: { kontak_darurat: ["Layanan darurat 112", "hubungi kami"] } },
      "Isi.",
      [["error", "number-missing", "isian.kontak_darurat.1"]],
    ],
    ["one with a number", { kind: "info-darurat", answers: { kontak_darurat: "BPBD 112" } }, "Isi.", []],
    ["no photo", { kind: "pembangunan" }, "Isi.", [["warning", "photo-wanted", "foto"]]],
    [
      "children that nobody has masked",
      { photos: [photo("a", { children: "masked" })] },
      "Isi.",
      [["warning", "masked-where", "foto.0.anak"]],
    ],
    [
      "children that are",
      { photos: [photo("a", { children: "masked", blur: ["1%,1%,5%,5%"] })] },
      "Isi.",
      [],
    ],
    [
      "HTML in texts, and in the body with its line",
      { title: "<b>Musrenbang</b>", answers: { kutipan: [{ isi: "Baik<br/>sekali" }] } },
      'Satu.\n\n<p class="x">Dua.</p>\n',
      [
        ["warning", "html-tag", "judul"],
        ["warning", "html-tag", "isian.kutipan.0.isi"],
        ["warning", "html-tag", undefined],
      ],
    ],
  ])("%s", (_name, changes, body, expected) => {
    expect(found(changes, body)).toEqual(expected);
  });

  it("names the line of the body, counted from its first", () => {
    const lines = new Map([["", 20]]);
    expect(checkFacts(post(), "Satu.\n\n<div>Dua</div>\n", "2026-11-24", lines)).toMatchObject([
      { code: "html-tag", line: 22, params: { tag: "<div>" } },
    ]);
  });
});

describe("an embargo", () => {
  const at = (embargo: string) =>
    checkFacts(post({ embargo }), "Isi.\n", "2026-11-24", new Map(), new Date("2026-11-24T02:00:00Z")).map(
      ({ severity, code, params }) => [severity, code, params],
    );

  it("that is past is told, with its time; one to come is not", () => {
    expect(at("2026-11-24T08:00:00+07:00")).toMatchObject([
      ["warning", "embargo-past", { when: expect.stringContaining("24 November 2026") }],
    ]);
    expect(at("2026-11-24T10:00:00+07:00")).toEqual([]);
  });
});

describe("boxes", () => {
  const size = { width: 4000, height: 3000 };

  it.each([
    ["400,300,800,600", [0.1, 0.1, 0.2, 0.2]],
    ["10%,10%,20%,20%", [0.1, 0.1, 0.2, 0.2]],
    ["10%, 300px; 20%,600", [0.1, 0.1, 0.2, 0.2]],
    ["3600,0,900,3000", [0.9, 0, 0.1, 1]],
    ["12,5%;10%; 20 % ;20%", [0.125, 0.1, 0.2, 0.2]],
    ["3996,2996,90,90", [0.999, 0.998667, 0.001, 0.001333]],
    ["4000,0,10,10", undefined],
    // Shares, as --focus takes them: nothing would be hidden.
    ["0.2,0.2,0.3,0.3", undefined],
    ["10%,10%,10%,0.0001%", undefined],
    ["3999,2999,1,1", undefined],
    ["99.99%,0%,10%,10%", undefined],
    ["0,0,0,10", undefined],
    ["1,2,3", undefined],
    ["-1,2,3,4", undefined],
    ["a,b,c,d", undefined],
    ["", undefined],
  ])("%s is read as people type it", (typed, box) => {
    const read = parseBox(typed, size);
    expect(read?.map((part) => Number(part.toFixed(6)))).toEqual(box);
  });

  it("may be smaller in a picture that is", () => {
    expect(parseBox("0,0,3,3", { width: 3, height: 3 })).toEqual([0, 0, 1, 1]);
  });

  it("are written so that nothing of them is lost, and read again as they were", () => {
    for (const typed of ["401,299,333,777", "33.333%,66.667%,10%,5%", "0,0,4000,3000", "3996,2996,4,4"]) {
      const [x, y, w, h] = parseBox(typed, size)!;
      const written = writeBox([x, y, w, h]);
      const [left, top, width, height] = readBox(written)!;
      expect(left).toBeLessThanOrEqual(x + 1e-9);
      expect(top).toBeLessThanOrEqual(y + 1e-9);
      expect(left + width).toBeGreaterThanOrEqual(x + w - 1e-9);
      expect(top + height).toBeGreaterThanOrEqual(y + h - 1e-9);
      expect(writeBox(readBox(written)!)).toBe(written);
    }
  });

  it.each(["10%,10%,20%", "10,10,20,20", "100%,0%,1%,1%", "0%,0%,0%,1%", "0%,0%,101%,1%"])(
    "%s is none in index.md",
    (text) => expect(readBox(text)).toBeUndefined(),
  );
});

describe("changes of photos", () => {
  const photos = [photo("a", { caption: "A", lead: true }), photo("b"), photo("c")];
  const names = (list: readonly PostPhoto[]) => list.map(({ file }) => file[5]).join("");

  it("change one, and take out what is emptied", () => {
    const changed = changePhoto(photos, "foto/a.jpg", { caption: "", alt: "Camat", blur: [] });
    expect(changed[0]).toEqual({ ...photo("a", { alt: "Camat", lead: true }) });
    expect(changed.slice(1)).toEqual(photos.slice(1));
  });

  it("move, remove and lead", () => {
    expect(names(movePhoto(photos, "foto/c.jpg", 1))).toBe("cab");
    expect(names(movePhoto(photos, "foto/a.jpg", 9))).toBe("bca");
    expect(names(removePhoto(photos, "foto/b.jpg"))).toBe("ac");
    expect(leadWith(photos, "foto/b.jpg").map(({ lead }) => lead)).toEqual([false, true, false]);
  });

  it.each([
    ["atas", "0.5,0.2"],
    ["Kanan bawah", "0.8,0.8"],
    ["top-left", "0.2,0.2"],
    ["30%, 40%", "0.3,0.4"],
    ["0.25,0.5", "0.25,0.5"],
    ["otomatis", ""],
    ["pinggir", undefined],
    ["1.5,0.2", undefined],
    ["120%,1%", undefined],
  ])("focus %s", (typed, focus) => expect(parseFocus(typed)).toBe(focus));
});
