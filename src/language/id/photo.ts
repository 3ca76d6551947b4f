import type { PhotoErrors } from "../../errors/photo.js";
import type { ErrorSentences } from "../types.js";
import { systemReason } from "./system-reasons.js";

/** Messages of the photo commands. */
export const photo = {
  reading: "Membaca foto",
  preparing: "Menyiapkan foto",
  inspecting: "Memeriksa foto",
  drawing: "Menyusun lembar kontak",
  made: (p: { written: number; skipped: number; failed: number; folder: string }) =>
    p.written === 0 && p.failed === 0
      ? `Tidak ada yang perlu dibuat: ${p.skipped} berkas sudah ada di ${p.folder}`
      : `${p.written} berkas dibuat di ${p.folder}` +
        (p.skipped > 0 ? `, ${p.skipped} sudah ada` : "") +
        (p.failed > 0 ? `, ${p.failed} foto gagal` : ""),
  wouldMake: (p: { files: number; photos: number; folder: string }) =>
    `Akan dibuat ${p.files} berkas dari ${p.photos} foto di ${p.folder}; belum ada yang dibuat.`,
  failedSoFar: (p: { count: number }) => `${p.count} gagal`,
  failedPhotos: (p: { reason: string; names: readonly string[]; count: number }) =>
    `${p.reason} (${p.count} foto: ${p.names.join(", ")}${p.count > p.names.length ? `, dan ${p.count - p.names.length} lainnya` : ""})`,
  videosSkipped: (p: { count: number }) => `${p.count} video dilewati; yang diolah hanya foto.`,
  ignored: (p: { count: number }) => `${p.count} berkas dilewati karena itu hasil kominfo sendiri.`,
  sheetMade: (p: { path: string }) => `Lembar kontak: ${p.path}`,
  /** Photos a second, for the progress line. */
  pace: (p: { perSecond: string }) => `${p.perSecond} foto/detik`,
  fromWhatsapp: (p: { count: number; presets: readonly string[] }) =>
    `${p.count} foto tampaknya kiriman WhatsApp dan lebih kecil daripada ukuran ${p.presets.join(", ")}. ` +
    "Minta aslinya (kirim sebagai dokumen) bila ada.",
  smaller: (p: { count: number; presets: readonly string[] }) =>
    `${p.count} foto lebih kecil daripada ukuran ${p.presets.join(", ")}; hasilnya tidak diperbesar.`,
  notes: {
    "first-frame-only": (p: { frames: number }) =>
      `Berisi ${p.frames} gambar berurutan; hanya yang pertama dipakai.`,
    "smaller-than-preset": (p: { width: number; height: number }) =>
      `Fotonya lebih kecil daripada ukuran ini; hasilnya ${p.width} x ${p.height}.`,
    "quality-lowered": (p: { quality: number }) =>
      `Mutu diturunkan ke ${p.quality} agar muat di batas ukuran berkas.`,
  },
  metadata: {
    gps: "lokasi di peta",
    place: "nama tempat",
    serials: "nomor seri",
    owner: "pemilik atau pemotret",
    persons: "orang di foto",
    camera: "kamera",
    taken: "waktu",
    software: "aplikasi",
    description: "keterangan",
    inside: "tersembunyi",
    thumbnail: "gambar mini",
    makerNote: "catatan pabrik kamera",
    pictures: (p: { count: number }) => `${p.count} gambar lain`,
    video: "video pendek dengan suara",
    trailer: (p: { size: string }) => `${p.size} di belakang gambar`,
    nothing: "Tidak menyimpan apa-apa tentang pemotretnya.",
  },
  inspected: (p: { photos: number; exposed: number; located: number }) =>
    p.exposed === 0
      ? `${p.photos} foto diperiksa; tidak ada yang membocorkan lokasi atau pemiliknya.`
      : `${p.exposed} dari ${p.photos} foto membocorkan data pribadi` +
        (p.located > 0 ? `, ${p.located} di antaranya lokasi pengambilan.` : "."),
  inspectedAdvice: "Hasil `kominfo photo resize` tidak membawa semua itu.",
  rotated: "diputar",
  sheet: {
    title: "Lembar kontak",
    made: (p: { when: string }) => `Dibuat ${p.when}`,
    photos: (p: { count: number }) => `${p.count} foto`,
    renditions: (p: { count: number }) => `${p.count} hasil`,
    failures: (p: { count: number }) => `${p.count} gagal`,
    warnings: (p: { count: number }) => `${p.count} perlu dilihat`,
    located: (p: { count: number }) => `${p.count} menyimpan lokasi`,
    crops: "Kotak berwarna di foto asli menunjukkan bagian yang dipakai:",
    removed: "Ada di foto asli, tidak ada di hasil:",
    tells: "Yang dibawa foto ini:",
    unseen: (p: { count: number }) =>
      `${p.count} gambar tidak ditampilkan agar lembar ini tidak terlalu besar.`,
    pictureMissing: "tidak ada gambar",
    offline: "Halaman ini utuh di satu berkas dan tidak memuat apa pun dari internet.",
  },
};

