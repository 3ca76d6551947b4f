/** What is wrong with one key of a file (front matter, template, kominfo.yaml): code -> what is expected. */
export const problems = {
  required: () => "wajib diisi",
};
