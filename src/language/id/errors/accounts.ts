export const accounts = {
  "token-empty": () => [
    "Token belum diberikan: masukan standar kosong.",
    "kominfo auth login newsroom --with-token < token.txt",
  ],
  "token-malformed": () => [
    "Yang dibaca bukan token: isinya lebih dari satu baris, atau ada karakter yang tidak mungkin ada di token.",
    "Beri tokennya saja, tanpa teks lain.",
  ],
  "flags-together": (p: { flags: readonly string[] }) => [
    `${p.flags.join(" dan ")} tidak dapat dipakai bersama; pilih salah satu.`,
  ],
  "day-invalid": (p: { flag: string; value: string }) => [
    `${p.flag} harus berupa tanggal, bukan "${p.value}".`,
    `Misalnya: ${p.flag} "31 Desember 2026"`,
  ],
  "day-past": (p: { flag: string; value: string }) => [`${p.flag} "${p.value}" sudah lewat.`],
};
