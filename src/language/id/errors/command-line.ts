import { placeholders } from "../placeholders.js";

export const commandLine = {
  cancelled: () => ["Dibatalkan. Yang sudah selesai tetap tersimpan."],
  "unknown-command": (p: { name: string; nearest?: string; command: string }) => [
    `Perintah "${p.name}" tidak dikenal.`,
    ...(p.nearest ? [`Mungkin maksud Anda: ${p.command} ${p.nearest}`] : [`${p.command} --help`]),
  ],
  "unknown-flag": (p: { flag: string; nearest?: string; command: string }) => [
    `Pilihan ${p.flag} tidak dikenal.`,
    ...(p.nearest ? [`Mungkin maksud Anda: ${p.nearest}`] : []),
    `${p.command} --help`,
  ],
  "missing-argument": (p: { name: string; command: string }) => [
    `<${placeholders[p.name] ?? p.name}> belum diberikan.`,
    `${p.command} --help`,
  ],
  "too-many-arguments": (p: { command: string }) => [
    "Argumen terlalu banyak. Apit dengan tanda kutip bila memuat spasi.",
    `${p.command} --help`,
  ],
  "missing-flag-value": (p: { flag: string; command: string }) => [
    `Pilihan ${p.flag} membutuhkan nilai.`,
    `${p.command} --help`,
  ],
  "bad-command-line": (p: { detail: string; command: string }) => [
    `Perintah tidak dapat dipahami (${p.detail}).`,
    `${p.command} --help`,
  ],
  "missing-input": (p: { flag: string }) => [
    `${p.flag} belum diberikan.`,
    `Tambahkan ${p.flag}, atau jalankan di terminal agar ditanya.`,
  ],
  "bad-choice": (p: { flag: string; value: string; choices: readonly string[]; nearest?: string }) => [
    `${p.flag} tidak mengenal "${p.value}".`,
    ...(p.nearest ? [`Mungkin maksud Anda: ${p.nearest}`] : []),
    `Pilihannya: ${p.choices.join(", ")}`,
  ],
  "bad-number": (p: { flag: string; value: string; least: number; most: number }) => [
    `${p.flag} harus berupa bilangan bulat ` +
      `${p.most < Number.MAX_SAFE_INTEGER ? `dari ${p.least} sampai ${p.most}` : `mulai dari ${p.least}`}, bukan "${p.value}".`,
  ],
  "file-system": (p: { path?: string; reason: string }) => [
    `${p.path ?? "Sebuah berkas"} tidak dapat dibaca atau ditulis (${fileSystemReason(p.reason)}).`,
  ],
};

function fileSystemReason(code: string): string {
  const reasons: Record<string, string> = {
    EACCES: "tidak diizinkan",
    EPERM: "tidak diizinkan",
    EROFS: "hanya dapat dibaca",
    ENOSPC: "ruang penyimpanan penuh",
    EDQUOT: "ruang penyimpanan penuh",
    ENAMETOOLONG: "namanya terlalu panjang",
  };
  return reasons[code] ?? code;
}
