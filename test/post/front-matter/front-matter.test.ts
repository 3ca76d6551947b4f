import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../../src/errors/diagnostics.js";
import { editPost } from "../../../src/post/front-matter/edit.js";
import { readPost } from "../../../src/post/front-matter/read.js";

const post = (front: string, body = "Isi.\n") =>
  `---\njudul: "Camat Buka Musrenbang"\njenis: "berita-kegiatan"\n${front}---\n${body}`;
const errors = (problems: readonly Diagnostic[]) =>
  problems.filter((problem) => problem.severity === "error").map(({ code, key, line }) => [code, key, line]);
const first = (front: string) => readPost(post(front)).problems[0];

describe("reading a post", () => {
  it("gives every key its English name and its type", () => {
    const read = readPost(
      post(`lokasi: Aula Kantor
desa_kelurahan: "Wanasari"
tanggal: "2026-11-22"
kategori: "pemerintahan"
prioritas: mendesak
dibutuhkan_sebelum: "2026-11-23 09.00"
embargo: "2026-11-22T10:00:00+07:00"
ringkasan: "Ringkas."
tag: ["musrenbang", "cibitung"]
teks_kanal:
  x: |
    Ayo hadir!
    #Cibitung
foto:
  - berkas: "foto\\\\IMG_0001.jpg"
    takarir: "Camat berbicara."
    sumber_foto: "warga"
    anak: "ada-berizin"
    utama: ya
  - berkas: "foto/b.jpg"
isian:
  nip: 198001012005011003
  jam: 09:30
  kutipan:
    - { nama: "Siti", isi: "Ya." }
internal:
  catatan: "0123"
`),
    );
    expect(read.problems).toEqual([]);
    expect(read.body).toBe("Isi.\n");
    expect(read.post).toEqual({
      kind: "berita-kegiatan",
      title: "Camat Buka Musrenbang",
      place: "Aula Kantor",
      village: "Wanasari",
      event_date: "2026-11-22",
      category: "pemerintahan",
      priority: "urgent",
      needed_by: "2026-11-23T09:00:00+07:00",
      embargo: "2026-11-22T10:00:00+07:00",
      summary: "Ringkas.",
      tags: ["musrenbang", "cibitung"],
      channel_texts: { x: "Ayo hadir!\n#Cibitung\n" },
      photos: [
        {
          file: "foto/IMG_0001.jpg",
          caption: "Camat berbicara.",
          source: "citizen",
          children: "consented",
          lead: true,
        },
        { file: "foto/b.jpg", source: "own", children: "unchecked", lead: false },
      ],
      answers: { nip: "198001012005011003", jam: "09:30", kutipan: [{ nama: "Siti", isi: "Ya." }] },
      internal: { catatan: "0123" },
    });
  });

  it("reads empty keys as absent", () => {
    const read = readPost(post("embargo:   # boleh kosong\ntag:\nfoto:\nisian:\nteks_kanal:\n"));
    expect(read.problems).toEqual([]);
    expect(read.post).toMatchObject({ tags: [], photos: [], answers: {}, channel_texts: {}, category: "" });
    expect(read.post).not.toHaveProperty("embargo");
  });

  it.each([
    ["[0.5, 0.3]", "0.5,0.3"],
    ['"1, 0"', "1,0"],
    ["[0.5]", undefined],
    ["[1.5, 0.3]", undefined],
    ["tengah", undefined],
    ["[0,5, 0,3]", undefined],
  ])("reads a focus as two numbers from 0 to 1: %s", (written, focus) => {
    const { post, problems } = readPost(
      `---\njudul: "A"\njenis: "b"\nfoto:\n  - berkas: "foto/a.jpg"\n    fokus: ${written}\n---\n`,
    );
    expect(post?.photos[0]?.focus).toBe(focus);
    expect(problems.map(({ code, key }) => [code, key])).toEqual(
      focus ? [] : [["point-expected", "foto.0.fokus"]],
    );
  });

  it("reads and writes a correction, and who consented that children are shown", () => {
    const { post, problems } = readPost(`---
judul: "A"
jenis: "b"
ralat: "Jumlah peserta 120 orang, bukan 210."
foto:
  - berkas: "foto/a.jpg"
    anak: "ada-tak-dikenali"
  - berkas: "foto/b.jpg"
    anak: "ada-berizin"
    izin: { dari: "Ibu Ratna", tanggal: "22 November 2026", untuk: "laman kecamatan" }
  - berkas: "foto/c.jpg"
    izin: { dari: "", tanggal: "", untuk: "" }
---
`);
    expect(problems).toEqual([]);
    expect(post?.correction_note).toBe("Jumlah peserta 120 orang, bukan 210.");
    expect(post?.photos.map(({ children, consent }) => [children, consent])).toEqual([
      ["unrecognisable", undefined],
      ["consented", { by: "Ibu Ratna", date: "2026-11-22", scope: "laman kecamatan" }],
      ["unchecked", undefined],
    ]);
    const text = editPost("---\n---\n", post!);
    expect(readPost(text)).toMatchObject({ post, problems: [] });
    expect(text).toContain('dari: "Ibu Ratna"');
  });

  it("names the line of a day and of a key in a consent that cannot be read", () => {
    const { problems } = readPost(
      `---\njudul: "A"\njenis: "b"\nfoto:\n  - berkas: "foto/a.jpg"\n    izin:\n      tanggal: "kemarin"\n      utk: "laman"\n---\n`,
    );
    expect(problems.map(({ code, key, line }) => [code, key, line])).toEqual([
      ["date-expected", "foto.0.izin.tanggal", 7],
      ["unknown-key", "foto.0.izin.utk", 8],
    ]);
  });

  it("reports all problems at once, each with its key and line", () => {
    const read = readPost(`---
jenis: "Berita Kegiatan"
tanggal: "31/02/2026"
prioritas: "mendesakk"
embargo: "besok"
foto:
  - berkas: "../rahasia.jpg"
    utama: "mungkin"
  - takarir: "tanpa berkas"
teks_kanal: "x"
---
`);
    expect(read.post).toBeUndefined();
    expect(errors(read.problems)).toEqual([
      ["required", "judul", undefined],
      ["kind-expected", "jenis", 2],
      ["date-expected", "tanggal", 3],
      ["one-of", "prioritas", 4],
      ["instant-expected", "embargo", 5],
      ["photo-path", "foto.0.berkas", 7],
      ["yes-no-expected", "foto.0.utama", 8],
      ["required", "foto.1.berkas", 9],
      ["group-expected", "teks_kanal", 10],
    ]);
    expect(read.problems.find(({ key }) => key === "prioritas")?.params).toEqual({
      choices: ["biasa", "mendesak"],
      nearest: "mendesak",
    });
  });

  it("warns of an unknown key with the nearest name, and goes on", () => {
    const read = readPost(post("prioritass: biasa\nfoto:\n  - berkas: foto/a.jpg\n    kredi: Saya\n"));
    expect(read.post?.title).toBe("Camat Buka Musrenbang");
    expect(read.problems).toEqual([
      {
        code: "unknown-key",
        severity: "warning",
        key: "prioritass",
        line: 4,
        params: { nearest: "prioritas" },
      },
      {
        code: "unknown-key",
        severity: "warning",
        key: "foto.0.kredi",
        line: 7,
        params: { nearest: "kredit" },
      },
    ]);
  });

  it("says on which line of the file each key and the body stand", () => {
    const { lines } = readPost(post("foto:\n  - berkas: foto/a.jpg\n    alt: x\n"));
    expect([lines.get("judul"), lines.get("foto.0.alt"), lines.get("")]).toEqual([2, 6, 8]);
  });

  it("takes no key as a way to a prototype", () => {
    const read = readPost(post('__proto__: { polluted: "ya" }\nisian: { __proto__: { polluted: "ya" } }\n'));
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(read.post).toBeDefined();
    expect(read.post?.answers?.polluted).toBeUndefined();
  });
});

