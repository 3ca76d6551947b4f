import type { DiagnosticParamsByCode } from "../../errors/diagnostics.js";
import type { DiagnosticSentences } from "../types.js";

/** By the parser's code. */
const yamlFaults: Readonly<Record<string, string>> = {
  TOO_DEEP: "terlalu banyak tingkat di dalam tingkat",
  BAD_INDENT: "jorokan baris ini harus sama dengan baris lain di kelompoknya",
  BAD_SCALAR_START: "nilai tidak boleh diawali tanda ini; apit nilainya dengan tanda kutip",
  BAD_DQ_ESCAPE: "tanda \\ di dalam tanda kutip dua; apit nilai ini dengan tanda kutip satu",
  BLOCK_AS_IMPLICIT_KEY: "nilai ini memuat titik dua; apit dengan tanda kutip",
  MISSING_CHAR: "di sini ada yang belum lengkap: titik dua setelah nama kunci, atau kurung penutup",
  MULTILINE_IMPLICIT_KEY: "setelah nama kunci harus ada titik dua dan spasi, dan nilainya di baris yang sama",
  UNEXPECTED_TOKEN: "ada tanda yang tidak pada tempatnya; apit nilainya dengan tanda kutip",
  BLOCK_IN_FLOW: "daftar atau kelompok dalam satu baris harus ditutup di baris itu",
  MULTIPLE_DOCS: "di sini mulai bagian kedua; hapus baris pemisahnya",
};

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** What is expected at one key of a file: front matter, template or kominfo.yaml. Each text continues a line. */
export const diagnostics: DiagnosticSentences<DiagnosticParamsByCode> = {
  required: () => "wajib diisi",
  "local-approval-missing": () => "wajib diisi: persetujuan pimpinan diwajibkan di kominfo.yaml",
  "instant-to-come": () => "belum terjadi; tulis waktu persetujuan yang sebenarnya",
  // posts: how index.md and templates are written
  "not-utf8": (p) =>
    `disimpan sebagai ${p.encoding}; buka dengan penyunting teks, lalu simpan ulang sebagai UTF-8`,
  "not-text": (p) =>
    ({
      lost: "ada huruf yang sudah hilang dan berganti tanda \ufffd; betulkan, lalu simpan sebagai UTF-8",
      damaged: "teks UTF-16 ini rusak atau terpotong; simpan ulang sebagai UTF-8",
      mixed: "sebagian teks ini UTF-8, sebagian bukan; simpan ulang sebagai UTF-8",
      binary: "ini bukan teks, atau disimpan dengan cara yang tidak dikenal; simpan ulang sebagai UTF-8",
    })[p.fault],
  "file-too-long": (p) => `terlalu besar; paling banyak ${p.max} bita`,
  "front-matter-start": (p) => `baris pertama harus tepat "---", bukan "${p.found}"`,
  "front-matter-end": () => 'bagian atas harus ditutup dengan baris yang berisi tepat "---"',
  "stray-keys": (p) =>
    `sesudah bagian atas ditutup masih ada kunci "${p.name}" (baris ${p.at}), yang akan terbit sebagai isi naskah; hapus baris "---" yang berlebih di atasnya, atau pindahkan kunci itu ke bagian atas`,
  "stray-dashes": () => 'baris "---" ini ikut terbit sebagai isi naskah; hapus bila tidak dimaksud',
  "yaml-quote": (p) => `nilai ini harus diapit tanda kutip; tulis: ${p.mended}`,
  "yaml-hard-space": (p) =>
    `di sini ada spasi keras, biasanya salinan dari Word atau WhatsApp; ganti dengan spasi biasa: ${p.mended}`,
  "yaml-space": (p) => `setelah titik dua harus ada spasi; tulis: ${p.mended}`,
  "yaml-colon": (p) => `titik dua di sini bukan titik dua biasa; tulis: ${p.mended}`,
  "yaml-typed-quotes": (p) =>
    `tanda kutip “ ” di sini ikut terbit sebagai isi; bila bukan kutipan, tulis: ${p.mended}`,
  "yaml-list": (p) => `beberapa kata ditulis sebagai daftar, tanpa tanda #; tulis: ${p.mended}`,
  "yaml-comment": (p) =>
    `teks mulai tanda # dianggap catatan dan akan hilang; apit dengan tanda kutip, misalnya: ${p.mended}`,
  "yaml-placeholder": (p) => `isian {{ … }} harus diapit tanda kutip; tulis: ${p.mended}`,
  "yaml-duplicate": () => "kunci ini sudah ada di atas; hapus salah satu",
  "yaml-tab": () => "jangan memakai tab untuk menjorokkan baris; pakai spasi",
  "yaml-unclosed": (p) => `tanda kutip di sini tidak ditutup${p.mended ? `; tulis: ${p.mended}` : ""}`,
  "yaml-special": (p) =>
    `nilai yang diawali &, *, atau ! harus diapit tanda kutip${p.mended ? `; tulis: ${p.mended}` : ""}`,
  "yaml-invalid": (p) =>
    yamlFaults[p.reason] ?? "penulisan di sini tidak dapat dibaca; bandingkan dengan baris di sekitarnya",
  "unknown-key": (p) => `kunci ini tidak dikenal${p.nearest ? `; maksud Anda "${p.nearest}"?` : ""}`,
  // posts: values
  "text-expected": () => "harus berupa teks",
  "point-expected": () => "harus dua angka dari 0 sampai 1, dari kiri dan dari atas, misalnya [0.5, 0.3]",
  "list-expected": () => "harus berupa daftar",
  "group-expected": () => "harus berupa kelompok kunci dan nilai",
  "one-of": (p) =>
    `harus salah satu dari: ${p.choices.join(", ")}${p.nearest ? `; maksud Anda "${p.nearest}"?` : ""}`,
  "date-expected": (p) =>
    p
      ? `${p.impossible} tidak ada di kalender; periksa lagi tanggal dan bulannya`
      : 'harus berupa tanggal, misalnya "2026-11-22" atau "22 November 2026"',
  "weekday-differs": (p) =>
    `${p.date} jatuh pada hari ${p.weekday}, bukan ${capital(p.written)}; betulkan hari atau tanggalnya`,
  "time-expected": () => 'harus berupa jam, misalnya "09.30"',
  "instant-expected": (p) =>
    p
      ? `${p.impossible} tidak ada di kalender; periksa lagi tanggal dan bulannya`
      : 'harus berupa tanggal dan jam, misalnya "2026-11-22 09.30 WIB"',
  "number-expected": () => 'harus berupa angka, misalnya "1.250.000"',
  "phone-expected": () => 'harus berupa nomor telepon, misalnya "(021) 8990 1234"',
  "yes-no-expected": () => 'harus "ya" atau "tidak"',
  "kind-expected": () => 'harus nama templat: huruf kecil dan tanda hubung, misalnya "berita-kegiatan"',
  "too-long": (p) => `terlalu panjang: ${p.length} karakter, paling banyak ${p.max}`,
  "too-many": (p) => `terlalu banyak; paling banyak ${p.max}`,
  unstorable: () => "mengandung karakter yang tidak dapat disimpan",
  "photo-path": () => 'harus menunjuk berkas di dalam folder naskah, misalnya "foto/IMG_0001.jpg"',
  "photo-twice": () => "foto ini sudah ada di atas",
  "one-lead-photo": () => "hanya satu foto yang boleh menjadi foto utama",
  "internal-in-public": (p) =>
    `hanya untuk redaksi, tetapi tertulis juga di ${p.where === "" ? "isi naskah" : p.where}, yang dibaca warga; hapus dari sana`,
  "body-empty": () => "isi naskah masih kosong",
  "placeholder-left": (p) => `masih ada yang perlu diisi: ${p.text}`,
  "conflict-left": (p) => `diubah di sini dan juga di ruang redaksi; simpan satu, lalu hapus ${p.mark}`,
  "correction-note": () =>
    'naskah ini sudah terbit: tulis satu kalimat untuk pembaca tentang apa yang diralat, misalnya ralat: "Jumlah peserta 120 orang, bukan 210."',
  // what cannot be, or is hardly meant
  "box-expected": () =>
    'harus kiri, atas, lebar, dan tinggi dalam persen, misalnya "12.5%,30%,10%,15%" (buat dengan: kominfo photo blur)',
  "ends-before-start": (p) => `lebih awal daripada mulainya (${p.start.replace(":", ".")})`,
  "still-to-come": () => "belum terjadi; untuk kegiatan yang akan datang pakai templat agenda",
  "odd-year": (p) => `tahun ${p.year} jauh dari sekarang; periksa lagi`,
  "html-tag": (p) => `memuat tanda HTML ${p.tag}; pembaca akan melihatnya apa adanya, jadi hapus`,
  "number-missing": () => "tidak memuat nomor; tulis nomor telepon yang dapat dihubungi",
  "count-whole": () => 'jumlah orang atau keluarga harus bilangan bulat, misalnya "125" atau "1.250"',
  "data-before-event": (p) => `lebih awal daripada kejadiannya (${p.event}); periksa lagi`,
  "embargo-past": (p) =>
    `${p.when} sudah lewat, jadi naskah boleh langsung terbit; perbaiki, atau hapus embargonya`,
  "mobile-number": (p) =>
    `${p.number} nomor ponsel, dan akan terbit; apakah ini nomor kantor? Nomor pribadi jangan diterbitkan`,
  "photo-wanted": () => "naskah jenis ini biasanya memuat foto (tambahkan dengan: kominfo post attach)",
  "masked-where": () =>
    "disebut sudah disamarkan, tetapi kominfo tidak menyamarkan apa pun di foto ini; samarkan dengan kominfo photo blur, atau pastikan fotonya memang sudah disamarkan",
  // answers and templates
  "answer-missing": (p) => `wajib diisi; tambahkan ${p.flag}`,
  "set-twice": () =>
    "diberikan dua kali, padahal hanya satu yang dapat dipakai; gabungkan menjadi satu --set",
  "set-form": (p) => `"${p.given}" harus berbentuk kunci=nilai`,
  "duplicate-question": () => "pertanyaan dengan kunci ini sudah ada",
  "key-form": () => "kunci harus huruf kecil, angka, dan garis bawah, misalnya tindak_lanjut",
  "unknown-variable": (p) =>
    `memakai {{ ${p.name} }} yang tidak ditanyakan${p.nearest ? `; maksud Anda "${p.nearest}"?` : ""}`,
  "liquid-invalid": (p) => `isian tidak dapat dibaca (${p.reason})`,
  "photo-missing": (p) =>
    `berkas ${p.file} tidak ada di folder naskah${p.nearest ? `; maksud Anda "${p.nearest}"?` : ""}`,
  // kominfo.yaml
  "kecamatan-expected": (p) =>
    `harus nama atau kode kecamatan di Kabupaten Bekasi${p.nearest ? `; maksud Anda "${p.nearest}"?` : ""}`,
  "address-expected": () =>
    'harus alamat https sampai nama servernya saja, misalnya "https://redaksi.example.go.id"',
  "preset-name-form": () => 'nama ukuran foto harus huruf kecil, angka, dan tanda hubung, misalnya "spanduk"',
  "graph-version-expected": () => "harus versi Graph API Meta, seperti v25.0",
  "whole-number-expected": (p) => `harus bilangan bulat dari ${p.min} sampai ${p.max}, tanpa titik`,
  "hashtag-expected": () =>
    'harus satu kata dari huruf, angka, atau garis bawah, paling panjang 60, misalnya "KabupatenBekasi"',
  "folder-outside": () => "harus folder di dalam ruang kerja",
  "file-outside": () => "harus berupa berkas di dalam ruang kerja",
};
