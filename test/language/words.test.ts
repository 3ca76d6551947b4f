import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { error } from "../../src/files/diagnostic.js";
import { diagnosticLine as englishLine } from "../../src/language/en/diagnostic-line.js";
import { accountErrors } from "../../src/language/id/account.js";
import { diagnosticLine } from "../../src/language/id/diagnostic-line.js";
import { help as indonesianHelp } from "../../src/language/id/help.js";
import { loadMessages } from "../../src/language/index.js";
import { formatDay, formatInstant, formatLongInstant } from "../../src/text/instant.js";

/*
 * Words that read like a machine, or that say one thing in two ways. They were in what people see, and come back easily: a sentence is
 * copied, and its words with it.
 */

const root = path.resolve(import.meta.dirname, "../..");

/** What not to say, and what to say instead. */
const banned: readonly (readonly [RegExp, string])[] = [
  [/tidak mengenal(?!i)/i, '"x" bukan pilihan untuk …'],
  [/Yang dapat dilakukan/i, "a sentence with the command"],
  [/Langkah itu tidak/i, "Belum bisa: …"],
  [/Jawaban yang mana/i, "Jawaban mana yang ingin diubah?"],
  [/gantungan kunci/i, "penyimpanan sandi sistem"],
  [/berkas pindahan/i, "berkas hasil ekspor"],
  [/"Berkas itu"/, "Letak berkas hasil ekspor"],
  [/\bjika\b/i, "bila"],
  [/(?:memuat|menyimpan) lokasi/i, "membocorkan lokasi"],
  [/foto ke-\d/i, "Foto 2: gambaran isi"],
  [/menunggu sambungan/i, "menunggu terkirim"],
  [/\d (?:Jan|Feb|Mar|Apr|Jun|Jul|Agu|Agt|Sep|Okt|Nop|Nov|Des) \d{4}/, "17 November 2026 10.00 WIB"],
];

/** Files of words: the Indonesian catalogue, the guide, the README and the templates. */
function wordFiles(): string[] {
  const catalogue = readdirSync(path.join(root, "src/language/id")).map((name) => `src/language/id/${name}`);
  const templates = readdirSync(path.join(root, "templates")).map((name) => `templates/${name}`);
  return [...catalogue, ...templates, "docs/panduan.md", "README.md"];
}

/** Without comments, which are English and speak of code. */
function wordsOf(file: string): string {
  const text = readFileSync(path.join(root, file), "utf8");
  return file.endsWith(".ts") ? text.replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, "") : text;
}

describe("the Indonesian words", () => {
  it.each(banned)("do not say %s, but: %s", (pattern) => {
    const found = wordFiles().flatMap((file) =>
      wordsOf(file)
        .split("\n")
        .flatMap((line) => (pattern.test(line) ? [`${file}: ${line.trim()}`] : [])),
    );
    expect(found).toEqual([]);
  });

  it("name a photo's text as it was asked for", () => {
    const line = error({ key: "foto.1.alt", line: 17 }, "required");
    expect(diagnosticLine(line)).toBe("baris 17, Foto 2: gambaran isi (alt): wajib diisi");
    expect(diagnosticLine(error({ key: "foto.0" }, "photo-twice"))).toMatch(/^Foto 1: foto ini/);
    expect(englishLine(line)).toMatch(/^line 17, Photo 2: what it shows \(alt\): /);
  });

  it("name the method of auth store", () => {
    expect(indonesianHelp.placeholders.method).toBe("metode");
  });

  it("write dates one way", () => {
    const at = "2026-11-17T03:05:00Z";
    expect(formatInstant(at, "id")).toBe("17 November 2026 10.05 WIB");
    expect(formatLongInstant(at, "id")).toBe("Selasa, 17 November 2026 10.05 WIB");
    expect(formatDay("2026-11-17", "id")).toBe("17 November 2026");
    expect(formatDay("2026-11-17", "id", "long")).toBe("Selasa, 17 November 2026");
    expect(formatInstant("2026-11-17T17:00:00Z", "en")).toBe("18 November 2026 00:00 WIB");
    expect(formatDay("kapan-kapan", "id")).toBe("kapan-kapan");
  });
});

const one = error({ key: "judul" }, "required");

