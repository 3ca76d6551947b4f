import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KominfoError } from "../../../src/errors/errors.js";
import { readPost } from "../../../src/post/front-matter/read.js";
import { parseTemplate, renderPost } from "../../../src/post/template/template.js";
import type { Answers } from "../../../src/post/types.js";

const head = `template:
  title: { id: "Uji", en: "Test" }
  description: { id: "Templat uji", en: "A test template" }
  questions:
    - { key: judul, type: text, ask: { id: "Judul", en: "Title" }, required: "ya" }
    - { key: tanggal, type: date, ask: { id: "Tanggal", en: "Date" }, default: "hari ini" }
    - { key: lokasi, type: text, ask: { id: "Tempat", en: "Place" } }
    - { key: kategori, type: choice, ask: { id: "Kategori", en: "Category" }, default: "sosial" }
    - { key: tujuan, type: long, ask: { id: "Tujuan", en: "Purpose" } }
    - { key: nilai, type: number, ask: { id: "Nilai", en: "Value" } }
    - { key: daring, type: boolean, ask: { id: "Daring?", en: "Online?" } }
    - key: kutipan
      type: group
      repeat: "ya"
      ask: { id: "Kutipan", en: "Quotation" }
      fields:
        - { key: nama, type: text, ask: { id: "Nama", en: "Name" } }
        - { key: isi, type: long, ask: { id: "Isi", en: "Text" } }
    - { key: narahubung, type: long, internal: "ya", ask: { id: "Narahubung", en: "Contact" } }
`;
const front = `judul: "{{ judul }}"
jenis: "uji"
lokasi: "{{ lokasi }}"
tanggal: "{{ tanggal }}"
kategori: "{{ kategori }}"
prioritas: "biasa"
ringkasan: ""   # paling banyak 160
tag: []
`;
const body = `{{ kecamatan.name | dateline }} {{ judul }}, {{ tanggal | tanggal_pers }}.

{{ tujuan }}
{% for satu in kutipan %}
{{ satu.isi }} ({{ satu.nama }})
{% endfor %}`;
const template = parseTemplate("uji", `---\n${head}${front}---\n${body}`);
const settings = {
  kecamatan: { code: "32.16.07", name: "Cibitung" },
  today: "2026-11-22",
  dateline: true,
};
const answers: Answers = { judul: "Camat Buka Acara", tanggal: "2026-11-22", kategori: "sosial" };

function problemsOf(run: () => unknown) {
  try {
    run();
  } catch (error) {
    if (error instanceof KominfoError) {
      expect(error.code).toBe("template-invalid");
      return (error.params as { problems: { code: string; key?: string; line?: number }[] }).problems.map(
        ({ code, key, line }) => [code, key, line],
      );
    }
    throw error;
  }
  return [];
}

