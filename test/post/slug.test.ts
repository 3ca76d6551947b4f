import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPortableName } from "../../src/files/names.js";
import { nextFreeSlug, slugFor } from "../../src/post/slug.js";

const portable = /^[a-z0-9]+(-[a-z0-9]+)*$/;

describe("the slug of a post", () => {
  it("is the day and the words of the title", () => {
    expect(slugFor("Musrenbang Kecamatan Cibitung", "2026-11-22")).toBe(
      "2026-11-22-musrenbang-kecamatan-cibitung",
    );
  });

  it("is cut at a word", () => {
    expect(
      slugFor("Camat Cibitung Buka Musyawarah Perencanaan Pembangunan Tingkat Kecamatan", "2026-11-22"),
    ).toBe("2026-11-22-camat-cibitung-buka-musyawarah-perencanaan");
  });

  it("keeps letters without their accents, and joins over an apostrophe", () => {
    expect(slugFor("Café Jum’at & Ma'ruf", "2026-11-22")).toBe("2026-11-22-cafe-jumat-maruf");
  });

  it("has a name also when the title has no letters", () => {
    expect(slugFor("🎉 !!!", "2026-11-22")).toBe("2026-11-22-naskah");
  });

  it("has no letters of tags that came with a text from a website", () => {
    expect(slugFor("Banjir <b>Rendam</b> RW<br/>05", "2027-11-29")).toBe("2027-11-29-banjir-rendam-rw-05");
    expect(slugFor("<B>Bantuan</B> untuk <nama> & 3 < 5", "2027-11-29")).toBe(
      "2027-11-29-bantuan-untuk-nama-3-5",
    );
    expect(slugFor("<b></b>", "2027-11-29")).toBe("2027-11-29-naskah");
  });

  it("cuts a single endless word", () => {
    expect(slugFor("a".repeat(100), "2026-11-22")).toBe(`2026-11-22-${"a".repeat(49)}`);
  });

  it("counts up where the name is taken, and stays short", () => {
    expect(nextFreeSlug("2026-11-22-a", new Set())).toBe("2026-11-22-a");
    expect(nextFreeSlug("2026-11-22-a", new Set(["2026-11-22-a", "2026-11-22-a-2"]))).toBe("2026-11-22-a-3");
    const long = slugFor(`${"kata ".repeat(9)}empat`, "2026-11-22");
    expect(nextFreeSlug(long, new Set([long])).length).toBeLessThanOrEqual(60);
  });

  it("is portable and at most 60 characters for any title", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 200 }),
        fc.integer({ min: 0, max: 12 }),
        (title, copies) => {
          const taken = new Set<string>();
          for (let i = 0; i <= copies; i++) {
            const slug = nextFreeSlug(slugFor(title, "2026-11-22"), taken);
            expect(taken.has(slug)).toBe(false);
            taken.add(slug);
            expect(slug).toMatch(portable);
            expect(slug.length).toBeLessThanOrEqual(60);
            expect(isPortableName(slug)).toBe(true);
            expect(slug.startsWith("2026-11-22-")).toBe(true);
          }
        },
      ),
      { seed: 2, numRuns: 200 },
    );
  });
});
