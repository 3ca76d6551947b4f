import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutText } from "../../../src/channels/rendering/cut.js";

const cutTo = (text: string, max: number) => cutText(text, ({ length }) => length <= max);

describe("a text that is too long", () => {
  it("is cut after the last sentence that fits", () => {
    expect(cutTo("Camat membuka acara. Warga hadir! Ada 42 usulan. Selesai.", 50)).toBe(
      "Camat membuka acara. Warga hadir! Ada 42 usulan.",
    );
    expect(cutTo('"Kami siap." Warga hadir semua sejak pagi.', 20)).toBe('"Kami siap."');
    expect(cutTo("Baris pertama\nBaris kedua yang panjang", 20)).toBe("Baris pertama");
  });

  it.each([
    "Acara dibuka oleh Drs. H. Ahmad, M.Si. pada hari Senin kemarin.",
    "Bantuan senilai Rp. 5 juta untuk Jl. Merdeka No. 7 RT. 3 sudah cair.",
    "Pada pukul 09.30 WIB acara itu dimulai oleh Camat Cibitung.",
    "Hadir juga S.Pd.I. Siti dan K.H. Budi dari kantor wilayah itu.",
    "Pada tgl. 3 bulan ini semua warga berkumpul di lapangan desa.",
  ])("does not end at the full stop of an abbreviation: %s", (text) => {
    expect(cutTo(text, text.length - 5)).toMatch(/…$/);
  });

  it("is cut after a word where no sentence fits, with an ellipsis and without a comma", () => {
    expect(cutTo("Camat membuka musyawarah, warga hadir", 28)).toBe("Camat membuka musyawarah…");
  });

  it("is cut within a word only where no word fits, and never within a character as readers see it", () => {
    expect(cutTo("Pertanggungjawaban", 8)).toBe("Pertang…");
    expect(cutTo("👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 13)).toBe("👨‍👩‍👧‍👦…");
    expect(cutTo("👨‍👩‍👧‍👦", 5)).toBe("");
  });

  it("stays as it is where it fits", () => {
    expect(cutTo(" Camat, hadir ", 12)).toBe("Camat, hadir");
  });

  it("fits, whatever it was; begins as it did; ends between two characters; and is not cut again", () => {
    const segmenter = new Intl.Segmenter("id", { granularity: "grapheme" });
    const text = fc
      .array(
        fc.oneof(
          fc.string({ unit: "grapheme", maxLength: 12 }),
          fc.constantFrom(". ", "\n\n", "🇮🇩", "e\u0301", " \u0301"),
        ),
      )
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, fc.nat({ max: 60 }), (whole, max) => {
        const cut = cutTo(whole, max);
        expect(cut.length).toBeLessThanOrEqual(max);
        expect(cutTo(cut, max)).toBe(cut);
        expect(cut.isWellFormed()).toBe(whole.trim().isWellFormed());
        const beginning = whole.trim().startsWith(cut) ? cut : cut.slice(0, -1);
        expect(whole.trim().startsWith(beginning)).toBe(true);
        const ends = [...segmenter.segment(whole.trim())].map(({ index }) => index);
        expect([...ends, whole.trim().length]).toContain(beginning.length);
      }),
      { seed: 15, numRuns: 1000 },
    );
  });
});
