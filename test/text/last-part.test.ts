import { describe, expect, it } from "vitest";
import { lastPart } from "../../src/text/last-part.js";

describe("the last part of a path", () => {
  it.each([
    ["foto/IMG_1.jpg", "IMG_1.jpg"],
    ["C:\\Foto\\IMG_1.jpg", "IMG_1.jpg"],
    ["C:\\Foto/hari ini\\a/b.jpg", "b.jpg"],
    ["IMG_1.jpg", "IMG_1.jpg"],
    ["foto/", ""],
    ["", ""],
  ])("of %j is %j", (path, expected) => {
    expect(lastPart(path)).toBe(expected);
  });
});
