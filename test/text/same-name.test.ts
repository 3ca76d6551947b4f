import { describe, expect, it } from "vitest";
import { nameFinder } from "../../src/text/same-name.js";

describe("a name that a person means", () => {
  const find = nameFinder([
    "Pose\u0301 Mawar.jpg",
    "Layar 9.30\u202fPM.jpg",
    "IMG_1.JPG",
    "a.jpg",
    "A.JPG",
    "b\u200e.jpg",
  ]);

  it.each([
    ["Pos\u00e9 Mawar.jpg", "Pose\u0301 Mawar.jpg"],
    ["Layar 9.30 PM.jpg", "Layar 9.30\u202fPM.jpg"],
    ["layar\u00a09.30 pm.jpg", "Layar 9.30\u202fPM.jpg"],
    ["img_1.jpg", "IMG_1.JPG"],
    ["a.jpg", "a.jpg"],
    ["A.JPG", "A.JPG"],
    ["b.jpg", "b\u200e.jpg"],
    // Two are alike.
    ["a.JPG", undefined],
    ["c.jpg", undefined],
  ])("%j is %j", (wanted, found) => {
    expect(find(wanted)).toBe(found);
  });
});
