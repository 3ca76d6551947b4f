import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkPost } from "../../../src/post/check.js";
import { editPost } from "../../../src/post/front-matter/edit.js";
import { readPost } from "../../../src/post/front-matter/read.js";
import { mergeBodies, paragraphs } from "../../../src/post/merge/body.js";
import { conflictsIn } from "../../../src/post/merge/conflicts.js";
import { type Manuscript, mergePosts, writeMerged } from "../../../src/post/merge/merge.js";
import type { Post, PostPhoto } from "../../../src/post/types.js";

const photo = (name: string, changes: Partial<PostPhoto> = {}): PostPhoto => ({
  file: `foto/${name}.jpg`,
  caption: `Keterangan ${name}`,
  source: "own",
  children: "none",
  lead: false,
  ...changes,
});
const first: Post = {
  kind: "berita-kegiatan",
  title: "Camat Buka Musrenbang",
  category: "pemerintahan",
  priority: "normal",
  tags: ["musrenbang", "cibitung"],
  channel_texts: { x: "Musrenbang" },
  photos: [photo("a"), photo("b")],
  answers: { tujuan: "Menyusun rencana", kutipan: [{ nama: "Ahmad", isi: "Mari." }] },
  internal: {},
};
type Changes = Partial<Post> & { body?: string };
const manuscript = ({ body = "Satu.\n\nDua.\n\nTiga.\n", ...changes }: Changes): Manuscript => ({
  post: { ...first, ...changes },
  body,
});
const merge = (ours: Changes, theirs: Changes, base: Changes = {}) =>
  mergePosts({ base: manuscript(base), ours: manuscript(ours), theirs: manuscript(theirs) });

describe("front matter that two have changed", () => {
  it("has what each of them changed, key by key", () => {
    const { post, conflicts } = merge(
      { title: "Camat Cibitung Buka Musrenbang", answers: { ...first.answers, tujuan: "Memilih usulan" } },
      { place: "Aula Kantor Kecamatan", channel_texts: { x: "Musrenbang dibuka", facebook: "Baru" } },
    );
    expect(conflicts).toEqual([]);
    expect(post).toEqual({
      ...first,
      title: "Camat Cibitung Buka Musrenbang",
      place: "Aula Kantor Kecamatan",
      channel_texts: { x: "Musrenbang dibuka", facebook: "Baru" },
      answers: { ...first.answers, tujuan: "Memilih usulan" },
    });
  });

  it("loses what one of them took out", () => {
    const { post } = merge({}, { channel_texts: {}, answers: { tujuan: "Menyusun rencana" } });
    expect(post).toMatchObject({ channel_texts: {}, answers: { tujuan: "Menyusun rencana" } });
    expect(post.answers).not.toHaveProperty("kutipan");
  });

  it("has the tags that either added, without those that either took out", () => {
    const { post } = merge({ tags: ["musrenbang", "warga"] }, { tags: ["cibitung", "musrenbang", "usulan"] });
    expect(post.tags).toEqual(["musrenbang", "warga", "usulan"]);
  });

  it.each<[string, Changes, Changes, string[], unknown]>([
    ["title", { title: "Satu" }, { title: "Dua" }, ["judul"], "Dua"],
    ["word", { priority: "urgent" }, { priority: "normal" }, ["prioritas"], "biasa"],
    ["removal", { channel_texts: { x: "Lain" } }, { channel_texts: {} }, ["teks_kanal", "x"], undefined],
    ["answer", { answers: { tujuan: "A" } }, { answers: { tujuan: "B" } }, ["isian", "tujuan"], "B"],
    [
      "caption",
      { photos: [photo("b"), photo("a", { caption: "A" })] },
      { photos: [photo("a", { caption: "B" }), photo("b")] },
      ["foto", "1", "takarir"],
      "B",
    ],
  ])("keeps both forms of a %s that both changed", (_, ours, theirs, path, value) => {
    const base = ours.priority ? { priority: "low" as never } : {};
    const merged = merge(ours, theirs, base);
    expect(merged.conflicts).toEqual([{ path, theirs: value }]);
  });

  it("is no place for names that every object has", () => {
    const theirs = { answers: JSON.parse('{"tujuan":"Menyusun rencana","__proto__":"x","constructor":"y"}') };
    const { post, conflicts } = merge({}, theirs);
    expect(conflicts).toEqual([]);
    expect(Object.entries(post.answers)).toContainEqual(["__proto__", "x"]);
  });
});

