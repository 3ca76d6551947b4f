import type { MetaErrors } from "../../errors/meta.js";
import { formatBytes } from "../../text/bytes.js";
import type { ErrorSentences } from "../types.js";
import { contentType } from "./content-type.js";

const names: Record<string, string> = { facebook: "Facebook", instagram: "Instagram" };
const nameOf = (service: string) => names[service] ?? service;

export const metaErrors: ErrorSentences<MetaErrors> = {
  "channel-rejects": (p) => [
    `${nameOf(p.service)} tidak menerima naskah atau fotonya (${p.code}).`,
    `Kata Meta: ${p.reason}`,
    "Tidak ada yang terbit. Perbaiki naskah atau fotonya, lalu ajukan lagi.",
  ],
  "channel-blocks": (p) => [
    `${nameOf(p.service)} membatasi akun ini untuk sementara.`,
    `Kata Meta: ${p.reason}`,
    `Buka aplikasi ${nameOf(p.service)}, selesaikan yang diminta, lalu ulangi nanti.`,
  ],
  "channel-quota-spent": (p) => [
    `Jatah terbitan ${nameOf(p.service)} untuk 24 jam ini sudah habis.`,
    "Ulangi besok; yang sudah disiapkan tetap dipakai.",
  ],
  "channel-processing": (p) => [
    `${nameOf(p.service)} masih mengolah fotonya.`,
    "Ulangi perintah ini beberapa menit lagi; yang sudah disiapkan tetap dipakai.",
  ],
  "channel-still-there": (p) => [
    `Belum terbukti bahwa ${p.id} sudah tidak ada di ${nameOf(p.service)}.`,
    "Ulangi perintah ini beberapa menit lagi, atau periksa dan hapus di aplikasinya.",
  ],
  "channel-post-unknown": (p) => [
    `Nomor terbitan di ${nameOf(p.service)} tidak diketahui (${p.url}), jadi tidak dapat diubah dari sini.`,
    `Ubah atau hapus sendiri di ${nameOf(p.service)}, lalu catat.`,
  ],
  "graph-version-refused": (p) => [
    "Meta tidak melayani versi Graph API ini.",
    `Kata Meta: ${p.reason}`,
    `Tulis di kominfo.yaml: graph_version: ${p.newest}`,
  ],
  "instagram-needs-photo": () => [
    "Instagram hanya menerima naskah dengan foto, dan naskah ini tidak punya.",
    "Lampirkan foto: kominfo post attach",
  ],
  "instagram-needs-site": () => [
    "Instagram mengambil foto dari situs kantor, dan tidak ada akun situs di komputer ini.",
    "kominfo auth login web",
    "Tanpa situs, terbitkan sendiri di aplikasi Instagram, lalu catat tautannya.",
  ],
  "instagram-not-correctable": (p) => [
    `Instagram tidak mengizinkan program mengubah teks yang sudah terbit (${p.url}).`,
    "Salin teks ralatnya dari kominfo post preview, lalu tempel lewat aplikasi Instagram.",
  ],
  "instagram-not-removable": () => [
    "Akun Instagram ini tidak boleh menghapus terbitan lewat program (izin instagram_manage_contents).",
    "Hapus di aplikasi Instagram; setelah itu editor mencatatnya di meja redaksi.",
    "Agar lain kali bisa: beri token itu izin instagram_manage_contents, lalu kominfo auth login instagram",
  ],
  "instagram-pictures-open": (p) => [
    `Foto-fotonya masih ada di situs kantor (${p.links.join(", ")}).`,
    "Ulangi di komputer yang punya akun situs itu, atau: kominfo auth login web",
  ],
  "picture-not-public": (p) => [
    `Meta tidak akan dapat mengambil foto di ${p.url} (${p.status}, ${contentType(p.type)}).`,
    "Minta pengelola situs membuka berkas foto bagi facebookexternalhit (Meta), juga di firewall-nya.",
  ],
  "picture-redirects": (p) => [
    `Foto di ${p.url} dialihkan ke ${p.to}; Instagram tidak mengikuti pengalihan.`,
    "Tulis alamat situs yang sebenarnya di kominfo.yaml: web: { url: https://… }",
  ],
  "picture-too-large": (p) => [
    `Foto di ${p.url} sebesar ${formatBytes(p.bytes, "id")}; Instagram menerima paling besar ${formatBytes(p.limit, "id")}.`,
    "Minta pengelola situs mematikan pengolahan foto yang membesarkan berkas.",
  ],
  "picture-kept-from-robots": (p) => [
    `robots.txt situs melarang Meta mengambil ${p.url}.`,
    "Minta pengelola situs mengizinkan facebookexternalhit di robots.txt.",
  ],
};
