import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseNumber, readText, writtenText } from "../../../src/post/template/answer-text.js";
import { type AnswerSources, collectAnswers, parseAnswer } from "../../../src/post/template/answers.js";
import { parseTemplate } from "../../../src/post/template/template.js";
import type { Question } from "../../../src/post/types.js";

const ask = 'ask: { id: "A", en: "A" }';
const template = parseTemplate(
  "uji",
  `---
template:
  title: { id: "Uji", en: "Test" }
  description: { id: "Uji", en: "Test" }
  questions:
    - { key: judul, type: text, ${ask}, required: "ya", max: "250" }
    - { key: tanggal, type: date, ${ask}, required: "ya", default: "hari ini" }
    - { key: kategori, type: choice, ${ask}, required: "ya" }
    - { key: tujuan, type: long, ${ask}, required: "ya" }
    - { key: nilai, type: number, ${ask} }
    - { key: waktu, type: time, ${ask} }
    - { key: syarat, type: text, repeat: "ya", ${ask} }
    - key: kutipan
      type: group
      repeat: "ya"
      ${ask}
      fields:
        - { key: nama, type: text, ${ask}, required: "ya" }
        - { key: isi, type: long, ${ask}, required: "ya" }
    - key: kontak
      type: group
      ${ask}
      required: "ya"
      fields:
        - { key: telepon, type: phone, ${ask}, required: "ya" }
judul: "{{ judul }}"
jenis: "uji"
---
`,
);
const today = "2026-11-22";
const collect = (sources: Partial<AnswerSources>) => collectAnswers(template, { today, ...sources });
const found = (sources: Partial<AnswerSources>) =>
  collect(sources).problems.map(({ code, key, line }) => [code, key, line]);

