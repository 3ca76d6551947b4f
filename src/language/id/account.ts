import type { AccountErrors } from "../../errors/account.js";
import type { ErrorSentences } from "../types.js";
import { serviceName } from "./service-name.js";

/** Messages of the `auth` commands, and of asking for the vault's passphrase. */
export const account = {
  // login
  askAddress: "Alamat ruang redaksi",
  aboutCode: (p: { origin: string }) =>
    `Masuk ke ${p.origin}.\nKode aktivasi diberikan admin ruang redaksi; berlaku satu kali, dalam 72 jam.`,
  askCode: "Kode aktivasi",
  codeForm: "Kode aktivasi terdiri atas 12 huruf dan angka, misalnya XXXX-XXXX-XXXX",
  askToken: "Token",
  loggedIn: (p: { who: string; origin: string }) => `${p.who} masuk ke ${p.origin}.`,
  until: (p: { when: string }) => `Berlaku sampai ${p.when}.`,
  addressKept: (p: { origin: string }) => `Alamat ${p.origin} disimpan di kominfo.yaml.`,
  untilRevoked: "Berlaku sampai dicabut admin.",
  shadowed: (p: { variables: readonly string[] }) =>
    `${p.variables.join(", ")} terisi, jadi itulah yang dipakai, bukan yang baru disimpan.`,
  otherKecamatan: (p: { who: string; workspace: string; own?: string | undefined }) =>
    `Akun ini milik ${p.who}, sedangkan ruang kerja ini untuk Kecamatan ${p.workspace}.${p.own === undefined ? "" : ` Bila ruang kerjanya yang keliru: kominfo config set kecamatan ${p.own}`}`,
  // passphrase
  passphrase: "Frasa sandi brankas",
  presentPassphrase: "Frasa sandi brankas yang sekarang",
  passphraseEmpty: "Frasa sandinya belum diketik.",
  emptyVaultClosed:
    "Tidak ada akun lagi di brankas, jadi brankasnya ditutup; perintah berikutnya menanyakan frasa sandinya.",
  passphraseAgain: "Frasa sandi salah. Coba lagi",
  newPassphrase: (p: { minimum: number }) => `Buat frasa sandi (paling sedikit ${p.minimum} karakter)`,
  aboutPassphrase:
    "Frasa sandi membuka brankas, tempat akun Anda disimpan di komputer ini. Beberapa kata acak paling baik. Jangan sampai lupa: tidak ada yang dapat memulihkannya.",
  passphraseTooShort: (p: { minimum: number }) => `Paling sedikit ${p.minimum} karakter`,
  repeatPassphrase: "Ketik sekali lagi",
  passphraseDiffers: "Tidak sama dengan yang pertama. Coba lagi, atau Ctrl-C untuk mulai dari awal",
  // status
  columns: ["Layanan", "Akun", "Alamat", "Asal", "Keadaan", "Terakhir diterima", "Berlaku sampai"],
  noAccounts: "Belum ada akun. Masuk dengan: kominfo auth login newsroom",
  accountsUnknown: "Akun di brankas belum dapat dilihat.",
  sources: { vault: "brankas", env: "variabel lingkungan" },
  valid: "berlaku",
  invalid: "tidak berlaku",
  unchecked: "belum diperiksa",
  /** Beside the day on which it was accepted last; what became of it since, only its service knows. */
  notAsked: "tidak ditanyakan sekarang",
  noEnd: "tidak ada batas waktu",
  expired: (p: { service: string }) =>
    `Masa berlaku akun ${serviceName(p.service)} sudah habis. Minta ${p.service === "newsroom" ? "kode aktivasi" : "token"} baru, lalu: kominfo auth login ${p.service}`,
  endsSoon: (p: { service: string; account: string; days: number }) =>
    `Akun ${serviceName(p.service)} "${p.account}" berakhir dalam ${p.days} hari. Perbarui sebelum itu: kominfo auth login ${p.service}`,
  vault: "Brankas:",
  unlockedBy: "Dibuka dengan:",
  unlocks: {
    keychain: "penyimpanan sandi sistem",
    passphrase: "frasa sandi",
    env: "tidak dipakai (KOMINFO_STORE=env)",
  },
  states: { ok: "baik", missing: "belum ada", locked: "terkunci", damaged: "tidak dapat dipakai" },
  howToUnlock:
    "Buka untuk beberapa jam dengan: kominfo auth unlock. Atau jalankan di terminal agar frasa sandinya ditanyakan, atau isi KOMINFO_PASSPHRASE_FILE.",
  // logout
  loggedOut: (p: { service: string; account: string; origin: string }) =>
    `Akun ${serviceName(p.service)} "${p.account}" di ${p.origin} dihapus dari komputer ini.`,
  /** Follows `loggedOut`. */
  endedThere: "Tokennya juga sudah dicabut di ruang redaksi.",
  notEnded: (p: { reason: string }) => `Tokennya belum dapat dicabut di ruang redaksi. ${p.reason}`,
  nothingToRemove: (p: { service: string }) =>
    `Tidak ada akun ${serviceName(p.service)} yang tersimpan di komputer ini.`,
  stillValidThere:
    'Tokennya masih berlaku di ruang redaksi sampai admin mengakhirinya: kominfo newsroom user tokens "<nama Anda>" --end all',
  stillInEnvironment: (p: { variables: readonly string[] }) =>
    `${p.variables.join(", ")} masih terisi, jadi kominfo tetap memakainya.`,
};