describe("reading a template", () => {
  it("gives its questions their types and defaults", () => {
    expect(template).toMatchObject({ name: "uji", title: { id: "Uji", en: "Test" }, menu: true });
    expect(template.questions[0]).toEqual({
      key: "judul",
      type: "text",
      ask: { id: "Judul", en: "Title" },
      required: true,
      repeat: false,
      internal: false,
    });
    expect(template.questions[3]?.choices).toContain("pemerintahan");
    expect(template.questions[7]?.fields?.map(({ key }) => key)).toEqual(["nama", "isi"]);
    expect(template.front).not.toContain("template:");
  });

  it("reports what is wrong with each question, with its line", () => {
    const text = `---
template:
  title: { id: "Uji", en: "Test" }
  description: { id: "Uji", en: "Test" }
  questions:
    - key: Judul
      type: teks
      ask: { id: "Judul" }
      wajib: "ya"
    - { key: a, type: choice, ask: { id: "A", en: "A" } }
    - { key: a, type: group, ask: { id: "A", en: "A" } }
judull: "x"
---
`;
    expect(problemsOf(() => parseTemplate("uji", text))).toEqual([
      ["key-form", "template.questions.0.key", 6],
      ["one-of", "template.questions.0.type", 7],
      ["unknown-key", "template.questions.0.wajib", 9],
      ["unknown-key", "judull", 12],
    ]);
    const mended = text
      .replace("key: Judul", "key: judul")
      .replace("teks", "text")
      .replace('      wajib: "ya"\n', "")
      .replace("judull", "judul");
    expect(problemsOf(() => parseTemplate("uji", mended))).toEqual([
      ["required", "template.questions.0.ask.en", 8],
      ["required", "template.questions.1.choices", 9],
      ["duplicate-question", "template.questions.2.key", 10],
      ["required", "template.questions.2.fields", 10],
    ]);
  });

  it("refuses a placeholder without quotes", () => {
    const text = `---\n${head}judul: {{ judul }}\n---\n`;
    expect(problemsOf(() => parseTemplate("uji", text))).toEqual([["yaml-placeholder", undefined, 21]]);
  });

  it.each([
    ["a name that nothing asks", "satu\n{{ tujuann }}", "unknown-variable"],
    ["an unknown filter", "satu\n{{ tujuan | kapital }}", "liquid-invalid"],
    ["a tag that is not closed", "satu\n{% if tujuan %}", "liquid-invalid"],
  ])("refuses %s in the body", (_, text, code) => {
    expect(problemsOf(() => parseTemplate("uji", `---\n${head}${front}---\n${text}`))).toEqual([
      [code, undefined, 31],
    ]);
  });

  it("refuses an unknown name in the front matter", () => {
    const text = `---\n${head}judul: "{{ judull }}"\n---\n`;
    expect(problemsOf(() => parseTemplate("uji", text))).toEqual([["unknown-variable", "judul", 21]]);
  });

  it("runs no JavaScript front matter", () => {
    expect(problemsOf(() => parseTemplate("uji", "---js\nprocess.exit()\n---\n"))).toEqual([
      ["front-matter-start", undefined, 1],
    ]);
  });
});

