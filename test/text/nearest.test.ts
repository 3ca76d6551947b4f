import { describe, expect, it } from "vitest";
import { nearest } from "../../src/text/nearest.js";

describe("the nearest name", () => {
  const photos = ["img_1029.jpg", "img_1035.jpg"];

  it.each([
    ["img_9999.jpg", undefined],
    ["img_1025.jpg", "img_1029.jpg"],
    ["img_1092.jpg", "img_1029.jpg"],
    ["img_11029.jpg", "img_1029.jpg"],
    ["img_129.jpg", "img_1029.jpg"],
    ["im_1029.jpg", "img_1029.jpg"],
  ])("of %s among photos that a camera has counted is %s", (wanted, found) => {
    expect(nearest(wanted, photos)).toBe(found);
  });

  it("of a word has at most a third of other letters", () => {
    expect(nearest("Cibitnug", ["Cibitung", "Setu"])).toBe("Cibitung");
    expect(nearest("Bandung", ["Cibitung", "Setu"])).toBeUndefined();
  });
});
