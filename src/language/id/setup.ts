import type { SetupErrors } from "../../errors/workspace.js";
import type { ErrorSentences } from "../types.js";
import { serviceName } from "./service-name.js";

/** Messages of `setup`. */
export const setup = {
  welcome:
    "Menyiapkan kominfo di komputer ini. Yang sudah siap dilewati; Ctrl-C berhenti, lanjutkan nanti dengan: kominfo setup",
  workspaceHere: (p: { path: string }) => `Buat ruang kerja di ${p.path}?`,
  useKnown: (p: { path: string }) => `Pakai ruang kerja Anda di ${p.path}?`,
  chooseKnown: "Ruang kerja yang mana?",
  newWorkspace: "Buat yang baru",
  askFolder: "Folder untuk ruang kerja (boleh diseret ke sini; dibuat bila belum ada)",
  notAFolder: (p: { path: string }) => `${p.path} adalah berkas, bukan folder.`,
  noFile: (p: { path: string }) => (p.path === "" ? "Wajib diisi." : `Tidak ada berkas di ${p.path}.`),
  workThere: (p: { path: string }) => `Perintah berikutnya dijalankan di ruang kerja: cd ${p.path}`,
  workspaceReady: (p: { name: string; path: string }) => `Ruang kerja Kecamatan ${p.name}: ${p.path}`,
  newsroomAnswers: (p: { origin: string }) =>
    `Ruang redaksi: ${p.origin} (menggantinya: kominfo config set newsroom <alamat>)`,
  addressAgain: "Alamat ruang redaksi (tulis yang benar, atau Enter bila memang itu)",
  addressKept: (p: { origin: string }) =>
    `Alamat ${p.origin} disimpan, meski sekarang tidak menjawab. Menggantinya: kominfo config set newsroom <alamat>`,
  chooseStart: "Bagaimana akun Anda sampai ke komputer ini?",
  starts: {
    login: { name: "Masuk dengan kode aktivasi", description: "Kode dari admin ruang redaksi." },
    import: {
      name: "Dari laptop lama atau pendahulu saya",
      description: "Berkas yang dibuat dengan kominfo auth export, dan frasa sandinya.",
    },
    later: { name: "Nanti saja", description: "Naskah tetap dapat ditulis; mengirimnya perlu akun." },
  },
  askBundle: "Letak berkas hasil ekspor (boleh diseret ke sini)",
  chooseMore: "Akun lain yang Anda kelola?",
  noMore: "Tidak ada lagi",
  valid: (p: { service: string; account: string }) => `Akun ${serviceName(p.service)} "${p.account}" berlaku`,
  unchecked: (p: { service: string; account: string }) =>
    `Akun ${serviceName(p.service)} "${p.account}" belum dapat diperiksa`,
  again: (p: { service: string }) => `Masuk lagi ke ${serviceName(p.service)} sekarang?`,
  firstPost: "Buat naskah pertama sekarang?",
  ready: "kominfo siap dipakai.",
  notYet: "Hampir siap. Yang masih kurang:",
  missing: {
    workspace: "Ruang kerja",
    newsroom: "Alamat ruang redaksi",
    login: "Akun ruang redaksi",
    post: "Naskah pertama",
  },
};

export const setupErrors: ErrorSentences<SetupErrors> = {
  "setup-incomplete": (p) => [
    `kominfo belum siap di komputer ini: ${p.commands.length} hal masih kurang.`,
    ...p.commands,
    "Atau jalankan kominfo setup di terminal.",
  ],
};
