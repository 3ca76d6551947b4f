import type { AuditDetail, AuditEvent, AuditVia } from "../../contract/contract.js";

const ways: Record<string, string> = { password: "kata sandi", link: "tautan masuk", code: "kode aktivasi" };
const exports: Record<string, string> = { backup: "cadangan", move: "pindahan", restore: "pemulihan" };
const decisions: Record<string, string> = { moved: "dipindahkan", removed: "klaim dicabut" };

/** Messages of the audit log, at the desk and in the terminal. */
export const deskAudit = {
  title: "Catatan audit",
  intro:
    "Siapa mengubah akses orang, masuk, mengekspor, menyunting data pribadi, atau membuka bagian internal. Catatan hanya bertambah; kominfo newsroom audit --verify memeriksa rantainya.",
  ofPerson: (p: { name: string }) => `Catatan audit: ${p.name}`,
  everyone: "Semua orang",
  link: "Catatan audit",
  pages: "Halaman catatan audit",
  none: "Belum ada catatan.",
  columns: ["Waktu", "Siapa", "Apa", "Terhadap", "Dari"],
  owner: "pemilik folder data",
  visitor: "belum masuk",
  erased: "(nama dihapus)",
  vias: { desk: "meja redaksi", api: "API", command: "perintah" } satisfies Record<AuditVia, string>,
  events: {
    "person-invited": "menambahkan orang",
    "person-suspended": "menangguhkan akses",
    "person-resumed": "memulihkan akses",
    "person-revoked": "mencabut akses",
    "code-issued": "membuat kode aktivasi",
    "token-issued": "membuat token",
    "token-rotated": "mengganti token",
    "token-ended": "mengakhiri token",
    "link-issued": "membuat tautan masuk",
    activated: "mengaktifkan peranti",
    "password-set": "memasang kata sandi",
    "logged-in": "masuk",
    confirmed: "membuktikan diri",
    "login-failed": "gagal masuk",
    "logged-out": "keluar",
    "sessions-ended": "mengakhiri semua sesi",
    exported: "mengekspor",
    restored: "memulihkan",
    redacted: "menghapus data pribadi",
    "internal-opened": "membuka bagian internal",
    "settings-changed": "mengubah pengaturan",
    "account-decided": "memutuskan akun kanal milik siapa",
  } satisfies Record<AuditEvent, string>,
  /** What an event adds, e.g. "kata sandi, 60 kali"; "" for nothing. */
  detail: ({ role, kecamatan, way, what, revision, count }: AuditDetail) =>
    [
      role,
      kecamatan,
      way && (ways[way] ?? way),
      what && (exports[what] ?? decisions[what] ?? what),
      revision && `revisi ${revision}`,
      typeof count === "number" && count > 1 && `${count} kali`,
    ]
      .filter(Boolean)
      .join(", "),
  news: "Sejak terakhir Anda periksa",
  newsHint: "Bila ada yang bukan Anda: keluar di semua peranti, lalu beri tahu admin.",
  newsOk: "Semua itu saya",
  newsBy: (p: { name: string }) => `oleh ${p.name}`,
  issuer: "Dibuat oleh",
};
