import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { samplePhoto } from "../../scripts/sample-photo.mjs";

export const sampleTitle = "Camat Cibitung Buka Musrenbang Tingkat Kecamatan";
export const sampleSlug = "2026-11-22-camat-cibitung-buka-musrenbang-tingkat-kecamatan";

/** The answers of a berita-kegiatan that the newsroom accepts. */
export function sampleAnswers(photos: readonly string[] = []): Record<string, unknown> {
  return {
    judul: sampleTitle,
    kegiatan: "Musrenbang Tingkat Kecamatan",
    lokasi: "Aula Kantor Kecamatan Cibitung",
    tanggal: "22/11/2026",
    uraian: "Musyawarah itu menetapkan 40 usulan prioritas.",
    foto: photos.map((file, i) => ({
      berkas: file,
      takarir: `Camat membuka Musrenbang (${i + 1})`,
      alt: "Camat berdiri di podium di depan peserta",
      kredit: "Foto: Kecamatan Cibitung",
      anak: "tidak-ada",
    })),
  };
}

/**
 * Writes answers.json and the photos it names into a folder.
 *
 * @param photos how many, each of its own scene
 * @param width of the photos, in pixels
 * @param seed another number, other scenes
 * @returns the path of answers.json
 */
export async function writeAnswers(folder: string, photos = 0, width = 640, seed = 0): Promise<string> {
  await mkdir(folder, { recursive: true });
  const names: string[] = [];
  for (let n = 1; n <= photos; n++) {
    const gps = { latitude: -6.2443, longitude: 107.0865 };
    const photo = await samplePhoto({ width, height: Math.round(width * 0.75), gps, seed: seed + n });
    names.push(`IMG_${1000 + n}.jpg`);
    await writeFile(path.join(folder, names.at(-1)!), photo);
  }
  const file = path.join(folder, "answers.json");
  await writeFile(file, JSON.stringify(sampleAnswers(names)));
  return file;
}
