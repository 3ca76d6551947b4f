import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { checkPost } from "../../../src/post/check.js";
import { readPost } from "../../../src/post/front-matter/read.js";
import { collectAnswers } from "../../../src/post/template/answers.js";
import { parseTemplate, renderPost } from "../../../src/post/template/template.js";
import type { Question, Template } from "../../../src/post/types.js";
import { type RawAnswers, sampleAnswers, sampleKecamatan, sampleToday } from "./sample-answers.js";

const folder = path.resolve(import.meta.dirname, "../../../templates");
const names = readdirSync(folder)
  .filter((file) => file.endsWith(".md"))
  .map((file) => file.slice(0, -".md".length));

function load(name: string): Template {
  return parseTemplate(name, readFileSync(path.join(folder, `${name}.md`), "utf8"));
}

/** A post as `post new --from` makes it, read back. */
function write(name: string, given: RawAnswers, dateline = true) {
  const template = load(name);
  const { answers, missing, problems } = collectAnswers(template, {
    from: JSON.stringify(given),
    today: sampleToday,
  });
  expect(problems).toEqual([]);
  expect(missing).toEqual([]);
  const text = renderPost(template, answers, { kecamatan: sampleKecamatan, today: sampleToday, dateline });
  return { text, ...readPost(text) };
}

function everyQuestion(questions: readonly Question[]): Question[] {
  return questions.flatMap((question) => [question, ...everyQuestion(question.fields ?? [])]);
}

const cases = names.flatMap((name) =>
  (["full", "required"] as const).map((extent) => ({ name, extent, given: sampleAnswers[name]![extent] })),
);

it("the ten kinds are there, each with its sample answers", () => {
  expect(names.sort()).toEqual([
    "agenda",
    "berita-kegiatan",
    "info-darurat",
    "klarifikasi-hoaks",
    "layanan-publik",
    "pembangunan",
    "pengumuman",
    "ppid",
    "siaran-pers",
    "ucapan",
  ]);
  expect(Object.keys(sampleAnswers).sort()).toEqual(names);
});

describe.each(names)("%s", (name) => {
  it("speaks both languages in every question", () => {
    const template = load(name);
    const texts = [
      template.title,
      template.description,
      ...everyQuestion(template.questions).flatMap(({ ask, help }) => (help ? [ask, help] : [ask])),
    ];
    for (const text of texts) {
      expect(text.id.trim()).not.toBe("");
      expect(text.en.trim()).not.toBe("");
      expect(text.id).not.toMatch(/\n/);
    }
  });

  it("asks nothing that its full sample does not answer, so that every branch is read below", () => {
    expect(Object.keys(sampleAnswers[name]!.full).sort()).toEqual(
      load(name)
        .questions.map(({ key }) => key)
        .sort(),
    );
  });

  it("misses exactly the required answers when nothing is given", () => {
    const { missing } = collectAnswers(load(name), { today: sampleToday });
    const asked = new Set(missing.map(({ key }) => key.split(".")[0]));
    expect([...asked].sort()).toEqual(Object.keys(sampleAnswers[name]!.required).sort());
  });
});

