/** What the system or the database says, in words: the reason in a sentence about a file or a port. Another word stays as it is. */
export function systemReason(code: string): string {
  const reasons: Record<string, string> = {
    EACCES: "tidak diizinkan",
    EPERM: "tidak diizinkan",
    EROFS: "tempat itu hanya dapat dibaca",
    ENOSPC: "ruang penyimpanan penuh",
    EDQUOT: "jatah ruang penyimpanan habis",
    EFBIG: "berkasnya terlalu besar untuk disk itu",
    EIO: "disk itu bermasalah",
    ENXIO: "perangkatnya tidak ada",
    ENODEV: "perangkatnya tidak ada",
    ESTALE: "sambungan ke disk jaringan terputus",
    EEXIST: "sudah ada",
    ENOTDIR: "di jalur itu ada berkas, bukan folder",
    EISDIR: "itu folder, bukan berkas",
    ENOTEMPTY: "folder itu berisi",
    ENOENT: "tidak ditemukan",
    ENAMETOOLONG: "namanya terlalu panjang",
    ELOOP: "tautannya berputar",
    EBUSY: "sedang dipakai program lain",
    ETXTBSY: "sedang dipakai program lain",
    EMFILE: "terlalu banyak berkas terbuka",
    ENFILE: "terlalu banyak berkas terbuka",
    EXDEV: "berada di disk lain",
    ENOTSUP: "disk itu tidak mendukungnya",
    EADDRINUSE: "sedang dipakai program lain",
    EADDRNOTAVAIL: "bukan alamat komputer ini",
    SQLITE_FULL: "ruang penyimpanan penuh",
    SQLITE_READONLY: "tempat itu hanya dapat dibaca",
    SQLITE_CANTOPEN: "berkas basis data tidak dapat dibuka",
    SQLITE_NOTADB: "berkasnya bukan basis data",
    SQLITE_CORRUPT: "berkas basis data rusak",
  };
  const reason = reasons[code] ?? reasons[/^SQLITE_[A-Z]+/.exec(code)?.[0] ?? ""];
  if (reason !== undefined) return reason;
  if (code === "" || code === "?") return "sebabnya tidak diketahui";
  return /^[A-Z][A-Z0-9_]+$/.test(code) ? `kesalahan sistem ${code}` : code;
}

/** What helps, for a reason that a person can do something about. */
export function systemHints(code: string): string[] {
  const hints: Record<string, string> = {
    EACCES: "Periksa izin berkas dan foldernya, atau pilih tempat lain.",
    EPERM: "Periksa izin berkas dan foldernya, atau pilih tempat lain.",
    EROFS: "Pilih tempat lain, misalnya di folder rumah Anda.",
    ENOSPC: "Kosongkan sebagian disk, lalu ulangi perintah yang sama.",
    EDQUOT: "Hapus berkas yang tidak dipakai, lalu ulangi perintah yang sama.",
    EIO: "Periksa disk atau kartu itu; salin isinya selagi bisa.",
    EEXIST: "Pilih nama lain, atau pindahkan dulu yang ada.",
    ENOTDIR: "Sebutkan folder, bukan berkas, lalu ulangi.",
    EISDIR: "Sebutkan nama berkas di dalam folder itu, lalu ulangi.",
    ENOENT: "Periksa nama dan letaknya.",
    ENAMETOOLONG: "Pilih nama yang lebih pendek.",
    EBUSY: "Tutup program yang membukanya, lalu ulangi perintah yang sama.",
    ETXTBSY: "Tutup program yang membukanya, lalu ulangi perintah yang sama.",
    EMFILE: "Tutup program lain, atau naikkan batasnya (Linux dan macOS: ulimit -n 4096), lalu ulangi.",
    ENFILE: "Tutup program lain, lalu ulangi perintah yang sama.",
    SQLITE_FULL: "Kosongkan sebagian disk, lalu ulangi perintah yang sama.",
    SQLITE_READONLY: "Pilih tempat lain, atau periksa izinnya.",
  };
  const hint = hints[code];
  return hint === undefined ? [] : [hint];
}

/** What is said where the stream of results fails, once the command has ended. */
export function unwrittenResult(code: string): string {
  return `Hasilnya tidak dapat ditulis (${systemReason(code)}).`;
}