describe("encodings and the first line", () => {
  it("reads over a BOM and CRLF", () => {
    const read = readPost(Buffer.from(`\ufeff${post("", "Satu.\n\nDua.\n").replaceAll("\n", "\r\n")}`));
    expect(read.problems).toEqual([]);
    expect(read.body).toBe("Satu.\n\nDua.\n");
  });

  it.each([
    ["UTF-16 LE with a mark", Buffer.from(`\ufeff${post("")}`, "utf16le")],
    ["UTF-16 LE", Buffer.from(post(""), "utf16le")],
    ["UTF-16 BE with a mark", Buffer.from(`\ufeff${post("")}`, "utf16le").swap16()],
  ])("reads %s as it reads UTF-8", (_encoding, bytes) => {
    expect(readPost(bytes)).toMatchObject({ post: readPost(post("")).post, problems: [] });
  });

  it("refuses Windows-1252 by name, and a lost letter with its line: kominfo writes into this file", () => {
    const windows = Buffer.from(post("lokasi: \xc9clair\n"), "latin1");
    expect(readPost(windows).problems).toEqual([
      { code: "not-utf8", severity: "error", params: { encoding: "ANSI / Windows-1252" } },
    ]);
    const [problem] = readPost(Buffer.from(`---\njudul: Caf\ufffd\n---\n`)).problems;
    expect(problem).toMatchObject({ code: "not-text", line: 2, params: { fault: "lost" } });
  });

  it.each(["---js", "--- json", "----", "# Judul", "", " ---"])("refuses a first line %j", (line) => {
    const read = readPost(`${line}\nglobalThis.hacked = true\n---\nIsi`);
    expect(errors(read.problems)).toEqual([["front-matter-start", undefined, 1]]);
    expect((globalThis as Record<string, unknown>).hacked).toBeUndefined();
  });

  it("refuses front matter that is not closed, with the line that only looks like its end", () => {
    expect(errors(readPost("---\njudul: a\nIsi").problems)).toEqual([["front-matter-end", undefined, 3]]);
    expect(errors(readPost("---\njudul: a\n---- \nIsi").problems)).toEqual([
      ["front-matter-end", undefined, 3],
    ]);
    expect(readPost("---\njudul: a\njenis: b\n---  \nIsi").body).toBe("Isi");
    expect(errors(readPost("---").problems)).toEqual([["front-matter-end", undefined, 1]]);
  });

  it("reads the same file the same way twice", () => {
    const broken = post('lokasi: "Aula" Kantor\n');
    expect(readPost(broken)).toEqual(readPost(broken));
    expect(readPost(broken).problems).toHaveLength(1);
  });

  it("keeps a line of dashes in the body", () => {
    expect(readPost(post("", "Satu\n---\nDua\n")).body).toBe("Satu\n---\nDua\n");
  });

  it("refuses a file far larger than any post", () => {
    expect(errors(readPost(new Uint8Array(3_000_000)).problems)).toEqual([
      ["file-too-long", undefined, undefined],
    ]);
  });
});

