/** Messages of `template list` and `template show`. */
export const template = {
  required: "wajib",
  repeats: "boleh berulang",
  internal: "hanya untuk redaksi",
  choices: "pilihan",
  own: "milik ruang kerja ini",
  use: (name: string) => `kominfo post new ${name}`,
};
