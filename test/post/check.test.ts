import { describe, expect, it } from "vitest";
import { checkPost } from "../../src/post/check.js";
import { readPost } from "../../src/post/front-matter/read.js";

const complete = `---
judul: "Camat Buka Musrenbang"
jenis: "berita-kegiatan"
kategori: "pemerintahan"
foto:
  - berkas: "foto/a.jpg"
    takarir: "Aula"
    alt: "Aula penuh"
    kredit: "Foto: Kecamatan Cibitung"
    utama: "ya"
---
Isi. [isi formulir](https://example.go.id)
`;
function check(text: string, mode: "draft" | "submit") {
  const { post, body, lines, problems } = readPost(text);
  expect(problems).toEqual([]);
  return checkPost(post!, body, mode, lines).map(({ code, key, line, severity }) => [
    severity,
    code,
    key,
    line,
  ]);
}

describe("checking a post", () => {
  it("finds nothing in a complete one", () => expect(check(complete, "submit")).toEqual([]));

  it("asks for category, caption, alt text and credit to submit, not in a draft", () => {
    const text = complete
      .replace('kategori: "pemerintahan"\n', "")
      .replace(/ {4}(takarir|alt|kredit).*\n/g, "");
    expect(check(text, "draft")).toEqual([]);
    expect(check(text, "submit")).toEqual([
      ["error", "required", "kategori", undefined],
      ["error", "required", "foto.0.takarir", 5],
      ["error", "required", "foto.0.alt", 5],
      ["error", "required", "foto.0.kredit", 5],
    ]);
  });

  it.each([
    ["tag: posyandu, wanasari\n", 'tag: ["posyandu", "wanasari"]'],
    ['tag: ["posyandu; wanasari", "b"]\n', 'tag: ["posyandu", "wanasari", "b"]'],
    ['tag: "#posyandu #wanasari"\n', 'tag: ["posyandu", "wanasari"]'],
  ])("takes no several words for one tag: %j", (line, mended) => {
    const { post, body, lines } = readPost(complete.replace("foto:\n", `${line}foto:\n`));
    expect(checkPost(post!, body, "submit", lines)).toEqual([
      { severity: "error", code: "yaml-list", key: "tag", line: 5, params: { mended } },
    ]);
    expect(checkPost(post!, body, "draft", lines)).toMatchObject([{ severity: "warning" }]);
  });

  it("refuses what is for the newsroom only in what the public reads", () => {
    const internal = 'internal:\n  catatan: "Narasumber 0812-3456-7890"\nfoto:\n';
    const text = complete.replace("foto:\n", internal).replace("Isi. ", "Hubungi 0812 3456 7890. ");
    expect(check(text, "submit")).toEqual([["error", "internal-in-public", "internal.catatan", 6]]);
    expect(check(text, "draft")).toEqual([["warning", "internal-in-public", "internal.catatan", 6]]);
  });

  it("asks who consented, when and for what where children are shown with consent, and nowhere else", () => {
    const consented = complete.replace('    utama: "ya"\n', '    anak: "ada-berizin"\n    utama: "ya"\n');
    expect(check(consented, "draft")).toEqual([]);
    expect(check(consented, "submit")).toEqual([
      ["error", "required", "foto.0.izin.dari", 6],
      ["error", "required", "foto.0.izin.tanggal", 6],
      ["error", "required", "foto.0.izin.untuk", 6],
    ]);
    const izin = '    izin: { dari: "Ibu Ratna", tanggal: "2026-11-22", untuk: "laman" }\n    utama: "ya"\n';
    expect(check(consented.replace('    utama: "ya"\n', izin), "submit")).toEqual([]);
    expect(check(consented.replace("ada-berizin", "ada-tak-dikenali"), "submit")).toEqual([]);
    const long = izin.replace("Ibu Ratna", "x".repeat(201));
    expect(check(consented.replace('    utama: "ya"\n', long), "draft")).toEqual([
      ["error", "too-long", "foto.0.izin.dari", 11],
    ]);
  });

  it("asks for what a correction corrects once something of the post is out", () => {
    const found = (text: string, isOut: boolean) => {
      const { post, body, lines } = readPost(text);
      return checkPost(post!, body, "submit", lines, { isOut }).map(({ code, key }) => [code, key]);
    };
    expect(found(complete, false)).toEqual([]);
    expect(found(complete, true)).toEqual([["correction-note", "ralat"]]);
    const corrected = complete.replace("foto:", 'ralat: "Tanggalnya 22."\nfoto:');
    expect(found(corrected, true)).toEqual([]);
    expect(found(corrected.replace("Tanggalnya 22.", "x".repeat(301)), true)).toEqual([
      ["too-long", "ralat"],
    ]);
  });

  it("allows one lead photo, each photo once, and thirty of them", () => {
    const twice = `  - berkas: "FOTO/A.jpg"\n    takarir: a\n    alt: b\n    kredit: c\n    utama: ya\n`;
    expect(check(complete.replace("---\nIsi", `${twice}---\nIsi`), "submit")).toEqual([
      ["error", "photo-twice", "foto.1.berkas", 11],
      ["error", "one-lead-photo", "foto.1.utama", 15],
    ]);
    const many = Array.from({ length: 30 }, (_, i) => `  - berkas: "foto/${i}.jpg"\n`).join("");
    expect(check(complete.replace("---\nIsi", `${many}---\nIsi`), "draft")).toEqual([
      ["error", "too-many", "foto", 5],
    ]);
  });

  it("measures title, summary and answers", () => {
    const text = complete
      .replace("Camat Buka Musrenbang", "x".repeat(251))
      .replace("foto:", `ringkasan: "${"x".repeat(161)}"\nisian: { a: ["${"x".repeat(20_001)}"] }\nfoto:`);
    expect(check(text, "draft")).toEqual([
      ["error", "too-long", "judul", 2],
      ["error", "too-long", "ringkasan", 5],
      ["error", "too-long", "isian.a.0", 6],
    ]);
  });

  it("finds what is still to be filled in, with its line", () => {
    const text = complete
      .replace("Isi. ", "Satu.\n\n[isi nama camat] dan {{ lokasi }}\n")
      .replace("Aula penuh", "[tulis alt]");
    expect(check(text, "draft").map(([severity]) => severity)).toEqual(["warning", "warning", "warning"]);
    expect(check(text, "submit")).toEqual([
      ["error", "placeholder-left", "foto.0.alt", 8],
      ["error", "placeholder-left", undefined, 14],
      ["error", "placeholder-left", undefined, 14],
    ]);
  });

  it("asks for a body", () => {
    expect(check(complete.replace(/Isi[^\n]*/, " "), "submit")).toEqual([
      ["error", "body-empty", undefined, 12],
    ]);
  });
});
