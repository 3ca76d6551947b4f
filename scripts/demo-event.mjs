// The event that the demo tells of: its photos, and the answers that make the post.
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Photos as a phone makes them: 12 megapixels, turned by EXIF, with the place in them. */
export async function samplePhotos(home) {
  const { samplePhoto } = await import("./sample-photo.mjs");
  const photos = path.join(home, "foto-kegiatan");
  mkdirSync(photos);
  const gps = { latitude: -6.2443, longitude: 107.0865 };
  for (const [i, orientation] of [1, 6, 3].entries()) {
    const [width, height] = orientation === 6 ? [3024, 4032] : [4032, 3024];
    writeFileSync(
      path.join(photos, `IMG_000${i + 1}.jpg`),
      await samplePhoto({ width, height, orientation, gps, seed: i }),
    );
  }
  return photos;
}

/** What an operator would answer, of these photos. */
export function answers(photos) {
  const names = readdirSync(photos)
    .filter((name) => /\.(jpe?g|png|webp|hei[cf])$/i.test(name))
    .sort();
  if (names.length === 0) throw new Error(`There are no photos in ${photos}.`);
  return {
    judul: "Camat Cibitung Buka Musrenbang Tingkat Kecamatan",
    kegiatan: "Musyawarah Perencanaan Pembangunan (Musrenbang) Tingkat Kecamatan",
    tanggal: "hari ini",
    lokasi: "Aula Kantor Kecamatan Cibitung",
    peserta: "150 perwakilan dari enam desa dan satu kelurahan",
    tujuan: "menyerap usulan warga untuk rencana kerja pemerintah daerah",
    uraian: "Camat Cibitung membuka musyawarah yang menetapkan 40 usulan prioritas.",
    tindak_lanjut: "Usulan prioritas itu akan dibahas dalam Musrenbang Kabupaten Bekasi.",
    foto: names.slice(0, 30).map((name, i) => ({
      berkas: path.join(photos, name),
      takarir: `Suasana Musrenbang Kecamatan Cibitung (${i + 1})`,
      alt: "Peserta duduk menghadap panggung di aula kantor kecamatan",
      kredit: "Foto: Kecamatan Cibitung",
      anak: "tidak-ada",
    })),
  };
}
