import { describe, expect, it } from "vitest";
import { exit, failed, KominfoError, usage } from "../../src/errors/errors.js";
import { explain } from "../../src/language/explain.js";
import { loadMessages } from "../../src/language/index.js";
import { formatInstant, formatWait } from "../../src/text/instant.js";
import { nearest } from "../../src/text/nearest.js";

const messages = await loadMessages("id");

describe("explain", () => {
  it("gives the sentence and its hints", () => {
    expect(explain(usage("missing-input", { flag: "--kecamatan" }), messages)).toEqual({
      message: "--kecamatan belum diberikan.",
      hints: ["Tambahkan --kecamatan, atau jalankan di terminal agar ditanya."],
    });
  });

  it("puts what failed before what to do about it", () => {
    const details = ["a.jpg", "b.jpg"].map((path) => failed("photo-damaged", { path }));
    const error = new KominfoError(exit.failed, "photos-unusable", { count: 2 }, { details });
    const { hints } = explain(error, messages);
    expect(hints.slice(0, 2)).toEqual([
      "Foto a.jpg rusak atau terpotong.",
      "Foto b.jpg rusak atau terpotong.",
    ]);
    expect(hints).toHaveLength(3);
  });
});

describe("did you mean", () => {
  const verbs = ["list", "show", "attach", "submit", "status", "withdraw"];

  it.each([
    ["lits", "list"],
    ["shwo", "show"],
    ["LIST", "list"],
    ["atach", "attach"],
    ["submitt", "submit"],
    ["withdrawal", "withdraw"],
  ])("takes %s for %s", (wanted, meant) => {
    expect(nearest(wanted, verbs)).toBe(meant);
  });

  it.each(["hapus", "x", "", "publish"])("has no guess for %j", (wanted) => {
    expect(nearest(wanted, verbs)).toBeUndefined();
  });

  it("has no guess where nothing is known", () => {
    expect(nearest("list", [])).toBeUndefined();
  });
});

describe("an instant", () => {
  it("is shown in WIB, wherever the computer is", () => {
    expect(formatInstant("2026-11-22T20:30:00Z", "id")).toBe("23 November 2026 03.30 WIB");
    expect(formatInstant("2026-11-22T20:30:00Z", "en")).toBe("23 November 2026 03:30 WIB");
  });

  it.each([
    ["2026-11-22T09:59:30Z", "0 menit"],
    ["2026-11-22T09:15:00Z", "45 menit"],
    ["2026-11-22T07:00:00Z", "3 jam"],
    ["2026-11-20T10:00:00Z", "2 hari"],
    ["2026-11-22T10:05:00Z", "0 menit"],
  ])("%s is so long ago at 10.00: %s", (since, wait) => {
    expect(formatWait(since, new Date("2026-11-22T10:00:00Z"), "id").replace(/\u00a0/g, " ")).toBe(wait);
  });
});
