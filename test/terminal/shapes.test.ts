import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Output } from "../../src/terminal/output.js";
import { createProgress, lineOf } from "../../src/terminal/progress.js";
import { createInk, wantsColor } from "../../src/terminal/style.js";
import { fitTable, indent, shorten, table, width, wrap } from "../../src/terminal/table.js";

describe("a table", () => {
  it("has columns as wide as their widest cell, two spaces apart, and nothing after the last", () => {
    expect(table([["a", "Musrenbang", "x"], ["bbb", "Posyandu", ""], ["c"]])).toBe(
      "a    Musrenbang  x\nbbb  Posyandu\nc",
    );
  });

  it("counts what is seen, not colours or halves of characters", () => {
    const { bad } = createInk(true);
    const lines = table([
      [bad("a"), "1"],
      ["😀é", "2"],
    ]).split("\n");
    expect(lines[0]).toBe(`${bad("a")}    1`);
    expect(lines[1]).toBe("😀é  2");
  });

  it("is empty without rows", () => {
    expect(table([])).toBe("");
  });
});

describe("a table in a narrow terminal", () => {
  const rows = [
    { name: "Musrenbang", state: "draf" },
    { name: "Posyandu", state: "disetujui" },
  ];
  const shown = (columns: number) =>
    fitTable(
      rows,
      columns,
      { head: ["Naskah", "Status"], row: ({ name, state }) => [name, state] },
      ({ name, state }) => `${name}: ${state}`,
    );

  it("stays a table where it fits", () => {
    expect(shown(21)).toBe("Naskah      Status\nMusrenbang  draf\nPosyandu    disetujui");
  });

  it("gives every row its own lines where it does not", () => {
    expect(shown(20)).toBe("Musrenbang: draf\nPosyandu: disetujui");
  });
});

describe("a long line", () => {
  it("goes on below its own beginning, broken between words", () => {
    expect(wrap("✗ Kode aktivasi salah.\n  → Minta kode baru kepada admin.", 20)).toBe(
      "✗ Kode aktivasi\n  salah.\n  → Minta kode baru\n    kepada admin.",
    );
    const { faint } = createInk(true);
    expect(wrap(`  ${faint("→")} Minta kode baru`, 16)).toBe(`  ${faint("→")} Minta kode\n    baru`);
  });

  it("leaves a command whole, to be copied", () => {
    expect(wrap("Lanjutkan nanti dengan: kominfo post new", 20)).toBe(
      "Lanjutkan nanti\ndengan:\nkominfo post new",
    );
    const command = "  kominfo post submit 2026-11-24-musrenbang";
    expect(wrap(command, 20)).toBe(command);
  });

  it("loses no word, keeps to the width and its indentation, wherever it is broken", () => {
    const { faint, command } = createInk(true);
    // Of two cells a character, of one with a mark on it, and in colour; "Label:" and a command have rules of their own.
    const word = fc.oneof(
      fc.stringMatching(/^[a-z.]{1,12}$/),
      fc.constantFrom("市政府", "😀😀", "Bekási\u0301", "https://redaksi.go.id/a/b"),
      fc.stringMatching(/^[a-z]{1,12}$/).map(faint),
    );
    const begin = fc.constantFrom("", "  ", "    ", "✓ ", `  ${faint("→")} `, "  - ", "• ");
    const line = fc.tuple(begin, fc.array(word, { minLength: 1, maxLength: 40 }));
    fc.assert(
      fc.property(line, fc.integer({ min: 12, max: 90 }), ([start, words], columns) => {
        const lines = wrap(start + words.join(" "), columns).split("\n");
        expect(lines.map((each) => each.trimStart()).join(" ")).toBe((start + words.join(" ")).trimStart());
        for (const [i, each] of lines.entries()) {
          const isOneWord =
            each
              .slice(i === 0 ? start.length : 0)
              .trim()
              .split(" ").length === 1;
          if (!isOneWord) expect(width(each)).toBeLessThanOrEqual(columns);
          // What is longer than the rest of a line may begin it.
          if (i > 0 && !isOneWord) expect(each.search(/\S/)).toBe(width(start));
        }
      }),
      { seed: 3, numRuns: 300 },
    );
    expect(wrap(`  ${command("kominfo post check musrenbang")}`, 20)).not.toContain("\n");
  });

  it("hangs below the last column of a row, and further in than its label", () => {
    expect(wrap("judul  Judul naskah yang lengkap", 20)).toBe("judul  Judul naskah\n       yang lengkap");
    expect(wrap("  Takarir: camat membuka rapat", 20)).toBe("  Takarir: camat\n    membuka rapat");
  });

  it("is not broken where it is to be copied", () => {
    const { whole } = createInk(true);
    expect(wrap(indent(whole("satu dua tiga\nempat lima")), 6)).toBe("  satu dua tiga\n  empat lima");
  });
});

describe("text that is too long", () => {
  it("is cut to its room, with an ellipsis, never within a character", () => {
    expect(shorten("Musrenbang", 10)).toBe("Musrenbang");
    expect(shorten("Musrenbang", 6)).toBe("Musre…");
    expect(shorten("😀😀😀", 2)).toBe("😀…");
  });
});

describe("indent", () => {
  it("moves every line that has something", () => {
    expect(indent("a\n\nb")).toBe("  a\n\n  b");
    expect(indent("a", "    ")).toBe("    a");
  });
});

