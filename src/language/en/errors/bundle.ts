import type { bundle as original } from "../../id/errors/bundle.js";

export const bundle: typeof original = {
  "bundle-exists": (p) => [`${p.path} is already there; nothing is overwritten.`, "Choose another name."],
  "bundle-nothing": (p) => [
    p.handover
      ? "There is no office account on this laptop that could be handed over."
      : "No account is stored on this laptop.",
    "kominfo auth status",
  ],
  "bundle-passphrase-source-missing": () => [
    "This file is locked with a passphrase, which is only shown or asked for in a terminal.",
    "Run it in a terminal, without --json; or point KOMINFO_BUNDLE_PASSPHRASE_FILE at a file that holds the passphrase.",
  ],
  "bundle-foreign": (p) => [
    `${p.path} is not an age file that a passphrase opens.`,
    "Use a file of: kominfo auth export <file>",
  ],
  "bundle-wrong-passphrase": (p) => [
    `The passphrase for ${p.path} is wrong.`,
    "Type it exactly as it was shown when the file was made: six words with hyphens.",
  ],
  "bundle-damaged": (p) => [
    `${p.path} is damaged, or holds no accounts of kominfo.`,
    "Copy it again from the laptop it came from, or make it again: kominfo auth export <file>",
  ],
  "bundle-too-new": (p) => [`${p.path} was made by a newer kominfo.`, "Update kominfo on this computer."],
};
