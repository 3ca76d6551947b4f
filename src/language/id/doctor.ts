import { formatMinutes } from "../../text/instant.js";
import { serviceName } from "./service-name.js";
import { systemReason } from "./system-reasons.js";

/** Messages of `doctor`. */
export const doctor = {
  workspace: (p: { name: string; path: string }) => `Ruang kerja Kecamatan ${p.name} di ${p.path}`,
  noWorkspace: "Bukan di ruang kerja; itu hanya perlu untuk menulis naskah (kominfo setup)",
  severalNewsrooms: (p: { newsrooms: readonly string[] }) =>
    `Bukan di ruang kerja. Anda punya login di beberapa ruang redaksi, sebutkan yang mana dengan --url: ${p.newsrooms.join(", ")}`,
  address: (p: { origin: string }) => `Alamat ruang redaksi: ${p.origin}`,
  newsroom: (p: { origin: string; version: string }) => `Ruang redaksi menjawab (versi ${p.version})`,
  clock: "Jam komputer ini cocok dengan ruang redaksi",
  clockOff: (p: { minutes: number }) =>
    `Jam komputer ini ${formatMinutes(Math.abs(p.minutes), "id")} ${p.minutes > 0 ? "lebih cepat" : "lebih lambat"} daripada ruang redaksi`,
  setClock: "Atur tanggal dan jam secara otomatis di pengaturan sistem (Linux: timedatectl set-ntp true)",
  audit: (p: { path: string }) => `Catatan login dapat ditulis: ${p.path}`,
  auditClosed: (p: { path: string; reason: string }) =>
    `Catatan login tidak dapat ditulis: ${p.path} (${systemReason(p.reason)})`,
  openAudit: (p: { path: string }) => `Pindahkan atau buka izin berkas itu, misalnya: chmod 600 "${p.path}"`,
  endsIn: (p: { days: number }) => `Login ini berakhir dalam ${p.days} hari.`,
  account: (p: { service: string; account: string }) =>
    `Akun ${serviceName(p.service)} "${p.account}" berlaku`,
  accountUnchecked: (p: { service: string; account: string }) =>
    `Akun ${serviceName(p.service)} "${p.account}" belum dapat diperiksa: alamat situsnya tidak tertulis di kominfo.yaml`,
  graphVersion: (p: { version: string }) => `Meta masih melayani Graph API ${p.version}`,
  graphVersionEnds: (p: { version: string; day: string }) =>
    `Meta berhenti melayani Graph API ${p.version} pada ${p.day}; Facebook dan Instagram lalu tidak dapat dipakai`,
  graphVersionEnded: (p: { version: string; day: string }) =>
    `Meta berhenti melayani Graph API ${p.version} sejak ${p.day}`,
  useGraphVersion: (p: { version: string }) => `Tulis di kominfo.yaml: graph_version: ${p.version}`,
  images: "Foto dapat diolah",
  templates: (p: { count: number }) => `${p.count} templat dapat dibaca`,
  disk: (p: { amount: string }) => `Ruang disk yang tersisa: ${p.amount}`,
  diskFull: (p: { amount: string }) => `Ruang disk hampir habis: tersisa ${p.amount}`,
  makeRoom: "Kosongkan sebagian disk sebelum mengolah foto",
  broken: (p: { reason: string }) => `Ada bagian kominfo yang tidak dapat dijalankan (${p.reason})`,
  allWell: "Semua siap.",
  toMend: (p: { count: number }) => `${p.count} hal perlu dibereskan.`,
};
