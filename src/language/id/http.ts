import type { HttpErrors } from "../../errors/http.js";
import type { ErrorSentences } from "../types.js";

export const httpErrors: ErrorSentences<HttpErrors> = {
  "server-unreachable": (p) => [
    `${p.origin} tidak dapat dihubungi (${connectionReason(p.reason)}).`,
    "Periksa sambungan internet, lalu ulangi perintah yang sama.",
  ],
  "server-slow": (p) => [
    `${p.origin} terlalu lama menjawab.`,
    "Ulangi perintah yang sama sebentar lagi; yang sudah terkirim tidak dikirim dua kali.",
  ],
  "server-busy": (p) => [
    `${p.origin} sedang sibuk.`,
    `Ulangi perintah yang sama${p.wait ? ` setelah ${p.wait} detik` : " sebentar lagi"}.`,
  ],
  "server-failing": (p) => [
    `${p.origin} sedang bermasalah (${p.status}${p.request ? `, nomor ${p.request}` : ""}).`,
    "Ulangi perintah yang sama sebentar lagi.",
  ],
  "server-redirects": (p) => [
    `${p.origin} mengalihkan ke ${p.to}; kominfo tidak mengikutinya, agar sandi tidak terkirim ke alamat lain.`,
    "Bila alamat itu benar, tulis di kominfo.yaml lalu masuk lagi: kominfo auth login <layanan>",
  ],
  "proxy-refused": (p) => [
    `Proxy jaringan ini menolak sambungan ke ${p.origin}: nama atau kata sandi proxy-nya keliru.`,
    "Perbaiki variabel HTTPS_PROXY (http://nama:kata-sandi@alamat:port); tanyakan kepada pengelola jaringan.",
  ],
};

/** Why a server could not be reached, with the system's own code for the network's administrator. */
function connectionReason(code: string): string {
  const reasons: Record<string, string> = {
    ECONNREFUSED: "tidak ada yang menjawab di alamat itu",
    ENOTFOUND: "alamat itu tidak ditemukan",
    EAI_AGAIN: "tidak ada sambungan internet",
    ENETUNREACH: "tidak ada sambungan internet",
    EHOSTUNREACH: "alamat itu tidak terjangkau",
    ECONNRESET: "sambungan terputus",
    ETIMEDOUT: "terlalu lama menunggu",
  };
  const reason = reasons[code];
  return reason ? `${reason}: ${code}` : code;
}
