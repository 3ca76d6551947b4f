import { describe, expect, it } from "vitest";
import {
  angka,
  bilangan,
  kecilAwal,
  kutipan,
  orang,
  tanpaHari,
  tanpaTitik,
  tempat,
  titik,
} from "../../../src/post/template/prose.js";

describe("a sentence ends with exactly one mark", () => {
  it.each([
    ["Jalan sudah dibuka", "Jalan sudah dibuka."],
    ["Jalan sudah dibuka. ", "Jalan sudah dibuka."],
    ["Kapan dibuka?", "Kapan dibuka?"],
    ["menurut Ahmad Fauzi, M.Si.", "menurut Ahmad Fauzi, M.Si."],
    ["katanya, “Sudah selesai.”", "katanya, “Sudah selesai.”"],
    ["pada Minggu (22/11/2026)", "pada Minggu (22/11/2026)."],
    ["Yang dibawa:\n- KTP\n- KK", "Yang dibawa:\n- KTP\n- KK"],
    ["", ""],
  ])("titik: %j", (given, expected) => expect(titik(given)).toBe(expected));

  it.each([
    ["150 peserta.", "150 peserta"],
    ["150 peserta ", "150 peserta"],
    ["dan seterusnya…", "dan seterusnya…"],
  ])("tanpa_titik: %j", (given, expected) => expect(tanpaTitik(given)).toBe(expected));
});

it("a verb is written small within a sentence, an abbreviation is not", () => {
  expect(kecilAwal("Menyerap usulan warga")).toBe("menyerap usulan warga");
  expect(kecilAwal("UMKM naik kelas")).toBe("UMKM naik kelas");
});

it("numbers are written the Indonesian way", () => {
  expect([1250, 62.5, "", 0].map(angka)).toEqual(["1.250", "62,5", "", "0"]);
  expect([1, 10, 11, 1430].map(bilangan)).toEqual(["satu", "sepuluh", "11", "1.430"]);
});

it("a date loses its weekday, and one without stays", () => {
  expect(tanpaHari("Minggu, 22 November 2026")).toBe("22 November 2026");
  expect(tanpaHari("22 November 2026")).toBe("22 November 2026");
});

it("an office goes before the name, a description after it", () => {
  expect(orang({ nama: "Ahmad Fauzi", jabatan: "Camat Cibitung" })).toBe("Camat Cibitung Ahmad Fauzi");
  expect(orang({ nama: "Siti Aminah", jabatan: "warga Desa Wanajaya" })).toBe(
    "Siti Aminah, warga Desa Wanajaya",
  );
  expect(orang({ nama: "Siti Aminah", jabatan: "" })).toBe("Siti Aminah");
});

describe("a quotation in press form", () => {
  const quotationOf = (isi: string) =>
    kutipan({ nama: "Ahmad Fauzi", jabatan: "Camat Cibitung", isi }, "kata");

  it.each([
    ["Kami siap.", "“Kami siap,” kata Camat Cibitung Ahmad Fauzi."],
    ["Kami siap", "“Kami siap,” kata Camat Cibitung Ahmad Fauzi."],
    ['"Kami siap."', "“Kami siap,” kata Camat Cibitung Ahmad Fauzi."],
    ["“Kami siap”.", "“Kami siap,” kata Camat Cibitung Ahmad Fauzi."],
    ["Ayo bergerak!", "“Ayo bergerak!” kata Camat Cibitung Ahmad Fauzi."],
    ["Kapan selesai?", "“Kapan selesai?” tanya Camat Cibitung Ahmad Fauzi."],
    ["Kami\nsiap.", "“Kami siap,” kata Camat Cibitung Ahmad Fauzi."],
    ['Ia bilang "siap" kepada kami.', "“Ia bilang ‘siap’ kepada kami,” kata Camat Cibitung Ahmad Fauzi."],
    ['"Siap," katanya, "kami siap."', "“‘Siap,’ katanya, ‘kami siap’,” kata Camat Cibitung Ahmad Fauzi."],
  ])("%j", (isi, expected) => expect(quotationOf(isi)).toBe(expected));

  it("a name that ends in a degree gets no second full stop", () => {
    expect(kutipan({ nama: "Ahmad Fauzi, M.Si.", jabatan: "Camat Cibitung", isi: "Kami siap." })).toBe(
      "“Kami siap,” ujar Camat Cibitung Ahmad Fauzi, M.Si.",
    );
  });
});

describe("a place names village and kecamatan once", () => {
  it.each([
    ["Lapangan Bola", "Desa Wanajaya", "Lapangan Bola, Desa Wanajaya, Kecamatan Cibitung"],
    ["di Balai Desa Wanajaya.", "Desa Wanajaya", "Balai Desa Wanajaya, Kecamatan Cibitung"],
    ["Aula Kantor Kecamatan Cibitung", "", "Aula Kantor Kecamatan Cibitung"],
    ["Kantor Camat Cibitung", "", "Kantor Camat Cibitung"],
  ])("%j, %j", (place, village, expected) => expect(tempat(place, village, "Cibitung")).toBe(expected));
});
