export const photos = {
  "photo-preset-unknown": (p: { name: string; nearest: string; known: readonly string[] }) => [
    `Ukuran "${p.name}" tidak dikenal. Mungkin maksud Anda "${p.nearest}".`,
    `Ukuran yang ada: ${p.known.join(", ")}`,
  ],
  "photo-none-found": (p: { path: string }) => [
    `Tidak ada foto di ${p.path}.`,
    "Periksa nama berkas atau foldernya.",
  ],
  "photo-not-supported": (p: { path: string; found: string }) => {
    const kinds: Record<string, string> = {
      raw: "berkas mentah (RAW) kamera",
      bmp: "gambar BMP",
      svg: "gambar SVG",
      pdf: "dokumen PDF",
      zip: "berkas ZIP",
      video: "video",
      device: "perangkat, bukan berkas",
    };
    if (p.found === "empty") return [`${p.path} kosong.`, "Salin ulang fotonya dari kamera atau ponsel."];
    return [
      `${p.path} bukan foto yang dapat diolah: isinya ${kinds[p.found] ?? "bukan gambar yang dikenal"}.`,
      "Yang dapat diolah: JPEG, HEIC, PNG, WebP, AVIF, TIFF, dan GIF.",
    ];
  },
  "photo-heic-decoder-missing": (p: { path: string }) => [
    `${p.path} berformat HEIC, dan pembaca HEIC (libheif-js) tidak terpasang.`,
    "Pasang ulang kominfo bersama paket pilihannya: npm install --include=optional",
    "Atau kirim ulang foto itu sebagai JPEG. Di iPhone: Pengaturan > Kamera > Format > Paling Kompatibel",
  ],
  "photo-damaged": (p: { path: string }) => [
    `Foto ${p.path} rusak atau terpotong.`,
    "Salin ulang foto itu dari kamera atau ponsel.",
  ],
  "photo-too-large": (p: { path: string; width: number; height: number; megapixels: number }) => [
    `Foto ${p.path} terlalu besar: ${p.width} x ${p.height} piksel; batasnya ${p.megapixels} megapiksel.`,
    "Perkecil foto itu dahulu.",
  ],
  "photo-file-too-large": (p: { path: string; bytes: number; limit: number }) => [
    `Berkas foto ${p.path} terlalu besar: ${Math.ceil(p.bytes / 2 ** 20)} MB; batasnya ${p.limit / 2 ** 20} MB.`,
    "Simpan ulang foto itu sebagai JPEG.",
  ],
  "photo-sheet-name": (p: { path: string }) => [
    `Nama lembar kontak harus berakhir .html, bukan "${p.path}".`,
    "Contoh: --sheet lembar.html",
  ],
  "photo-zip-damaged": (p: { path: string }) => [
    `Berkas ZIP ${p.path} rusak atau terpotong.`,
    "Salin atau unduh ulang, atau buka ZIP itu sendiri dan beri folder isinya.",
  ],
  "photo-zip-too-large": (p: { path: string; what: "entries" | "bytes"; limit: number }) => [
    p.what === "entries"
      ? `Isi ${p.path} terlalu banyak; batasnya ${p.limit} berkas.`
      : `Isi ${p.path} terlalu besar; batasnya ${Math.round(p.limit / 2 ** 30)} GB.`,
    "Bagi menjadi beberapa ZIP, atau buka ZIP itu sendiri dan beri folder isinya.",
  ],
  "photo-zip-locked": (p: { path: string }) => [
    `${p.path} dikunci dengan kata sandi.`,
    "Buka ZIP itu sendiri dengan kata sandinya, lalu beri folder isinya.",
  ],
  "photo-zip-entry-damaged": (p: { path: string }) => [
    `${p.path} tidak dapat dikeluarkan dari ZIP: rusak, atau bukan foto.`,
    "Minta foto itu dikirim ulang.",
  ],
  "photo-bytes-limit": (p: { path: string; preset: string; limit: number }) => [
    `${p.path} tidak dapat dibuat sekecil ${p.limit} bita untuk ukuran "${p.preset}".`,
    "Naikkan batas bita ukuran itu di kominfo.yaml, atau kecilkan lebar dan tingginya.",
  ],
  "photo-text-too-long": (p: { path: string; limit: number }) => [
    `Teks untuk ${p.path} terlalu panjang untuk disimpan di dalam foto (paling banyak ${p.limit} bita).`,
    "Pendekkan takarir atau teks alternatifnya.",
  ],
  "watermark-unusable": (p: { path: string }) => [
    `${p.path} tidak dapat dipakai sebagai tanda air.`,
    "Pakai gambar PNG atau WebP, paling baik dengan latar tembus pandang.",
  ],
  "photo-not-written": (p: { path: string; reason: string }) => [
    `${p.path} tidak dapat ditulis (${p.reason}).`,
    "Pastikan folder itu boleh ditulisi dan masih ada ruang di disk, lalu ulangi perintah yang sama.",
  ],
};
