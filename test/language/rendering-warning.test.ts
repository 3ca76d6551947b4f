import { describe, expect, it } from "vitest";
import { loadMessages } from "../../src/language/index.js";
import { renderingWarning } from "../../src/language/rendering-warning.js";

const [id, en] = [await loadMessages("id"), await loadMessages("en")];

describe("a remark on a rendering", () => {
  it("is a sentence in the reader's language", () => {
    const warning = { code: "crop", params: { photo: "IMG_1.jpg", percent: 40 } };
    expect(renderingWarning(warning, id)).toBe(
      "Foto IMG_1.jpg terpotong 40 persen. Periksa potongannya; atur dengan fokus bila perlu.",
    );
    expect(renderingWarning(warning, en)).toMatch(/^Photo IMG_1\.jpg loses 40 per cent/);
  });

  it("of a newer newsroom, which this version does not know, is its code", () => {
    for (const code of ["new-thing", "toString"])
      expect(renderingWarning({ code, params: {} }, id)).toBe(code);
  });
});