export const accountErrors: ErrorSentences<AccountErrors> = {
  "address-invalid": (p) => [
    `"${p.address}" bukan alamat yang benar.`,
    "Tulis alamat lengkap, misalnya https://redaksi.example.go.id",
  ],
  "address-not-https": (p) => [
    `${p.origin} ditolak karena tidak memakai https.`,
    "Pakai alamat yang diawali https:// (http:// hanya untuk komputer ini sendiri).",
  ],
  "address-with-login": (p) => [
    "Alamat tidak boleh memuat nama pengguna atau kata sandi.",
    `Tulis hanya ${p.origin}`,
  ],
  "address-with-path": (p) => [
    "Alamat tidak boleh memuat apa pun setelah nama servernya.",
    `Tulis hanya ${p.origin}`,
  ],
  "account-name-invalid": () => [
    "Nama akun hanya boleh memuat huruf, angka, spasi, dan . _ @ - (paling banyak 100 karakter).",
  ],
  "not-logged-in": (p) => [
    `Anda belum masuk ke ${serviceName(p.service)} di ${p.origin}.`,
    `kominfo auth login ${p.service}`,
  ],
  "credential-other-origin": (p) => [
    `Yang diminta ${p.requested}, sedangkan Anda masuk ke ${serviceName(p.service)} di ${p.stored.join(", ")}; tidak ada yang dikirim.`,
    `Bila ${p.requested} memang alamat yang benar: kominfo auth login ${p.service} --url ${p.requested}`,
  ],
  "several-accounts": (p) => [
    `Ada beberapa akun ${serviceName(p.service)}: ${p.accounts.join(", ")}.`,
    `Sebutkan salah satu dengan ${p.flag ?? "--account "}<nama>`,
  ],
  "environment-incomplete": (p) => [
    `${p.set.join(", ")} sudah diisi, tetapi ${p.missing.join(", ")} belum.`,
    "Isi semuanya, atau kosongkan semuanya.",
  ],
  "token-empty": () => [
    "Token belum diberikan: masukan standar kosong.",
    "kominfo auth login newsroom --with-token < token.txt",
  ],
  "token-malformed": () => [
    "Yang dibaca bukan token: isinya lebih dari satu baris, atau ada karakter yang tidak mungkin ada di token.",
    "Beri tokennya saja, tanpa teks lain.",
  ],
};
