import type { UploadErrors } from "../../errors/upload.js";
import { formatMegabytes } from "../../text/bytes.js";
import type { ErrorSentences } from "../types.js";
import { diagnosticLine } from "./diagnostic-line.js";

/** A row of a list that no photo matched, with the name that was perhaps meant. */
type Unmatched = { name: string; line: number; nearest?: string };

/** Messages of `photo upload` and `sync`. */
export const upload = {
  steps: {
    reading: "Membaca foto",
    preparing: "Menyiapkan foto",
    asking: "Bertanya ke ruang redaksi",
    uploading: "Mengunggah foto",
    listing: "Mencatat foto",
  },
  quota: (p: { size: string }) => `Akan memakai sekitar ${p.size} kuota. Lanjutkan?`,
  perSecond: (p: { size: string }) => `${p.size}/detik`,
  left: (p: { time: string }) => `sisa ${p.time}`,
  of: (p: { sent: string; size: string }) => `${p.sent} dari ${p.size}`,
  waiting: (p: { reason: string; seconds: number; next: number; of: number }) =>
    `Dicoba lagi dalam ${p.seconds} detik (percobaan ${p.next}/${p.of}): ${p.reason}`,
  failedSoFar: (p: { count: number }) => `${p.count} gagal`,
  to: (p: { event?: string; post?: string }) =>
    p.post === undefined ? `album "${p.event}"` : `naskah ${p.post}`,
  rows: { uploaded: "Diunggah", present: "Sudah ada", failed: "Gagal", waiting: "Menunggu" },
  photos: (p: { count: number }) => `${p.count} foto`,
  done: (p: { where: string; total: number }) => `${p.total} foto lengkap di ${p.where}.`,
  nothing: "Tidak ada foto untuk dikirim.",
  nothingLeft: (p: { where: string }) => `Tidak ada foto lagi yang dapat dikirim untuk ${p.where}.`,
  partly: (p: { where: string; done: number; total: number }) =>
    `${p.done} dari ${p.total} foto lengkap di ${p.where}.`,
  unfinished: "Yang lain menunggu. Ulangi perintah yang sama, atau: kominfo sync",
  would: (p: { where: string; total: number; make: number; ready: number; size: string }) =>
    `Akan dikirim ke ${p.where}: ${p.total} foto (${p.make} masih perlu disiapkan, ${p.ready} siap, ${p.size}). Belum ada yang dikirim.`,
  unreadCaptions: (p: { names: readonly string[]; count: number }) =>
    `Keterangan IPTC di dalam ${p.names.join(", ")}${p.count > p.names.length ? ", …" : ""} memakai susunan huruf yang tidak dikenal (mungkin Mac OS Roman), jadi tidak dipakai. Tulis keterangannya dalam takarir.csv.`,
  unusedCaptions: (p: { path: string; unmatched: readonly Unmatched[]; count: number }) => {
    const rows = p.unmatched.map(
      ({ line, name, nearest }) =>
        `${name} (baris ${line}${nearest === undefined ? "" : `; maksud Anda "${nearest}"?`})`,
    );
    return `${p.count} baris di ${p.path} tidak cocok dengan foto mana pun: ${rows.join(", ")}${p.count > rows.length ? ", …" : ""}`;
  },
  repeatedCaptions: (p: { path: string; name: string; at: readonly number[]; line: number }) =>
    `${p.path} menyebut ${p.name} lebih dari sekali (baris ${p.at.join(", ")}); yang dipakai baris ${p.line}.`,
  samePicture: (p: { repeated: readonly { name: string; as: string }[]; count: number }) =>
    `${p.count} foto sama dengan foto lain, jadi hanya tercatat sekali, dengan keterangan foto yang pertama: ${p.repeated
      .slice(0, 4)
      .map(({ name, as }) => `${name} (sama dengan ${as})`)
      .join(", ")}${p.count > 4 ? ", …" : ""}`,
  sentBlurred: (p: { count: number; names: readonly string[] }) =>
    `${p.count} foto dikirim dengan bagian yang disamarkan, seperti di naskahnya: ${p.names.slice(0, 4).join(", ")}${p.names.length > 4 ? ", …" : ""}`,
  namesakeBlurred: (p: { name: string; slug: string }) =>
    `${p.name} tidak disamarkan. Foto bernama sama di naskah ${p.slug} disamarkan, tetapi isi berkasnya lain. Bila fotonya sama, samarkan dahulu dengan kominfo photo blur.`,
  captionsRead: (p: { path: string }) => `Keterangan dibaca dari ${p.path}`,
  captionsEmpty: (p: { path: string }) =>
    `${p.path} belum memuat keterangan: di bawah nama kolom tidak ada baris. Fotonya tetap dikirim, tanpa keterangan dari sana.`,
  watchLeftOut: (p: { path: string }) =>
    `${p.path} tidak dapat dibuka, jadi tidak dipantau. Yang lain tetap dipantau.`,
  watchSent: (p: { name: string; size: string; status: string }) =>
    p.status === "uploaded" ? `${p.name} terkirim (${p.size})` : `${p.name} sudah ada di sana`,
  watchFailed: (p: { name: string; reason: string }) => `${p.name}: ${p.reason}`,
  watching: (p: { path: string }) =>
    `Memantau ${p.path}; foto yang sudah utuh langsung dikirim. Ctrl-C untuk berhenti.`,
  // sync
  stillWaiting: "Masih menunggu:",
  waitingPost: (p: { post: string; reason: string }) => `naskah ${p.post}: ${p.reason}`,
  waitingPhotos: (p: { where: string; count: number; reason: string }) =>
    `${p.count} foto untuk ${p.where}: ${p.reason}`,
  waitingReasons: {
    refused: "tadi Anda menjawab tidak; kirim dengan kominfo sync di terminal.",
    unanswered: "belum Anda setujui; jawab di kominfo sync di terminal.",
    elsewhere: "dimulai ke alamat ruang redaksi yang lain.",
    "post-gone": "naskahnya tidak ada lagi di sini.",
    "not-tried": "belum dicoba, karena berhenti sebelum sampai di sini; ulangi: kominfo sync",
  },
  askForget: (p: { count: number; where: string }) =>
    `Lupakan ${p.count} foto yang menunggu untuk ${p.where}? Foto itu tidak akan dikirim; berkasnya tetap ada.`,
  batch: (p: { where: string }) => `Melanjutkan foto untuk ${p.where}`,
  sending: (p: { post: string }) => `Mengirim naskah ${p.post}`,
  sent: (p: { post: string; revision: number }) => `Naskah ${p.post} terkirim (revisi ${p.revision}).`,
  unchanged: (p: { post: string; revision: number }) =>
    `Naskah ${p.post}: tidak ada perubahan sejak revisi ${p.revision}, jadi tidak ada yang dikirim.`,
  refused: (p: { where: string; count: number; slug: string }) =>
    `${p.count} foto untuk ${p.where} tidak dikirim: tadi Anda menjawab tidak. Kirim dengan kominfo sync di terminal, atau lupakan dengan: kominfo sync --forget ${p.slug}`,
  unanswered: (p: { where: string; count: number; slug: string }) =>
    `${p.count} foto untuk ${p.where} tidak dikirim: pertanyaan sebelum mengirim belum dijawab. Kirim dengan kominfo sync di terminal, atau lupakan dengan: kominfo sync --forget ${p.slug}`,
  leftover: { send: "Ya, kirim sekarang", later: "Nanti saja", forget: "Lupakan: jangan dikirim lagi" },
  forgotten: (p: { where: string; count: number }) =>
    `${p.count} foto untuk ${p.where} tidak menunggu lagi, dan tidak akan dikirim.`,
  elsewhere: (p: { where: string; origin: string }) =>
    `Foto untuk ${p.where} dimulai ke ${p.origin}; ruang kerja ini memakai alamat lain, jadi dilewati.`,
  postGone: (p: { slug: string; count: number }) =>
    `${p.count} foto untuk naskah ${p.slug} tidak dikirim: naskah itu tidak ada lagi di sini. Bila ada di sampah: kominfo post delete ${p.slug} --restore; bila tidak perlu lagi: kominfo sync --forget ${p.slug}`,
  clean: "Tidak ada yang menunggu dikirim.",
  laterChanges: (p: { post: string }) =>
    `Perubahan sesudahnya belum ikut; kirim dengan: kominfo post submit ${p.post}`,
};

