export const bundle = {
  "bundle-exists": (p: { path: string }) => [
    `${p.path} sudah ada; tidak ada yang ditimpa.`,
    "Pilih nama berkas lain.",
  ],
  "bundle-nothing": (p: { handover: boolean }) => [
    p.handover
      ? "Tidak ada akun kantor di laptop ini yang dapat diserahkan."
      : "Tidak ada akun yang tersimpan di laptop ini.",
    "kominfo auth status",
  ],
  "bundle-passphrase-source-missing": () => [
    "Berkas ini dikunci dengan frasa sandi, yang hanya ditampilkan atau ditanyakan di terminal.",
    "Jalankan di terminal, tanpa --json; atau tunjuk berkas yang memuat frasa sandinya dengan KOMINFO_BUNDLE_PASSPHRASE_FILE.",
  ],
  "bundle-foreign": (p: { path: string }) => [
    `${p.path} bukan berkas age yang dibuka dengan frasa sandi.`,
    "Pakai berkas dari: kominfo auth export <berkas>",
  ],
  "bundle-wrong-passphrase": (p: { path: string }) => [
    `Frasa sandi untuk ${p.path} salah.`,
    "Ketik persis seperti yang ditampilkan ketika berkas itu dibuat: enam kata dengan tanda hubung.",
  ],
  "bundle-damaged": (p: { path: string }) => [
    `${p.path} rusak, atau isinya bukan akun kominfo.`,
    "Salin ulang dari laptop asalnya, atau buat lagi: kominfo auth export <berkas>",
  ],
  "bundle-too-new": (p: { path: string }) => [
    `${p.path} dibuat oleh kominfo yang lebih baru.`,
    "Perbarui kominfo di komputer ini.",
  ],
};
