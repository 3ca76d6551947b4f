import { nearest } from "../text/nearest.js";

/** A kecamatan of Kabupaten Bekasi. Kota Bekasi is a separate government, so its kecamatan are not listed. */
export interface Kecamatan {
  /** Kemendagri code, e.g. "32.16.07". */
  code: string;
  name: string;
  slug: string;
  /** Other spellings in use. */
  aliases: readonly string[];
}

/** The 23 kecamatan. Source: Kepmendagri 300.2.2-2430/2025, from cahyadsn/wilayah (MIT). */
export const kecamatanOfBekasi: readonly Kecamatan[] = [
  { code: "32.16.01", name: "Tarumajaya", slug: "tarumajaya", aliases: ["Taruma Jaya"] },
  { code: "32.16.02", name: "Babelan", slug: "babelan", aliases: [] },
  { code: "32.16.03", name: "Sukawangi", slug: "sukawangi", aliases: [] },
  { code: "32.16.04", name: "Tambelang", slug: "tambelang", aliases: [] },
  { code: "32.16.05", name: "Tambun Utara", slug: "tambun-utara", aliases: [] },
  { code: "32.16.06", name: "Tambun Selatan", slug: "tambun-selatan", aliases: [] },
  { code: "32.16.07", name: "Cibitung", slug: "cibitung", aliases: [] },
  { code: "32.16.08", name: "Cikarang Barat", slug: "cikarang-barat", aliases: [] },
  { code: "32.16.09", name: "Cikarang Utara", slug: "cikarang-utara", aliases: [] },
  { code: "32.16.10", name: "Karang Bahagia", slug: "karang-bahagia", aliases: ["Karangbahagia"] },
  { code: "32.16.11", name: "Cikarang Timur", slug: "cikarang-timur", aliases: [] },
  { code: "32.16.12", name: "Kedung Waringin", slug: "kedung-waringin", aliases: ["Kedungwaringin"] },
  { code: "32.16.13", name: "Pebayuran", slug: "pebayuran", aliases: [] },
  { code: "32.16.14", name: "Sukakarya", slug: "sukakarya", aliases: [] },
  { code: "32.16.15", name: "Sukatani", slug: "sukatani", aliases: [] },
  { code: "32.16.16", name: "Cabangbungin", slug: "cabangbungin", aliases: ["Cabang Bungin"] },
  { code: "32.16.17", name: "Muaragembong", slug: "muaragembong", aliases: ["Muara Gembong"] },
  { code: "32.16.18", name: "Setu", slug: "setu", aliases: [] },
  { code: "32.16.19", name: "Cikarang Selatan", slug: "cikarang-selatan", aliases: [] },
  { code: "32.16.20", name: "Cikarang Pusat", slug: "cikarang-pusat", aliases: [] },
  { code: "32.16.21", name: "Serang Baru", slug: "serang-baru", aliases: ["Serangbaru"] },
  { code: "32.16.22", name: "Cibarusah", slug: "cibarusah", aliases: [] },
  { code: "32.16.23", name: "Bojongmangu", slug: "bojongmangu", aliases: ["Bojong Mangu"] },
];

/**
 * Finds a kecamatan by code ("32.16.07", "321607"), name, slug or alias. Ignores case, spaces and a leading "Kecamatan".
 */
export function findKecamatan(text: string): Kecamatan | undefined {
  const wanted = key(text);
  return kecamatanOfBekasi.find((kecamatan) =>
    spellings(kecamatan).some((spelling) => key(spelling) === wanted),
  );
}

/** The kecamatan that a hashtag without `#` names: "Babelan", "KecamatanBabelan". */
export function kecamatanOfHashtag(tag: string): Kecamatan | undefined {
  return findKecamatan(tag.replace(/^(kecamatan|kec)(?=.)/i, ""));
}

/** "TambunUtara" */
export function hashtagOf({ name }: Pick<Kecamatan, "name">): string {
  return name.replace(/\s+/g, "");
}

/** The kecamatan that `text` probably misspells, for "did you mean". */
export function nearestKecamatan(text: string): Kecamatan | undefined {
  const found = nearest(key(text), kecamatanOfBekasi.flatMap(spellings).map(key));
  return found ? findKecamatan(found) : undefined;
}

function spellings(kecamatan: Kecamatan): string[] {
  return [kecamatan.code, kecamatan.name, kecamatan.slug, ...kecamatan.aliases];
}

function key(text: string): string {
  return text
    .toLowerCase()
    .replace(/^\s*(kecamatan|kec\.?)\s+/, "")
    .replace(/[^a-z0-9]/g, "");
}
