import type { SettingsErrors } from "../../errors/workspace.js";
import type { ErrorSentences } from "../types.js";

/** Messages of `config`. */
export const settings = {
  names: {
    newsroom: "Alamat ruang redaksi",
    kecamatan: "Kecamatan",
    credit: "Kredit foto",
    lang: "Bahasa",
  },
  languages: { id: "Bahasa Indonesia", en: "Inggris" },
  unset: "belum diisi",
  changed: (p: { setting: string; value: string }) => `${p.setting}: ${p.value}`,
  cleared: (p: { setting: string }) => `${p.setting}: dikosongkan`,
  unchanged: (p: { setting: string; value: string }) => `${p.setting} memang sudah ${p.value}.`,
  /** Follows another kecamatan. */
  creditStays: (p: { credit: string }) =>
    `Kredit foto tetap "${p.credit}". Menggantinya: kominfo config set credit "Foto: …"`,
  /** Follows another kecamatan: hashtags that name the old one, and after it the line as it should be. */
  hashtagsStay: (p: { tags: readonly string[]; path: string; line: number | undefined }) =>
    `Setiap naskah masih terbit dengan ${p.tags.map((tag) => `#${tag}`).join(", ")}. Ganti di ${p.path}${p.line === undefined ? "" : `, baris ${p.line}`}, menjadi:`,
  loginNext: "Akun berlaku untuk satu alamat. Masuk dengan: kominfo auth login newsroom",
};

export const settingsErrors: ErrorSentences<SettingsErrors> = {
  "setting-unset": (p) => [
    `${p.setting} belum diisi di kominfo.yaml.`,
    `kominfo config set ${p.name} <nilai>`,
  ],
};
