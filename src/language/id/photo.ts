import type { PhotoErrors } from "../../errors/photo.js";
import { lastPart } from "../../text/last-part.js";
import type { ErrorSentences } from "../types.js";
import { systemReason } from "./system-reasons.js";

/** Messages of the photo commands. */
/** Kinds of files that have no ending of their own. */
const kindNames: Readonly<Record<string, string>> = {
  unfinished: "unduhan yang belum selesai",
  misnamed: "foto dengan akhiran nama lain",
  blurred: "foto yang ada versi samarnya",
  other: "berkas lain",
};

function fewNames(paths: readonly string[]): string {
  const names = paths.slice(0, 4).map(lastPart);
  return `${names.join(", ")}${paths.length > 4 ? ", …" : ""}`;
}

export const photo = {
  reading: "Membaca foto",
  preparing: "Menyiapkan foto",
  inspecting: "Memeriksa foto",
  drawing: "Menyusun lembar kontak",
  made: (p: { written: number; skipped: number; failed: number; folder: string }) =>
    p.written + p.skipped + p.failed === 0
      ? "Tidak ada foto yang diolah."
      : p.written === 0 && p.failed === 0
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
  passed: {
    head: (p: { files: number; folders: number }) =>
      `Dilewati: ${[
        ...(p.files > 0 ? [`${p.files} berkas`] : []),
        ...(p.folders > 0 ? [`${p.folders} subfolder`] : []),
      ].join(" dan ")}.`,
    folders: (p: { count: number; paths: readonly string[] }) =>
      `${p.count} subfolder: ${fewNames(p.paths)}. Ikutkan isinya dengan --recursive.`,
    foldersApart: (p: { count: number; paths: readonly string[] }) =>
      `${p.count} subfolder: ${fewNames(p.paths)}. Untuk mengikutkan isinya, sebutkan subfolder itu.`,
    archives: (p: { count: number; paths: readonly string[] }) =>
      `${p.count} ZIP tidak dibuka di sini: ${fewNames(p.paths)}. Buka ZIP itu sendiri lalu sebutkan folder isinya, atau, bila naskahnya sudah ada: kominfo post attach <naskah> <ZIP>`,
    unreadable: (p: { paths: readonly string[] }) => `Tidak dapat dibuka: ${fewNames(p.paths)}.`,
    pictures: (p: { kinds: readonly string[]; paths: readonly string[] }) =>
      `${p.kinds.join(", ")} belum dapat diolah (${fewNames(p.paths)}). Simpan ulang sebagai JPEG bila diperlukan.`,
    blurred: (p: { count: number; paths: readonly string[] }) =>
      `${fewNames(p.paths)}: ada versi yang disamarkan (-samar.jpg), jadi aslinya tidak diikutkan. Bila aslinya yang dimaksud, sebutkan berkas itu saja.`,
    unfinished: (p: { count: number; paths: readonly string[] }) =>
      `${p.count} unduhan yang belum selesai: ${fewNames(p.paths)}. Unduh atau salin ulang.`,
    misnamed: (p: { count: number; paths: readonly string[] }) =>
      `${p.count} foto dengan akhiran nama lain: ${fewNames(p.paths)}. Ganti akhirannya menjadi .jpg, atau sebut nama berkasnya.`,
    others: (p: { kinds: readonly string[]; paths: readonly string[] }) =>
      `Bukan foto: ${p.kinds.join(", ")} (${fewNames(p.paths)}).`,
    kind: (p: { kind: string; count: number }) => `${p.count} ${kindNames[p.kind] ?? p.kind}`,
    askFolders: (p: { count: number; folders: number }) =>
      `Di ${p.folders} subfolder ada ${p.count} foto lagi. Ikutkan juga?`,
  },
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
    "tone-mapped": (p: { transfer: "pq" | "hlg" }) =>
      `Foto HDR (${p.transfer.toUpperCase()}); terangnya disesuaikan untuk JPEG. Periksa hasilnya.`,
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
    credit: "kredit",
    inside: "tersembunyi",
    thumbnail: "gambar mini",
    makerNote: "catatan pabrik kamera",
    pictures: (p: { count: number }) => `${p.count} gambar lain`,
    video: "video pendek dengan suara",
    trailer: (p: { size: string }) => `${p.size} di belakang gambar`,
    nothing: "Tidak menyimpan apa-apa tentang pemotretnya.",
    hemisphereUnknown: (p: { numbers: string }) =>
      `${p.numbers} (utara/selatan dan timur/barat tidak tercatat)`,
    unread: "tidak terbaca utuh",
    /** Parts of a file that may hold anything and that kominfo cannot read. */
    unreadParts: {
      "maker-note": "catatan pabrik kamera",
      exif: "sebagian data EXIF",
      xmp: "sebagian data XMP",
      gps: "data lokasi",
      text: "teks bebas, seperti komentar atau kata kunci",
      thermal: "data kamera termal",
      segment: "bagian yang tidak dikenal",
      picture: "gambar lain di dalamnya",
      trailer: "data di belakang gambar",
    },
  },
  /** `unread` counts photos in which nothing private was found but which were not read whole. */
  inspected: (p: { photos: number; exposed: number; located: number; unread: number }) => {
    if (p.exposed === 0 && p.unread === 0)
      return `${p.photos} foto diperiksa; tidak ada yang membocorkan lokasi atau pemiliknya.`;
    if (p.exposed === 0)
      return (
        `${p.photos} foto diperiksa; lokasi dan pemilik tidak ditemukan, ` +
        `tetapi ${p.unread} di antaranya berisi bagian yang tidak dapat dibaca.`
      );
    return (
      `${p.exposed} dari ${p.photos} foto membocorkan data pribadi` +
      (p.located > 0 ? `, ${p.located} di antaranya lokasi pengambilan.` : ".") +
      (p.unread > 0 ? ` ${p.unread} foto lain berisi bagian yang tidak dapat dibaca.` : "")
    );
  },
  inspectedNone: "Tidak ada foto yang dapat diperiksa.",
  inspectedAdvice: "Hasil `kominfo photo resize` tidak membawa semua itu.",
  rotated: "diputar",
  sheet: {
    title: "Lembar kontak",
    made: (p: { when: string }) => `Dibuat ${p.when}`,
    photos: (p: { count: number }) => `${p.count} foto`,
    renditions: (p: { count: number }) => `${p.count} hasil`,
    failures: (p: { count: number }) => `${p.count} gagal`,
    warnings: (p: { count: number }) => `${p.count} perlu dilihat`,
    located: (p: { count: number }) => `${p.count} membocorkan lokasi`,
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
  "photo-none-found": (p) => {
    const { folders = [], kinds = [], videos = 0 } = p;
    const there = [
      ...(folders.length > 0 ? [`${folders.length} subfolder (${fewNames(folders)})`] : []),
      ...(videos > 0 ? [`${videos} video`] : []),
      ...kinds.slice(0, 6).map(({ kind, count }) => `${count} ${kindNames[kind] ?? `berkas ${kind}`}`),
    ];
    if (there.length === 0) return [`Tidak ada foto di ${p.path}.`, "Periksa nama berkas atau foldernya."];
    const first = folders[0];
    return [
      `Tidak ada foto langsung di ${p.path}. Yang ada: ${there.join(", ")}.`,
      ...(first === undefined
        ? ["Foto jenis lain: simpan ulang sebagai JPEG, lalu pakai hasilnya."]
        : [
            p.command
              ? `Untuk mengambil juga isi subfolder: ${p.command}`
              : `Beri nama subfoldernya: ${first}`,
          ]),
    ];
  },
  "photo-not-supported": (p) => {
    const kinds: Record<string, string> = {
      pdf: "dokumen PDF",
      zip: "berkas ZIP",
      archive: "berkas arsip (RAR, 7z, atau sejenisnya)",
      office: "dokumen Office",
      html: "halaman web yang tersimpan, bukan fotonya",
      video: "video",
      audio: "rekaman suara",
      device: "perangkat, bukan berkas",
    };
    const images: Record<string, string> = {
      raw: "berkas mentah (RAW) kamera",
      bmp: "BMP",
      jxl: "JPEG XL",
      jp2: "JPEG 2000",
      psd: "Photoshop (PSD)",
      exr: "OpenEXR",
      ico: "ikon (ICO)",
      eps: "EPS",
      svg: "gambar SVG",
      "jpeg-12bit": "JPEG 12 bit",
      "jpeg-process": "JPEG yang jarang dipakai (bukan baseline atau progresif)",
      "tiff-planar": "TIFF dengan warna terpisah (planar)",
      "tiff-kind": "TIFF dengan kompresi atau warna yang jarang dipakai",
      "heif-kind": "HEIF yang jarang dipakai",
    };
    const path = p.path;
    if (p.found === "empty") return [`${path} kosong.`, "Salin ulang fotonya dari kamera atau ponsel."];
    const image = images[p.found];
    if (image !== undefined) {
      return [
        `Jenis foto ${path} belum dapat diolah: ${image}.`,
        p.found === "raw"
          ? "Pakai JPEG dari kamera yang sama, atau ekspor foto itu sebagai JPEG dari program fotonya."
          : "Buka dengan program gambar, simpan ulang sebagai JPEG, lalu pakai hasilnya.",
        "Yang dapat diolah: JPEG, HEIC, PNG, WebP, AVIF, TIFF, dan GIF.",
      ];
    }
    const hints: Record<string, string> = {
      // Where a post is made, a ZIP is not unpacked; anywhere else only one without the ending comes here.
      zip: /\.zip$/i.test(p.path)
        ? "Buka ZIP itu sendiri, lalu beri folder isinya; atau kirim ZIP itu dengan kominfo photo upload."
        : "Tulis nama berkasnya dengan akhiran .zip, atau buka ZIP itu sendiri dan beri folder isinya.",
      archive: "Buka arsip itu sendiri, lalu beri folder isinya.",
      html: "Buka halaman itu di peramban dan unduh fotonya, bukan halamannya.",
    };
    return [
      `${path} bukan foto yang dapat diolah: isinya ${kinds[p.found] ?? "bukan gambar yang dikenal"}.`,
      ...(hints[p.found] ? [hints[p.found]!] : []),
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
  "photo-zip-method": (p) => [
    `${p.path} belum dapat diolah: ZIP ini memakai kompresi ${p.method}.`,
    "Buka ZIP itu sendiri lalu beri folder isinya, atau buat ulang sebagai ZIP biasa (Deflate).",
  ],
  "photo-zip-parts": (p) => [
    `${p.path} belum dapat diolah: ZIP ini dibagi dalam beberapa berkas.`,
    "Buka ZIP itu sendiri lalu beri folder isinya, atau minta dikirim sebagai satu ZIP.",
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
