import type { WorkspaceErrors } from "../../errors/workspace.js";
import { postOfMissingTexts, postOfOpenChoices } from "../post-of-problems.js";
import type { ErrorSentences } from "../types.js";
import { diagnosticLine } from "./diagnostic-line.js";

/** Messages of `init` and the menu, and those that any command may show. */
export const workspace = {
  bug: [
    "Ini kesalahan kominfo, bukan kesalahan Anda.",
    "Ulangi dengan --verbose, lalu kirim hasilnya ke pengelola kominfo.",
  ] as readonly string[],
  askKecamatan: "Kecamatan mana?",
  askNewsroom: "Alamat ruang redaksi (kosongkan bila belum tahu)",
  made: (p: { root: string; name: string }) => `Ruang kerja Kecamatan ${p.name} siap di ${p.root}`,
  next: "Selanjutnya:",
  menu: "Apa yang ingin Anda lakukan?",
  menuChoices: {
    setup: "Menyiapkan kominfo di komputer ini, langkah demi langkah",
    init: "Menyiapkan ruang kerja di folder ini",
    reviewList: "Melihat daftar naskah yang masuk",
    reviewShow: "Membaca naskah",
    reviewClaim: "Mengambil naskah untuk ditinjau",
    reviewApprove: "Menyetujui naskah",
    reviewReturn: "Meminta perbaikan naskah",
    reviewReject: "Memutuskan naskah tidak dimuat",
    reviewPublish: "Menerbitkan naskah yang disetujui dari sini",
    new: "Membuat naskah baru",
    submit: "Mengirim naskah ke ruang redaksi",
    status: "Melihat status dan catatan editor",
    edit: "Memperbaiki naskah",
    attach: "Menambah foto ke naskah",
    photos: "Mengubah foto naskah",
    check: "Memeriksa naskah",
    preview: "Melihat pratinjau terbitan",
    list: "Melihat daftar naskah",
    upload: "Mengunggah foto kegiatan",
    publish: "Menerbitkan naskah yang disetujui",
    record: "Mencatat alamat terbitan",
    withdraw: "Membatalkan naskah yang terkirim",
    pull: "Mengambil perubahan editor",
    copy: "Membuat naskah baru dari salinan",
    remove: "Menghapus draf naskah",
    sync: "Mengirim yang tertunda",
    desk: "Membuat tautan Siap terbit untuk ponsel",
    resize: "Menyiapkan ukuran foto untuk kanal",
    inspect: "Memeriksa data pribadi dalam foto",
    blur: "Menyamarkan bagian foto",
    settings: "Mengubah pengaturan",
    login: "Masuk ke ruang redaksi",
    unlock: "Membuka brankas untuk sementara",
    lock: "Menutup brankas",
    doctor: "Memeriksa apa yang siap dan apa yang belum",
    help: "Melihat semua perintah",
    leave: "Keluar",
  },
  debugUnknown: (p: { names: readonly string[]; sections: readonly string[] }) =>
    `${p.names.map((name) => `"${name}"`).join(", ")} bukan pilihan untuk KOMINFO_DEBUG; yang ada: ${p.sections.join(", ")}, atau * untuk semuanya.`,
  guessedText: (p: { path: string }) =>
    `${p.path} tidak disimpan sebagai UTF-8, jadi dibaca sebagai Windows-1252. Periksa huruf seperti é dan “tanda kutip”.`,
  toMend: (p: { title: string }) => `Perlu perbaikan: ${p.title}`,
  whichPost: "Naskah yang mana?",
  allPosts: "Semua naskah",
};