describe("collecting answers", () => {
  it("takes them from a file, from --set and from --title, the later winning", () => {
    const read = collect({
      from: `judul: "Dari berkas"\ntujuan: |\n  Satu.\n  Dua.\nkategori: Sosial\nnilai: 1.250.000\nkutipan:\n  - nama: Siti\n    isi: Ya\n`,
      set: [
        "nilai=2,5",
        "kutipan.0.nama=Ahmad",
        "kontak.telepon=(021) 8990 1234",
        "waktu=9.30 WIB",
        "prioritas=mendesak",
      ],
      title: "Dari --title",
    });
    expect(read.problems).toEqual([]);
    expect(read.missing).toEqual([]);
    expect(read.answers).toEqual({
      judul: "Dari --title",
      tanggal: "2026-11-22",
      kategori: "sosial",
      tujuan: "Satu.\nDua.",
      nilai: 2.5,
      waktu: "09:30",
      kutipan: [{ nama: "Ahmad", isi: "Ya" }],
      kontak: { telepon: "(021) 8990 1234" },
      prioritas: "mendesak",
    });
    expect(read.given.has("tanggal")).toBe(false);
    expect(read.given.has("waktu")).toBe(true);
  });

  it("reads JSON, with its nulls as nothing and its long numbers whole", () => {
    const read = collect({
      from: JSON.stringify({
        judul: "A: b #c",
        tujuan: 'Kata "x"\nbaris',
        embargo: null,
        syarat: ["null", 12],
      }).replace("12", "198001012005011003"),
    });
    expect(read.problems).toEqual([]);
    expect(read.answers).toMatchObject({
      judul: "A: b #c",
      tujuan: 'Kata "x"\nbaris',
      syarat: ["null", "198001012005011003"],
    });
    expect(read.answers).not.toHaveProperty("embargo");
  });

  it("takes a single value for a list of one, and --set twice for two", () => {
    expect(collect({ set: ["syarat=KTP"] }).answers.syarat).toEqual(["KTP"]);
    expect(collect({ from: "syarat: KTP\n", set: ["syarat=KK", "syarat=Akta"] }).answers.syarat).toEqual([
      "KK",
      "Akta",
    ]);
    expect(collect({ set: ["syarat=KTP\nKK\n"] }).answers.syarat).toEqual(["KTP", "KK"]);
    expect(collect({ set: ["kutipan.nama=A", "kutipan.isi=B"] }).answers.kutipan).toEqual([
      { nama: "A", isi: "B" },
    ]);
  });

  it("refuses the same answer given twice by --set, where only one would be kept", () => {
    expect(found({ set: ["tujuan=Kantor tutup.", "tujuan=Buka lagi."] })).toEqual([
      ["set-twice", "tujuan", undefined],
    ]);
    expect(found({ set: ["kutipan.0.nama=A", "kutipan.0.nama=B"] })).toEqual([
      ["set-twice", "kutipan.0.nama", undefined],
    ]);
    expect(found({ from: "tujuan: Lama\n", set: ["tujuan=Baru"] })).toEqual([]);
  });

  it("names the flag of each missing required answer", () => {
    const { missing, problems } = collect({ set: ["kutipan.0.nama=Siti"] });
    expect(problems).toEqual([]);
    expect(missing.map(({ key, problem }) => [key, problem.params?.flag])).toEqual([
      ["judul", "--title …"],
      ["kategori", "--set kategori=…"],
      ["tujuan", "--set tujuan=…"],
      ["kutipan.0.isi", "--set kutipan.0.isi=…"],
      ["kontak.telepon", "--set kontak.telepon=…"],
    ]);
  });

  it("refuses an unknown key with the nearest name and its line", () => {
    expect(found({ from: "tujuann: x\nkutipan:\n  - namaa: y\n" })).toEqual([
      ["unknown-key", "tujuann", 1],
      ["unknown-key", "kutipan.0.namaa", 3],
    ]);
    expect(collect({ set: ["tujuann=x"] }).problems[0]?.params).toEqual({ nearest: "tujuan" });
  });

  it("reports wrong values all at once", () => {
    expect(
      found({
        from: "tanggal: 31/02/2026\nkategori: sosialll\nnilai: banyak\nwaktu: 25.00\nkutipan: Siti\nembargo: besok\n",
        set: ["kontak.telepon=ada", "judul", "a b=c", `judul=${"x".repeat(251)}`],
      }),
    ).toEqual([
      ["set-form", undefined, undefined],
      ["set-form", undefined, undefined],
      ["too-long", "judul", undefined],
      ["date-expected", "tanggal", 1],
      ["one-of", "kategori", 2],
      ["number-expected", "nilai", 3],
      ["time-expected", "waktu", 4],
      ["group-expected", "kutipan.0", 5],
      ["phone-expected", "kontak.telepon", undefined],
      ["instant-expected", "embargo", 6],
    ]);
  });

  it("reports a slip in the file with its line", () => {
    expect(found({ from: "judul: A\ntujuan: Ayo #Maju\n" })).toEqual([["yaml-comment", undefined, 2]]);
    expect(found({ from: "- a\n" })).toEqual([["group-expected", undefined, 1]]);
  });

  it("gives the photos apart, their paths as written", () => {
    const read = collect({
      from: `foto:
  - berkas: "../kamera/IMG 1.jpg"
    takarir: "Aula"
    sumber_foto: warga
    utama: ya
  - kamera/b.jpg
  - berkas: c.jpg
    anak: entah
  - takarir: x
`,
    });
    expect(read.photos).toEqual([
      { file: "../kamera/IMG 1.jpg", caption: "Aula", source: "citizen", children: "unchecked", lead: true },
      { file: "kamera/b.jpg", source: "own", children: "unchecked", lead: false },
    ]);
    expect(read.problems.map(({ code, key, line }) => [code, key, line])).toEqual([
      ["one-of", "foto.2.anak", 8],
      ["required", "foto.3.berkas", 9],
    ]);
  });

  it("takes no key as a way to a prototype", () => {
    const read = collect({
      from: "__proto__: { polluted: ya }\nkutipan: [{ __proto__: { polluted: ya } }]\n",
      set: ["__proto__.polluted=ya", "constructor.prototype.polluted=ya", "kontak.__proto__.polluted=ya"],
    });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(read.problems.every(({ code }) => code === "unknown-key" || code === "text-expected")).toBe(true);
    expect(read.problems.length).toBeGreaterThanOrEqual(3);
  });

  it("never throws, whatever is set", () => {
    const path = fc.constantFrom(
      "judul",
      "kutipan",
      "kutipan.0",
      "kutipan.0.nama",
      "kutipan.999.x",
      "kontak.telepon",
      "syarat.1",
      "judul.a",
      "0",
      "a..b",
      "",
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(path, fc.string()), { maxLength: 6 }), fc.string(), (sets, from) => {
        collect({ set: sets.map(([key, value]) => `${key}=${value}`), from });
      }),
      { seed: 4, numRuns: 300 },
    );
  });
});