describe("a line of progress", () => {
  const step = { label: "Foto" };

  it("says what is done where nothing can be counted", () => {
    expect(lineOf({ label: "Mengirim naskah" }, 0)).toBe("Mengirim naskah …");
    expect(lineOf({ label: "Menyiapkan foto", done: 0, total: 0 }, 0)).toBe("Menyiapkan foto …");
  });

  it("shows how many of how many are done", () => {
    expect(lineOf({ ...step, done: 3, total: 12 }, 0)).toBe("Foto  ████░░░░░░░░░░░░  3/12");
    expect(lineOf({ ...step, done: 12, total: 12 }, 0)).toBe("Foto  ████████████████  12/12");
  });

  it("goes by bytes where bytes take the time, and names the photo in work", () => {
    const sending = { ...step, done: 2, total: 12, sent: 1_300_000, size: 5_200_000 };
    expect(lineOf(sending, 0)).toBe("Foto  ████░░░░░░░░░░░░  3/12  1,3/5,2 MB");
  });

  it("foretells the time that is left once there is something to go by", () => {
    const quarter = { ...step, done: 1, total: 4 };
    expect(lineOf(quarter, 30_000)).toMatch(/ {2}1\/4 {2}01:30$/);
    expect(lineOf(quarter, 900)).toMatch(/1\/4$/);
    expect(lineOf({ ...quarter, done: 4 }, 30_000)).toMatch(/4\/4$/);
  });
});

describe("progress", () => {
  const watched = (live: boolean, columns = 80) => {
    let text = "";
    const output = {
      live,
      columns,
      progress: (more: string) => {
        text += `\r\u001b[2K${more}`;
      },
    } as Output;
    let now = 0;
    const progress = createProgress(output, undefined, () => now);
    return { progress, text: () => text, pass: (ms: number) => (now += ms) };
  };

  it("is silent where nobody watches", () => {
    const { progress, text } = watched(false);
    progress.update({ label: "Foto", done: 1, total: 2 });
    progress.clear();
    expect(text()).toBe("");
  });

  it("writes over its own line, not oftener than an eye follows, and always the last", () => {
    const { progress, text, pass } = watched(true);
    for (let done = 0; done <= 10; done++) {
      progress.update({ label: "Foto", done, total: 10 });
      pass(10);
    }
    const lines = text().split("\r\u001b[2K").slice(1);
    expect(lines.map((line) => line.split("  ")[2])).toEqual(["0/10", "8/10", "10/10"]);
  });

  it("takes its line away, once", () => {
    const { progress, text } = watched(true);
    progress.update({ label: "Foto", done: 1, total: 2 });
    const before = text();
    progress.clear();
    progress.clear();
    expect(text()).toBe(`${before}\r\u001b[2K`);
  });

  it("never runs into a second line", () => {
    const { progress, text } = watched(true, 30);
    progress.update({ label: "Mengunggah foto dengan nama panjang", done: 1, total: 2, sent: 1, size: 2 });
    expect(text().replace("\r\u001b[2K", "")).toHaveLength(29);
  });
});

describe("colour", () => {
  it.each<[string, { isTTY?: boolean }, Record<string, string>, boolean, boolean]>([
    ["a terminal", { isTTY: true }, {}, true, true],
    ["a pipe", {}, {}, true, false],
    ["a pipe, whatever FORCE_COLOR says", {}, { FORCE_COLOR: "1" }, true, false],
    ["--no-color", { isTTY: true }, {}, false, false],
    ["NO_COLOR=1", { isTTY: true }, { NO_COLOR: "1" }, true, false],
    ["NO_COLOR=0, which is a value too", { isTTY: true }, { NO_COLOR: "0" }, true, false],
    ["an empty NO_COLOR", { isTTY: true }, { NO_COLOR: "" }, true, true],
    ["TERM=dumb", { isTTY: true }, { TERM: "dumb" }, true, false],
  ])("with %s", (_what, stream, env, flag, wanted) => {
    expect(wantsColor(stream, env, flag)).toBe(wanted);
  });

  it("is nothing but the text without it", () => {
    const ink = createInk(false);
    expect(Object.values(ink).map((paint) => ink.print(paint("x")))).toEqual(Array(8).fill("x"));
  });

  it("is a plain colour code once it is printed", () => {
    const ink = createInk(true);
    expect(ink.print(ink.bad("x"))).toBe("\u001b[31mx\u001b[39m");
  });

  it("goes on after a style inside it", () => {
    const ink = createInk(true);
    expect(ink.print(ink.strong(`a ${ink.faint("b")} c`))).toBe(
      "\u001b[1ma \u001b[2mb\u001b[22m\u001b[1m c\u001b[22m",
    );
  });
});

describe("foreign words among our colours", () => {
  const hostile = [
    "\u001b[8mtersembunyi\u001b[0m",
    "\u001b]8;;https://jahat.example\u0007klik\u001b]8;;\u0007",
    "\u001b]52;c;amFoYXQ=\u001b\\",
    "\u009b31m\u202e\u200b\r\u0008\u007f\u2028",
    // Another ink's mark, and the beginning of one of ours.
    `${createInk(true).bad("palsu")}\u001b[31;`,
  ].join(" ");

  it.each([true, false])("keep their letters and lose everything else, with colour: %s", (color) => {
    const ink = createInk(color);
    for (const text of [hostile, ink.good(hostile), `${ink.good("✓")} ${hostile} ${ink.strong("akhir")}`]) {
      const printed = ink.print(text).replace(/\u001b\[(?:1|22|32|39)m/g, "");
      expect(printed).toMatch(/tersembunyi klik .*palsu/);
      expect(printed).not.toMatch(/[^\P{C}\n]|[\u2028\u2029]/u);
    }
  });

  it("cannot end a colour of ours, or begin one that stays", () => {
    const ink = createInk(true);
    expect(ink.print(ink.bad("a\u001b[39mb\u001b[32mc"))).toBe("\u001b[31mabc\u001b[39m");
  });
});