export const workspaceErrors: ErrorSentences<WorkspaceErrors> = {
  "workspace-folder-missing": (p) => [
    `Folder ${p.path} tidak ada.`,
    "Periksa nama folder sesudah -C, lalu ulangi.",
  ],
  "workspace-missing": ({ known }) => {
    const [last] = known;
    const said = "Folder ini bukan ruang kerja kominfo.";
    return last
      ? [
          said,
          ...known.slice(0, 3).flatMap(({ again }) => again ?? []),
          `${last.again ? "Atau masuk" : "Masuk"} dulu ke ruang kerja Anda: cd ${last.root}`,
          "Membuat ruang kerja lain di folder ini: kominfo init",
        ]
      : [
          said,
          "Bila belum punya ruang kerja: kominfo init",
          "Bila sudah: kominfo -C <folder-ruang-kerja> <perintah> (atau masuk dulu ke folder itu dengan cd)",
        ];
  },
  "workspace-exists": (p) => [
    `${p.path} sudah ada; tidak ada yang diubah.`,
    `Lihat isinya: kominfo ${p.place}config show`,
    `Mengubah satu pengaturan: kominfo ${p.place}config set`,
  ],
  "workspace-invalid": (p) => [`${p.path} perlu diperbaiki.`, ...p.problems.map(diagnosticLine)],
  "kecamatan-unknown": (p) => [
    `Kecamatan "${p.given}" tidak ada di Kabupaten Bekasi.`,
    ...(p.nearest ? [`Mungkin maksud Anda: ${p.nearest}`] : []),
    "Pakai nama kecamatan atau kode Kemendagri, misalnya Cibitung atau 32.16.07",
  ],
  "newsroom-unset": ({ inWorkspace, origins }) =>
    inWorkspace
      ? [
          "Alamat ruang redaksi belum diketahui.",
          "kominfo config set newsroom <alamat>",
          "atau tambahkan --url <alamat>",
        ]
      : origins.length === 0
        ? [
            "Alamat ruang redaksi belum diketahui.",
            "Tambahkan --url <alamat>",
            "atau masuk dulu: kominfo auth login newsroom --url <alamat>",
          ]
        : [
            "Anda punya login di lebih dari satu ruang redaksi; sebutkan yang mana.",
            ...origins.map((origin) => `Tambahkan --url ${origin}`),
          ],
  "posts-none": () => ["Belum ada naskah.", "kominfo post new"],
  "post-missing": (p) => [
    `Naskah "${p.wanted}" tidak ditemukan.`,
    ...(p.binned
      ? [`Naskah itu ada di sampah; untuk mengembalikannya: kominfo post delete ${p.wanted} --restore`]
      : p.near.map((slug) => `Mungkin maksud Anda: ${slug}`)),
    "kominfo post list",
  ],
  "post-ambiguous": (p) => [
    `"${p.wanted}" cocok dengan ${p.slugs.length} naskah; sebutkan lebih lengkap.`,
    ...p.slugs.slice(0, 10),
  ],
  "post-invalid": (p) => [
    `${p.path} belum siap: ${p.problems.length} hal perlu diperbaiki.`,
    ...p.problems.map(diagnosticLine),
    ...photoTexts(postOfMissingTexts(p.path, p.problems)),
    ...openChoices(postOfOpenChoices(p.path, p.problems)),
    "Perbaiki di berkas itu, lalu ulangi perintah yang sama.",
    ...(p.edit ? [`Atau jawab lagi di layar: kominfo post edit ${p.edit}`] : []),
  ],
  "content-unsafe": (p) => [
    p.reason === "internal"
      ? `Naskah tidak dikirim: ${p.key} hanya untuk redaksi, tetapi tertulis juga di bagian yang dibaca warga.`
      : p.reason === "keys"
        ? "Naskah tidak dikirim: di dalam isinya ada kunci bagian atas, yang akan terbit."
        : `Naskah tidak dikirim: di ${p.key || "isi naskah"} ada huruf yang sudah hilang atau tidak dapat disimpan.`,
    "Betulkan index.md, lalu periksa: kominfo post check <naskah>",
  ],
  "post-state-damaged": (p) => [
    `Catatan pengiriman ${p.path} rusak.`,
    "Jangan hapus naskahnya. Pindahkan berkas itu, lalu minta nomor naskah ke ruang redaksi.",
  ],
  "answers-invalid": (p) => [
    `${p.problems.length} jawaban perlu diperbaiki; belum ada yang dibuat.`,
    ...p.problems.map(diagnosticLine),
  ],
  "template-invalid": (p) => [
    `Templat ${p.name} belum benar: ${p.problems.length} hal perlu diperbaiki.`,
    ...p.problems.map(diagnosticLine),
  ],
  "template-unknown": (p) => [
    `Templat "${p.name}" tidak ada.`,
    ...(p.nearest ? [`Mungkin maksud Anda: ${p.nearest}`] : []),
    `Yang ada: ${p.names.join(", ")}`,
  ],
  "not-submitted": (p) => [`${p.post} belum pernah dikirim.`, `kominfo post submit ${p.post}`],
  "submitted-elsewhere": (p) => [
    `${p.post} dikirim ke ${p.origin}, sedangkan ruang kerja ini memakai ${p.current}.`,
    `Kembalikan alamat di kominfo.yaml, atau salin naskahnya menjadi naskah baru.`,
  ],
  "photo-changed": (p) => [
    `${p.path} berubah ketika sedang disiapkan.`,
    "Tunggu sampai penyalinannya selesai, lalu ulangi.",
  ],
  "preview-name": (p) => [
    `Nama berkas pratinjau harus berakhir .html, bukan "${p.path}".`,
    "Contoh: --out pratinjau.html",
  ],
  "preview-occupied": (p) => [
    `Berkas ${p.path} sudah ada dan bukan pratinjau kominfo, jadi tidak ditimpa.`,
    "Pilih nama lain, misalnya --out pratinjau.html",
  ],
  "photos-unusable": (p) => [
    `${p.count} foto tidak dapat dipakai; naskah belum dikirim.`,
    "Ganti atau hapus foto itu dari foto: di index.md, lalu ulangi.",
  ],
};

function photoTexts(post: string | undefined): string[] {
  return post === undefined ? [] : [`Lengkapi keterangan foto dengan: kominfo post photos ${post}`];
}

function openChoices(post: string | undefined): string[] {
  return post === undefined ? [] : [`Pilih di layar dengan: kominfo post pull ${post}`];
}
