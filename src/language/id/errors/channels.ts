export const channels = {
  "channel-refused": (p: { service: string; origin: string }) => [
    `${p.origin} menolak akun ${p.service} ini: salah, habis masa berlakunya, atau sudah dicabut.`,
    `Ambil yang baru di layanannya, lalu: kominfo auth login ${p.service}`,
    // A site whose server drops the header answers as to a wrong password.
    ...(p.service === "web"
      ? [
          "Bila yakin benar, minta pengelola situs meneruskan header Authorization ke PHP (Apache: CGIPassAuth On).",
        ]
      : []),
  ],
  "channel-forbidden": (p: { service: string; origin: string }) => [
    `${p.origin} mengenal akun ${p.service} ini, tetapi tidak memberinya izin yang diperlukan.`,
    "Periksa izin aplikasi atau peran akun itu di layanannya.",
    `Lalu: kominfo auth login ${p.service}`,
  ],
  "channel-other-account": (p: { service: string; id: string }) => [
    `Token ${p.service} ini tidak membuka ${p.id}: nomornya salah, atau tokennya milik akun lain.`,
    `Periksa keduanya, lalu: kominfo auth login ${p.service}`,
  ],
  "channel-hidden": (p: { service: string; origin: string; status: number; type: string }) => [
    `Yang menjawab di ${p.origin} bukan layanan ${p.service} (${p.type}).`,
    "Bila memakai Wi-Fi umum, buka peramban dan masuk dulu ke Wi-Fi itu, lalu ulangi.",
  ],
  "channel-not-there": (p: { service: string; origin: string; status: number; type: string }) => [
    p.service === "web"
      ? `Tidak ada REST API WordPress di ${p.origin} (${p.status}, ${p.type}).`
      : `${p.origin} tidak mengenal permintaan kominfo (${p.status}, ${p.type}).`,
    p.service === "web"
      ? 'Periksa alamatnya; di WordPress, Pengaturan > Permalink tidak boleh "Polos".'
      : "Perbarui kominfo; bila tetap begitu, beri tahu pengelola kominfo.",
  ],
  "web-unset": () => [
    "Alamat situs belum diketahui.",
    "Tulis di kominfo.yaml: web: { url: https://… }",
    "atau tambahkan --url <alamat>",
  ],
  "channel-address-fixed": (p: { service: string; origin: string }) => [
    `${p.service} selalu di ${p.origin}; alamat lain tidak diberi sandi.`,
    "Hapus --url.",
  ],
  "fields-malformed": (p: { service: string; fields: readonly string[] }) => [
    `Yang dibaca bukan satu objek JSON dengan isian ${p.service}: ${p.fields.join(", ")}.`,
    `Misalnya: {${p.fields.map((field) => `"${field}": "…"`).join(", ")}}`,
  ],
  "field-invalid": (p: { service: string; field: string }) => [
    `Isian ${p.field} untuk ${p.service} kosong atau bentuknya tidak mungkin benar.`,
    "Salin ulang seutuhnya dari layanannya.",
  ],
  "login-declined": (p: { service: string }) => [
    `Izin untuk ${p.service} tidak diberikan di peramban; tidak ada yang disimpan.`,
    `kominfo auth login ${p.service}`,
  ],
  "login-too-slow": (p: { service: string }) => [
    `Belum ada jawaban dari peramban untuk ${p.service}, lalu tidak ditunggu lagi.`,
    `kominfo auth login ${p.service}`,
  ],
  "login-port-taken": (p: { port: number; reason: string }) => [
    `Porta ${p.port} di komputer ini tidak dapat dipakai untuk menerima jawaban peramban (${p.reason}).`,
    "Tutup kominfo lain yang sedang masuk, lalu ulangi.",
  ],

  "setup-incomplete": (p: { commands: readonly string[] }) => [
    `kominfo belum siap di komputer ini: ${p.commands.length} hal masih kurang.`,
    ...p.commands,
    "Atau jalankan kominfo setup di terminal.",
  ],
};