/** Every text, with one of everything. */
function textsOf(part: unknown, service: unknown = 1): string[] {
  if (typeof part === "string") return [part];
  if (Array.isArray(part)) return part.flatMap((each) => textsOf(each, service));
  if (typeof part === "function") {
    try {
      return textsOf((part as (facts: unknown) => unknown)(factsOf(service)), service);
    } catch {
      return [];
    }
  }
  return typeof part === "object" && part !== null
    ? Object.values(part).flatMap((each) => textsOf(each, service))
    : [];
}

function factsOf(service: unknown) {
  return new Proxy<Record<string, unknown>>(
    {
      problems: [one],
      ...{ slugs: ["a"], commands: ["x"], names: ["a"], labels: ["a"], choices: ["a"], stored: ["a"] },
      ...{ accounts: ["a"], service, kinds: [{ kind: "other", count: 1 }], folders: ["a"] },
    },
    { get: (known, name) => known[name as string] ?? 1 },
  );
}

describe("the newsroom", () => {
  /** Without what is typed: commands, flags, keys of kominfo.yaml and addresses keep the word. */
  const said = (text: string) =>
    text
      .replace(/kominfo [a-z][^.;:]*/g, "")
      .replace(/`[^`]*`/g, "")
      .replace(/--newsroom\b|newsroom:|\w+:\/\/\S*|"newsroom"/g, "");

  it("is called ruang redaksi in every Indonesian sentence", async () => {
    const { settings, ...messages } = await loadMessages("id");
    const texts = [...textsOf(messages), ...textsOf(settings.names)];
    // The rooms that speak of every service; those of the channels never do of the newsroom.
    const service = [messages.account, messages.setup, messages.doctor, accountErrors].flatMap((room) =>
      textsOf(room, "newsroom"),
    );
    expect([...texts, ...service].filter((text) => /\bnewsroom\b/.test(said(text)))).toEqual([]);
    expect(messages.setup.again({ service: "newsroom" })).toBe("Masuk lagi ke ruang redaksi sekarang?");
    expect(texts.length).toBeGreaterThan(800);
  });

  it("is called so in the guide", () => {
    const lines = wordsOf("docs/panduan.md").split("\n");
    expect(lines.filter((line) => /\bnewsroom\b/.test(said(line)))).toEqual([]);
  });
});

describe("the English words", () => {
  it("count one thing as one", async () => {
    const texts = textsOf(await loadMessages("en"));
    const plural =
      /\b1 (?:photos|files|things|answers|lines|posts|accounts|channels|submissions|entries|pictures|videos|templates|publications|minutes|hours|characters|hashtags|renditions|parts|comments|subfolders|downloads|other files|seconds)\b|\b1 photo are\b|\bare 1 more\b|\b1 \w+ were\b/;
    // A limit is never one, and a rate is not counted.
    const counted = texts.filter((text) => !/[Aa]t (?:least|most)|limit|photos\/s|\b1 of 1 /.test(text));
    expect(counted.filter((text) => plural.test(text))).toEqual([]);
    expect(texts.length).toBeGreaterThan(800);
  });

  it("say of one photo that it is, and of files that they are no photos", async () => {
    const { photo, upload } = await loadMessages("en");
    const partly = (done: number, total: number) => upload.partly({ done, total, where: "x" });
    expect([partly(0, 1), partly(1, 2), partly(0, 2)].map((text) => text.split(" complete")[0])).toEqual([
      "0 of 1 photo is",
      "1 of 2 photos is",
      "0 of 2 photos are",
    ]);
    const kinds = [
      photo.passed.kind({ kind: "TXT", count: 1 }),
      photo.passed.kind({ kind: "other", count: 2 }),
    ];
    expect(photo.passed.others({ kinds, paths: ["a/x.txt"] })).toBe(
      "Not photos: 1 TXT, 2 other files (x.txt).",
    );
    expect(photo.passed.askFolders({ count: 1, folders: 1 })).toMatch(
      /^There is 1 more photo in 1 subfolder\./,
    );
  });

  it("say what to fix, one or more", async () => {
    const { errors } = await loadMessages("en");
    const of = (count: number) =>
      errors["post-invalid"]({ path: "index.md", problems: Array.from({ length: count }, () => one) });
    expect([of(1)[0], of(1).at(-1)]).toEqual([
      "index.md is not ready: 1 thing to fix.",
      "Fix it in that file, then run the same command again.",
    ]);
    expect([of(2)[0], of(2).at(-1)]).toEqual([
      "index.md is not ready: 2 things to fix.",
      "Fix them in that file, then run the same command again.",
    ]);
  });
});
