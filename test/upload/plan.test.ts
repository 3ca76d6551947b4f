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
    captions: {},
    ...changes,
  };
}

describe("the plan of a batch", () => {
  it("sends what the newsroom does not have, once, and lists what is not listed", () => {
    const photos = [photo(1), photo(2), photo(3), photo(2, { source: "/foto/salinan.jpg" })];
    const plan = planUpload(photos, new Set([hash(1)]), new Map([[hash(3), markOf(photo(3))]]));
    expect(plan.send.map((photo) => photo.source)).toEqual(["/foto/IMG_2.jpg", "/foto/IMG_3.jpg"]);
    expect(plan.present.map((photo) => photo.source)).toEqual(["/foto/IMG_1.jpg", "/foto/salinan.jpg"]);
    expect(plan.attach.map((photo) => photo.source)).toEqual(["/foto/IMG_1.jpg", "/foto/IMG_2.jpg"]);
    expect(plan.bytes).toBe(200);
  });

  it("lists a photo again when its captions change", () => {
    const before = new Map([[hash(1), markOf(photo(1, { captions: { caption: "Camat" } }))]]);
    const uploaded = new Set([hash(1)]);
    expect(planUpload([photo(1, { captions: { caption: "Camat" } })], uploaded, before).attach).toEqual([]);
    expect(planUpload([photo(1, { captions: { caption: "Bupati" } })], uploaded, before).attach).toHaveLength(
      1,
    );
  });

  it("accounts for every photo, and is empty once all is done", () => {
    const numbers = fc.array(fc.nat(30), { maxLength: 60 });
    fc.assert(
      fc.property(numbers, fc.array(fc.nat(30)), (wanted, have) => {
        const photos = wanted.map((n) => photo(n));
        const uploaded = new Set(have.map(hash));
        const plan = planUpload(photos, uploaded, new Map());
        expect(plan.send.length + plan.present.length).toBe(photos.length);
        expect(new Set(plan.send.map((photo) => photo.sha256)).size).toBe(plan.send.length);
        const after = new Set([...uploaded, ...plan.send.map((photo) => photo.sha256)]);
        const listed = new Map(plan.attach.map((photo) => [photo.sha256, markOf(photo)]));
        const again = planUpload(photos, after, listed);
        expect([again.send, again.attach, again.bytes]).toEqual([[], [], 0]);
      }),
    );
  });
});

describe("merged captions", () => {
  it("take each field from the first layer that has it", () => {
    const list = { caption: "Dari daftar", alt: " " };
    const embedded = { caption: "Dari kamera", alt: "Alt", credit: "Humas" };
    expect(mergeCaptions(list, embedded)).toEqual({ caption: "Dari daftar", alt: "Alt", credit: "Humas" });
    expect(mergeCaptions({}, {})).toEqual({});
  });
});
