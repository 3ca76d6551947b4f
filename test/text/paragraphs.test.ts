import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { paragraphPiecesOf } from "../../src/text/paragraphs.js";

const without = (kind: string, before: string, after: string) =>
  paragraphPiecesOf(before, after)
    .filter((piece) => piece.kind !== kind)
    .map(({ text }) => text)
    .join("");

describe("a comparison by paragraph", () => {
  it("keeps the paragraphs that both texts have, and shows the others whole", () => {
    const before = "Pembuka.\n\nCamat membuka acara.\n\nPenutup.\n";
    const after = "Pembuka.\n\nBupati membuka acara.\n\nPenutup.\nSelesai.\n";
    expect(paragraphPiecesOf(before, after)).toEqual([
      { kind: "same", text: "Pembuka.\n\n" },
      { kind: "removed", text: "Camat membuka acara.\n" },
      { kind: "added", text: "Bupati membuka acara.\n" },
      { kind: "same", text: "\nPenutup.\n" },
      { kind: "added", text: "Selesai.\n" },
    ]);
  });

  it("shows one moved paragraph as moved, not the whole text as new", () => {
    const pieces = paragraphPiecesOf("a\nb\nc\nd\n", "d\na\nb\nc\n");
    expect(pieces.filter(({ kind }) => kind === "same")).toEqual([{ kind: "same", text: "a\nb\nc\n" }]);
  });

  it("loses no letter of either text", () => {
    const text = fc
      .array(fc.constantFrom("a", "b", "c", "d", "\n"), { maxLength: 60 })
      .map((all) => all.join(""));
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(without("added", before, after)).toBe(before);
        expect(without("removed", before, after)).toBe(after);
      }),
    );
  });

  it("does not look into texts of more than 4,000 lines", () => {
    const [before, after] = ["a\n".repeat(5000), `${"a\n".repeat(5000)}b`];
    expect(paragraphPiecesOf(before, after).map(({ kind }) => kind)).toEqual(["removed", "added"]);
  });
});
