import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCsv } from "../../src/text/csv.js";

describe("a table of cells", () => {
  it.each([
    ["quotation marks inside a cell", 'a;Warung "Sederhana" buka\n', ["a", 'Warung "Sederhana" buka']],
    ["a cell that begins with a quoted word", 'a;"Mawar" dibuka Camat\n', ["a", '"Mawar" dibuka Camat']],
    ["blanks around a quoted cell", 'a; "b; c" \n', ["a", "b; c"]],
    ["doubled quotation marks", 'a;"Posyandu ""Mawar"""\n', ["a", 'Posyandu "Mawar"']],
    ["an empty cell at the end", "a;", ["a", ""]],
    ["no line end", 'a;"b"', ["a", "b"]],
  ])("is read with %s", (_what, text, cells) => {
    expect(readCsv(text, ";")).toEqual([{ line: 1, cells }]);
  });

  it("counts the lines of quoted cells, whatever ends a line, and leaves out rows without text", () => {
    for (const end of ["\n", "\r\n", "\r"]) {
      expect(readCsv(["a;b", "", '1;"x', 'y"', " ; ", "2;z", ""].join(end), ";")).toEqual([
        { line: 1, cells: ["a", "b"] },
        { line: 3, cells: ["1", "x\ny"] },
        { line: 6, cells: ["2", "z"] },
      ]);
    }
  });

  it("names the line of a quotation mark that is not closed where its cell ends", () => {
    expect(readCsv('a;b\n1;"x\n2;y\n', ";")).toEqual({ line: 2, fault: "unclosed-quote" });
    expect(readCsv('a;b\n1;"x\n2;"y"\n3;z\n', ";")).toEqual({ line: 2, fault: "unclosed-quote" });
    expect(readCsv('a;b\n1;2\n"', ";")).toEqual({ line: 3, fault: "unclosed-quote" });
  });

  it("gives back every table that was written by the standard, with any separator and line end", () => {
    const cell = fc.string({
      unit: fc.constantFrom("a", "1", '"', ",", ";", "\t", " ", "\n", "é"),
      maxLength: 8,
    });
    const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 5 });
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(",", ";", "\t"),
        fc.constantFrom("\n", "\r\n", "\r"),
        (rows, separator, end) => {
          const text = rows.map((cells) =>
            cells.map((each) => `"${each.replaceAll('"', '""')}"`).join(separator),
          );
          const read = readCsv(text.join(end), separator);
          const expected = rows.filter((cells) => cells.some((each) => each.trim() !== ""));
          expect(Array.isArray(read) && read.map(({ cells }) => cells)).toEqual(expected);
        },
      ),
      { seed: 14, numRuns: 300 },
    );
  });

  it("reads well-formed tables as csv-parse does", () => {
    const bare = fc.string({ unit: fc.constantFrom("a", "1", " ", "é", "'"), maxLength: 6 });
    const quoted = fc
      .string({ unit: fc.constantFrom("a", '"', ",", ";", "\t", " ", "\n", "é"), maxLength: 8 })
      .map((text) => `"${text.replaceAll('"', '""')}"`);
    const rows = fc.array(fc.array(fc.oneof(bare, quoted), { minLength: 1, maxLength: 4 }), { maxLength: 6 });
    fc.assert(
      fc.property(
        rows,
        fc.constantFrom(",", ";", "\t", "|"),
        fc.constantFrom("\n", "\r\n", "\r"),
        fc.boolean(),
        (cells, delimiter, end, isEnded) => {
          const text = cells.map((row) => row.join(delimiter)).join(end) + (isEnded ? end : "");
          const theirs: string[][] = parse(text, {
            ...{ delimiter, relax_column_count: true, skip_records_with_empty_values: true },
            record_delimiter: ["\r\n", "\n", "\r"],
          });
          const ours = readCsv(text, delimiter);
          expect(Array.isArray(ours) && ours.map((row) => row.cells)).toEqual(theirs);
        },
      ),
      { seed: 14, numRuns: 300 },
    );
  });

  it("ends for every text, and loses no letter outside of quotation marks", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", '"', ";", " ", "\n", "\r"), maxLength: 30 }),
        (text) => {
          const read = readCsv(text, ";");
          if (!Array.isArray(read)) return;
          const letters = (given: string) => given.replace(/[^a]/g, "").length;
          expect(letters(read.map(({ cells }) => cells.join()).join())).toBe(letters(text));
        },
      ),
      { seed: 14, numRuns: 500 },
    );
  });
});
