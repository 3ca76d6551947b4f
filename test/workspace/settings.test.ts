import path from "node:path";
import { describe, expect, it } from "vitest";
import { presets } from "../../src/photo/renditions/presets.js";
import { findKecamatan } from "../../src/region/kecamatan.js";
import { newSettings, readSettings } from "../../src/workspace/settings.js";

const root = path.resolve("/rumah/berita");
const read = (text: string) => readSettings(text, root);
// The sizes are built in until kominfo.yaml changes one.
const cibitung = findKecamatan("Cibitung")!;

describe("kominfo.yaml", () => {
  it("needs only its kecamatan", () => {
    expect(read("kecamatan: Cibitung\n")).toEqual({
      problems: [],
      settings: {
        kecamatan: cibitung,
        language: "id",
        dateline: true,
        hashtags: [],
        presets,
        posts: path.join(root, "posts"),
      },
    });
  });

  it("takes hashtags with and without #, each once", () => {
    const { settings, problems } = read(
      'kecamatan: Cibitung\nhashtags: ["#KabupatenBekasi", Cibitung, "KabupatenBekasi"]\n',
    );
    expect(problems).toEqual([]);
    expect(settings?.hashtags).toEqual(["KabupatenBekasi", "Cibitung"]);
  });

  it("may say everything, with comments after values", () => {
    const text = `# Ruang kerja kami
kecamatan: "32.16.07" # Cibitung
newsroom: { kind: kominfo, url: "https://redaksi.example.go.id" } # tanya Diskominfo
graph_version: v27.0 # Graph API Meta
language: en # en atau id
timezone: Asia/Jakarta
photos:
  credit: "Foto: Kecamatan Cibitung" # bila tidak ada yang lain
  watermark: { file: aset/logo.png, corner: top-left, opacity: 60, width: 25 }
  jobs: 2
hashtags: [KabupatenBekasi, Cibitung]
posts: naskah/terbit # folder naskah
dateline: tidak
`;
    expect(read(text)).toEqual({
      problems: [],
      settings: {
        kecamatan: cibitung,
        newsroom: { origin: "https://redaksi.example.go.id" },
        graphVersion: "v27.0",
        language: "en",
        credit: "Foto: Kecamatan Cibitung",
        watermark: {
          path: path.join(root, "aset", "logo.png"),
          corner: "top-left",
          opacity: 0.6,
          share: 0.25,
        },
        jobs: 2,
        dateline: false,
        hashtags: ["KabupatenBekasi", "Cibitung"],
        presets,
        posts: path.join(root, "naskah", "terbit"),
      },
    });
  });

  it("may come from Windows: with a byte order mark and CRLF", () => {
    expect(read("\ufeffkecamatan: Setu\r\nlanguage: en\r\n").settings).toMatchObject({ language: "en" });
  });

  it("is written by init so that it reads back without a problem", () => {
    for (const name of ["Cibitung", "Karang Bahagia"]) {
      const kecamatan = findKecamatan(name)!;
      expect(read(newSettings(kecamatan))).toMatchObject({ problems: [], settings: { kecamatan } });
      const { settings, problems } = read(newSettings(kecamatan, "https://redaksi.example.go.id"));
      expect(problems).toEqual([]);
      expect(settings).toMatchObject({
        newsroom: { origin: "https://redaksi.example.go.id" },
        credit: `Foto: Kecamatan ${name}`,
        dateline: true,
        posts: path.join(root, "posts"),
      });
    }
  });
});

