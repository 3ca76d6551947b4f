import type { VaultErrors } from "../../errors/vault.js";
import type { ErrorSentences } from "../types.js";
import { systemReason } from "./system-reasons.js";

/** Messages of the vault's keychain and of `auth store`. */
export const vault = {
  chooseStore: "Dengan apa brankas akun di komputer ini dibuka?",
  stores: {
    keychain: {
      name: "Penyimpanan sandi sistem (disarankan)",
      description: "Terbuka sendiri ketika Anda masuk ke laptop; tidak ada yang perlu diingat.",
    },
    passphrase: {
      name: "Frasa sandi",
      description: "Anda mengetiknya setiap kali kominfo memerlukan akun; untuk server, SSH, dan WSL.",
    },
  },
  waiting:
    "Menunggu penyimpanan sandi sistem. Bila ada jendela yang meminta sandinya, isilah; Ctrl-C untuk berhenti.",
  moved: {
    keychain: "Brankas sekarang dibuka dengan penyimpanan sandi sistem.",
    passphrase: "Brankas sekarang dibuka dengan frasa sandi.",
  },
  unmoved: {
    keychain: "Brankas memang sudah dibuka dengan penyimpanan sandi sistem; tidak ada yang diubah.",
    passphrase: "Brankas memang sudah dibuka dengan frasa sandi; tidak ada yang diubah.",
  },
  passphraseChanged: "Frasa sandi brankas sudah diganti. Yang lama tidak lagi membukanya.",
  sessionEnded:
    "Sesi dari auth unlock ikut berakhir; frasa sandi yang baru akan ditanyakan. Untuk membuka lagi: kominfo auth unlock",
  oldPassphraseIn: (p: { source: string }) =>
    `${p.source} masih memberi frasa sandi yang lama. Ganti isinya, karena kominfo memakainya lebih dulu.`,
  openUntil: (p: { when: string }) => `Brankas terbuka tanpa frasa sandi sampai ${p.when}.`,
  opensByItself:
    "Brankas ini dibuka penyimpanan sandi sistem, jadi frasa sandi memang tidak pernah ditanyakan; tidak ada yang diubah.",
  howToLock: "Untuk menutupnya lebih awal: kominfo auth lock",
  locked: "Brankas terkunci lagi; frasa sandinya ditanyakan saat diperlukan.",
  notHeld: "Brankas memang tidak sedang dibuka dengan auth unlock; tidak ada yang diubah.",
  keyLeft:
    "Kunci lama masih ada di penyimpanan sandi sistem, tetapi tidak lagi membuka brankas. Hapus dengan menjalankan lagi: kominfo auth store passphrase",
};