describe("slips that YAML would misread", () => {
  it.each([
    ["lokasi: Ayo #KabupatenBekasi", "yaml-comment", 'lokasi: "Ayo #KabupatenBekasi"'],
    ["lokasi: Aula # lantai 2", "yaml-comment", 'lokasi: "Aula # lantai 2"'],
    ["lokasi: #KabupatenBekasi", "yaml-comment", 'lokasi: "#KabupatenBekasi"'],
    ["lokasi: Musrenbang: 40 Usulan", "yaml-quote", 'lokasi: "Musrenbang: 40 Usulan"'],
    ['lokasi: "Jumat Bersih" Digelar', "yaml-quote", "lokasi: '\"Jumat Bersih\" Digelar'"],
    ["lokasi: 'Jumat' \"Bersih\"", "yaml-quote", `lokasi: "'Jumat' \\"Bersih\\""`],
    ['lokasi: "C:\\foto\\q"', "yaml-quote", "lokasi: 'C:\\foto\\q'"],
    ["lokasi: @kecamatan", "yaml-quote", 'lokasi: "@kecamatan"'],
    ["lokasi: - satu", "yaml-quote", 'lokasi: "- satu"'],
    ["lokasi: [Foto] Camat", "yaml-quote", 'lokasi: "[Foto] Camat"'],
    ["lokasi: {{ tempat }}", "yaml-placeholder", 'lokasi: "{{ tempat }}"'],
    [
      "lokasi: {{ tempat | upcase }} lantai 2",
      "yaml-placeholder",
      'lokasi: "{{ tempat | upcase }} lantai 2"',
    ],
    ["lokasi: {% if x %}y{% endif %}", "yaml-placeholder", 'lokasi: "{% if x %}y{% endif %}"'],
    ["lokasi: *tebal*", "yaml-special", 'lokasi: "*tebal*"'],
    ["lokasi: &Co Cibitung", "yaml-special", 'lokasi: "&Co Cibitung"'],
    ["lokasi: !penting sekali", "yaml-special", 'lokasi: "!penting sekali"'],
  ])("%s is an error with the mended line", (line, code, mended) => {
    const read = readPost(post(`kategori: "sosial"\n${line}\nprioritas: "biasa"\n`));
    expect(errors(read.problems)).toEqual([[code, undefined, 5]]);
    expect(read.problems[0]?.params).toEqual({ mended });
    expect(readPost(post(`${mended}\n`)).problems).toEqual([]);
  });

  it("mends an item of a list too", () => {
    expect(first("foto:\n  - berkas: foto/a.jpg\n    takarir: Ayo #Maju\ntag:\n  - a #b\n")).toMatchObject({
      line: 6,
      params: { mended: 'takarir: "Ayo #Maju"' },
    });
    expect(first("tag:\n  - Ayo #b\n")).toMatchObject({ line: 5, params: { mended: '- "Ayo #b"' } });
  });

  it("leaves comments alone that swallow nothing", () => {
    const read = readPost(
      post('# catatan\nlokasi: "Aula" # lantai 2\nembargo: # nanti\ntag: [a, b] # dua\n'),
    );
    expect(read.problems).toEqual([]);
    expect(read.post?.place).toBe("Aula");
  });

  it.each([
    ["a duplicate key", 'lokasi: "a"\nlokasi: "b"\n', "yaml-duplicate", 5],
    ["a tab", 'teks_kanal:\n\tx: "a"\n', "yaml-tab", 5],
    ["a quote that is not closed", 'lokasi: "a\nkategori: b\n', "yaml-unclosed", 4],
    ["a second document", "...\nlokasi: a\n", "yaml-invalid", 5],
  ])("reports %s with its line", (_, front, code, line) => {
    expect(first(front)).toMatchObject({ code, line, severity: "error" });
  });

  it("does not expand aliases", () => {
    const bomb = Array.from({ length: 20 }, (_, i) => `k${i}: &a${i} [${`*a${i - 1}, `.repeat(10)}]`).join(
      "\n",
    );
    // Expanded, it would not end within the test's own limit.
    expect(readPost(post(`${bomb}\n`)).problems[0]?.code).toBe("yaml-special");
  });

  it("survives brackets without end", () => {
    expect(readPost(post(`lokasi: ${"[".repeat(100_000)}\n`)).post).toBeUndefined();
  });
});
