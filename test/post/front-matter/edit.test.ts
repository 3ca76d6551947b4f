import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addPhotos, editPost } from "../../../src/post/front-matter/edit.js";
import { readPost } from "../../../src/post/front-matter/read.js";
import type { PostPhoto } from "../../../src/post/types.js";

const source = `---
# Naskah Musrenbang
judul: 'Camat Buka Musrenbang' # kalimat aktif
jenis: berita-kegiatan
tag: ["musrenbang", cibitung]
catatan_saya: jangan dihapus

foto:
  # foto utama
  - berkas: "foto/a.jpg"
    kunci_lain: "x"
    alt: "Aula"
  - berkas: "foto/b.jpg" # cadangan
ringkasan: "Ringkas"

# penutup
---

Isi  dengan  spasi\u0020\u0020
---
Akhir tanpa baris baru`;
const photo = (file: string): PostPhoto => ({ file, source: "own", children: "unchecked", lead: false });

describe("editing a post", () => {
  it("changes only the line of the key that changes", () => {
    expect(editPost(source, { summary: "Baru" })).toBe(source.replace('"Ringkas"', '"Baru"'));
  });

  it("writes nothing anew when nothing changes", () => {
    expect(editPost(source, {})).toBe(source);
    const { post } = readPost(source);
    expect(editPost(source, { ...post })).toBe(source);
  });

  it("keeps comments, order and unknown keys", () => {
    const text = editPost(source, { title: 'Camat: "Baru" #1', priority: "urgent" });
    expect(text).toContain(`judul: "Camat: \\"Baru\\" #1" # kalimat aktif`);
    expect(text).toContain("# Naskah Musrenbang\n");
    expect(text).toContain("catatan_saya: jangan dihapus");
    expect(text).toContain("# foto utama");
    expect(text.slice(text.indexOf("\n---\n"))).toBe(source.slice(source.indexOf("\n---\n")));
    expect(readPost(text).post).toMatchObject({ title: 'Camat: "Baru" #1', priority: "urgent" });
  });

  it("removes a key with null", () => {
    const text = editPost(source, { summary: null });
    expect(readPost(text).post).not.toHaveProperty("summary");
    expect(text).not.toContain("ringkasan");
  });

  it("keeps BOM, CRLF and the bytes of the body", () => {
    const windows = `\ufeff${source.replaceAll("\n", "\r\n")}\nsatu baris LF\n`;
    const text = editPost(Buffer.from(windows), { channel_texts: { x: "Satu\nDua" } });
    expect(text.startsWith("\ufeff---\r\n")).toBe(true);
    const [before, after] = [windows, text].map((one) => one.slice(one.indexOf("\r\n---\r\n")));
    expect(after).toBe(before);
    expect(text.slice(0, text.indexOf("\r\n---\r\n"))).not.toMatch(/[^\r]\n/);
    expect(readPost(text).post?.channel_texts).toEqual({ x: "Satu\nDua" });
  });

  it("sets the body alone, in the style of the file", () => {
    const text = editPost(source.replaceAll("\n", "\r\n"), { body: "Satu.\nDua.\n" });
    expect(text.endsWith("\r\n# penutup\r\n---\r\nSatu.\r\nDua.\r\n")).toBe(true);
  });

  it("adds photos behind those that are there", () => {
    const text = addPhotos(source, [{ ...photo("foto/c.jpg"), alt: "Camat" }]);
    expect(text).toContain("kunci_lain");
    expect(text).toContain("# cadangan");
    expect(readPost(text).post?.photos.map(({ file }) => file)).toEqual([
      "foto/a.jpg",
      "foto/b.jpg",
      "foto/c.jpg",
    ]);
  });

  it("adds the first photo where the key was empty or missing", () => {
    for (const foto of ["", "foto:   # opsional\n", "foto: []\n"]) {
      const text = addPhotos(`---\njudul: a\njenis: b\n${foto}---\nIsi`, [photo("foto/a.jpg")]);
      expect(readPost(text).post?.photos).toEqual([photo("foto/a.jpg")]);
      if (foto.includes("#")) expect(text).toContain("# opsional");
    }
  });

  it("keeps the words of each photo with it when the order changes", () => {
    const { post } = readPost(source);
    const [a, b] = post?.photos ?? [];
    const text = editPost(source, { photos: [b!, { ...a!, caption: "Aula penuh" }] });
    expect(readPost(text).post?.photos).toEqual([b, { ...a, caption: "Aula penuh" }]);
    expect(text).toMatch(
      /berkas: "foto\/a.jpg"\n {4}kunci_lain: "x"\n {4}alt: "Aula"\n {4}takarir: "Aula penuh"/,
    );
    expect(readPost(editPost(source, { photos: [] })).post?.photos).toEqual([]);
  });

  it("refuses to touch what it cannot read", () => {
    expect(() => editPost('---\njudul: "a" b\n---\n', { title: "x" })).toThrow("post-invalid");
    expect(() => editPost("# tanpa bagian atas", { title: "x" })).toThrow("post-invalid");
    expect(() => editPost(source, { event_date: "31/02/2026" })).toThrow("post-invalid");
    expect(() => editPost(source, { summary: "a\u0000b" })).toThrow("post-invalid");
  });

  it("mends a wrong value", () => {
    const broken = source.replace("tag:", "prioritas: segera\ntag:");
    expect(readPost(editPost(broken, { priority: "urgent" })).post?.priority).toBe("urgent");
  });

  it("changes only its keys, whatever the text", () => {
    const before = readPost(source).post;
    const text = fc
      .string({ unit: "grapheme", maxLength: 60 })
      .filter((one) => one.isWellFormed() && !one.includes("\u0000"));
    fc.assert(
      fc.property(
        text,
        text,
        fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), text, { maxKeys: 4 }),
        (x, tag, answers) => {
          const edited = editPost(source, { channel_texts: { x: `a${x}` }, tags: [`t${tag}`], answers });
          expect(readPost(edited).post).toEqual({
            ...before,
            channel_texts: { x: `a${x}` },
            tags: [`t${tag}`.replace(/\s+/g, " ").trim()],
            answers: { ...answers },
          });
          expect(edited.slice(edited.indexOf("\n---\n"))).toBe(source.slice(source.indexOf("\n---\n")));
          // and back again
          const restored = editPost(edited, { channel_texts: null, answers: null, tags: before?.tags ?? [] });
          expect(readPost(restored).post).toEqual(before);
        },
      ),
      { seed: 5, numRuns: 200 },
    );
  });
});