export const vaultErrors: ErrorSentences<VaultErrors> = {
  "store-unknown": (p) => [
    `"${p.value}" bukan pilihan untuk KOMINFO_STORE.`,
    "Isi dengan keychain, passphrase, atau env.",
  ],
  "keychain-locked": () => [
    "Penyimpanan sandi sistem terkunci, jadi brankas akun tidak dapat dibuka. Akun Anda masih tersimpan.",
    "Buka kuncinya (masuk ke desktop, atau buka aplikasi Passwords and Keys/Seahorse), lalu ulangi perintah yang sama.",
    `Lewat SSH: (read -rsp "Sandi: " s; printf %s "$s" | gnome-keyring-daemon --unlock)`,
    "Atau pindah ke frasa sandi, sekali saja, dari desktop: kominfo auth store passphrase",
  ],
  "keychain-no-bus": () => [
    "Penyimpanan sandi sistem tidak terjangkau: tidak ada D-Bus sesi di sini (SSH, cron, atau mesin tanpa desktop).",
    "Jalankan dari terminal di desktop, atau: dbus-run-session -- kominfo …",
    "Tanpa penyimpanan sandi sistem: KOMINFO_STORE=passphrase untuk brankas baru, atau kominfo auth store passphrase dari desktop untuk yang sudah ada.",
  ],
  "keychain-no-service": () => [
    "Tidak ada layanan penyimpanan sandi sistem (Secret Service) di sesi ini.",
    "sudo apt install gnome-keyring",
    "Tanpa penyimpanan sandi sistem: KOMINFO_STORE=passphrase untuk brankas baru, atau kominfo auth store passphrase dari desktop untuk yang sudah ada.",
  ],
  "keychain-no-library": () => [
    "Pustaka libsecret belum terpasang, jadi penyimpanan sandi sistem tidak dapat dipakai.",
    "sudo apt install libsecret-1-0",
    "Di Fedora: sudo dnf install libsecret",
    "Di Arch: sudo pacman -S libsecret",
  ],
  "keychain-silent": (p) => [
    `Penyimpanan sandi sistem tidak menjawab selama ${p.seconds} detik, lalu tidak ditunggu lagi.`,
    "Lihat apakah ada jendela yang meminta sandi untuk membuka penyimpanan itu, lalu ulangi perintah yang sama.",
    "Bila tetap tidak menjawab, keluar dari desktop lalu masuk lagi; atau: systemctl --user restart gnome-keyring-daemon",
  ],
  "keychain-key-missing": (p) => [
    `Penyimpanan sandi sistem terbuka, tetapi kunci untuk brankas ${p.path} tidak ada di dalamnya.`,
    "Bila brankas ini disalin dari laptop lain: di laptop itu jalankan kominfo auth export, lalu di sini kominfo auth import",
    `Bila kuncinya terhapus, sisihkan brankas itu lalu masuk lagi: mv "${p.path}" "${p.path}.lama"`,
  ],
  "keychain-failed": (p) => [
    `Penyimpanan sandi sistem tidak dapat dipakai (${p.reason}).`,
    "Ulangi; bila tetap gagal, pakai frasa sandi: KOMINFO_STORE=passphrase",
  ],
  "store-is-environment": () => [
    "Dengan KOMINFO_STORE=env tidak ada yang disimpan di komputer ini.",
    "Berikan tokennya lewat variabel lingkungan, misalnya KOMINFO_NEWSROOM_TOKEN, atau isi KOMINFO_STORE dengan keychain atau passphrase.",
  ],
  "passphrase-source-missing": ({ isNew }) => [
    "Brankas akun memerlukan frasa sandi, dan perintah ini tidak dapat menanyakannya: masukannya bukan terminal, atau ada --no-input.",
    ...(isNew
      ? [
          'Ketik perintah itu di terminal tanpa "<": token dan frasa sandi ditanyakan di sana.',
          "Untuk brankas baru dengan penyimpanan sandi sistem: KOMINFO_STORE=keychain",
        ]
      : ["Buka dulu di terminal, untuk beberapa jam: kominfo auth unlock"]),
    "Untuk skrip: tunjuk berkas yang memuat frasa sandi itu dengan KOMINFO_PASSPHRASE_FILE, atau perintah yang mencetaknya dengan KOMINFO_PASSPHRASE_COMMAND.",
  ],
  "passphrase-file-loose": (p) => [
    `Berkas frasa sandi ${p.path} dapat dibuka pengguna lain di komputer ini.`,
    `chmod 600 "${p.path}"`,
  ],
  "passphrase-file-unreadable": (p) => [
    `Berkas frasa sandi ${p.path} tidak dapat dibaca (${systemReason(p.reason)}).`,
    "Periksa KOMINFO_PASSPHRASE_FILE atau KOMINFO_BUNDLE_PASSPHRASE_FILE.",
  ],
  "passphrase-empty": (p) => [`Frasa sandi dari ${p.variable} kosong.`],
  "passphrase-too-short": (p) => [
    `Frasa sandi baru paling sedikit ${p.minimum} karakter.`,
    "Beberapa kata acak lebih kuat dan lebih mudah diingat daripada satu kata yang rumit.",
  ],
  "passphrase-command-invalid": () => [
    "KOMINFO_PASSPHRASE_COMMAND tidak dapat dibaca: ada tanda kutip yang tidak ditutup, atau tidak ada perintahnya.",
  ],
  "passphrase-command-failed": (p) => [
    `Perintah ${p.program} dari KOMINFO_PASSPHRASE_COMMAND gagal (${p.reason}).`,
    "Jalankan perintah itu sendiri untuk melihat sebabnya.",
  ],
  "passphrase-command-slow": (p) => [
    `Perintah ${p.program} dari KOMINFO_PASSPHRASE_COMMAND belum selesai setelah ${p.seconds} detik, lalu dihentikan.`,
    "Jalankan perintah itu sendiri untuk melihat sebabnya.",
  ],
  "vault-wrong-passphrase": (p) => [
    `Frasa sandi untuk brankas ${p.path} salah.`,
    p.source === undefined
      ? "Ulangi dengan frasa sandi yang benar."
      : `Frasa sandi itu datang dari ${p.source}; periksa isinya, lalu ulangi.`,
    `Bila lupa, sisihkan brankas itu lalu masuk lagi: mv "${p.path}" "${p.path}.lama"`,
  ],
  "vault-damaged": (p) => [
    `${p.path} rusak atau bukan brankas kominfo; isinya tidak diubah.`,
    `Pulihkan dari cadangan, atau sisihkan lalu masuk lagi: mv "${p.path}" "${p.path}.rusak"`,
  ],
  "vault-tampered": (p) => [
    `Isi brankas ${p.path} telah diubah oleh sesuatu selain kominfo, jadi tidak dipakai.`,
    `Pulihkan dari cadangan, atau sisihkan lalu masuk lagi: mv "${p.path}" "${p.path}.rusak"`,
  ],
  "vault-too-new": (p) => [
    `Brankas ${p.path} dibuat oleh kominfo yang lebih baru.`,
    "Perbarui kominfo di komputer ini.",
  ],
  "vault-loose-permissions": (p) => [
    `Brankas ${p.path} dapat dibuka pengguna lain di komputer ini, jadi tidak dipakai.`,
    `chmod 600 "${p.path}"`,
  ],
  "vault-symlink": (p) => [
    `Brankas ${p.path} adalah tautan simbolis, jadi tidak dipakai.`,
    `Hapus tautannya, lalu taruh berkas aslinya di tempat itu: rm "${p.path}"`,
  ],
  "vault-folder-linked": (p) => [
    `Folder brankas ${p.path} adalah tautan simbolis, jadi brankas di dalamnya tidak dipakai.`,
    `Hapus tautannya, lalu taruh folder aslinya di tempat itu: rm "${p.path}"`,
  ],
  "vault-folder-foreign": (p) => [
    `Folder brankas ${p.path} milik pengguna lain, jadi brankas di dalamnya tidak dipakai.`,
    `sudo chown "$(id -un)" "${p.path}"`,
  ],
  "vault-folder-loose": (p) => [
    `Pengguna lain di komputer ini dapat menukar isi folder ${p.path}, jadi brankas di bawahnya tidak dipakai.`,
    `chmod ${p.mode} "${p.path}"`,
  ],
  "vault-unwritable": (p) => [
    `Brankas ${p.path} tidak dapat ditulis (${systemReason(p.reason)}); isinya yang lama tetap utuh.`,
  ],
  "vault-missing": (p) => [
    `Belum ada brankas di ${p.path}: belum ada akun yang disimpan di komputer ini.`,
    "kominfo auth login newsroom",
  ],
  "vault-without-passphrase": (p) => [
    `Brankas ${p.path} dibuka penyimpanan sandi sistem, jadi tidak punya frasa sandi yang dapat diganti.`,
    "Untuk memakai frasa sandi: kominfo auth store passphrase",
  ],
  "passphrase-unchanged": () => [
    "Frasa sandi yang baru sama dengan yang sekarang; tidak ada yang diubah.",
    "Pilih yang lain, lalu ulangi: kominfo auth passphrase",
  ],
  "new-passphrase-source-missing": () => [
    "Frasa sandi yang baru ditanyakan di terminal; masukan perintah ini bukan terminal, atau ada --no-input.",
    "Jalankan di terminal, tanpa --json; atau tunjuk berkas yang memuatnya dengan KOMINFO_NEW_PASSPHRASE_FILE.",
  ],
  "session-unsupported": () => [
    "Di Windows brankas belum dapat dibuka untuk sementara.",
    "Agar frasa sandi tidak ditanyakan lagi, simpan kuncinya di penyimpanan sandi sistem: kominfo auth store keychain",
  ],
  "session-folder-foreign": (p) => [
    `Folder ${p.path} tidak pasti hanya milik Anda, jadi kunci brankas tidak dititipkan di sana. Tidak ada yang diubah.`,
    `Lihat pemilik dan izinnya: ls -ld "${p.path}"`,
    "Atau isi XDG_RUNTIME_DIR dengan folder yang hanya milik Anda.",
  ],
  "session-unstarted": (p) => [
    `Proses yang memegang kunci brankas tidak dapat dijalankan (${p.reason}). Brankas tetap terkunci.`,
    "Ulangi; sementara itu frasa sandi ditanyakan seperti biasa.",
  ],
  "duration-invalid": (p) => [
    `${p.flag} "${p.value}" bukan lama waktu dari ${p.shortest} sampai ${p.longest}.`,
    `Misalnya: ${p.flag} 8h (8 jam), ${p.flag} 30m (30 menit)`,
  ],
  "audit-unwritable": (p) => [
    `Perubahan sudah tersimpan, tetapi catatan audit ${p.path} tidak dapat ditulis (${systemReason(p.reason)}).`,
  ],
};
