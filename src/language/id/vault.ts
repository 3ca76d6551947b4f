/** Words of the vault's keychain and of `auth store`. */
export const vault = {
  chooseStore: "Dengan apa brankas akun di komputer ini dibuka?",
  stores: {
    keychain: {
      name: "Gantungan kunci sistem (disarankan)",
      description: "Terbuka sendiri ketika Anda masuk ke laptop; tidak ada yang perlu diingat.",
    },
    passphrase: {
      name: "Frasa sandi",
      description: "Anda mengetiknya setiap kali kominfo memerlukan akun; untuk server, SSH, dan WSL.",
    },
  },
  waiting:
    "Menunggu gantungan kunci sistem. Jika ada jendela yang meminta sandinya, isilah; Ctrl-C untuk berhenti.",
  moved: {
    keychain: "Brankas sekarang dibuka dengan gantungan kunci sistem.",
    passphrase: "Brankas sekarang dibuka dengan frasa sandi.",
  },
  unmoved: {
    keychain: "Brankas memang sudah dibuka dengan gantungan kunci sistem; tidak ada yang diubah.",
    passphrase: "Brankas memang sudah dibuka dengan frasa sandi; tidak ada yang diubah.",
  },
  keyLeft:
    "Kunci lama masih ada di gantungan kunci, tetapi tidak lagi membuka brankas. Hapus dengan menjalankan lagi: kominfo auth store passphrase",
};
