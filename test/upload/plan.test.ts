import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { markOf, mergeCaptions, planUpload } from "../../src/upload/plan.js";
import type { ReadyPhoto } from "../../src/upload/types.js";

const hash = (n: number) => n.toString(16).padStart(64, "0");

function photo(n: number, changes: Partial<ReadyPhoto> = {}): ReadyPhoto {
  const source = `/foto/IMG_${n}.jpg`;
  return {
    source,
    source_sha256: hash(n + 1000),
    sha256: hash(n),
    bytes: 100,
    path: "/r",
    words: {},
    ...changes,
  };
}

describe("the plan of a batch", () => {
  it("sends what the newsroom does not have, once, and lists what is not listed", () => {
    const photos = [photo(1), photo(2), photo(3), photo(2, { source: "/foto/salinan.jpg" })];
    const plan = planUpload(photos, new Set([hash(1)]), new Map([[hash(3), markOf(photo(3))]]));
    expect(plan.send.map((one) => one.source)).toEqual(["/foto/IMG_2.jpg", "/foto/IMG_3.jpg"]);
    expect(plan.present.map((one) => one.source)).toEqual(["/foto/IMG_1.jpg", "/foto/salinan.jpg"]);
    expect(plan.attach.map((one) => one.source)).toEqual(["/foto/IMG_1.jpg", "/foto/IMG_2.jpg"]);
    expect(plan.bytes).toBe(200);
  });

  it("lists a photo anew when something else is said of it", () => {
    const before = new Map([[hash(1), markOf(photo(1, { words: { caption: "Camat" } }))]]);
    const known = new Set([hash(1)]);
    expect(planUpload([photo(1, { words: { caption: "Camat" } })], known, before).attach).toEqual([]);
    expect(planUpload([photo(1, { words: { caption: "Bupati" } })], known, before).attach).toHaveLength(1);
  });

  it("accounts for every photo, and is empty once all is done", () => {
    const numbers = fc.array(fc.nat(30), { maxLength: 60 });
    fc.assert(
      fc.property(numbers, fc.array(fc.nat(30)), (wanted, have) => {
        const photos = wanted.map((n) => photo(n));
        const known = new Set(have.map(hash));
        const plan = planUpload(photos, known, new Map());
        expect(plan.send.length + plan.present.length).toBe(photos.length);
        expect(new Set(plan.send.map((one) => one.sha256)).size).toBe(plan.send.length);
        const after = new Set([...known, ...plan.send.map((one) => one.sha256)]);
        const listed = new Map(plan.attach.map((one) => [one.sha256, markOf(one)]));
        const again = planUpload(photos, after, listed);
        expect([again.send, again.attach, again.bytes]).toEqual([[], [], 0]);
      }),
    );
  });
});

describe("what is said of a photo", () => {
  it("comes from the first that says it, part by part", () => {
    const list = { caption: "Dari daftar", alt: " " };
    const told = { caption: "Dari kamera", alt: "Alt", credit: "Humas" };
    expect(mergeCaptions(list, told)).toEqual({ caption: "Dari daftar", alt: "Alt", credit: "Humas" });
    expect(mergeCaptions({}, {})).toEqual({});
  });
});
