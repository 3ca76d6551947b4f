import { describe, expect, it } from "vitest";
import { readYaml } from "../../src/files/yaml.js";

const problems = (text: string) =>
  readYaml(text).problems.map(({ code, line, params }) => [
    code,
    line,
    (params as { mended?: string })?.mended,
  ]);

describe("a slip in YAML", () => {
  it.each([
    ["no space after a colon", "a: x\nlokasi:Balai Desa\nb: y\n", "yaml-space", 2, "lokasi: Balai Desa"],
    ["none in the first line", "judul:Posyandu\nb: y\n", "yaml-space", 1, "judul: Posyandu"],
    ["none in the last line", "a: x\nlokasi:Aula", "yaml-space", 2, "lokasi: Aula"],
    ["none before a quoted value", 'a: x\nlokasi:"Aula"\nb: y\n', "yaml-space", 2, 'lokasi: "Aula"'],
    [
      "none, and a value that needs quotation marks",
      "a: x\nb:Camat: hadir\nc: y\n",
      "yaml-space",
      2,
      'b: "Camat: hadir"',
    ],
    [
      "none in a photo",
      'foto:\n  - berkas: "a"\n    alt:Kader\n    kredit: x\n',
      "yaml-space",
      3,
      "alt: Kader",
    ],
    [
      "a hard space after a colon",
      'a: x\nlokasi:\u00a0"Balai"\nb: y\n',
      "yaml-hard-space",
      2,
      'lokasi: "Balai"',
    ],
    [
      "a hard space before quotation marks",
      'a: x\nlokasi: \u00a0"Balai"\n',
      "yaml-hard-space",
      2,
      'lokasi:  "Balai"',
    ],
    ["a narrow one", "a: x\nlokasi:\u202fBalai\nb: y\n", "yaml-hard-space", 2, "lokasi: Balai"],
    ["a hard space before a colon", "a: x\nlokasi\u00a0: Balai\n", "yaml-hard-space", 2, "lokasi : Balai"],
    [
      "an indent of hard spaces",
      'f:\n  - a: "1"\n\u00a0 \u00a0 b: "2"\n    c: "3"\n',
      "yaml-hard-space",
      3,
      'b: "2"',
    ],
    ["a hard space behind a dash", "f:\n  -\u00a0a\n", "yaml-hard-space", 2, "- a"],
    [
      "a list of hashtags",
      "tag: [#posyandu, #wanasari]\nb: y\n",
      "yaml-list",
      1,
      'tag: ["posyandu", "wanasari"]',
    ],
    [
      "a hashtag among words",
      'tag: [posyandu, "#b", #c d]\n',
      "yaml-list",
      1,
      'tag: ["posyandu", "b", "c d"]',
    ],
    ...([
      [
        "an open quotation mark, told where it opens",
        'a: x\nb: "Aula\nc: "y"\nd: z\n',
        "yaml-unclosed",
        2,
        'b: "Aula"',
      ],
      ["an open one before bare values", "a: 'x\nb: y\nc: z\n", "yaml-unclosed", 1, "a: 'x'"],
      ["one in an item", 'f:\n  - a: "1\n    b: "2"\n', "yaml-unclosed", 2, '- a: "1"'],
      ["one before a comment", 'a: "id # x y\nb: "y"\n', "yaml-unclosed", 1, 'a: "id" # x y'],
      ["a wide colon", 'a: x\nlokasi\uff1a"Aula"\n', "yaml-colon", 2, 'lokasi: "Aula"'],
      ["another colon and a blank", "a: x\nlokasi\u2236 Aula\nb: y\n", "yaml-colon", 2, "lokasi: Aula"],
      ["an open list", 'tag: ["a", "b"\nb: y\n', "yaml-list", 1, 'tag: ["a", "b"]'],
      ["a wide comma", 'tag: ["a"\uff0c"b"]\nb: y\n', "yaml-list", 1, 'tag: ["a", "b"]'],
      ["an apostrophe in single quotes", "a: 'Jum'at Bersih'\nb: y\n", "yaml-quote", 1, `a: "Jum'at Bersih"`],
      [
        "marks within marks",
        'a: "Posyandu "Mawar" digelar"\nb: y\n',
        "yaml-quote",
        1,
        `a: 'Posyandu "Mawar" digelar'`,
      ],
      [
        "marks at both ends of the whole",
        'a: ""Mawar" dan "Melati""\nb: y\n',
        "yaml-quote",
        1,
        `a: '"Mawar" dan "Melati"'`,
      ],
      [
        "single marks within single marks",
        "a: 'Pos 'Mawar' buka'\nb: y\n",
        "yaml-quote",
        1,
        `a: "Pos 'Mawar' buka"`,
      ],
      [
        "marks around two words, none around all",
        'a: "Mawar" dan "Melati"\nb: y\n',
        "yaml-quote",
        1,
        `a: '"Mawar" dan "Melati"'`,
      ],
      ["what cannot be seen in a key", "lo\u200bkasi: Aula\n", "yaml-hard-space", 1, "lokasi: Aula"],
      ["two sorts of quotes", 'a: \u201cAula"\n', "yaml-typed-quotes", 1, 'a: "Aula"'],
    ] as [string, string, string, number, string][]),
    [
      "hashtags without a list",
      "tag: #posyandu #wanasari\n",
      "yaml-comment",
      1,
      'tag: ["posyandu", "wanasari"]',
    ],
  ])("is one problem, with the line as it should be: %s", (_what, text, code, line, mended) => {
    expect(problems(text)).toEqual([[code, line, mended]]);
  });

  it("leaves a quoted text of several lines alone beside it", () => {
    const text = 'a: "satu\n  dua: tiga\n  empat"\nb: "lima\nc: "enam"\n';
    expect(problems(text)).toEqual([["yaml-unclosed", 4, 'b: "lima"']]);
  });

  it("is no error where it may be meant: a value in typographic quotes may be a quotation", () => {
    expect(readYaml("a: \u201cAula\u201d\nb: \u201cAyo,\u201d kata Camat\n").problems).toMatchObject([
      { code: "yaml-typed-quotes", severity: "warning", line: 1 },
    ]);
  });

  it("does not hide another", () => {
    const text = 'lokasi:Aula\nb:\u00a0"x"\ntag: [#a, #b]\njudul: "c\n';
    expect(problems(text).map(([code, line]) => [code, line])).toEqual([
      ["yaml-space", 1],
      ["yaml-hard-space", 2],
      ["yaml-list", 3],
      ["yaml-unclosed", 4],
    ]);
  });

  it.each([
    'a: "Rapat\u00a0Camat"\n',
    "a: Rapat\u00a0Camat pukul 09:30\n",
    "a: \u00a0Aula\n",
    "a: |\n  lokasi:Aula\n  \u00a0- x\n  tag: [#a]\nb: y\n",
    'a: "satu\n  lokasi:Aula\n  tag: [#a]"\n',
    "a: https://a.example/#b\n",
    'tag: ["#posyandu"]\n',
    "a: satu\n  https://a.example\n",
    "a:\n  - https://a.example\n  - Pukul:09.00\n  - 09:30\n",
    "dc:title: x\n",
  ])("is not what may be written: %j", (text) => {
    expect(readYaml(text).problems).toEqual([]);
  });

  it("is told by the parser's code, which both languages have words for", () => {
    expect(readYaml("a: 1\n b: 2\n  c\n").problems.every(({ code }) => code.startsWith("yaml-"))).toBe(true);
    const [problem] = readYaml("[".repeat(50_000)).problems;
    expect(problem).toMatchObject({ code: "yaml-invalid", params: { reason: "TOO_DEEP" } });
  });
});