export const photoErrors: ErrorSentences<PhotoErrors> = {
  "photo-preset-unknown": (p) => [
    `Ukuran "${p.name}" tidak dikenal. Mungkin maksud Anda "${p.nearest}".`,
    `Ukuran yang ada: ${p.presets.join(", ")}`,
  ],
  "photo-none-found": (p) => [`Tidak ada foto di ${p.path}.`, "Periksa nama berkas atau foldernya."],
  "photo-not-supported": (p) => {
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
  "photo-heic-decoder-missing": (p) => [
    `${p.path} berformat HEIC, dan pembaca HEIC (libheif-js) tidak terpasang.`,
    "Pasang ulang kominfo bersama paket pilihannya: npm install --include=optional",
    "Atau kirim ulang foto itu sebagai JPEG. Di iPhone: Pengaturan > Kamera > Format > Paling Kompatibel",
  ],
  "photo-damaged": (p) => [
    `Foto ${p.path} rusak atau terpotong.`,
    "Salin ulang foto itu dari kamera atau ponsel.",
  ],
  "photo-too-large": (p) => [
    `Foto ${p.path} terlalu besar: ${p.width} x ${p.height} piksel; batasnya ${p.megapixels} megapiksel.`,
    "Perkecil foto itu dahulu.",
  ],
  "photo-too-costly": (p) => [
    `Foto ${p.path} memerlukan memori atau waktu yang terlalu besar untuk dibuka.`,
    "Buka dengan program gambar, simpan sebagai JPEG biasa, lalu kirim hasilnya.",
  ],
  "photo-file-too-large": (p) => [
    `Berkas foto ${p.path} terlalu besar: ${Math.ceil(p.bytes / 2 ** 20)} MB; batasnya ${p.limit / 2 ** 20} MB.`,
    "Simpan ulang foto itu sebagai JPEG.",
  ],
  "photo-sheet-name": (p) => [
    `Nama lembar kontak harus berakhir .html, bukan "${p.path}".`,
    "Contoh: --sheet lembar.html",
  ],
  "photo-zip-damaged": (p) => [
    `Berkas ZIP ${p.path} rusak atau terpotong.`,
    "Salin atau unduh ulang, atau buka ZIP itu sendiri dan beri folder isinya.",
  ],
  "photo-zip-too-large": (p) => [
    p.unit === "entries"
      ? `Isi ${p.path} terlalu banyak; batasnya ${p.limit} berkas.`
      : `Isi ${p.path} terlalu besar; batasnya ${Math.round(p.limit / 2 ** 30)} GB.`,
    "Bagi menjadi beberapa ZIP, atau buka ZIP itu sendiri dan beri folder isinya.",
  ],
  "photo-zip-locked": (p) => [
    `${p.path} dikunci dengan kata sandi.`,
    "Buka ZIP itu sendiri dengan kata sandinya, lalu beri folder isinya.",
  ],
  "photo-zip-entry-damaged": (p) => [
    `${p.path} tidak dapat dikeluarkan dari ZIP: rusak, atau bukan foto.`,
    "Minta foto itu dikirim ulang.",
  ],
  "photo-bytes-limit": (p) => [
    `${p.path} tidak dapat dibuat sekecil ${p.limit} bita untuk ukuran "${p.preset}".`,
    "Naikkan batas bita ukuran itu di kominfo.yaml, atau kecilkan lebar dan tingginya.",
  ],
  "photo-text-too-long": (p) => [
    `Teks untuk ${p.path} terlalu panjang untuk disimpan di dalam foto (paling banyak ${p.limit} bita).`,
    "Pendekkan takarir atau teks alternatifnya.",
  ],
  "watermark-unusable": (p) => [
    `${p.path} tidak dapat dipakai sebagai tanda air.`,
    "Pakai gambar PNG atau WebP, paling baik dengan latar tembus pandang.",
  ],
  "photo-not-written": (p) => [
    `${p.path} tidak dapat ditulis (${systemReason(p.reason)}).`,
    "Pastikan folder itu boleh ditulisi dan masih ada ruang di disk, lalu ulangi perintah yang sama.",
  ],
};
