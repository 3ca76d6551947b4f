import { describe, expect, it } from "vitest";
import { findKecamatan, kecamatanOfBekasi, nearestKecamatan } from "../../src/region/kecamatan.js";

describe("the kecamatan of Kabupaten Bekasi", () => {
  it("are 23, in the order of their codes, each with its own name and slug", () => {
    const codes = Array.from({ length: 23 }, (_, i) => `32.16.${String(i + 1).padStart(2, "0")}`);
    expect(kecamatanOfBekasi.map((kecamatan) => kecamatan.code)).toEqual(codes);
    expect(new Set(kecamatanOfBekasi.map((kecamatan) => kecamatan.name)).size).toBe(23);
    for (const { name, slug } of kecamatanOfBekasi)
      expect(slug).toBe(name.toLowerCase().replaceAll(" ", "-"));
  });

  it.each([
    ["32.16.07", "Cibitung"],
    ["321607", "Cibitung"],
    ["Cibitung", "Cibitung"],
    ["CIBITUNG", "Cibitung"],
    ["  cibitung ", "Cibitung"],
    ["Kecamatan Cibitung", "Cibitung"],
    ["kec. Cibitung", "Cibitung"],
    ["Kec Cibitung", "Cibitung"],
    ["tambun-selatan", "Tambun Selatan"],
    ["TambunSelatan", "Tambun Selatan"],
    ["tambun  selatan", "Tambun Selatan"],
    ["Taruma Jaya", "Tarumajaya"],
    ["Karangbahagia", "Karang Bahagia"],
    ["Kedungwaringin", "Kedung Waringin"],
    ["Muara Gembong", "Muaragembong"],
    ["Bojong Mangu", "Bojongmangu"],
  ])("are found by %j", (text, name) => {
    expect(findKecamatan(text)?.name).toBe(name);
  });

  it.each(["", " ", "Bekasi Timur", "32.16", "32.75.01", "Kecamatan", "Tambun", "Cikarang"])(
    "are not found by %j: nothing is guessed",
    (text) => {
      expect(findKecamatan(text)).toBeUndefined();
    },
  );

  it.each([
    ["Cibitnug", "Cibitung"],
    ["kec. Cibitug", "Cibitung"],
    ["Stu", "Setu"],
    ["Cikarang Utra", "Cikarang Utara"],
    ["Sukatni", "Sukatani"],
    ["Muara Gembog", "Muaragembong"],
  ])("%s is probably a slip of %s", (text, name) => {
    expect(nearestKecamatan(text)?.name).toBe(name);
  });

  it("are all found by each of their spellings", () => {
    for (const kecamatan of kecamatanOfBekasi)
      for (const spelling of [kecamatan.code, kecamatan.name, kecamatan.slug, ...kecamatan.aliases])
        expect(findKecamatan(spelling)).toBe(kecamatan);
  });
});
