import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderChannels } from "../../../src/channels/render.js";
import { hashtagsIn, mentionsIn } from "../../../src/channels/rendering/hashtags.js";
import { anyRevision, codesOf, photo, renderOn, revision, sizes, textOf } from "../revision.js";

describe("a caption for Instagram", () => {
  it("has title, lead, credit and hashtags, and no place for a link", async () => {
    const content = revision({
      photos: [photo("a", { source: "agency", credit: "Antara" })],
      tags: ["jalan desa"],
    });
    const rendering = await renderOn("instagram", content, sizes({ a: [1080, 1080] }));
    expect(textOf(rendering)).toBe(
      "Musrenbang Kecamatan Cibitung Bahas 42 Usulan\n\n" +
        "CIBITUNG – Camat membuka musyawarah. Warga mengusulkan perbaikan jalan.\n\nFoto: Antara\n\n#JalanDesa",
    );
    expect([rendering.link, rendering.limit, rendering.warnings]).toEqual([null, 2200, []]);
  });

  it("of the operator's own with more than five hashtags or 20 names is remarked on", async () => {
    const instagram = `${"#a1 #b2 #c3 #d4 #e5 #f6"} ${Array.from({ length: 21 }, (_, i) => `@siapa${i}`).join(" ")}`;
    const rendering = await renderOn(
      "instagram",
      revision({ channel_texts: { instagram }, photos: [photo("a")] }),
      sizes({ a: [800, 800] }),
    );
    expect(rendering.warnings).toEqual([
      { code: "hashtags-over", params: { count: 6, limit: 5 } },
      { code: "mentions-over", params: { count: 21, limit: 20 } },
    ]);
  });

  it("needs a photo", async () => {
    expect(codesOf(await renderOn("instagram", revision()))).toEqual(["photo-needed"]);
  });
});

describe("the carousel", () => {
  const three = [photo("a", { lead: true }), photo("b"), photo("c", { focus: { x: 0.5, y: 0.1 } })];

  it("has the ratio of the lead, which is not cropped; the others are, around their focus or their centre", async () => {
    const measured = sizes({ a: [2000, 1500], b: [1500, 2000], c: [1500, 2000] });
    const { photos } = await renderOn("instagram", revision({ photos: three }), measured);
    expect(photos.map(({ crop, width, height }) => [crop, width, height])).toEqual([
      [null, 1440, 1080],
      [{ left: 0, top: 438, width: 1500, height: 1125 }, 1440, 1080],
      [{ left: 0, top: 0, width: 1500, height: 1125 }, 1440, 1080],
    ]);
  });

  it("is cropped to Instagram's bounds where the lead is narrower or wider", async () => {
    const leadAs = async (size: readonly [number, number]) =>
      (await renderOn("instagram", revision({ photos: three.slice(0, 1) }), sizes({ a: size }))).photos[0];
    expect(await leadAs([900, 1600])).toMatchObject({
      crop: { left: 0, top: 238, width: 900, height: 1125 },
    });
    expect(await leadAs([2000, 500])).toMatchObject({ crop: { left: 523, top: 0, width: 955, height: 500 } });
  });

  it("remarks on a crop that loses more than a fifth, and on no smaller one", async () => {
    const measured = sizes({ a: [1000, 1000], b: [1300, 1000], c: [1000, 1240] });
    const { warnings } = await renderOn("instagram", revision({ photos: three }), measured);
    expect(warnings).toEqual([{ code: "crop", params: { photo: "b.jpg", percent: 23 } }]);
  });

  it("leaves out what would be narrower than 320 pixels; the next photo leads then", async () => {
    const measured = sizes({ a: [319, 400], b: [320, 320], c: [1000, 300] });
    const { photos, left_out, warnings } = await renderOn("instagram", revision({ photos: three }), measured);
    expect(photos.map(({ sha256, width, height }) => [sha256[0], width, height])).toEqual([["b", 320, 320]]);
    expect(left_out.map(({ sha256, reason }) => sha256[0] + reason)).toEqual(["atoo-small", "ctoo-small"]);
    expect(warnings).toContainEqual({
      code: "photo-too-small",
      params: { photo: "a.jpg", width: 320, actual: 319 },
    });
  });

  it("says which photo is too small where none is left, its width and what is needed", async () => {
    const { warnings } = await renderOn(
      "instagram",
      revision({ photos: three.slice(0, 2) }),
      sizes({ a: [200, 200], b: [319, 400] }),
    );
    expect(warnings[0]).toEqual({
      code: "photo-needed",
      params: { photo: "a.jpg", width: 320, actual: 200 },
    });
  });

  it("has ten photos at most, and names the others as left out", async () => {
    const names = [..."0123456789ab"];
    const rendering = await renderOn(
      "instagram",
      revision({ photos: names.map((name) => photo(name)) }),
      sizes(Object.fromEntries(names.map((name) => [name, [1080, 1350] as const]))),
    );
    expect([rendering.photos.length, rendering.left_out.length]).toEqual([10, 2]);
    expect(rendering.warnings).toEqual([{ code: "photos-left-out", params: { count: 2, limit: 10 } }]);
  });
});

it("is within Instagram's bounds, whatever was written and photographed", async () => {
  await fc.assert(
    fc.asyncProperty(anyRevision, async (input) => {
      const [rendering] = await renderChannels(input, ["instagram"]);
      const text = textOf(rendering!);
      expect(text.length).toBeLessThanOrEqual(2200);
      expect(hashtagsIn(text).length).toBeLessThanOrEqual(5);
      expect(mentionsIn(text).length).toBeLessThanOrEqual(20);
      const [first] = rendering!.photos;
      const ratio = first && (first.crop ?? input.photos.get(first.sha256)!);
      for (const { sha256, crop, width, height } of rendering!.photos) {
        const whole = input.photos.get(sha256)!;
        const part = crop ?? { left: 0, top: 0, ...whole };
        expect(part.left + part.width).toBeLessThanOrEqual(whole.width);
        expect(part.top + part.height).toBeLessThanOrEqual(whole.height);
        expect(Math.min(part.left, part.top)).toBeGreaterThanOrEqual(0);
        expect(width).toBeGreaterThanOrEqual(320);
        expect(width).toBeLessThanOrEqual(Math.min(1440, part.width));
        // Instagram refuses what is outside, by however little.
        expect(width / height).toBeGreaterThanOrEqual(0.8);
        expect(width / height).toBeLessThanOrEqual(1.91);
        // The same ratio as the first, and no distortion, to a pixel.
        const expected = Math.min(1.91, Math.max(0.8, ratio!.width / ratio!.height));
        expect(Math.abs(height - width / expected)).toBeLessThanOrEqual(1 + 1 / expected);
        expect(Math.abs(part.height - part.width / (width / height))).toBeLessThanOrEqual(
          1 + (part.width / width) * 1.25,
        );
      }
    }),
    { seed: 17, numRuns: 100, endOnFailure: true },
  );
});