describe("photos that two have changed", () => {
  const files = (ours: PostPhoto[], theirs: PostPhoto[]) =>
    merge({ photos: ours }, { photos: theirs })
      .post.photos.map(({ file }) => file.slice(5, 6))
      .join("");

  it("are those that either added, each after the one before it", () => {
    expect(files([photo("a"), photo("c"), photo("b")], [photo("n"), photo("a"), photo("b")])).toBe("nacb");
  });

  it("are in the order of the side that changed it", () => {
    expect(files([photo("b"), photo("a")], [photo("a"), photo("b"), photo("n")])).toBe("bna");
    expect(files([photo("a"), photo("b"), photo("o")], [photo("b"), photo("a")])).toBe("boa");
  });

  it("lose one that either took out, unless the other wrote something about it", () => {
    expect(files([photo("a")], [photo("a"), photo("b")])).toBe("a");
    expect(files([photo("a"), photo("b")], [photo("b")])).toBe("b");
    const merged = merge({ photos: [photo("a")] }, { photos: [photo("a"), photo("b", { caption: "Baru" })] });
    expect(merged.post.photos).toEqual([photo("a"), photo("b", { caption: "Baru" })]);
    expect(merged.conflicts).toEqual([
      { path: ["foto", "1", "berkas"], theirs: "(Anda tidak memakai foto ini)" },
    ]);
  });

  it("have what either changed of a consent, and both forms where both changed the same", () => {
    const consent = { by: "Ibu Ratna", date: "2026-11-22", scope: "laman" };
    const of = (changes: Partial<typeof consent>) => ({
      photos: [photo("a"), photo("b", { children: "consented", consent: { ...consent, ...changes } })],
    });
    const merged = merge(of({ by: "Ibu Ratna Sari" }), of({ scope: "laman dan Instagram" }), of({}));
    expect(merged.conflicts).toEqual([]);
    expect(merged.post.photos[1]?.consent).toEqual({
      ...consent,
      by: "Ibu Ratna Sari",
      scope: "laman dan Instagram",
    });
    const both = merge(of({ by: "Ibu R." }), of({ by: "Ratna" }), of({}));
    expect(both.conflicts).toEqual([{ path: ["foto", "1", "izin", "dari"], theirs: "Ratna" }]);
    const ours = manuscript(of({ by: "Ibu R." }));
    const text = writeMerged(Buffer.from(editPost("---\n---\n", ours.post)), ours, both, "index.md");
    expect(text).toContain('dari_dari_redaksi: "Ratna"');
    expect(conflictsIn(readPost(text))).toMatchObject([
      { key: "foto.1.izin.dari", mark: "dari_dari_redaksi" },
    ]);
  });

  it("that one took out are kept for what the other wrote about the focus, where the newsroom stores one", () => {
    const base = { photos: [photo("a"), photo("b", { focus: "0.5,0.5" })] };
    const merged = merge(
      { photos: [photo("a"), photo("b", { focus: "0.5,0.1" })] },
      { photos: [photo("a")] },
      base,
    );
    expect(merged.conflicts).toEqual([
      { path: ["foto", "1", "berkas"], theirs: "(redaksi tidak memakai foto ini)" },
    ]);
  });

  it("keep the focus that only this computer knows", () => {
    const mine = [photo("a", { focus: "0.5,0.3" }), photo("b")];
    expect(
      merge({ photos: mine }, { photos: [photo("a", { alt: "Aula" }), photo("b")] }).post.photos[0],
    ).toEqual(photo("a", { focus: "0.5,0.3", alt: "Aula" }));
    expect(merge({ photos: mine }, { photos: [photo("b")] })).toMatchObject({ conflicts: [] });
  });

  it("have the lead that either chose, and both where they chose differently", () => {
    const lead = (name: string) => ["a", "b", "c"].map((one) => photo(one, { lead: one === name }));
    const base = { photos: lead("") };
    expect(merge(base, { photos: lead("b") }, base).post.photos).toEqual(lead("b"));
    expect(merge({ photos: lead("a") }, base, base).post.photos).toEqual(lead("a"));
    const both = merge({ photos: lead("b") }, { photos: lead("c") }, base);
    expect(both.post.photos).toEqual(lead("b"));
    expect(both.conflicts).toEqual([{ path: ["foto", "2", "utama"], theirs: "ya" }]);
  });
});

