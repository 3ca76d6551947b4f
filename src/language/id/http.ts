import type { HttpErrors } from "../../errors/http.js";
import { formatInstant, formatMinutes } from "../../text/instant.js";
import type { ErrorSentences } from "../types.js";
import { contentType } from "./content-type.js";
import { otherAddress } from "./other-address.js";

const loginToWifi =
  "Bila memakai Wi-Fi umum, buka peramban dan masuk dulu ke Wi-Fi itu, lalu ulangi perintah yang sama.";
const setClock =
  "Atur tanggal dan jam secara otomatis di pengaturan sistem (Linux: timedatectl set-ntp true).";

/** How to go on with a server's new address. */
function withNewAddress(isNewsroom: boolean | undefined): string {
  return isNewsroom
    ? "simpan alamat barunya: kominfo config set newsroom <alamat>, lalu masuk lagi: kominfo auth login newsroom"
    : "tulis alamat barunya di kominfo.yaml, lalu masuk lagi: kominfo auth login <layanan>";
}

export const httpErrors: ErrorSentences<HttpErrors> = {
  "server-unreachable": (p) =>
    certificateProblem(p) ?? [
      `${p.origin} tidak dapat dihubungi (${connectionReason(p.reason)}).`,
      // A name that nobody knows is more often a slip than a line that is down (EAI_AGAIN).
      ...(mayBeMistyped(p) && p.reason === "ENOTFOUND" ? [otherAddress] : []),
      "Periksa sambungan internet, lalu ulangi perintah yang sama.",
      ...(mayBeMistyped(p) && p.reason !== "ENOTFOUND" ? [otherAddress] : []),
      ...throughProxy(p),
    ],
  "server-slow": (p) => [
    `${p.origin} terlalu lama menjawab.`,
    "Ulangi perintah yang sama sebentar lagi; yang sudah terkirim tidak dikirim dua kali.",
    ...throughProxy(p),
  ],
  "server-busy": (p) => [
    `${p.origin} sedang sibuk.`,
    `Ulangi perintah yang sama${waitOf(p.wait) ?? " sebentar lagi"}.`,
  ],
  "server-failing": (p) => [
    p.between
      ? `Perantara di depan ${p.origin} menjawab ${p.status}: server di baliknya sedang tidak dapat dicapai.`
      : `${p.origin} sedang bermasalah (${p.status}${p.request ? `, nomor ${p.request}` : ""}).`,
    "Ulangi perintah yang sama sebentar lagi.",
  ],
  "server-redirects": (p) =>
    p.elsewhere
      ? [
          `Sambungan ke ${p.origin} dialihkan ke ${withoutQuery(p.to)}: mungkin jaringan ini (hotspot) meminta masuk dulu.`,
          loginToWifi,
          `Bila ${p.origin} memang sudah pindah, ${withNewAddress(p.newsroom)}`,
          "kominfo tidak mengikuti pengalihan, agar sandi tidak terkirim ke alamat lain.",
        ]
      : p.within
        ? [
            `Sebuah perantara mengalihkan sambungan ke ${p.origin} ke halaman ${withoutQuery(p.to)}, misalnya untuk masuk dulu; itu bukan dari ruang redaksi.`,
            "Buka alamat itu di peramban untuk melihat apa yang diminta, lalu ulangi perintah yang sama.",
            "Bila tetap begitu, teruskan pesan ini kepada pengelola jaringan dan admin ruang redaksi.",
          ]
        : [
            `${p.origin} mengalihkan ke ${withoutQuery(p.to)}; kominfo tidak mengikutinya, agar sandi tidak terkirim ke alamat lain.`,
            `Bila alamat itu benar, ${withNewAddress(p.newsroom)}`,
          ],
  "proxy-refused": (p) => [
    p.anonymous
      ? `Proxy jaringan ini meminta nama dan kata sandi untuk sambungan ke ${p.origin}; variabel ${p.variable} tidak menyebutnya.`
      : `Proxy jaringan ini menolak sambungan ke ${p.origin}: nama atau kata sandi proxy-nya keliru.`,
    `Perbaiki variabel ${p.variable} (http://nama:kata-sandi@alamat:port); tanyakan kepada pengelola jaringan.`,
  ],
  "proxy-unreachable": (p) => [
    `Proxy ${p.proxy} tidak menjawab (${connectionReason(p.reason)}); variabel ${p.variable} menyuruh kominfo memakainya untuk ${p.origin}.`,
    `Bila jaringan ini tidak memakai proxy, hapus variabelnya: unset ${p.variable} (PowerShell: Remove-Item Env:${p.variable})`,
    "Bila memakai, periksa alamatnya kepada pengelola jaringan, lalu ulangi perintah yang sama.",
  ],
  "proxy-invalid": (p) => [
    isSocks(p.value)
      ? `Variabel ${p.variable} menyebut proxy SOCKS (${p.value}); kominfo hanya dapat memakai proxy HTTP.`
      : `Isi variabel ${p.variable}, yaitu ${p.value}, bukan alamat proxy.`,
    `Bentuknya http://alamat:port, tanpa tanda kutip: export ${p.variable}=http://proxy.example.go.id:8080`,
    `Bila jaringan ini tidak memakai proxy: unset ${p.variable} (PowerShell: Remove-Item Env:${p.variable})`,
  ],
  "intermediary-refused": (p) => [
    `Jawaban ${p.status} (${contentType(p.type)}) itu bukan dari ruang redaksi di ${p.origin}: sebuah perantara (proxy, firewall, atau server web) menolak kiriman ini.`,
    "Coba lewat jaringan lain, misalnya tethering ponsel, lalu ulangi perintah yang sama.",
    "Bila tetap begitu, teruskan pesan ini kepada pengelola jaringan dan admin ruang redaksi.",
  ],
  "intermediary-too-large": (p) => [
    `Sebuah perantara menolak berkas sebesar ini dalam perjalanan ke ${p.origin} (413); itu bukan dari ruang redaksi.`,
    "Coba lewat jaringan lain, atau minta pengelola jaringan dan admin ruang redaksi menaikkan batasnya (nginx: client_max_body_size).",
  ],
  "intermediary-slow": (p) => [
    `Sebuah perantara memutus kiriman ke ${p.origin} karena terlalu lama (408); itu bukan dari ruang redaksi.`,
    "Ulangi perintah yang sama di sambungan yang lebih cepat; yang sudah terkirim tidak dikirim dua kali.",
  ],
};

