/** Why a publication has failed or is unclear, where nothing but a code was stored. Sentences without facts, since a code has none. */
export const reasons = {
  /** Of kominfo's own codes, whose sentences elsewhere name facts. */
  codes: {
    cancelled: "Dihentikan orang di tengah pengiriman.",
    restored:
      "Jadwalnya dihentikan, karena ruang redaksi dipulihkan dari cadangan: lihat dulu di kanalnya apakah sudah terbit.",
    "not-approved": "Revisinya tidak disetujui lagi, jadi rencana terbitnya dihentikan.",
    "channel-other-account": "Token di komputer itu milik akun lain.",
    "channel-photos-hidden":
      "Foto yang sudah disiapkan tidak terlihat oleh login itu; kirimannya mungkin sudah terbit.",
    "channel-hidden": "Yang menjawab bukan layanannya; mungkin halaman masuk Wi-Fi.",
    "channel-not-there": "Yang diminta kominfo tidak ada di layanan itu.",
    "channel-rejects": "Meta tidak menerima naskah atau fotonya.",
    "channel-blocks": "Meta membatasi akun ini untuk sementara.",
    "channel-still-there": "Belum terbukti bahwa terbitannya sudah tidak ada.",
    "channel-post-unknown": "Nomor terbitannya tidak diketahui, jadi tidak dapat diubah dari komputer.",
    "graph-version-refused": "Meta tidak melayani lagi versi Graph API yang dipakai.",
    "instagram-not-correctable": "Instagram tidak mengizinkan program mengubah teks yang sudah terbit.",
    "instagram-pictures-open": "Foto-fotonya masih ada di situs kantor.",
    "picture-not-public": "Meta tidak dapat mengambil foto dari situs kantor.",
    "picture-redirects": "Foto di situs kantor dialihkan ke alamat lain, dan Instagram tidak mengikutinya.",
    "picture-too-large": "Foto di situs kantor terlalu besar untuk Instagram.",
    "picture-kept-from-robots": "robots.txt situs kantor melarang Meta mengambil fotonya.",
    "photos-gone": "Foto yang sudah disiapkan dihapus Meta; terbitkan lagi, fotonya disiapkan baru.",
    "post-gone": "Terbitan yang akan diralat sudah dihapus di kanalnya.",
    "web-role": "Peran akun itu di situs belum cukup.",
    "web-not-editable": "Akun itu tidak boleh mengubah berita yang sudah terbit di situs.",
    "web-not-live": "Berita yang akan diralat tidak sedang tayang di situs.",
    "web-upload-refused": "Situs tidak menerima fotonya.",
    "web-refused": "Situs tidak menerima beritanya.",
    "web-still-visible": "Beritanya masih dapat dibuka di situs.",
    "web-photos-visible": "Foto-fotonya masih dapat dibuka di situs.",
    "server-unreachable": "Layanannya tidak dapat dihubungi.",
    "server-failing": "Layanannya sedang bermasalah.",
    "server-redirects": "Alamatnya dialihkan ke tempat lain, dan kominfo tidak mengikutinya.",
    "x-refuses": "X tidak menerima permintaannya.",
    "x-text-too-long": "Teksnya terlalu panjang menurut hitungan X.",
    "x-alt-too-long": "Satu teks alternatif terlalu panjang untuk X.",
    "x-photo-too-large": "Satu foto terlalu besar untuk X.",
    "x-still-there": "X menerima penghapusannya, tetapi terbitannya masih dapat dibaca.",
    "publication-held": "Sedang dikerjakan komputer lain.",
    "publication-refused": "Ruang redaksi tidak mengizinkannya lagi saat akan dikirim.",
    "under-embargo": "Belum boleh terbit.",
    "photo-unknown-there": "Fotonya tidak ada lagi di ruang redaksi.",
    "photo-damaged": "Salah satu fotonya rusak.",
    "photo-bytes-limit": "Salah satu fotonya terlalu besar.",
    "watermark-unusable": "Tanda air tidak dapat dipakai.",
    // Of Instagram's containers.
    IN_PROGRESS: "Instagram masih mengolah fotonya.",
    FINISHED: "Instagram sudah menyiapkan fotonya, tetapi belum menerbitkannya.",
    EXPIRED: "Foto yang disiapkan di Instagram kedaluwarsa sebelum terbit.",
    ERROR: "Instagram gagal mengolah fotonya.",
    FORGOTTEN: "Kiriman ini tidak ada lagi di Instagram.",
    PUBLISHED: "Instagram menyatakannya terbit, tanpa alamat.",
  } as Record<string, string>,
  /** Of a code that only its form tells something about. */
  kinds: {
    cut: (p: { name: string; code: string }) =>
      `Sambungan ke ${p.name} terputus sebelum jawabannya tiba (${p.code}).`,
    notMade: (p: { name: string; code: string }) =>
      `Sambungan ke ${p.name} tidak berhasil dibuat (${p.code}).`,
    slow: (p: { name: string; code: string }) => `${p.name} terlalu lama menjawab (${p.code}).`,
    /** Of an answer. */
    status: (p: { name: string; code: string }) => `${p.name} menjawab dengan kode ${p.code}.`,
    page: (p: { name: string; code: string }) =>
      `Yang menjawab bukan ${p.name} sendiri, melainkan halaman lain (${p.code}).`,
    unknown: (p: { name: string; code: string }) => `Sebabnya hanya tercatat sebagai "${p.code}".`,
  },
};
