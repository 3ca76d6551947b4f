import { describe, expect, it } from "vitest";
import { difference, transcript } from "./transcript.js";

const page = `# Guide

Type \`kominfo doctor\`, then:

\`\`\`
operator $ kominfo post list
2026-11-24-camat  draf

editor $ kominfo review list > daftar.txt
\`\`\`

\`\`\`yaml
judul: "x"
\`\`\`

  \`\`\`
  $ kominfo post new
  ✓ Naskah dibuat: …
  \`\`\`

and then:

\`\`\`
Selanjutnya:
  kominfo post check
\`\`\`
`;

describe("a guide's transcript", () => {
  it("is what stands after prompts in its blocks, each with what was printed", () => {
    expect(transcript(page)).toEqual([
      { line: 6, who: "operator", typed: "kominfo post list", printed: ["2026-11-24-camat  draf"] },
      { line: 9, who: "editor", typed: "kominfo review list > daftar.txt", printed: [] },
      {
        line: 17,
        who: "",
        typed: "kominfo post new",
        printed: ["✓ Naskah dibuat: …", "Selanjutnya:", "  kominfo post check"],
      },
    ]);
  });
});

describe("what was printed, beside what a guide shows", () => {
  it.each([
    ["the same", ["✓ Terkirim (revisi 1)."], "✓ Terkirim (revisi 1).\n"],
    [
      "another day, address, number and size",
      ["  24 November 2026 05.11 WIB http://127.0.0.1:4600 895 kB"],
      "  3 Desember 2026 23.59 WIB http://127.0.0.1:1 1,2 MB",
    ],
    ["a text that names another day", ["556 dari 5000 karakter · 3 foto"], "557 dari 5000 karakter · 3 foto"],
    ["columns of another width", ["ID    Judul"], "ID  Judul"],
    ["something shortened", ["✓ Naskah di …/index.md"], "✓ Naskah di /home/siti/index.md"],
    ["lines left out", ["a", "…", "d"], "a\nb\nc\nd"],
    ["all the rest left out", ["a", "…"], "a\nb"],
  ])("agrees: %s", (_, shown, printed) => {
    expect(difference(shown, printed)).toBeUndefined();
  });

  it.each([
    ["another word", ["✓ Terkirim."], "✓ Terkirin.", { shown: "✓ Terkirim.", printed: "✓ Terkirin." }],
    ["a line too many", ["a"], "a\nb", { shown: undefined, printed: "b" }],
    ["a line too few", ["a", "b"], "a", { shown: "b", printed: undefined }],
    ["another revision", ["(revisi 1)"], "(revisi 2)", { shown: "(revisi 1)", printed: "(revisi 2)" }],
    ["a line that never comes after those left out", ["…", "d"], "a\nb", { shown: "d", printed: "a" }],
  ])("differs: %s", (_, shown, printed, found) => {
    expect(difference(shown, printed)).toEqual(found);
  });
});