describe("a body that two have changed", () => {
  const base = "Satu.\n\nDua.\n\nTiga.\n";
  it.each([
    ["neighbours", "Satu!\n\nDua.\n\nTiga.\n", "Satu.\n\nDua!\n\nTiga.\n", "Satu!\n\nDua!\n\nTiga.\n"],
    [
      "an end",
      "Satu.\n\nDua.\n\nTiga!\n",
      "Satu.\n\nDua.\n\nTiga.\n\nEmpat.\n",
      "Satu.\n\nDua.\n\nTiga!\n\nEmpat.\n",
    ],
    ["a removal", "Satu.\n\nTiga.\n", "Satu!\n\nDua.\n\nTiga.\n", "Satu!\n\nTiga.\n"],
    [
      "one change",
      "Satu.\n\nDua!\n\nTiga.\n",
      "Satu.\n\nDua!\n\nTiga.\n\nEmpat.\n",
      "Satu.\n\nDua!\n\nTiga.\n\nEmpat.\n",
    ],
  ])("merges by paragraph: %s", (_, ours, theirs, merged) => {
    expect(mergeBodies(base, ours, theirs)).toBe(merged);
  });

  it("keeps both forms of a paragraph, and says which is whose", () => {
    expect(mergeBodies(base, "Satu.\n\nDua A.\n\nTiga.\n", "Satu.\n\nDua B.\n\nTiga.\n")).toBe(
      "Satu.\n\n[PILIH SATU: naskah Anda]\n\nDua A.\n\n[ATAU: naskah dari redaksi]\n\nDua B.\n\n" +
        "[SELESAI MEMILIH]\n\nTiga.\n",
    );
    expect(mergeBodies(base, "Satu.\n\nTiga.\n", "Satu.\n\nDua B.\n\nTiga.\n")).toContain(
      "[PILIH SATU: Anda menghapus bagian ini]\n\n[ATAU: naskah dari redaksi]\n\nDua B.",
    );
  });

  it("ends soon, however much was changed", () => {
    const many = (word: string) => Array.from({ length: 20_000 }, (_, i) => `${word}${i}`).join("\n\n");
    const merged = paragraphs(mergeBodies(many("a"), many("b"), many("c")));
    expect(merged).toContain("b19999");
    expect(merged).toContain("c19999");
  });

  // Few words, so that the same paragraph is written, moved and taken out on both sides.
  const body = fc.array(fc.constantFrom("A", "B", "C", "D", "E", "F"), { maxLength: 8 });
  const text = (parts: readonly string[]) => parts.map((part) => `${part}.`).join("\n\n");
  const three = fc.tuple(body, body, body).map((parts) => parts.map(text) as [string, string, string]);

  it("is the side that changed, where only one did", () => {
    fc.assert(
      fc.property(three, ([start, changed]) => {
        expect(mergeBodies(start, changed, start)).toBe(changed);
        expect(mergeBodies(start, start, changed)).toBe(changed);
        expect(mergeBodies(start, changed, changed)).toBe(changed);
      }),
    );
  });

  it("loses no paragraph that either wrote, and none that both kept", () => {
    fc.assert(
      fc.property(three, ([start, ours, theirs]) => {
        const merged = paragraphs(mergeBodies(start, ours, theirs));
        const [before, mine, other] = [start, ours, theirs].map(paragraphs);
        const lost = [...mine!, ...other!].filter(
          (one) =>
            !merged.includes(one) &&
            (!before!.includes(one) || (mine!.includes(one) && other!.includes(one))),
        );
        expect(lost).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it("stays as it is when the same revision is taken again", () => {
    fc.assert(
      fc.property(three, ([start, ours, theirs]) => {
        const merged = mergeBodies(start, ours, theirs);
        expect(mergeBodies(theirs, merged, theirs)).toBe(merged);
      }),
    );
  });
});

describe("index.md after a merge", () => {
  const index = `---
judul: 'Camat Buka Musrenbang' # kalimat aktif
jenis: berita-kegiatan
kategori: pemerintahan
teks_kanal: # boleh kosong
foto:
  - berkas: foto/a.jpg
    takarir: "Keterangan a" # siapa
---

Satu.

Dua.
`;
  const read = readPost(index);
  const ours = { post: read.post!, body: read.body };
  const taken = (base: Changes, theirs: Changes) => {
    const of = ({ body = ours.body, ...changes }: Changes) => ({ post: { ...ours.post, ...changes }, body });
    const merged = mergePosts({ base: of(base), ours, theirs: of(theirs) });
    return writeMerged(Buffer.from(index), ours, merged, "index.md");
  };

  it("is byte for byte the same but for what changed", () => {
    expect(taken({}, {})).toBe(index);
    expect(taken({}, { body: "\nSatu.\n\nDua kali.\n" })).toBe(index.replace("Dua.", "Dua kali."));
    expect(taken({}, { title: "Camat Tutup Musrenbang" })).toBe(
      index.replace("'Camat Buka Musrenbang'", '"Camat Tutup Musrenbang"'),
    );
  });

  it("has both forms of what both changed, and is refused with each line until one is chosen", () => {
    const text = taken(
      {
        title: "Musrenbang",
        channel_texts: { x: "Lama" },
        photos: [photo("a", { caption: "Lama" })],
        body: "\nSatu.\n\nLama.\n",
      },
      {
        title: "Musrenbang 2027",
        channel_texts: { x: "Baru" },
        photos: [photo("a", { caption: "Baru" })],
        body: "\nSatu.\n\nBaru.\n",
      },
    );
    const now = readPost(text);
    expect(text).toContain(
      "judul: 'Camat Buka Musrenbang' # kalimat aktif\njudul_dari_redaksi: \"Musrenbang 2027\"\n",
    );
    expect(now.problems).toEqual([]);
    const marked = text.split("\n");
    const problems = checkPost(now.post!, now.body, "submit", now.lines).filter(
      ({ code }) => code === "conflict-left",
    );
    expect(problems.map(({ key, line }) => [key, marked[line! - 1]?.trim()])).toEqual([
      ["judul", 'judul_dari_redaksi: "Musrenbang 2027"'],
      ["teks_kanal.x", 'x_dari_redaksi: "Baru"'],
      ["foto.0.takarir", 'takarir_dari_redaksi: "Baru"'],
      [undefined, "[PILIH SATU: naskah Anda]"],
      [undefined, "[ATAU: naskah dari redaksi]"],
      [undefined, "[SELESAI MEMILIH]"],
    ]);
    expect(problems.every(({ severity }) => severity === "error")).toBe(true);
    expect(conflictsIn(readPost(index))).toEqual([]);
  });
});