describe.each(cases)("$name, $extent answers", ({ name, given }) => {
  it("gives a post that reads back and passes as a draft", () => {
    const { post, body, problems, lines } = write(name, given);
    expect(problems).toEqual([]);
    expect(post).toMatchObject({ kind: name, title: given.judul });
    expect(post!.category).not.toBe("");
    expect(checkPost(post!, body, "draft", lines)).toEqual([]);
    expect(checkPost(post!, body, "submit", lines)).toEqual([]);
  });

  it.each([true, false])("leaves no seam in the text (dateline: %s)", (dateline) => {
    const { body, text } = write(name, given, dateline);
    expect(body).not.toMatch(/\S {2}|\n{3}| [,.;:]|\.\.|,,|“”|\(\)/);
    expect(body).not.toMatch(/^[ \t]+\S|[ \t]+$/m);
    expect(text).not.toMatch(/\{\{|\{%|\bundefined\b|\[object|\bNaN\b/);
    // a label or a heading with nothing under it
    expect(body).not.toMatch(/:(?:\*\*)?[ \t]*$(?!\n\n?[-\d])/m);
    expect(body).not.toMatch(/^#+ .*\n+(?:#|$(?![\s\S]))/m);
    expect(body).not.toMatch(/^(?:[-*]|\d+\.)[ \t]*$/m);
  });

  it("opens its paragraphs with a capital and closes them", () => {
    const paragraphs = write(name, given)
      .body.split("## Narahubung")[0]!
      .trim()
      .split(/\n\n/)
      .filter((paragraph) => !/^(?:#|-|\*\*|\d+\.)/.test(paragraph));
    expect(paragraphs.length).toBeGreaterThan(0);
    for (const paragraph of paragraphs) {
      expect(paragraph).toMatch(/^[\p{Lu}“]/u);
      expect(paragraph).toMatch(/[.?!:”]$/);
    }
  });

  it("proposes a summary of the news, not of a label", () => {
    const summary = write(name, given).post!.summary ?? "";
    expect(summary.length).toBeGreaterThan(20);
    expect(summary.length).toBeLessThanOrEqual(160);
    expect(summary).not.toMatch(/\*\*|^Label|^Siaran Pers/i);
  });
});

it.each(names.filter((name) => load(name).questions.some(({ internal }) => internal)))(
  "%s keeps its internal answers out of what is published",
  (name) => {
    const given = sampleAnswers[name]!.full;
    const { body, post } = write(name, given);
    for (const { key } of load(name).questions.filter(({ internal }) => internal)) {
      expect(post!.internal[key]).toBe(given[key]);
      expect(post!.answers).not.toHaveProperty(key);
      expect(body).not.toContain(given[key]);
    }
  },
);

describe("what the newsroom reads", () => {
  const sentences = (name: string, extent: "full" | "required" = "full") =>
    write(name, sampleAnswers[name]![extent]).body;

  it("berita-kegiatan: a lead that answers who, what, where, when and why", () => {
    expect(sentences("berita-kegiatan")).toBe(
      `CIBITUNG – Pemerintah Kecamatan Cibitung menyelenggarakan Musyawarah Perencanaan Pembangunan (Musrenbang) Tingkat Kecamatan di Aula Kantor Kecamatan Cibitung, Kelurahan Wanasari, Minggu (22/11/2026). Kegiatan yang diikuti 150 perwakilan dari enam desa dan satu kelurahan itu bertujuan menyerap usulan warga untuk rencana kerja pemerintah daerah tahun 2028.

Camat Cibitung Ahmad Fauzi membuka musyawarah yang menetapkan 40 usulan prioritas dari 112 usulan yang masuk. Perbaikan saluran air dan jalan lingkungan menjadi usulan terbanyak.

Setiap desa dan kelurahan memaparkan tiga usulan utama selama sepuluh menit.

“Kami ingin setiap usulan lahir dari kebutuhan warga, bukan dari meja kantor,” ujar Camat Cibitung Ahmad Fauzi.

“Saluran air di lingkungan kami sudah dua tahun tersumbat. Kapan diperbaiki?” tanya Siti Aminah, warga Desa Wanajaya.

Usulan prioritas itu akan dibahas dalam Musrenbang Kabupaten Bekasi pada Maret 2027.
`,
    );
  });

  it("berita-kegiatan: the required answers alone make a whole item", () => {
    expect(sentences("berita-kegiatan", "required")).toBe(
      `CIBITUNG – Pemerintah Kecamatan Cibitung menyelenggarakan Musyawarah Perencanaan Pembangunan (Musrenbang) Tingkat Kecamatan di Aula Kantor Kecamatan Cibitung, Minggu (22/11/2026).

Keterangan lebih lanjut tentang kegiatan itu dapat diperoleh di Kantor Kecamatan Cibitung.
`,
    );
  });

  it("siaran-pers: number, statement, quotation, contact; the embargo only in the front matter", () => {
    const { body, post } = write("siaran-pers", sampleAnswers["siaran-pers"]!.full);
    expect(body).toMatch(/^\*\*Siaran Pers Nomor 400\.14\.4\/215\/Kec-Cbt\/2026\*\*\n/);
    expect(body).toContain(
      "Hal itu disampaikan Pemerintah Kecamatan Cibitung di Kantor Kecamatan Cibitung, Minggu (22/11/2026).",
    );
    expect(body).toContain(
      "“Warga yang bekerja Senin sampai Jumat tidak perlu lagi meminta izin dari pabrik,” ujar Camat Cibitung Drs. Ahmad Fauzi, M.Si.\n",
    );
    expect(body.trim()).toMatch(
      /## Narahubung\n\nRina Marlina, Kepala Seksi Pelayanan Umum Kecamatan Cibitung, telepon [^\n]+$/,
    );
    expect(post!.embargo).toBe("2026-11-23T10:00:00+07:00");
    expect(body).not.toMatch(/embargo/i);
  });

  it("info-darurat: victims as counts, and the time and source of the data last", () => {
    const body = sentences("info-darurat");
    expect(body).toContain(
      "CIBITUNG – Banjir terjadi di RW 05 dan RW 06 Perumahan Wanajaya Asri, Desa Wanajaya, Kecamatan Cibitung, Kabupaten Bekasi, Minggu (22/11/2026), sekitar pukul 04.30 WIB. Tidak ada korban jiwa dalam kejadian itu, tetapi tiga orang mengalami luka ringan.\n",
    );
    expect(body).toContain(
      "- Warga terdampak: 120 kepala keluarga (KK) atau 1.430 jiwa\n- Pengungsi: 85 jiwa\n",
    );
    expect(body.trimEnd()).toMatch(
      /\n\nData per 22 November 2026 pukul 09\.30 WIB; sumber: BPBD Kabupaten Bekasi dan Pemerintah Desa Wanajaya\.$/,
    );
  });

  it.each([
    [{}, "Data korban masih dihimpun."],
    [{ meninggal: "0" }, "Tidak ada korban jiwa dalam kejadian itu."],
    [
      { meninggal: "1", luka_berat: "2", luka_ringan: "12" },
      "Kejadian itu mengakibatkan satu orang meninggal dunia, dua orang mengalami luka berat, dan 12 orang mengalami luka ringan.",
    ],
    // someone is missing: nobody can say yet that nobody died
    [{ meninggal: "0", hilang: "2" }, "Kejadian itu mengakibatkan dua orang hilang."],
  ])("info-darurat: victims %j", (korban, sentence) => {
    const { body } = write("info-darurat", { ...sampleAnswers["info-darurat"]!.required, korban });
    expect(body.split("\n")[0]).toMatch(new RegExp(` WIB\\. ${sentence.replaceAll(".", "\\.")}$`));
  });

  it.each([
    ["HOAKS", "adalah hoaks"],
    ["KELIRU", "keliru"],
    ["MENYESATKAN", "menyesatkan"],
    ["SEBAGIAN BENAR", "hanya sebagian benar"],
    ["BELUM TERBUKTI", "belum terbukti kebenarannya"],
  ])("klarifikasi-hoaks: %s is stated in the lead and in the conclusion", (label, verdict) => {
    const { body } = write("klarifikasi-hoaks", { ...sampleAnswers["klarifikasi-hoaks"]!.required, label });
    expect(body).toMatch(new RegExp(`^\\*\\*Label: ${label}\\*\\*\n`));
    expect(body).toContain(`mulai 23 November 2026 ${verdict}. Klarifikasi itu disampaikan`);
    expect(body).toContain(`Berdasarkan fakta tersebut, informasi itu ${verdict}. Warga diimbau`);
  });

  it("klarifikasi-hoaks: asks for at least one reference", () => {
    const { rujukan: _, ...rest } = sampleAnswers["klarifikasi-hoaks"]!.required;
    const { missing } = collectAnswers(load("klarifikasi-hoaks"), {
      from: JSON.stringify(rest),
      today: sampleToday,
    });
    expect(missing.map(({ key }) => key)).toEqual(["rujukan.0"]);
  });

  it("agenda: the hours as a range, and an online meeting by its application", () => {
    expect(sentences("agenda")).toContain(
      "akan berlangsung pada Sabtu, 28 November 2026, pukul 09.00–12.00 WIB, di Balai Desa Wanajaya, Kecamatan Cibitung.",
    );
    const online = { ...sampleAnswers.agenda!.required, tipe: "daring", lokasi: "Zoom" };
    expect(write("agenda", online).body).toContain(
      "mulai pukul 09.00 WIB, secara daring melalui Zoom.\n\n- **Hari dan tanggal:** Sabtu, 28 November 2026\n- **Waktu:** pukul 09.00 WIB sampai selesai\n- **Tempat:** Zoom (daring)",
    );
  });

  it("pengumuman: one day, a span, or without an end", () => {
    const span = (berlaku_sampai: string) =>
      write("pengumuman", { ...sampleAnswers.pengumuman!.required, berlaku_sampai }).body;
    expect(span("hari ini")).toContain("Pengumuman ini berlaku pada Minggu, 22 November 2026.");
    expect(span("27/11/2026")).toContain(
      "Pengumuman ini berlaku mulai Minggu, 22 November 2026, sampai dengan Jumat, 27 November 2026.",
    );
    expect(span("")).toContain("Pengumuman ini berlaku mulai Minggu, 22 November 2026.");
  });

  it("pembangunan: rupiah and per cent as EYD writes them", () => {
    const body = sentences("pembangunan");
    expect(body).toContain(" mencapai 62,5 persen per Minggu (22/11/2026).");
    expect(body).toContain("- **Nilai:** Rp1.250.000.000\n");
    expect(body).toContain(
      "Pekerjaan dimulai pada 1 September 2026 dan ditargetkan selesai pada 15 Desember 2026.",
    );
  });

  it("ppid: stays out of the menu and names the class as UU 14/2008 does", () => {
    expect(names.filter((name) => !load(name).menu)).toEqual(["ppid"]);
    expect(sentences("ppid")).toContain(
      "- **Klasifikasi:** informasi yang wajib disediakan dan diumumkan secara berkala\n",
    );
  });
});
