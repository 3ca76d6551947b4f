export const credentials = {
  "address-invalid": (p: { address: string }) => [
    `"${p.address}" bukan alamat yang benar.`,
    "Tulis alamat lengkap, misalnya https://redaksi.example.go.id",
  ],
  "address-not-https": (p: { origin: string }) => [
    `${p.origin} ditolak karena tidak memakai https.`,
    "Pakai alamat yang diawali https:// (http:// hanya untuk komputer ini sendiri).",
  ],
  "address-with-login": (p: { origin: string }) => [
    "Alamat tidak boleh memuat nama pengguna atau kata sandi.",
    `Tulis hanya ${p.origin}`,
  ],
  "address-with-path": (p: { origin: string }) => [
    "Alamat tidak boleh memuat apa pun setelah nama servernya.",
    `Tulis hanya ${p.origin}`,
  ],
  "account-name-invalid": () => [
    "Nama akun hanya boleh memuat huruf, angka, spasi, dan . _ @ - (paling banyak 100 karakter).",
  ],
  "not-logged-in": (p: { service: string; origin: string }) => [
    `Anda belum masuk ke ${p.service} di ${p.origin}.`,
    `kominfo auth login ${p.service}`,
  ],
  "credential-other-origin": (p: { service: string; asked: string; stored: string[] }) => [
    `Yang diminta ${p.asked}, sedangkan Anda masuk ke ${p.service} di ${p.stored.join(", ")}; tidak ada yang dikirim.`,
    `Jika ${p.asked} memang alamat yang benar: kominfo auth login ${p.service} --url ${p.asked}`,
  ],
  "several-accounts": (p: { service: string; accounts: string[] }) => [
    `Ada beberapa akun ${p.service}: ${p.accounts.join(", ")}.`,
    "Sebutkan salah satu dengan --account <nama>",
  ],
  "environment-incomplete": (p: { set: string[]; missing: string[] }) => [
    `${p.set.join(", ")} sudah diisi, tetapi ${p.missing.join(", ")} belum.`,
    "Isi semuanya, atau kosongkan semuanya.",
  ],
  "store-unknown": (p: { value: string }) => [
    `KOMINFO_STORE tidak mengenal "${p.value}".`,
    "Isi dengan keychain, passphrase, atau env.",
  ],
  "keychain-locked": () => [
    "Gantungan kunci sistem terkunci, jadi brankas akun tidak dapat dibuka. Akun Anda masih tersimpan.",
    "Buka kuncinya (masuk ke desktop, atau buka aplikasi Passwords and Keys/Seahorse), lalu ulangi perintah yang sama.",
    `Lewat SSH: (read -rsp "Sandi: " s; printf %s "$s" | gnome-keyring-daemon --unlock)`,
    "Atau pindah ke frasa sandi, sekali saja, dari desktop: kominfo auth store passphrase",
  ],
  "keychain-no-bus": () => [
    "Gantungan kunci sistem tidak terjangkau: tidak ada D-Bus sesi di sini (SSH, cron, atau mesin tanpa desktop).",
    "Jalankan dari terminal di desktop, atau: dbus-run-session -- kominfo …",
    "Tanpa gantungan kunci: KOMINFO_STORE=passphrase untuk brankas baru, atau kominfo auth store passphrase dari desktop untuk yang sudah ada.",
  ],
  "keychain-no-service": () => [
    "Tidak ada layanan gantungan kunci (Secret Service) di sesi ini.",
    "sudo apt install gnome-keyring",
    "Tanpa gantungan kunci: KOMINFO_STORE=passphrase untuk brankas baru, atau kominfo auth store passphrase dari desktop untuk yang sudah ada.",
  ],
  "keychain-no-library": () => [
    "Pustaka libsecret belum terpasang, jadi gantungan kunci sistem tidak dapat dipakai.",
    "sudo apt install libsecret-1-0",
    "Di Fedora: sudo dnf install libsecret; di Arch: sudo pacman -S libsecret",
  ],
  "keychain-silent": (p: { seconds: number }) => [
    `Gantungan kunci sistem tidak menjawab selama ${p.seconds} detik, lalu tidak ditunggu lagi.`,
    "Lihat apakah ada jendela yang meminta sandi gantungan kunci, lalu ulangi perintah yang sama.",
    "Jika tetap tidak menjawab, keluar dari desktop lalu masuk lagi; atau: systemctl --user restart gnome-keyring-daemon",
  ],
  "keychain-key-missing": (p: { path: string }) => [
    `Gantungan kunci sistem terbuka, tetapi kunci untuk brankas ${p.path} tidak ada di dalamnya.`,
    "Jika brankas ini disalin dari laptop lain: di laptop itu jalankan kominfo auth export, lalu di sini kominfo auth import",
    `Jika kuncinya terhapus, sisihkan brankas itu lalu masuk lagi: mv "${p.path}" "${p.path}.lama"`,
  ],
  "keychain-failed": (p: { reason: string }) => [
    `Gantungan kunci sistem tidak dapat dipakai (${p.reason}).`,
    "Ulangi; jika tetap gagal, pakai frasa sandi: KOMINFO_STORE=passphrase",
  ],
  "store-is-environment": () => [
    "Dengan KOMINFO_STORE=env tidak ada yang disimpan di komputer ini.",
    "Berikan tokennya lewat variabel lingkungan, misalnya KOMINFO_NEWSROOM_TOKEN, atau isi KOMINFO_STORE dengan keychain atau passphrase.",
  ],
  "passphrase-source-missing": () => [
    "Brankas akun memerlukan frasa sandi, dan di sini tidak ada yang dapat ditanyai.",
    "Tunjuk berkas yang memuat frasa sandi itu dengan KOMINFO_PASSPHRASE_FILE, atau perintah yang mencetaknya dengan KOMINFO_PASSPHRASE_COMMAND.",
    "Untuk brankas baru dengan gantungan kunci sistem: KOMINFO_STORE=keychain",
  ],
  "passphrase-file-loose": (p: { path: string }) => [
    `Berkas frasa sandi ${p.path} dapat dibuka pengguna lain di komputer ini.`,
    `chmod 600 "${p.path}"`,
  ],
  "passphrase-file-unreadable": (p: { path: string; reason: string }) => [
    `Berkas frasa sandi ${p.path} tidak dapat dibaca (${p.reason}).`,
    "Periksa KOMINFO_PASSPHRASE_FILE atau KOMINFO_BUNDLE_PASSPHRASE_FILE.",
  ],
  "passphrase-empty": (p: { variable: string }) => [`Frasa sandi dari ${p.variable} kosong.`],
  "passphrase-too-short": (p: { minimum: number }) => [
    `Frasa sandi baru paling sedikit ${p.minimum} karakter.`,
    "Beberapa kata acak lebih kuat dan lebih mudah diingat daripada satu kata yang rumit.",
  ],
  "passphrase-command-invalid": () => [
    "KOMINFO_PASSPHRASE_COMMAND tidak dapat dibaca: ada tanda kutip yang tidak ditutup, atau tidak ada perintahnya.",
  ],
  "passphrase-command-failed": (p: { program: string; reason: string }) => [
    `Perintah ${p.program} dari KOMINFO_PASSPHRASE_COMMAND gagal (${p.reason}).`,
    "Jalankan perintah itu sendiri untuk melihat sebabnya.",
  ],
  "passphrase-command-slow": (p: { program: string; seconds: number }) => [
    `Perintah ${p.program} dari KOMINFO_PASSPHRASE_COMMAND belum selesai setelah ${p.seconds} detik, lalu dihentikan.`,
    "Jalankan perintah itu sendiri untuk melihat sebabnya.",
  ],
  "vault-wrong-passphrase": (p: { path: string }) => [
    `Frasa sandi untuk brankas ${p.path} salah.`,
    "Ulangi dengan frasa sandi yang benar; jika datang dari KOMINFO_PASSPHRASE_FILE atau KOMINFO_PASSPHRASE_COMMAND, periksa isinya.",
    `Jika lupa, sisihkan brankas itu lalu masuk lagi: mv "${p.path}" "${p.path}.lama"`,
  ],
  "vault-damaged": (p: { path: string }) => [
    `${p.path} rusak atau bukan brankas kominfo; isinya tidak diubah.`,
    `Pulihkan dari cadangan, atau sisihkan lalu masuk lagi: mv "${p.path}" "${p.path}.rusak"`,
  ],
  "vault-tampered": (p: { path: string }) => [
    `Isi brankas ${p.path} telah diubah oleh sesuatu selain kominfo, jadi tidak dipakai.`,
    `Pulihkan dari cadangan, atau sisihkan lalu masuk lagi: mv "${p.path}" "${p.path}.rusak"`,
  ],
  "vault-too-new": (p: { path: string }) => [
    `Brankas ${p.path} dibuat oleh kominfo yang lebih baru.`,
    "Perbarui kominfo di komputer ini.",
  ],
  "vault-loose-permissions": (p: { path: string }) => [
    `Brankas ${p.path} dapat dibuka pengguna lain di komputer ini, jadi tidak dipakai.`,
    `chmod 600 "${p.path}"`,
  ],
  "vault-symlink": (p: { path: string }) => [
    `Brankas ${p.path} adalah tautan simbolis, jadi tidak dipakai.`,
    `Hapus tautannya, lalu taruh berkas aslinya di tempat itu: rm "${p.path}"`,
  ],
  "vault-unwritable": (p: { path: string; reason: string }) => [
    `Brankas ${p.path} tidak dapat ditulis (${p.reason}); isinya yang lama tetap utuh.`,
  ],
  "audit-unwritable": (p: { path: string; reason: string }) => [
    `Perubahan sudah tersimpan, tetapi catatan audit ${p.path} tidak dapat ditulis (${p.reason}).`,
  ],
};
