import type { ProblemName } from "../contract.js";

/** `title` of each problem, in the caller's language. */
export const titles: Record<"id" | "en", Record<ProblemName, string>> = {
  id: {
    invalid: "Isi permintaan tidak sesuai.",
    unauthenticated: "Token tidak ada, tidak dikenal, kedaluwarsa, atau sudah dicabut.",
    forbidden: "Peran Anda tidak boleh melakukan ini.",
    "not-found": "Tidak ditemukan.",
    conflict: "Langkah ini tidak dapat dilakukan pada keadaan sekarang.",
    stale: "Sudah ada revisi yang lebih baru.",
    "precondition-required": "Sebutkan revisi yang dibaca (If-Match).",
    "idempotency-mismatch": "Kunci Idempotency-Key ini sudah dipakai untuk permintaan lain.",
    "photo-invalid": "Berkas yang diunggah bukan foto yang utuh, atau berbeda dari yang disebutkan.",
    "too-large": "Permintaan terlalu besar.",
    "too-many-requests": "Terlalu banyak permintaan; coba lagi sebentar lagi.",
    "client-too-old": "Versi kominfo Anda terlalu lama; perbarui dahulu.",
    "activation-invalid": "Kode aktivasi tidak berlaku atau sudah dipakai.",
    "storage-full": "Ruang simpan di server hampir habis.",
    internal: "Terjadi kesalahan di server.",
  },
  en: {
    invalid: "The request is not valid.",
    unauthenticated: "The token is missing, unknown, expired or revoked.",
    forbidden: "Your role may not do this.",
    "not-found": "Not found.",
    conflict: "This step is not possible in the present state.",
    stale: "There is a newer revision.",
    "precondition-required": "Name the revision that was read (If-Match).",
    "idempotency-mismatch": "This Idempotency-Key was used for another request.",
    "photo-invalid": "The uploaded file is not an intact photo, or not the one that was announced.",
    "too-large": "The request is too large.",
    "too-many-requests": "Too many requests; try again in a moment.",
    "client-too-old": "Your version of kominfo is too old; please update it.",
    "activation-invalid": "The activation code is not valid or has been used.",
    "storage-full": "The server is running out of storage.",
    internal: "Something went wrong on the server.",
  },
};
