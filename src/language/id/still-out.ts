import type { Remedy } from "../../contract/contract.js";

/** Where something is still out that was redacted, or of which somebody has withdrawn their consent. */
export const stillOut = {
  title: "Masih tayang di kanal",
  lead: "Yang dihapus di ruang redaksi tidak ikut hilang dari kanal. Ini yang masih terlihat pembaca, atau mungkin masih terlihat:",
  before:
    "Penghapusan hanya menyentuh ruang redaksi. Yang masih tayang dari naskah ini harus diturunkan sendiri-sendiri:",
  none: "Tidak ada yang masih tayang.",
  where: "Di mana foto ini tayang?",
  photo: (p: { number: number; name: string }) => `Foto ${p.number}: ${p.name}`,
  photoCount: (p: { name: string; count: number }) => `Foto ${p.name}: ${p.count} tayangan, di semua naskah`,
  more: "Daftar ini belum lengkap; turunkan yang ini dahulu, lalu muat ulang.",
  back: "Kembali ke daftar naskah",
  lost: "Foto ini sudah dihapus dari ruang redaksi.",
  next: {
    publishing: () => "Sedang dikirim. Tunggu hasilnya, lalu turunkan.",
    unclear: () =>
      "Belum jelas sudah tayang atau belum. Lihat di akunnya, putuskan di meja redaksi, lalu turunkan.",
    handed_over: () => "Ada pada redaksi situs itu. Minta mereka tidak menayangkannya.",
    asked: () => "Sudah diminta turun, tetapi belum terbukti turun.",
    sent: (p: { command: string }) => `Turunkan: ${p.command}`,
    by_hand: () => "Tautan ini dicatat sendiri. Turunkan di kanalnya, lalu tandai di meja redaksi.",
  } satisfies Record<Remedy, (p: { command: string }) => string>,
};
