import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { piecesOf } from "../../src/text/diff.js";

describe("the difference between two texts", () => {
  it("is given word by word", () => {
    const pieces = piecesOf("Camat membuka acara.", "Camat Cibitung membuka rapat.");
    expect(pieces.filter(({ kind }) => kind === "removed").map(({ text }) => text)).toEqual(["acara"]);
    expect(pieces.filter(({ kind }) => kind === "added").map(({ text }) => text.trim())).toEqual([
      "Cibitung",
      "rapat",
    ]);
  });

  it("loses nothing of either", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), fc.string({ maxLength: 200 }), (a, b) => {
        const pieces = piecesOf(a, b);
        const without = (kind: string) =>
          pieces
            .filter((piece) => piece.kind !== kind)
            .map(({ text }) => text)
            .join("");
        expect([without("added"), without("removed")]).toEqual([a, b]);
      }),
    );
  });

  it("of two long texts with nothing in common is the one, then the other", () => {
    const words = (letter: string) => Array.from({ length: 5000 }, (_, i) => letter + i).join(" ");
    expect(piecesOf(words("a"), words("b")).map(({ kind }) => kind)).toEqual(["removed", "added"]);
  });
});