describe("a mistake in kominfo.yaml", () => {
  const line = (more: string) => `kecamatan: Cibitung\n${more}\n`;

  it.each<[string, string, object]>([
    ["nothing", "", { code: "required", key: "kecamatan" }],
    ["an empty kecamatan", 'kecamatan: ""\n', { code: "required", key: "kecamatan", line: 1 }],
    [
      "an unknown kecamatan",
      "\nkecamatan: Cibitnug\n",
      { code: "kecamatan-expected", line: 2, params: { nearest: "Cibitung" } },
    ],
    [
      "a kecamatan of Kota Bekasi",
      "kecamatan: Pondok Melati\n",
      { code: "kecamatan-expected", params: { nearest: undefined } },
    ],
    [
      "a hashtag of two words",
      line("hashtags: [Cibitung, Kabupaten Bekasi]"),
      { code: "hashtag-expected", line: 2 },
    ],
    [
      "eleven hashtags",
      line(`hashtags: [${Array.from({ length: 11 }, (_, i) => `Tagar${i}`).join(", ")}]`),
      { code: "too-many", key: "hashtags", params: { max: 10 } },
    ],
    ["a list for a name", "kecamatan: [a, b]\n", { code: "text-expected", key: "kecamatan", line: 1 }],
    [
      "an address without https",
      line("newsroom: { url: http://redaksi.example.go.id }"),
      { code: "address-expected", key: "newsroom.url", line: 2 },
    ],
    [
      "an address with a path",
      line("newsroom:\n  url: https://a.example.go.id/api"),
      { code: "address-expected", key: "newsroom.url", line: 3 },
    ],
    [
      "an address with a password",
      line("newsroom: { url: https://siti:rahasia@a.example.go.id }"),
      { code: "address-expected" },
    ],
    ["no address at all", line("newsroom: { url: redaksi }"), { code: "address-expected" }],
    [
      "an address in place of the group",
      line("newsroom: https://a.example.go.id"),
      { code: "group-expected", key: "newsroom", line: 2 },
    ],
    [
      "a newsroom of another kind",
      line("newsroom: { kind: komnifo }"),
      { code: "one-of", key: "newsroom.kind", line: 2, params: { nearest: "kominfo" } },
    ],
    ["a language nobody wrote", line("language: su"), { code: "one-of", key: "language", line: 2 }],
    ["another time zone", line("timezone: Asia/Makassar"), { code: "one-of", key: "timezone", line: 2 }],
    [
      "a version that is none",
      line("graph_version: 25"),
      { code: "graph-version-expected", key: "graph_version", line: 2 },
    ],
    ["a dateline that is neither", line("dateline: mungkin"), { code: "one-of", key: "dateline", line: 2 }],
    [
      "one credit too deep",
      line("photos: { credit: [a] }"),
      { code: "text-expected", key: "photos.credit", line: 2 },
    ],
    [
      "hashtags that are no list",
      line("hashtags: KabupatenBekasi"),
      { code: "list-expected", key: "hashtags", line: 2 },
    ],
    [
      "posts outside the workspace",
      line("posts: ../lain"),
      { code: "folder-outside", key: "posts", line: 2 },
    ],
    [
      "posts somewhere absolute",
      line(`posts: ${path.resolve("/tmp")}`),
      { code: "folder-outside", key: "posts", line: 2 },
    ],
    ["a key twice", line("kecamatan: Setu"), { code: "yaml-duplicate", line: 2 }],
    ["a bracket that stays open", line("hashtags: [a"), { severity: "error" }],
    ["a list for a file", "- kecamatan\n", { code: "required", key: "kecamatan" }],
  ])("is reported with its key and line: %s", (_what, text, problem) => {
    const { settings, problems } = read(text);
    expect(settings).toBeUndefined();
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ severity: "error", ...problem });
  });

  it("is one of several, and all are reported at once", () => {
    const { problems } = read("kecamatan: Cibitnug\nlanguage: su\nposts: ../x\n");
    expect(problems.map(({ line, code }) => [line, code])).toEqual([
      [1, "kecamatan-expected"],
      [2, "one-of"],
      [3, "folder-outside"],
    ]);
  });

  it("in the name of a key is only a warning, with the nearest", () => {
    const { settings, problems } = read("kecamatan: Cibitung\nhastags: [a]\n");
    expect(settings).toBeDefined();
    expect(problems).toEqual([
      { severity: "warning", code: "unknown-key", key: "hastags", line: 2, params: { nearest: "hashtags" } },
    ]);
  });
});
