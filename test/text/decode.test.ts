import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeText, isDecoded, isWholeText } from "../../src/text/decode.js";

const bytesOf = (text: string, encoding: "utf-8" | "utf-16le" | "utf-16be", bom = false): Buffer => {
  const marked = bom ? `\ufeff${text}` : text;
  if (encoding === "utf-8") return Buffer.from(marked, "utf8");
  const little = Buffer.from(marked, "utf16le");
  return encoding === "utf-16le" ? little : little.swap16();
};

describe("a text that comes in", () => {
  const text = "Camat membuka “Café” – acara di Cibitung\r\nSekcam hadir\r\n";

  it.each([
    ["utf-8", false],
    ["utf-8", true],
    ["utf-16le", false],
    ["utf-16le", true],
    ["utf-16be", false],
    ["utf-16be", true],
  ] as const)("is read as %s, with a byte order mark: %s", (encoding, bom) => {
    expect(decodeText(bytesOf(text, encoding, bom))).toEqual({ text, encoding, bom });
  });

  it("is read as Windows-1252 with the letters that Windows has there, and says so", () => {
    const windows = Buffer.from("Caf\xe9 \x93Mawar\x94 \x96 \x80 5\r\n", "latin1");
    expect(decodeText(windows)).toEqual({
      text: "Café “Mawar” – € 5\r\n",
      encoding: "windows-1252",
      bom: false,
    });
    // A capital before a closing quotation mark is a whole letter in UTF-8 too.
    const capital = Buffer.from("\x93CAF\xc9\x94 dibuka\n", "latin1");
    expect(decodeText(capital)).toMatchObject({ text: "“CAFÉ” dibuka\n", encoding: "windows-1252" });
  });

  it.each([
    ["a picture", [0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 0x4a, 0x46, 0x49, 0x46, 0x00, 0x01], "binary"],
    ["a text of WordPad", [...Buffer.from("{\\rtf1\\ansi Camat hadir}")], "binary"],
    ["a zero byte in UTF-8", [...Buffer.from("satu\ndu\0a\n")], "binary"],
    ["UTF-32", [0xff, 0xfe, 0, 0, 0x61, 0, 0, 0], "binary"],
    ["UTF-16 that was cut", [0xff, 0xfe, 0x61, 0x00, 0x62], "damaged"],
    ["a lone surrogate", [0xff, 0xfe, 0x00, 0xd8, 0x61, 0x00], "damaged"],
    ["UTF-8 that was cut", [...Buffer.from("Café dan Mbé").subarray(0, -1)], "mixed"],
    ["broken UTF-8 behind a byte order mark", [0xef, 0xbb, 0xbf, 0x61, 0xe9, 0x20], "mixed"],
    ["a place that Windows-1252 leaves empty", [0x61, 0x81, 0x62], "binary"],
    [
      "UTF-8 with UTF-16 appended by PowerShell",
      [...Buffer.from("satu dua tiga\n"), 0x61, 0, 0x0a, 0],
      "binary",
    ],
  ])("is not believed when it is %s", (_what, bytes, fault) => {
    expect(decodeText(Uint8Array.from(bytes))).toMatchObject({ fault });
  });

  it("is not believed when it is UTF-32, also where zero bytes separate paths", () => {
    const le = Buffer.from([..."foto/a.jpg\n"].flatMap((letter) => [letter.charCodeAt(0), 0, 0, 0]));
    const be = Buffer.from(le).swap32();
    const marks = [Buffer.from([0xff, 0xfe, 0, 0]), Buffer.from([0, 0, 0xfe, 0xff])] as const;
    for (const bytes of [le, be, Buffer.concat([marks[0], le]), Buffer.concat([marks[1], be])]) {
      expect(decodeText(bytes, { nul: true })).toMatchObject({ fault: "binary" });
    }
    const added = Buffer.concat([Buffer.from("foto/a.jpg\n"), Buffer.from("foto/b.jpg\r\n", "utf16le")]);
    expect(decodeText(added, { nul: true })).toMatchObject({ fault: "binary" });
    expect(decodeText(Buffer.from("a.jpg\nb.jpg\n\0\0\0"), { nul: true })).toHaveProperty("text");
    expect(decodeText(Buffer.from("a.jpg\0b.jpg\0"), { nul: true })).toMatchObject({
      text: "a.jpg\0b.jpg\0",
    });
  });

  it("tells the line in which a letter was lost before", () => {
    expect(decodeText(Buffer.from("satu\r\nCaf\ufffd\r\n"))).toEqual({ fault: "lost", line: 2 });
    expect(decodeText(bytesOf("satu\nCaf\ufffd\n", "utf-16be", true))).toEqual({ fault: "lost", line: 2 });
  });

  it("may separate names by zero bytes where that was asked for", () => {
    const list = Buffer.from("./a\0./b c.jpg\0./é\0");
    expect(decodeText(list, { nul: true })).toMatchObject({
      text: "./a\0./b c.jpg\0./é\0",
      encoding: "utf-8",
    });
    expect(isDecoded(decodeText(list))).toBe(false);
  });

  it("is the text that was written, in every Unicode encoding", () => {
    // Without a mark only Latin texts can be told from others.
    const latin = fc.stringMatching(/^[ -~\n]{3,}[“”–éñ]?$/);
    fc.assert(
      fc.property(
        latin,
        fc.constantFrom("utf-8", "utf-16le", "utf-16be"),
        fc.boolean(),
        (given, encoding, bom) => {
          expect(decodeText(bytesOf(given, encoding, bom))).toEqual({ text: given, encoding, bom });
        },
      ),
      { seed: 14 },
    );
    const any = fc
      .string({ unit: "grapheme" })
      .filter((given) => isWholeText(given) && !given.startsWith("\ufeff"));
    fc.assert(
      fc.property(any, fc.constantFrom("utf-8", "utf-16le", "utf-16be"), (given, encoding) => {
        expect(decodeText(bytesOf(given, encoding, true))).toEqual({ text: given, encoding, bom: true });
      }),
      { seed: 14 },
    );
  });

  it("never holds what cannot be stored, whatever the bytes are", () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc
        .array(fc.constantFrom(0, 0x20, 0x61, 0xc3, 0xa9, 0xef, 0xbf, 0xbd, 0xfe, 0xff, 0xd8, 0x93))
        .map((list) => Uint8Array.from(list)),
    );
    fc.assert(
      fc.property(bytes, (given) => {
        const result = decodeText(given);
        if (isDecoded(result)) {
          expect(isWholeText(result.text)).toBe(true);
          expect(result.text).not.toMatch(/[\u0081\u008d\u008f\u0090\u009d]/u);
        } else expect(result.fault).toBeTruthy();
      }),
      { seed: 14, numRuns: 500 },
    );
  });
});