export const uploadErrors: ErrorSentences<UploadErrors> = {
  "captions-invalid": (p) => [
    p.columns.length > 0
      ? `Kolom di ${p.path} tidak dikenal: ${p.columns.join(", ")}.`
      : `${p.path} tidak dapat dibaca sebagai daftar keterangan.`,
    "Baris pertama berisi nama kolom: berkas, keterangan, alt, kredit",
    "Simpan dari Excel sebagai CSV (dipisah koma atau titik koma).",
  ],
  "captions-row": (p) => {
    const where = `${p.path}, baris ${p.line}`;
    const quote = 'Apit keterangan yang memuat tanda pemisah dengan tanda kutip: "Camat, Sekcam hadir"';
    switch (p.problem) {
      case "more-cells":
        return [`${where}: ada ${p.found} sel, padahal kolomnya ${p.expected}.`, quote];
      case "fewer-cells":
        return [
          `${where}: hanya ada ${p.found} sel, padahal kolomnya ${p.expected}.`,
          "Sel yang kosong pun perlu pemisahnya.",
        ];
      case "swallowed":
        return [
          `${where}: tanda kutip (") yang dibuka di sini menelan baris sesudahnya: ${p.text}`,
          "Tutup tanda kutip itu di akhir keterangannya.",
        ];
      case "unclosed-quote":
        return [
          `${where}: tanda kutip (") yang dibuka di sini tidak ditutup.`,
          "Tutup tanda kutip itu di akhir keterangannya, atau hapus.",
        ];
      case "no-rows":
        return [
          `${p.path} hanya berisi nama kolom, tanpa satu keterangan pun.`,
          "Isi satu baris untuk setiap foto, atau kirim tanpa --captions.",
        ];
      case "column-twice":
        return [
          `${where}: kolom "${p.text}" ada lebih dari satu.`,
          "Sisakan satu, atau beri nama lain pada yang satunya.",
        ];
      case "no-name":
        return [`${where}: nama berkas fotonya kosong.`, "Isi nama berkasnya, atau hapus baris itu."];
    }
  },
  "sidecar-invalid": (p) => [
    `Keterangan untuk ${p.photo} tidak dapat dibaca dari ${p.path}.`,
    ...p.problems.map(diagnosticLine),
    "Perbaiki berkas itu, lalu ulangi perintah yang sama.",
  ],
  "list-folder": (p) => [
    `${p.path} adalah folder; daftar harus menyebut fotonya satu per satu.`,
    "Untuk semua foto sebuah folder: kominfo photo upload <folder> --event <nama kegiatan>",
  ],
  "photo-own-rendition": (p) => [`${p.path} adalah hasil kominfo sendiri; kirim foto aslinya.`],
  "disk-too-full": (p) => [
    `Ruang di disk tidak cukup untuk menyiapkan foto: perlu sekitar ${formatMegabytes(p.needed)}, tersisa ${formatMegabytes(p.free)}.`,
    "Kosongkan sebagian disk, lalu ulangi perintah yang sama.",
  ],
  "upload-target-missing": () => [
    "Belum jelas foto ini untuk apa.",
    "Untuk album kegiatan: --event <nama kegiatan>",
    "Untuk sebuah naskah: --post <naskah>",
  ],
  "upload-target-twice": () => ["Pilih salah satu: --event atau --post."],
  "event-name-invalid": (p) => [
    `Nama kegiatan "${p.name}" tidak dapat dipakai.`,
    'Pakai huruf dan angka, misalnya: --event "Musrenbang Cibitung 2026"',
  ],
  "post-photos-too-many": (p) => [
    `Naskah itu akan memuat ${p.count} foto; paling banyak ${p.max}.`,
    "Kirim semuanya ke album kegiatan: kominfo photo upload <foto> --event <nama kegiatan>",
    "Lalu pilih beberapa untuk naskah.",
  ],
  "bad-rate": (p) => [
    `"${p.value}" bukan laju untuk ${p.flag}.`,
    "Contoh: 500k (500 kilobita per detik) atau 2M",
  ],
  "watch-folder-missing": (p) => [`${p.path} bukan folder yang dapat dipantau.`],
  "photos-not-taken": (p) => {
    if (p.reason === "quota")
      return [
        `${p.origin} belum menerima foto lagi: terlalu banyak foto Anda yang belum dipakai dalam naskah atau album.`,
        "Kirim dahulu naskah yang memakainya, lalu ulangi perintah yang sama.",
        "Foto yang tidak dipakai dihapus sendiri setelah tujuh hari.",
      ];
    if (p.reason === "texts")
      return [
        `${p.origin} belum menerima teks lagi dari Anda: terlalu banyak yang dikirim dalam 24 jam terakhir.`,
        "Ulangi perintah yang sama besok; bila sering terjadi, beri tahu admin ruang redaksi.",
      ];
    if (p.reason === "album")
      return [
        `${p.origin} belum menerima foto album kecamatan Anda lagi: terlalu banyak yang ditambahkan dalam 30 hari terakhir.`,
        "Beri tahu admin ruang redaksi, lalu ulangi perintah yang sama nanti.",
      ];
    return [
      `${p.origin} belum menerima apa pun yang baru: ruang simpannya hampir habis.`,
      "Beri tahu admin ruang redaksi, lalu ulangi perintah yang sama nanti.",
    ];
  },
  "upload-waits": (p) => [
    `Berhenti: ${p.done} dari ${p.total} foto sudah lengkap, ${p.left} menunggu.`,
    p.agreed
      ? "Yang menunggu dikirim oleh kominfo sync berikutnya, juga yang berjalan terjadwal."
      : "Yang menunggu baru dikirim sesudah Anda setuju di kominfo sync.",
    "Kirim sekarang: kominfo sync",
    `Jangan dikirim lagi: kominfo sync --forget ${p.slug}`,
  ],
  "nothing-waits-for": (p) => [
    `Tidak ada foto yang menunggu untuk "${p.name}".`,
    p.waiting.length === 0
      ? "Tidak ada foto yang menunggu."
      : `Yang menunggu: ${p.waiting.slice(0, 10).join(", ")}${p.waiting.length > 10 ? ", …" : ""}`,
  ],
  "submission-queued": (p) => [
    `Belum terkirim: naskah ${p.post} disimpan dalam antrean di komputer ini.`,
    "Begitu ada sambungan, kirim dengan: kominfo sync",
  ],
  "submission-waits-for-login": (p) => [
    `Naskah ${p.post} menunggu terkirim di komputer ini, sampai Anda masuk lagi.`,
    "Sesudah masuk, kirim dengan: kominfo sync",
    `Batal mengirim: kominfo post withdraw ${p.post}`,
  ],
  "withdraw-unclear": (p) => [
    `Belum jelas apakah ${p.post} sudah sampai di ruang redaksi: jawabannya hilang di jalan.`,
    "Pastikan dahulu: kominfo sync",
    `Lalu batalkan di sana: kominfo post withdraw ${p.post}`,
  ],
};
