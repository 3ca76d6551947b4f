/** Of uploads in batches. */
export const uploads = {
  "captions-invalid": (p: { path: string; columns: readonly string[] }) => [
    p.columns.length > 0
      ? `Kolom di ${p.path} tidak dikenal: ${p.columns.join(", ")}.`
      : `${p.path} tidak dapat dibaca sebagai daftar keterangan.`,
    "Baris pertama berisi nama kolom: berkas, keterangan, alt, kredit",
    "Simpan dari Excel sebagai CSV (dipisah koma atau titik koma).",
  ],
  "photo-own-rendition": (p: { path: string }) => [
    `${p.path} adalah hasil kominfo sendiri; kirim foto aslinya.`,
  ],
  "disk-too-full": (p: { path: string; free: number; needed: number }) => [
    `Ruang di disk tidak cukup untuk menyiapkan foto: perlu sekitar ${megabytes(p.needed)}, tersisa ${megabytes(p.free)}.`,
    "Kosongkan sebagian disk, lalu ulangi perintah yang sama.",
  ],
  "upload-target-missing": () => [
    "Belum jelas foto ini untuk apa.",
    "Untuk album kegiatan: --event <nama kegiatan>",
    "Untuk sebuah naskah: --post <naskah>",
  ],
  "upload-target-twice": () => ["Pilih salah satu: --event atau --post."],
  "event-name-invalid": (p: { name: string }) => [
    `Nama kegiatan "${p.name}" tidak dapat dipakai.`,
    'Pakai huruf dan angka, misalnya: --event "Musrenbang Cibitung 2026"',
  ],
  "post-photos-too-many": (p: { count: number; most: number }) => [
    `Naskah itu akan memuat ${p.count} foto; paling banyak ${p.most}.`,
    "Kirim semuanya ke album kegiatan: kominfo photo upload <foto> --event <nama kegiatan>",
    "Lalu pilih beberapa untuk naskah.",
  ],
  "bad-rate": (p: { flag: string; value: string }) => [
    `${p.flag} tidak mengenal "${p.value}".`,
    "Contoh: 500k (500 kilobita per detik) atau 2M",
  ],
  "watch-folder-missing": (p: { path: string }) => [`${p.path} bukan folder yang dapat dipantau.`],
  "photos-not-taken": (p: { origin: string; why: "quota" | "storage" }) =>
    p.why === "quota"
      ? [
          `${p.origin} belum menerima foto lagi: terlalu banyak foto Anda yang belum dipakai dalam naskah atau album.`,
          "Kirim dahulu naskah yang memakainya, lalu ulangi perintah yang sama.",
          "Foto yang tidak dipakai dihapus sendiri setelah tujuh hari.",
        ]
      : [
          `${p.origin} belum menerima foto: ruang simpannya hampir habis.`,
          "Beri tahu admin ruang redaksi, lalu ulangi perintah yang sama nanti.",
        ],
  "submission-queued": (p: { post: string }) => [
    `Belum terkirim: naskah ${p.post} disimpan dalam antrean di komputer ini.`,
    "Begitu ada sambungan, kirim dengan: kominfo sync",
  ],
};

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1_000_000)} MB`;
}
