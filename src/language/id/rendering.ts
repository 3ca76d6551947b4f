import type { WarningParamsByCode } from "../../errors/rendering-warnings.js";
import type { WarningSentences } from "../types.js";

/** Remarks on what a channel will show, for whoever approves and sends. */
export const rendering = {
  warnings: {
    "too-long": (p) =>
      `Teks terlalu panjang: ${p.length} karakter, paling banyak ${p.limit}. Tidak dapat dikirim; ringkas dulu teks_kanal.`,
    "photo-needed": (p) =>
      p.photo === undefined
        ? "Perlu paling sedikit satu foto. Tanpa foto tidak dapat dikirim."
        : `Foto ${p.photo} terlalu kecil: bagian yang tampil ${p.actual} piksel lebarnya, perlu paling sedikit ${p.width}. Tanpa foto tidak dapat dikirim.`,
    crop: (p) =>
      `Foto ${p.photo} terpotong ${p.percent} persen. Periksa potongannya; atur dengan fokus bila perlu.`,
    "photos-left-out": (p) => `${p.count} foto tidak ikut: paling banyak ${p.limit} foto.`,
    "photo-too-small": (p) =>
      p.actual === undefined
        ? `Foto ${p.photo} tidak ikut: bagian yang tampil kurang dari ${p.width} piksel lebarnya.`
        : `Foto ${p.photo} tidak ikut: bagian yang tampil ${p.actual} piksel lebarnya, perlu paling sedikit ${p.width}.`,
    "photo-removed": (p) => `Foto ${p.photo} tidak ikut: sudah dihapus dari ruang redaksi.`,
    "credit-missing": (p) => `Foto ${p.photo} bukan milik sendiri, tetapi kreditnya kosong.`,
    "credit-left-out": (p) => `Tidak ada tempat untuk kredit "${p.credit}".`,
    "alt-missing": (p) => `Foto ${p.photo} belum punya teks alternatif untuk pembaca tunanetra.`,
    domain: (p) => `"${p.domain}" menjadi tautan di X, sehingga biayanya lebih mahal.`,
    "title-kept": (p) =>
      `"${p.title}" diberi pemisah yang tidak terlihat, supaya tidak menjadi tautan berbayar.`,
    "link-left-out": () => "Tidak ada tempat untuk tautan berita.",
    "hashtags-over": (p) => `Ada ${p.count} tagar; paling banyak ${p.limit}.`,
    "mentions-over": (p) => `Ada ${p.count} akun yang disebut; paling banyak ${p.limit}.`,
    "picture-left-out": (p) => `Gambar ${p.address} di isi naskah tidak ditampilkan; lampirkan sebagai foto.`,
    "link-dropped": (p) =>
      `Alamat "${p.address}" bukan tautan web, surel, atau telepon; hanya teksnya yang tampil.`,
    "web-category-unknown": (p) =>
      `Kategori "${p.category}" tidak ada di situs, jadi dipakai kategori bawaannya. Minta pengelola situs membuatnya.`,
    "article-elsewhere": (p) =>
      `Terbit tanpa tautan berita: tautan web yang dicatat ada di ${p.host}, bukan di situs web kantor ini.`,
    "corrected-in-place": () =>
      "Ralat ini hanya mengganti teks kiriman yang sudah terbit; fotonya di sana tetap yang lama.",
    "photos-kept": (p) =>
      `Foto yang tidak ada lagi di revisi ini tetap tampil di kiriman lama: ${p.photos}. Agar hilang, turunkan kiriman itu (kominfo post unpublish), lalu editor menerbitkannya baru.`,
    "photo-left-at-site": (p) =>
      `Foto yang tidak ada lagi di ralatnya masih dapat dibuka di situs; minta pengelola situs menghapusnya dari pustaka media: ${p.address}`,
  } satisfies WarningSentences<WarningParamsByCode>,
};
