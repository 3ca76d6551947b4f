import type { Problem } from "../../../files/diagnostic.js";
import { problemLine } from "../problem-line.js";

export const workspace = {
  "workspace-missing": () => [
    "Folder ini bukan ruang kerja kominfo.",
    "Masuk dulu ke folder ruang kerja Anda dengan cd, lalu ulangi. Bila belum punya: kominfo init",
  ],
  "workspace-exists": (p: { path: string }) => [`${p.path} sudah ada; tidak ada yang diubah.`],
  "workspace-invalid": (p: { path: string; problems: readonly Problem[] }) => [
    `${p.path} perlu diperbaiki.`,
    ...p.problems.map(problemLine),
  ],
  "kecamatan-unknown": (p: { given: string; nearest?: string }) => [
    `Kecamatan "${p.given}" tidak ada di Kabupaten Bekasi.`,
    ...(p.nearest ? [`Mungkin maksud Anda: ${p.nearest}`] : []),
    "Pakai nama kecamatan atau kode Kemendagri, misalnya Cibitung atau 32.16.07",
  ],
  "newsroom-unset": () => [
    "Alamat ruang redaksi belum diketahui.",
    "Tulis di kominfo.yaml: newsroom: { kind: kominfo, url: https://… }",
    "atau tambahkan --url <alamat>",
  ],
  "post-missing": (p: { wanted: string; near: readonly string[] }) => [
    `Naskah "${p.wanted}" tidak ditemukan.`,
    ...p.near.map((slug) => `Mungkin maksud Anda: ${slug}`),
    "kominfo post list",
  ],
  "post-ambiguous": (p: { wanted: string; slugs: readonly string[] }) => [
    `"${p.wanted}" cocok dengan ${p.slugs.length} naskah; sebutkan lebih lengkap.`,
    ...p.slugs.slice(0, 10),
  ],
  "post-invalid": (p: { path: string; problems: readonly Problem[] }) => [
    `${p.path} belum siap: ${p.problems.length} hal perlu diperbaiki.`,
    ...p.problems.map(problemLine),
    "Perbaiki di berkas itu, lalu ulangi perintah yang sama.",
  ],
  "post-state-damaged": (p: { path: string }) => [
    `Catatan pengiriman ${p.path} rusak.`,
    "Jangan hapus naskahnya. Pindahkan berkas itu, lalu minta nomor naskah ke ruang redaksi.",
  ],
  "answers-invalid": (p: { problems: readonly Problem[] }) => [
    `${p.problems.length} jawaban perlu diperbaiki; belum ada yang dibuat.`,
    ...p.problems.map(problemLine),
  ],
  "template-invalid": (p: { name: string; problems: readonly Problem[] }) => [
    `Templat ${p.name} belum benar: ${p.problems.length} hal perlu diperbaiki.`,
    ...p.problems.map(problemLine),
  ],
  "template-unknown": (p: { name: string; nearest?: string; names: readonly string[] }) => [
    `Templat "${p.name}" tidak ada.`,
    ...(p.nearest ? [`Mungkin maksud Anda: ${p.nearest}`] : []),
    `Yang ada: ${p.names.join(", ")}`,
  ],
  "not-submitted": (p: { post: string }) => [
    `${p.post} belum pernah dikirim.`,
    `kominfo post submit ${p.post}`,
  ],
  "submitted-elsewhere": (p: { post: string; origin: string; now: string }) => [
    `${p.post} dikirim ke ${p.origin}, sedangkan ruang kerja ini memakai ${p.now}.`,
    `Kembalikan alamat di kominfo.yaml, atau salin naskahnya menjadi naskah baru.`,
  ],
  "photo-changed": (p: { path: string }) => [
    `${p.path} berubah ketika sedang disiapkan.`,
    "Tunggu sampai penyalinannya selesai, lalu ulangi.",
  ],
  "photos-unusable": (p: { count: number }) => [
    `${p.count} foto tidak dapat dipakai; naskah belum dikirim.`,
    "Ganti atau hapus foto itu dari foto: di index.md, lalu ulangi.",
  ],
  "terminal-needed": (p: { instead: string }) => ["Perintah ini perlu dijalankan di terminal.", p.instead],
};
