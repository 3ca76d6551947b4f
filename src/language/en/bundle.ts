import type { BundleErrors } from "../../errors/bundle.js";
import type { bundle as original } from "../id/bundle.js";
import type { ErrorSentences } from "../types.js";
import { counted } from "./counted.js";

export const bundle: typeof original = {
  passphrase:
    "The passphrase of this file, shown only this once. Write it on paper, and do not send it along with the file:",
  noted: "Have you written it down?",
  exported: (p) => `${counted(p.count, "account is", "accounts are")} kept in ${p.path}.`,
  endsPersonal: "The handover ends the logins in your own name, here and now:",
  endPersonal: "Go on?",
  leftOut: "Left out, because they are in your own name:",
  ended: "revoked at the newsroom and removed from this laptop",
  notEnded: "could not be revoked yet, and is still on this laptop",
  nextThere: (p) => `Take that file to the new laptop, and run there: kominfo auth import ${p.path}`,
  oldLaptop: "Once the new laptop is ready, on this one:",
  oldLaptopLost:
    "If the old laptop is lost, end its access at the services, then log in again on the new one (kominfo auth login <service>):",
  handoverNext:
    "Your successor imports that file, and logs in to the newsroom with an activation code of their own: kominfo auth login newsroom",
  handoverRevoke:
    "Once your successor has replaced the office's passwords and tokens by new ones (kominfo auth login <service>), revoke the old, one by one:",
  handoverLast: "At last, on this laptop:",
  revokeNewsroom: (p) =>
    `ask the admin of ${p.origin} to end your logins on every device; your account stays (kominfo newsroom user tokens "<your name>" --end all)`,
  ask: (p) => `Passphrase of ${p.path}`,
  askAgain: "Wrong passphrase. Try again",
  content: (p) => `${p.path}, made ${p.when}${p.handover ? ", for a handover" : ""}, holds:`,
  columns: ["Service", "Account", "Address", "On this laptop"],
  action: { added: "new", replaced: "replaces the present one", kept: "there is another login" },
  replaceOther: (p) =>
    `This laptop has another login for ${p.service} "${p.account}" ${p.origin}. Replace it by the one of the file?`,
  dryRun: "Nothing was stored (--dry-run).",
  confirm: (p) => `Store ${p.count === 1 ? "this account" : `these ${p.count} accounts`} on this laptop?`,
  imported: (p) => `${counted(p.count, "account")} stored.`,
  kept: "not stored; another login, which is on this laptop already, stays",
  replaceThem: (p) =>
    `To replace what is here by what the file holds: kominfo auth import "${p.path}" --replace`,
  checked: { yes: "valid", no: "not valid", unknown: "not checked" },
  removeFile: (p) => `Delete the file now: ${p.path}`,
  thenOldLaptop: "Once this laptop is ready, on the old one:",
  thenActivate: "Log in to the newsroom with an activation code of your own: kominfo auth login newsroom",
};

export const bundleErrors: ErrorSentences<BundleErrors> = {
  "bundle-exists": (p) => [`${p.path} is already there; nothing is overwritten.`, "Choose another name."],
  "bundle-nothing": (p) =>
    p.handover
      ? [
          "This laptop has only your own login, so there is no account to hand over. Nothing was changed.",
          "End that login: kominfo auth logout newsroom",
          "Hand over the workspace folder. Your successor asks the admin for an activation code of their own, and logs in: kominfo setup",
        ]
      : ["No account is stored on this laptop.", "kominfo auth status"],
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
    "Type the six words that were shown when the file was made, in their order; capitals, blanks or hyphens do not matter.",
  ],
  "bundle-damaged": (p) => [
    `${p.path} is damaged, or holds no accounts of kominfo.`,
    "Copy it again from the laptop it came from, or make it again: kominfo auth export <file>",
  ],
  "bundle-too-new": (p) => [`${p.path} was made by a newer kominfo.`, "Update kominfo on this computer."],
};
