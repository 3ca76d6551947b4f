import { describe, expect, it } from "vitest";
import { readPost } from "../../../src/post/front-matter/read.js";
import { chooseAll, type Decision, openChoices } from "../../../src/post/merge/choose.js";
import { conflictsIn } from "../../../src/post/merge/conflicts.js";

const index = `---
judul: "Camat Buka Musrenbang" # kalimat aktif
judul_dari_redaksi: "Camat Cibitung Buka Musrenbang"
jenis: berita-kegiatan
tanggal: "2026-11-22"
tanggal_dari_redaksi: (dihapus)
tidak_dikenal: "tetap"
foto:
  - berkas: "foto/a.jpg"
    takarir: "Camat membuka acara."
    takarir_dari_redaksi: "Camat di podium."
    utama: "ya"
  - berkas: "foto/b.jpg"
    utama_dari_redaksi: "ya"
  - berkas: "foto/c.jpg"
    berkas_dari_redaksi: "(redaksi tidak memakai foto ini)"
isian:
  tujuan: "Menyusun rencana"
---

Satu.

[PILIH SATU: naskah Anda]

Dua dari saya.

[ATAU: naskah dari redaksi]

Dua dari redaksi.

[SELESAI MEMILIH]

Tiga.

[PILIH SATU: naskah Anda]

Empat.

[ATAU: redaksi menghapus bagian ini]

[SELESAI MEMILIH]

Lima.
`;
const all = (decision: Decision) => chooseAll(index, Array(7).fill(decision), "index.md");

describe("choosing between two forms", () => {
  it("shows each with both of its forms, and where both would make sense", () => {
    expect(openChoices(index)).toEqual([
      {
        ...{ key: "judul", ours: "Camat Buka Musrenbang", theirs: "Camat Cibitung Buka Musrenbang" },
        takesBoth: false,
      },
      { key: "tanggal", ours: "2026-11-22", theirs: undefined, takesBoth: false },
      {
        ...{ key: "foto.0.takarir", ours: "Camat membuka acara.", theirs: "Camat di podium." },
        takesBoth: false,
      },
      { key: "foto.1.utama", ours: undefined, theirs: "ya", takesBoth: false },
      {
        ...{ key: "foto.2.berkas", ours: "foto/c.jpg", theirs: "(redaksi tidak memakai foto ini)" },
        takesBoth: false,
      },
      { key: "isi", ours: "Dua dari saya.", theirs: "Dua dari redaksi.", takesBoth: true },
      { key: "isi", ours: "Empat.", theirs: undefined, takesBoth: false },
    ]);
  });

  it("keeps the operator's", () => {
    const text = all("ours");
    const { post, body } = readPost(text);
    expect(post).toMatchObject({ title: "Camat Buka Musrenbang", event_date: "2026-11-22" });
    expect(post?.photos.map(({ file, caption, lead }) => [file, caption, lead])).toEqual([
      ["foto/a.jpg", "Camat membuka acara.", true],
      ["foto/b.jpg", undefined, false],
      ["foto/c.jpg", undefined, false],
    ]);
    expect(body.trim()).toBe("Satu.\n\nDua dari saya.\n\nTiga.\n\nEmpat.\n\nLima.");
    expect(text).toContain("# kalimat aktif");
    expect(text).toContain("tidak_dikenal");
  });

  it("takes the newsroom's: values, removals, the lead photo, and photos it does not use", () => {
    const { post, body } = readPost(all("theirs"));
    expect(post).toMatchObject({ title: "Camat Cibitung Buka Musrenbang" });
    expect(post).not.toHaveProperty("event_date");
    expect(post?.photos.map(({ file, caption, lead }) => [file, caption, lead])).toEqual([
      ["foto/a.jpg", "Camat di podium.", false],
      ["foto/b.jpg", undefined, true],
    ]);
    expect(body.trim()).toBe("Satu.\n\nDua dari redaksi.\n\nTiga.\n\nLima.");
  });

  it("takes both in the body where a person says so, and glues no two titles together", () => {
    const decisions: Decision[] = ["both", "ours", "both", "ours", "ours", "both", "ours"];
    const text = chooseAll(index, decisions, "index.md");
    const { body } = readPost(text);
    expect(text).toContain('judul: "Camat Buka Musrenbang"');
    expect(text).toContain("judul_dari_redaksi");
    expect(body).toContain("Dua dari saya.\n\nDua dari redaksi.\n");
  });

  it("leaves what is left for later as it is, byte for byte", () => {
    expect(all("later")).toBe(index);
    expect(chooseAll(index, [], "index.md")).toBe(index);
    const some = chooseAll(
      index,
      ["theirs", "later", "later", "later", "later", "later", "ours"],
      "index.md",
    );
    expect(conflictsIn(readPost(some))).toHaveLength(7);
    expect(openChoices(some).map(({ key }) => key)).toEqual([
      ...["tanggal", "foto.0.takarir", "foto.1.utama", "foto.2.berkas", "isi"],
    ]);
  });

  it("keeps CRLF and the operator's blank lines, and what is half removed", () => {
    const crlf = index.replaceAll("\n", "\r\n");
    expect(chooseAll(crlf, Array(7).fill("ours"), "index.md")).not.toMatch(/[^\r]\n/);
    const open = index.replace("[SELESAI MEMILIH]\n\nTiga.", "Tiga.");
    const decisions: Decision[] = ["ours", "ours", "ours", "ours", "ours", "theirs"];
    expect(openChoices(open).filter(({ key }) => key === "isi")).toHaveLength(1);
    expect(chooseAll(open, decisions, "index.md")).toContain("Dua dari redaksi.\n\nTiga.\n\nLima.");
    const half = index.replace("[SELESAI MEMILIH]\n\nTiga.", "Tiga.\n\n\n\nDua lagi.");
    expect(chooseAll(half, ["ours"], "index.md")).toContain("Tiga.\n\n\n\nDua lagi.");
  });
});
