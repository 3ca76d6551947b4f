/** Messages of the desk's page that removes personal data. */
export const deskRedaction = {
  redaction: {
    title: "Hapus data pribadi",
    list: "Data yang dihapus",
    lead: "Menurut UU 27/2022 tentang Pelindungan Data Pribadi. Yang dihapus tidak dapat dikembalikan; siapa, kapan, mengapa, dan dasar hukumnya tetap tercatat.",
    back: "Kembali ke naskah",
    what: "Yang dihapus",
    choose: "Pilih satu",
    wholeRevision: (p: { n: number; who: string; when: string }) =>
      `Revisi ${p.n}, seluruh isinya: ${p.who}, ${p.when}`,
    comment: (p: { who: string; text: string }) => `Catatan ${p.who}: ${p.text}`,
    transition: (p: { who: string; text: string }) => `Alasan ${p.who}: ${p.text}`,
    photo: (p: { name: string }) => `Foto ${p.name}, di semua naskah dan album`,
    legalBasis: "Dasar hukum",
    legalBasisHint: "misalnya UU 27/2022 Pasal 8",
    reason: "Alasan",
    reasonHint: "jangan ulangi data yang dihapus; alasan ini dibaca pengirim",
    sure: "Saya mengerti bahwa ini tidak dapat dikembalikan",
    go: "Hapus untuk selamanya",
    needWhat: "Pilih yang akan dihapus.",
    needLegalBasis: "Tulis dasar hukumnya.",
    needSure: "Centang bahwa Anda mengerti ini tidak dapat dikembalikan.",
    gone: "Yang dipilih sudah tidak ada. Tidak ada yang dihapus.",
    was: {
      revision: "Isi revisi",
      comment: "Sebuah catatan",
      transition: "Alasan sebuah langkah",
      photo: "Sebuah foto",
    },
    by: (p: { who: string; when: string }) => `dihapus ${p.who}, ${p.when}`,
  },
};