describe("rendering a post", () => {
  it("fills front matter, body, answers and a summary", () => {
    const text = renderPost(
      template,
      {
        ...answers,
        tujuan: "Menyerap usulan.",
        nilai: 1250000,
        daring: false,
        kutipan: [{ nama: "Siti", isi: "Terima kasih." }],
        narahubung: "0812",
      },
      {
        ...settings,
        photos: [{ file: "foto/a.jpg", alt: "Aula", source: "own", children: "none", lead: true }],
      },
    );
    expect(text).toBe(`---
judul: "Camat Buka Acara"
jenis: "uji"
tanggal: "2026-11-22"
kategori: "sosial"
prioritas: "biasa"
ringkasan: "Camat Buka Acara, Minggu (22/11/2026)." # paling banyak 160
tag: []
foto:
  - berkas: "foto/a.jpg"
    alt: "Aula"
    sumber_foto: "sendiri"
    anak: "tidak-ada"
    utama: "ya"
isian:
  tujuan: "Menyerap usulan."
  nilai: "1250000"
  daring: "tidak"
  kutipan:
    - nama: "Siti"
      isi: "Terima kasih."
internal:
  narahubung: "0812"
---
CIBITUNG – Camat Buka Acara, Minggu (22/11/2026).

Menyerap usulan.

Terima kasih. (Siti)
`);
  });

  it("leaves out what was not answered", () => {
    const { post } = readPost(renderPost(template, answers, settings));
    expect(post).not.toHaveProperty("place");
    expect(post?.answers).toEqual({});
    expect(post?.internal).toEqual({});
  });

  it("has no dateline where the site adds it", () => {
    const { body } = readPost(renderPost(template, answers, { ...settings, dateline: false }));
    expect(body).toMatch(/^Camat Buka Acara/);
  });

  it("writes general answers that the template does not place", () => {
    const text = renderPost(
      template,
      {
        ...answers,
        prioritas: "mendesak",
        tag: ["a", "b"],
        embargo: "2026-11-23T10:00:00+07:00",
        internal: { catatan: "x" },
      },
      settings,
    );
    expect(readPost(text).post).toMatchObject({
      priority: "urgent",
      tags: ["a", "b"],
      embargo: "2026-11-23T10:00:00+07:00",
      internal: { catatan: "x" },
    });
  });

  it("never renders an answer as Liquid", () => {
    const text = renderPost(template, { ...answers, tujuan: "{{ kecamatan.code }} {% raw %}" }, settings);
    const read = readPost(text);
    expect(read.post?.answers.tujuan).toBe("{{ kecamatan.code }} {% raw %}");
    expect(read.body).toContain("{{ kecamatan.code }} {% raw %}");
  });

  it.each(['{% include "/etc/passwd" %}', '{% render "../package.json" %}', '{% layout "a" %}'])(
    "reads no file for %s",
    (tag) => {
      const run = () =>
        renderPost(parseTemplate("uji", `---\n${head}${front}---\n${tag}`), answers, settings);
      expect(problemsOf(run)[0]?.[0]).toBe("liquid-invalid");
    },
  );

  it("ends a template that would run on", () => {
    const loop = "{% for i in (1..100000) %}{% for j in (1..100000) %}x{% endfor %}{% endfor %}";
    const run = () => renderPost(parseTemplate("uji", `---\n${head}${front}---\n${loop}`), answers, settings);
    expect(problemsOf(run)[0]?.[0]).toBe("liquid-invalid");
  });

  const nasty = fc
    .oneof(
      fc.string({ unit: "grapheme", maxLength: 60 }),
      fc
        .array(
          fc.constantFrom(
            "---",
            "\n---\n",
            "{{ judul }}",
            "{% if %}",
            "judul: x",
            "#tag",
            " #",
            ": ",
            '"',
            "'",
            "\\",
            "\n",
            "\r\n",
            "\t",
            "  ",
            "- ",
            "|",
            ">",
            "&a",
            "*a",
            "!x",
            "[",
            "}",
            "\ufeff",
            "\u2028",
            "\u0085",
            "\u0007",
            "🎉",
            "é",
            "null",
            "~",
            "ya",
          ),
          { maxLength: 12 },
        )
        .map((parts) => parts.join("")),
    )
    .filter((text) => text.isWellFormed() && !text.includes("\u0000"));

  it("reads back with exactly the values that were answered, whatever they are", () => {
    fc.assert(
      fc.property(
        nasty,
        nasty,
        fc.array(fc.record({ nama: nasty, isi: nasty }), { maxLength: 3 }),
        nasty,
        (judul, tujuan, kutipan, note) => {
          const title = `J ${judul}`;
          const text = renderPost(
            template,
            { ...answers, judul: title, tujuan, kutipan, narahubung: note },
            settings,
          );
          const read = readPost(Buffer.from(text));
          expect(read.problems).toEqual([]);
          expect(Object.keys(read.post ?? {}).sort()).toEqual(
            [
              "answers",
              "category",
              "channel_texts",
              "event_date",
              "internal",
              "kind",
              "photos",
              "priority",
              "summary",
              "tags",
              "title",
            ].filter((key) => key !== "summary" || read.post?.summary !== undefined),
          );
          expect(read.post?.title).toBe(title.replace(/\s+/g, " ").trim());
          const kept = kutipan.map((one) =>
            Object.fromEntries(Object.entries(one).filter(([, value]) => value !== "")),
          );
          expect(read.post?.answers).toEqual({
            ...(tujuan === "" ? {} : { tujuan }),
            ...(kutipan.length === 0 ? {} : { kutipan: kept }),
          });
          expect(read.post?.internal).toEqual(note === "" ? {} : { narahubung: note });
          expect(read.post?.kind).toBe("uji");
        },
      ),
      { seed: 3, numRuns: 250 },
    );
  });
});
