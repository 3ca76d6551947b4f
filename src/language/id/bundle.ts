import type { BundleErrors } from "../../errors/bundle.js";
import type { ErrorSentences } from "../types.js";

/** Messages of `auth export` and `auth import`. */
export const bundle = {
  // export
  passphrase:
    "Frasa sandi berkas ini, hanya ditampilkan sekali ini. Catat di kertas, dan jangan kirim bersama berkasnya:",
  noted: "Sudah dicatat?",
  exported: (p: { count: number; path: string }) => `${p.count} akun disimpan dalam ${p.path}.`,
  endsPersonal: "Serah terima mengakhiri login atas nama Anda sendiri, sekarang juga:",
  endPersonal: "Lanjutkan?",
  leftOut: "Tidak disertakan, karena atas nama Anda sendiri:",
  ended: "sudah dicabut di ruang redaksi dan dihapus dari laptop ini",
  notEnded: "belum dapat dicabut, dan masih ada di laptop ini",
  nextThere: (p: { path: string }) =>
    `Pindahkan berkas itu ke laptop baru, lalu di sana: kominfo auth import ${p.path}`,
  oldLaptop: "Setelah laptop baru siap, di laptop ini:",
  oldLaptopLost:
    "Bila laptop lama hilang, cabut aksesnya di layanannya, lalu masuk lagi di laptop baru (kominfo auth login <layanan>):",
  handoverNext:
    "Penerus Anda mengimpor berkas itu, lalu masuk ke ruang redaksi dengan kode aktivasinya sendiri: kominfo auth login newsroom",
  handoverRevoke:
    "Setelah penerus Anda mengganti sandi dan token kantor dengan yang baru (kominfo auth login <layanan>), cabut yang lama, satu per satu:",
  handoverLast: "Terakhir, di laptop ini:",
  revokeNewsroom: (p: { origin: string }) =>
    `minta admin ${p.origin} mengakhiri login Anda di semua perangkat; akun Anda tetap (kominfo newsroom user tokens "<nama Anda>" --end all)`,
  // import
  ask: (p: { path: string }) => `Frasa sandi ${p.path}`,
  askAgain: "Frasa sandi salah. Coba lagi",
  content: (p: { path: string; when: string; handover: boolean }) =>
    `${p.path}, dibuat ${p.when}${p.handover ? ", untuk serah terima" : ""}, berisi:`,
  columns: ["Layanan", "Akun", "Alamat", "Di laptop ini"],
  action: {
    added: "baru",
    replaced: "menggantikan yang ada",
    kept: "sudah ada login lain",
  },
  replaceOther: (p: { service: string; account: string; origin: string }) =>
    `Sudah ada login lain untuk ${p.service} "${p.account}" ${p.origin} di laptop ini. Ganti dengan yang dari berkas?`,
  dryRun: "Belum ada yang disimpan (--dry-run).",
  confirm: (p: { count: number }) => `Simpan ${p.count} akun ini di laptop ini?`,
  imported: (p: { count: number }) => `${p.count} akun disimpan.`,
  kept: "tidak disimpan; login lain yang sudah ada di laptop ini tetap",
  replaceThem: (p: { path: string }) =>
    `Untuk mengganti yang ada dengan yang dari berkas: kominfo auth import "${p.path}" --replace`,
  checked: { yes: "berlaku", no: "tidak berlaku", unknown: "belum diperiksa" },
  removeFile: (p: { path: string }) => `Hapus berkasnya sekarang: ${p.path}`,
  thenOldLaptop: "Setelah laptop ini siap, di laptop lama:",
  thenActivate: "Masuklah ke ruang redaksi dengan kode aktivasi Anda sendiri: kominfo auth login newsroom",
};

export const bundleErrors: ErrorSentences<BundleErrors> = {
  "bundle-exists": (p) => [`${p.path} sudah ada; tidak ada yang ditimpa.`, "Pilih nama berkas lain."],
  "bundle-nothing": (p) =>
    p.handover
      ? [
          "Di laptop ini hanya ada login Anda sendiri, jadi tidak ada akun yang perlu diserahkan. Tidak ada yang diubah.",
          "Akhiri login Anda itu: kominfo auth logout newsroom",
          "Serahkan folder ruang kerja. Pengganti Anda meminta kode aktivasinya sendiri kepada admin, lalu masuk: kominfo setup",
        ]
      : ["Tidak ada akun yang tersimpan di laptop ini.", "kominfo auth status"],
  "bundle-passphrase-source-missing": () => [
    "Berkas ini dikunci dengan frasa sandi, yang hanya ditampilkan atau ditanyakan di terminal.",
    "Jalankan di terminal, tanpa --json; atau tunjuk berkas yang memuat frasa sandinya dengan KOMINFO_BUNDLE_PASSPHRASE_FILE.",
  ],
  "bundle-foreign": (p) => [
    `${p.path} bukan berkas age yang dibuka dengan frasa sandi.`,
    "Pakai berkas dari: kominfo auth export <berkas>",
  ],
  "bundle-wrong-passphrase": (p) => [
    `Frasa sandi untuk ${p.path} salah.`,
    "Ketik enam kata yang ditampilkan ketika berkas itu dibuat, menurut urutannya; huruf besar, spasi atau tanda hubung boleh.",
  ],
  "bundle-damaged": (p) => [
    `${p.path} rusak, atau isinya bukan akun kominfo.`,
    "Salin ulang dari laptop asalnya, atau buat lagi: kominfo auth export <berkas>",
  ],
  "bundle-too-new": (p) => [
    `${p.path} dibuat oleh kominfo yang lebih baru.`,
    "Perbarui kominfo di komputer ini.",
  ],
};
