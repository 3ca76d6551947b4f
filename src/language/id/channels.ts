/** Words of the accounts of web, facebook, instagram and x: what they consist of, and where each part is found. */
export const channels = {
  askAddress: "Alamat situs WordPress",
  about: {
    web: (p: { source: string }) =>
      `Sandi aplikasi dibuat di ${p.source}\nMasuk dengan akun untuk menulis berita, beri nama "kominfo", lalu salin sandinya.`,
    facebook: (p: { source: string }) =>
      `Token Halaman dibuat di ${p.source}\nPilih pengguna sistem yang mengelola Halaman, lalu Buat token; nomor Halaman ada di Halaman > Tentang > Transparansi Halaman.`,
    instagram: (p: { source: string }) =>
      `Nomor akun ada di ${p.source}\nAkunnya harus profesional dan tertaut ke Halaman Facebook; tokennya dibuat seperti token Halaman.`,
    x: (p: { source: string }) =>
      `Kunci dibuat di ${p.source}\nPilih aplikasinya (izin Read and write), lalu Keys and tokens.`,
  },
  fields: {
    user: "Nama pengguna WordPress",
    app_password: "Sandi aplikasi",
    page_id: "Nomor Halaman (page id)",
    account_id: "Nomor akun Instagram (account id)",
    token: "Token",
    api_key: "API Key",
    api_secret: "API Key Secret",
    access_token: "Access Token",
    access_secret: "Access Token Secret",
  } as Record<string, string>,
  fieldForm: "Tidak lengkap atau ada karakter yang salah; salin ulang seutuhnya",
  loggedIn: (p: { name: string; service: string; origin: string }) =>
    `${p.name}: akun ${p.service} di ${p.origin} berlaku dan disimpan.`,
  noEnd: "Layanannya tidak menyebut batas waktu.",
  chooseWay: "Masuk ke X dengan cara apa?",
  ways: {
    keys: {
      name: "Empat kunci (OAuth 1.0a)",
      description: "Disalin dari developer.x.com; berlaku sampai dicabut.",
    },
    browser: {
      name: "Lewat peramban (OAuth 2.0)",
      description: "Diperbarui sendiri; perlu Client ID aplikasi.",
    },
  },
  aboutBrowser: (p: { redirect: string }) =>
    `Di User authentication settings aplikasi itu: jenisnya Native App, Callback URI-nya persis ${p.redirect}`,
  clientId: "Client ID",
  openThis: (p: { url: string }) =>
    `Buka alamat ini di peramban komputer ini, masuk dengan akun X kantor, lalu setujui:\n\n${p.url}`,
  browserDone: "Selesai. Tutup halaman ini dan kembali ke terminal.",
  browserDeclined: "Izin tidak diberikan. Tutup halaman ini dan kembali ke terminal.",
  browserStranger: "Halaman ini hanya untuk jawaban yang sedang ditunggu kominfo.",
  stillValidThere: (p: { service: string; url: string }) =>
    `Di ${p.service} sendiri akun itu masih berlaku sampai dicabut: ${p.url}`,
};
