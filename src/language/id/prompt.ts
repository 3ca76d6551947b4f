/** Messages that every prompt uses. */
export const prompt = {
  yesNo: "(Y/t)",
  noYes: "(y/T)",
  /** Stand behind an answered question. */
  yes: "ya",
  no: "tidak",
  sayYesOrNo: "Ketik y untuk ya, atau t untuk tidak",
  selectKeys: "↑↓ memilih • Enter setuju",
  longSelectKeys: "↑↓ atau huruf awalnya memilih • Enter setuju",
  /** Lines of a list that are not on the screen. */
  moreAbove: (p: { count: number }) => `↑ ${p.count} baris lagi`,
  moreBelow: (p: { count: number }) => `↓ ${p.count} baris lagi`,
  editing: "penyunting terbuka; simpan lalu tutup untuk melanjutkan",
  editorMissing: (p: { variable: string; program: string }) =>
    `${p.variable} "${p.program}" tidak ditemukan di komputer ini.`,
  nanoKeys: "simpan dengan Ctrl-O lalu Enter, tutup dengan Ctrl-X",
};
