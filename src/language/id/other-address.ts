/** What to do where the address that was asked is perhaps not the newsroom's. */
export const otherAddress =
  "Bila alamat itu keliru: kominfo config set newsroom <alamat> (atau betulkan --url)";
