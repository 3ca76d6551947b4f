export const servers = {
  "server-unreachable": (p: { origin: string; path: string; reason: string }) => [
    `${p.origin} tidak dapat dihubungi (${connectionReason(p.reason)}).`,
    "Periksa sambungan internet, lalu ulangi perintah yang sama.",
  ],
  "server-slow": (p: { origin: string; path: string; reason: string }) => [
    `${p.origin} terlalu lama menjawab.`,
    "Ulangi perintah yang sama sebentar lagi; yang sudah terkirim tidak dikirim dua kali.",
  ],
  "server-busy": (p: { origin: string; wait?: string }) => [
    `${p.origin} sedang sibuk.`,
    `Ulangi perintah yang sama${p.wait ? ` setelah ${p.wait} detik` : " sebentar lagi"}.`,
  ],
  "server-failing": (p: { origin: string; status: number; request?: string }) => [
    `${p.origin} sedang bermasalah (${p.status}${p.request ? `, nomor ${p.request}` : ""}).`,
    "Ulangi perintah yang sama sebentar lagi.",
  ],
  "server-redirects": (p: { origin: string; to: string }) => [
    `${p.origin} mengalihkan ke ${p.to}; kominfo tidak mengikutinya, agar sandi tidak terkirim ke alamat lain.`,
    "Bila alamat itu benar, tulis di kominfo.yaml lalu masuk lagi: kominfo auth login <layanan>",
  ],
  "newsroom-hidden": (p: { origin: string; status: number; type: string }) => [
    `Yang menjawab di ${p.origin} bukan ruang redaksi (${p.type}).`,
    "Bila memakai Wi-Fi umum, buka peramban dan masuk dulu ke Wi-Fi itu, lalu ulangi.",
    "Periksa juga alamat newsroom di kominfo.yaml.",
  ],
  "newsroom-not-there": (p: { origin: string; status: number; type: string }) => [
    `Tidak ada ruang redaksi di ${p.origin} (${p.status}, ${p.type}).`,
    "Periksa alamat newsroom di kominfo.yaml.",
  ],
  "proxy-refused": (p: { origin: string }) => [
    `Proxy jaringan ini menolak sambungan ke ${p.origin}: nama atau kata sandi proxy-nya keliru.`,
    "Perbaiki variabel HTTPS_PROXY (http://nama:kata-sandi@alamat:port); tanyakan kepada pengelola jaringan.",
  ],
  "login-refused": (p: { origin: string }) => [
    `${p.origin} menolak akun ini: tokennya salah, habis masa berlakunya, atau sudah dicabut.`,
    "Minta kode aktivasi baru kepada admin ruang redaksi, lalu: kominfo auth login newsroom",
  ],
  "not-allowed": (p: { origin: string }) => [
    `Akun ini tidak berhak melakukan itu di ${p.origin}.`,
    "kominfo auth status --check",
  ],
  "activation-invalid": () => [
    "Kode aktivasi salah, sudah dipakai, atau lewat 72 jam.",
    "Periksa lagi kodenya; bila tetap ditolak, minta kode baru kepada admin ruang redaksi.",
  ],
  "client-too-old": () => [
    "Versi kominfo ini terlalu lawas untuk ruang redaksi.",
    "Perbarui kominfo, lalu ulangi.",
  ],
  "download-damaged": (p: { origin: string }) => [
    `Foto dari ${p.origin} rusak di perjalanan.`,
    "Ulangi perintah yang sama.",
  ],
  "submission-not-found": (p: { submission: string }) => [
    `Naskah ${p.submission} tidak ada di ruang redaksi, atau bukan milik kecamatan Anda.`,
  ],
  "revision-stale": (p: { revision?: number; post?: string }) => [
    `Ada revisi yang lebih baru${p.revision ? ` (revisi ${p.revision})` : ""}.`,
    p.post
      ? `Ambil dulu revisi itu: kominfo post pull ${p.post}`
      : "Baca dulu yang terbaru, lalu putuskan lagi.",
  ],
  "step-impossible": (p: { possible: readonly string[]; reason?: string }) => [
    "Langkah itu tidak dapat dilakukan pada status naskah sekarang.",
    p.possible.length > 0
      ? `Yang dapat dilakukan: ${p.possible.join(", ")}`
      : "Tidak ada langkah yang dapat Anda lakukan.",
  ],
  "newsroom-refused": (p: { title: string; details: readonly string[] }) => [
    `Ruang redaksi menolak: ${p.title}`,
    ...p.details,
  ],
};

/** Why a server could not be reached, with the system's own code for whoever looks after the network. */
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