/** Whether the newsroom's address itself may be wrong. Only its requests have these paths. */
function mayBeMistyped({ path, reason }: HttpErrors["server-unreachable"]): boolean {
  return path.startsWith("/api/v") && ["ENOTFOUND", "ECONNREFUSED", "EHOSTUNREACH"].includes(reason);
}

/** The sentence of a certificate that is not accepted; undefined for another reason. Codes: https://nodejs.org/api/tls.html */
function certificateProblem(p: HttpErrors["server-unreachable"]): readonly [string, ...string[]] | undefined {
  const found = certificateSentence(p);
  return found && [...found, ...throughProxy(p)];
}

function certificateSentence({
  origin,
  reason,
  clock,
  names = [],
}: HttpErrors["server-unreachable"]): readonly [string, ...string[]] | undefined {
  const shows = clock ? ` (menunjukkan ${formatInstant(clock, "id")})` : "";
  if (/^(CERT|CRL)_NOT_YET_VALID$/.test(reason)) {
    return [
      `Sertifikat ${origin} belum berlaku: jam komputer ini${shows} atau sertifikat itu keliru.`,
      `Bila jam komputer ini salah: ${lowerFirst(setClock)}`,
      "Bila jamnya benar, beri tahu pengelola server itu.",
    ];
  }
  if (/^(CERT|CRL)_HAS_EXPIRED$/.test(reason)) {
    return [
      `Sertifikat ${origin} sudah habis masa berlakunya, kecuali bila jam komputer ini${shows} salah.`,
      "Bila jam komputer ini benar, minta pengelola server itu memperbarui sertifikatnya.",
      `Bila jamnya salah: ${lowerFirst(setClock)}`,
    ];
  }
  if (/ALTNAME|HOSTNAME_MISMATCH/.test(reason)) {
    return [
      `Sertifikat yang ditunjukkan di ${origin} bukan untuk nama itu${names.length > 0 ? `, melainkan untuk ${names.join(", ")}` : ""}.`,
      "Periksa ejaan alamatnya; bila benar, beri tahu pengelola server itu.",
      loginToWifi,
    ];
  }
  if (/SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|CERT_UNTRUSTED|INVALID_CA/.test(reason)) {
    return [
      `Penerbit sertifikat ${origin} tidak dikenal komputer ini (${reason}).`,
      "Bila kantor memakai CA sendiri, minta berkasnya kepada pengelola jaringan, lalu: export NODE_EXTRA_CA_CERTS=<berkas>",
      ...(/^UNABLE_TO_(GET|VERIFY)/.test(reason)
        ? [
            "Bila di komputer lain juga begitu, server itu tidak mengirim sertifikat antaranya: beri tahu pengelolanya.",
          ]
        : []),
      loginToWifi,
    ];
  }
  if (/^(CERT_|CRL_|INVALID_|PATH_LENGTH|ERR_TLS_CERT|UNABLE_TO_)/.test(reason)) {
    return [
      `Sertifikat ${origin} tidak dapat dipercaya (${reason}).`,
      "Teruskan pesan ini kepada pengelola server itu.",
    ];
  }
  return undefined;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** `Retry-After` in words; undefined where it is a date, nothing, or more than a day, which nobody means. */
function waitOf(wait = ""): string | undefined {
  const seconds = /^\d{1,9}$/.test(wait) ? Number(wait) : 0;
  if (seconds < 1 || seconds > 86_400) return undefined;
  return ` setelah ${seconds < 120 ? `${seconds} detik` : formatMinutes(Math.ceil(seconds / 60), "id")}`;
}

function throughProxy({ proxy, variable }: { proxy?: string; variable?: string }): string[] {
  return proxy && variable ? [`Sambungan itu lewat proxy ${proxy} (variabel ${variable}).`] : [];
}

function isSocks(address: string): boolean {
  return /^\W*socks/i.test(address);
}

function withoutQuery(address: string): string {
  return address.split(/[?#]/)[0]!;
}

/** Why a server could not be reached, with the system's own code for the network's administrator. */
function connectionReason(code: string): string {
  const reasons: Record<string, string> = {
    ECONNREFUSED: "tidak ada yang menjawab di alamat itu",
    ENOTFOUND: "alamat itu tidak ditemukan",
    EAI_AGAIN: "tidak ada sambungan internet",
    ENETUNREACH: "tidak ada sambungan internet",
    ENETDOWN: "tidak ada sambungan internet",
    EHOSTUNREACH: "alamat itu tidak terjangkau",
    EHOSTDOWN: "alamat itu tidak terjangkau",
    ECONNRESET: "sambungan terputus",
    "ECONNRESET-ANSWER": "sambungan terputus di tengah jawaban",
    EPIPE: "sambungan terputus",
    EPROTO: "sambungan aman (TLS) tidak terjalin",
    ETIMEDOUT: "terlalu lama menunggu",
  };
  const reason = reasons[code] ?? (/^ERR_(SSL|TLS)_/.test(code) ? reasons.EPROTO : undefined);
  if (code === "?") return "sebabnya tidak diketahui";
  return reason ? `${reason}: ${code}` : code;
}
