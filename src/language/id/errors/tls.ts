export const tls = {
  "newsroom-tls-incomplete": () => [
    "TLS memerlukan sertifikat dan kuncinya.",
    "Sebutkan keduanya: --tls-cert <berkas> --tls-key <berkas>",
  ],
  "newsroom-tls-twice": () => [
    "TLS dilayani oleh ruang redaksi sendiri atau oleh proxy, bukan keduanya.",
    "Pilih --tls-cert dan --tls-key, atau --behind-proxy.",
  ],
  "newsroom-tls-unreadable": (p: { path: string; reason: string }) => [
    `Berkas TLS ${p.path} tidak dapat dibaca (${p.reason}).`,
    "Periksa nama dan izin berkasnya.",
  ],
  "newsroom-tls-invalid": (p: { path: string; what: "certificate" | "key" }) => [
    p.what === "key"
      ? `Di ${p.path} tidak ada kunci TLS dalam bentuk PEM.`
      : `Di ${p.path} tidak ada sertifikat TLS dalam bentuk PEM.`,
    "Pakai berkas dari penerbit sertifikat; dari Let's Encrypt: fullchain.pem dan privkey.pem.",
  ],
  "newsroom-tls-key-locked": (p: { path: string }) => [
    `Kunci TLS di ${p.path} dikunci dengan frasa sandi.`,
    `openssl pkey -in "${p.path}" -out kunci.pem`,
  ],
  "newsroom-tls-key-open": (p: { path: string }) => [
    `Kunci TLS di ${p.path} dapat dibaca semua pengguna komputer ini.`,
    `chmod 640 "${p.path}"`,
  ],
  "newsroom-tls-mismatch": (p: { file: string; path: string }) => [
    `Kunci di ${p.path} bukan kunci dari sertifikat di ${p.file}.`,
    "Pakai sertifikat dan kunci yang diterbitkan bersama.",
  ],
};
