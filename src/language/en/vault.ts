import type { vault as original } from "../id/vault.js";

export const vault: typeof original = {
  chooseStore: "How is the vault of accounts on this computer opened?",
  stores: {
    keychain: {
      name: "The system's keychain (recommended)",
      description: "Opens by itself when you log in to the laptop; nothing to remember.",
    },
    passphrase: {
      name: "A passphrase",
      description: "You type it whenever kominfo needs an account; for servers, SSH and WSL.",
    },
  },
  waiting: "Waiting for the system's keychain. If a window asks for its password, answer it; Ctrl-C stops.",
  moved: {
    keychain: "The vault is now opened by the system's keychain.",
    passphrase: "The vault is now opened by a passphrase.",
  },
  unmoved: {
    keychain: "The vault is opened by the system's keychain already; nothing was changed.",
    passphrase: "The vault is opened by a passphrase already; nothing was changed.",
  },
  keyLeft:
    "The old key is still in the keychain, but opens the vault no more. To remove it, run again: kominfo auth store passphrase",
};
