import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clean, cleanJson, cleanLine } from "../../src/text/clean.js";

/** Unicode's own words for what has no picture: controls, formats (bidi, zero width, tags), line separators, halves. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
/** Formats that do have one, or only join signs of old scripts and music. */
const harmless =
  /[\n\t\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}\u{13430}-\u{1343f}\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}]/gu;

const hasDanger = (text: string) => invisible.test(text.replace(harmless, ""));

/** Much of what is dangerous, among ordinary text. */
const nasty = fc.oneof(
  fc.string({ unit: "binary" }),
  fc
    .array(
      fc.constantFrom(
        ...[
          "\u001b[2J",
          "\u001b]8;;http://jahat.example\u0007",
          "\u001b]52;c;c2FuZGk=\u001b\\",
          "\u009b31m",
          "\u009d0;x\u009c",
        ],
        ...[
          "\u202e",
          "\u2066",
          "\u2069",
          "\u200b",
          "\u200d",
          "\ufeff",
          "\u00ad",
          "\r",
          "\b",
          "\u007f",
          "\u0085",
        ],
        ...["\u2028", "\ud800", "\udfff", "\u{e0041}", "\u001b", "[31m", "Cibitung", "\n", "\t", "“é”", "😀"],
      ),
    )
    .map((parts) => parts.join("")),
);

describe("clean", () => {
  it.each([
    ["a colour", "\u001b[31mmerah\u001b[0m", "merah"],
    ["a cursor that goes up and wipes a line", "baris\u001b[1A\u001b[2Kpalsu", "barispalsu"],
    ["a link (OSC 8)", "\u001b]8;;https://jahat.example\u0007klik\u001b]8;;\u0007", "klik"],
    ["a title of the window (OSC 0)", "\u001b]0;judul\u001b\\isi", "isi"],
    ["an escape without its end", "awal\u001b", "awal"],
    ["C1 controls", "a\u009b31mb\u0085c", "abc"],
    ["a carriage return over what was written", "aman\rjahat", "amanjahat"],
    ["backspaces", "x\b\b\by", "xy"],
    ["bidi overrides and isolates", "gpj.\u202eexe\u2066\u2069\u061c", "gpj.exe"],
    ["zero width characters", "ko\u200bmi\u200dn\ufefffo\u00ad", "kominfo"],
    ["tag characters", "a\u{e0041}\u{e007f}b", "ab"],
    ["half a character", "a\ud83db", "ab"],
    ["line separators of Unicode", "a\u2028b\u2029c", "abc"],
  ])("takes away %s", (_what, text, cleaned) => {
    expect(clean(text)).toBe(cleaned);
  });

  it("leaves what people write", () => {
    const text = "Musrenbang “Cibitung” — 50% naik;\n\té è ñ 漢字 😀 ﷺ";
    expect(clean(text)).toBe(text);
  });

  it("leaves nothing dangerous of any text", () => {
    fc.assert(
      fc.property(nasty, (text) => {
        expect(hasDanger(clean(text))).toBe(false);
        expect(clean(clean(text))).toBe(clean(text));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it("would be found out if it left something: the test knows what is dangerous", () => {
    for (const text of ["\u001b", "\u202e", "\u200b", "\u009b", "\ud800", "\u{e0041}", "\r"])
      expect(hasDanger(text)).toBe(true);
  });
});

describe("cleanLine", () => {
  it("makes one line of many, without ends of white space", () => {
    expect(cleanLine("  Judul\r\n\u001b[1mdua\t baris \n")).toBe("Judul dua baris");
  });

  it("gives one line for any text", () => {
    fc.assert(
      fc.property(nasty, (text) => {
        expect(cleanLine(text)).not.toMatch(/[\n\t]|^\s|\s$/);
      }),
      { seed: 2, numRuns: 300 },
    );
  });
});

describe("cleanJson", () => {
  const anything = fc.anything({
    key: nasty,
    maxDepth: 2,
    values: [nasty, fc.integer(), fc.boolean(), fc.constant(null)],
  });

  it("gives the same data to whoever parses it, and shows nothing dangerous", () => {
    fc.assert(
      fc.property(fc.oneof(nasty, anything), (value) => {
        const json = cleanJson(value);
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(hasDanger(json)).toBe(false);
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  it("is one line unless asked otherwise", () => {
    expect(cleanJson({ a: "x\ny", b: ["\u202e"] })).toBe('{"a":"x\\ny","b":["\\u202e"]}');
    expect(cleanJson({ a: 1 }, 2)).toBe('{\n  "a": 1\n}');
  });
});