describe("one answer", () => {
  const question = (type: Question["type"], more: Partial<Question> = {}): Question => ({
    key: "x",
    type,
    ask: { id: "", en: "" },
    required: false,
    repeat: false,
    internal: false,
    ...more,
  });

  it.each<[Question["type"], unknown, unknown]>([
    ["text", "  dua   kata\n", "dua kata"],
    ["long", "satu\r\n\r\ndua\n", "satu\n\ndua"],
    ["date", "22 November 2026", "2026-11-22"],
    ["number", 12, 12],
    ["boolean", true, true],
    ["boolean", "Tidak", false],
    ["phone", "112", "112"],
    ["text", "  ", undefined],
  ])("of type %s, %j is %j", (type, raw, value) =>
    expect(parseAnswer(question(type), raw, today)).toEqual({ value }),
  );

  it("is one of the choices, however it is typed", () => {
    const choice = question("choice", { choices: ["setiap-saat", "HOAKS"] });
    expect(parseAnswer(choice, "Setiap saat", today)).toEqual({ value: "setiap-saat" });
    expect(parseAnswer(choice, "hoax", today)).toMatchObject({
      problem: { code: "one-of", params: { nearest: "HOAKS" } },
    });
  });

  it("is the default when it is empty, and missing when it is required", () => {
    expect(parseAnswer(question("date", { default: "hari ini" }), "", today)).toEqual({ value: today });
    expect(parseAnswer(question("text", { required: true }), " ", today)).toMatchObject({
      problem: { code: "answer-missing" },
    });
  });

  it.each([
    ["1.250.000", 1250000],
    ["Rp1.250.000,50", 1250000.5],
    ["12,5", 12.5],
    ["12.5", 12.5],
    ["75%", 75],
    ["-3", -3],
    ["0123", 123],
    ["1,2,3", undefined],
    ["1e9", undefined],
    ["99999999999999999999", undefined],
    ["", undefined],
  ])("the number %s is %s", (written, number) => expect(parseNumber(written)).toBe(number));
});

describe("an answer as a person writes it", () => {
  const question = (type: Question["type"], key = "x"): Question => ({
    ...{ key, type, required: false, repeat: false, internal: false },
    ask: { id: "?", en: "?" },
  });
  const again = (asked: Question, text: string) => readText(asked, text, "2026-11-22", asked.key);

  it("is in Indonesian form", () => {
    expect(writtenText(question("date"), "2026-11-24")).toBe("24 November 2026");
    expect(writtenText(question("time"), "09:30")).toBe("09.30");
    expect(writtenText(question("number"), 1_250_000.5)).toBe("1.250.000,5");
    expect(writtenText(question("text", "embargo"), "2026-11-23T03:00:00Z")).toBe(
      "23 November 2026 10.00 WIB",
    );
    expect(writtenText(question("text"), "2026-11-24")).toBe("2026-11-24");
  });

  it("reads back as the same answer", () => {
    const day = fc
      .date({ min: new Date("1900-01-01"), max: new Date("2199-12-31"), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    const number = fc
      .tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.nat(4))
      .map(([n, digits]) => n / 10 ** digits);
    fc.assert(
      fc.property(day, number, (date, amount) => {
        expect(again(question("date"), writtenText(question("date"), date))).toBe(date);
        expect(again(question("number"), writtenText(question("number"), amount))).toBe(amount);
      }),
      { seed: 11, numRuns: 200 },
    );
  });
});
