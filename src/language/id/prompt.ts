/** Words that every prompt uses. */
export const prompt = {
  yesNo: "(Y/t)",
  noYes: "(y/T)",
  sayYesOrNo: "Ketik y untuk ya, atau t untuk tidak",
  selectKeys: "↑↓ memilih • ⏎ setuju",
  editing: "penyunting terbuka; simpan lalu tutup untuk melanjutkan",
};
