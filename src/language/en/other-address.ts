/** What to do where the address that was asked is perhaps not the newsroom's. */
export const otherAddress =
  "If that address is wrong: kominfo config set newsroom <address> (or correct --url)";
