import type { VaultErrors } from "../../errors/vault.js";
import type { vault as original } from "../id/vault.js";
import type { ErrorSentences } from "../types.js";
import { counted } from "./counted.js";
import { systemReason } from "./system-reasons.js";

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
  passphraseChanged: "The vault's passphrase was changed. The old one opens it no more.",
  sessionEnded:
    "The session of auth unlock ended with it; the new passphrase will be asked for. To open one again: kominfo auth unlock",
  oldPassphraseIn: (p) =>
    `${p.source} still gives the old passphrase. Change what it gives: kominfo uses that first.`,
  openUntil: (p) => `The vault is open without a passphrase until ${p.when}.`,
  opensByItself:
    "The system's keychain opens this vault, so no passphrase is ever asked for; nothing was changed.",
  howToLock: "To lock it earlier: kominfo auth lock",
  locked: "The vault is locked again; its passphrase is asked for when it is needed.",
  notHeld: "The vault was not open by auth unlock; nothing was changed.",
  keyLeft:
    "The old key is still in the keychain, but opens the vault no more. To remove it, run again: kominfo auth store passphrase",
};

export const vaultErrors: ErrorSentences<VaultErrors> = {
  "store-unknown": (p) => [
    `KOMINFO_STORE does not know "${p.value}".`,
    "Set it to keychain, passphrase or env.",
  ],
  "keychain-locked": () => [
    "The system's keychain is locked, so the vault of credentials cannot be opened. Your accounts are still there.",
    "Unlock it (log in to the desktop, or open Passwords and Keys/Seahorse), then run the same command again.",
    `Over SSH: (read -rsp "Password: " s; printf %s "$s" | gnome-keyring-daemon --unlock)`,
    "Or move to a passphrase, once, from the desktop: kominfo auth store passphrase",
  ],
  "keychain-no-bus": () => [
    "The system's keychain cannot be reached: there is no session D-Bus here (SSH, cron, or a machine without a desktop).",
    "Run it from a terminal on the desktop, or: dbus-run-session -- kominfo …",
    "Without a keychain: KOMINFO_STORE=passphrase for a new vault, or kominfo auth store passphrase from the desktop for the one you have.",
  ],
  "keychain-no-service": () => [
    "There is no keychain service (Secret Service) in this session.",
    "sudo apt install gnome-keyring",
    "Without a keychain: KOMINFO_STORE=passphrase for a new vault, or kominfo auth store passphrase from the desktop for the one you have.",
  ],
  "keychain-no-library": () => [
    "The library libsecret is not installed, so the system's keychain cannot be used.",
    "sudo apt install libsecret-1-0",
    "On Fedora: sudo dnf install libsecret",
    "On Arch: sudo pacman -S libsecret",
  ],
  "keychain-silent": (p) => [
    `The system's keychain gave no answer in ${counted(p.seconds, "second")} and is not waited for any longer.`,
    "See whether a window asks for the keychain's password, then run the same command again.",
    "If it stays silent, log out of the desktop and in again; or: systemctl --user restart gnome-keyring-daemon",
  ],
  "keychain-key-missing": (p) => [
    `The system's keychain is open, but the key of the vault ${p.path} is not in it.`,
    "If this vault was copied from another laptop: run kominfo auth export there, then kominfo auth import here",
    `If the key was deleted, set that vault aside and log in again: mv "${p.path}" "${p.path}.old"`,
  ],
  "keychain-failed": (p) => [
    `The system's keychain cannot be used (${p.reason}).`,
    "Try again; if it keeps failing, use a passphrase: KOMINFO_STORE=passphrase",
  ],
  "store-is-environment": () => [
    "With KOMINFO_STORE=env nothing is stored on this computer.",
    "Give the token through the environment, e.g. KOMINFO_NEWSROOM_TOKEN, or set KOMINFO_STORE to keychain or passphrase.",
  ],
  "passphrase-source-missing": ({ isNew }) => [
    "The credential vault needs a passphrase, and this command cannot ask for it: its input is no terminal, or --no-input was given.",
    ...(isNew
      ? [
          'Type the command in a terminal without "<": the token and the passphrase are asked for there.',
          "For a new vault with the system's keychain: KOMINFO_STORE=keychain",
        ]
      : ["Open it in a terminal first, for some hours: kominfo auth unlock"]),
    "For scripts: point KOMINFO_PASSPHRASE_FILE at a file that holds the passphrase, or KOMINFO_PASSPHRASE_COMMAND at a command that prints it.",
  ],
  "passphrase-file-loose": (p) => [
    `Other users of this computer can open the passphrase file ${p.path}.`,
    `chmod 600 "${p.path}"`,
  ],
  "passphrase-file-unreadable": (p) => [
    `The passphrase file ${p.path} cannot be read (${systemReason(p.reason)}).`,
    "Check KOMINFO_PASSPHRASE_FILE or KOMINFO_BUNDLE_PASSPHRASE_FILE.",
  ],
  "passphrase-empty": (p) => [`The passphrase from ${p.variable} is empty.`],
  "passphrase-too-short": (p) => [
    `A new passphrase has at least ${p.minimum} characters.`,
    "A few random words are stronger, and easier to remember, than one complicated word.",
  ],
  "passphrase-command-invalid": () => [
    "KOMINFO_PASSPHRASE_COMMAND cannot be read: a quote is not closed, or there is no command in it.",
  ],
  "passphrase-command-failed": (p) => [
    `The command ${p.program} of KOMINFO_PASSPHRASE_COMMAND failed (${p.reason}).`,
    "Run that command by itself to see why.",
  ],
  "passphrase-command-slow": (p) => [
    `The command ${p.program} of KOMINFO_PASSPHRASE_COMMAND was not done after ${counted(p.seconds, "second")}, and was stopped.`,
    "Run that command by itself to see why.",
  ],
  "vault-wrong-passphrase": (p) => [
    `The passphrase for the vault ${p.path} is wrong.`,
    p.source === undefined
      ? "Try again with the right one."
      : `It comes from ${p.source}; check what that gives, then try again.`,
    `If it is forgotten, set the vault aside and log in again: mv "${p.path}" "${p.path}.old"`,
  ],
  "vault-damaged": (p) => [
    `${p.path} is damaged or is not a vault of kominfo; it was left as it is.`,
    `Restore it from a backup, or set it aside and log in again: mv "${p.path}" "${p.path}.damaged"`,
  ],
  "vault-tampered": (p) => [
    `The content of the vault ${p.path} was changed by something other than kominfo, so it is not used.`,
    `Restore it from a backup, or set it aside and log in again: mv "${p.path}" "${p.path}.damaged"`,
  ],
  "vault-too-new": (p) => [
    `The vault ${p.path} was made by a newer kominfo.`,
    "Update kominfo on this computer.",
  ],
  "vault-loose-permissions": (p) => [
    `Other users of this computer can open the vault ${p.path}, so it is not used.`,
    `chmod 600 "${p.path}"`,
  ],
  "vault-symlink": (p) => [
    `The vault ${p.path} is a symbolic link, so it is not used.`,
    `Remove the link, then put the real file in its place: rm "${p.path}"`,
  ],
  "vault-folder-linked": (p) => [
    `The vault's folder ${p.path} is a symbolic link, so the vault in it is not used.`,
    `Remove the link, then put the real folder in its place: rm "${p.path}"`,
  ],
  "vault-folder-foreign": (p) => [
    `The vault's folder ${p.path} belongs to another user, so the vault in it is not used.`,
    `sudo chown "$(id -un)" "${p.path}"`,
  ],
  "vault-folder-loose": (p) => [
    `Other users of this computer can swap what lies in ${p.path}, so the vault below it is not used.`,
    `chmod ${p.mode} "${p.path}"`,
  ],
  "vault-unwritable": (p) => [
    `The vault ${p.path} cannot be written (${systemReason(p.reason)}); what it held before is intact.`,
  ],
  "vault-missing": (p) => [
    `There is no vault at ${p.path} yet: no account is stored on this computer.`,
    "kominfo auth login newsroom",
  ],
  "vault-without-passphrase": (p) => [
    `The system's keychain opens the vault ${p.path}, so there is no passphrase to change.`,
    "To use a passphrase: kominfo auth store passphrase",
  ],
  "passphrase-unchanged": () => [
    "The new passphrase is the present one; nothing was changed.",
    "Choose another one, and run again: kominfo auth passphrase",
  ],
  "new-passphrase-source-missing": () => [
    "The new passphrase is asked for in a terminal; the input of this command is none, or --no-input was given.",
    "Run it in a terminal, without --json; or point KOMINFO_NEW_PASSPHRASE_FILE at a file that holds it.",
  ],
  "session-unsupported": () => [
    "On Windows the vault cannot be opened for a while yet.",
    "To be asked for no passphrase any more, keep its key in the system's keychain: kominfo auth store keychain",
  ],
  "session-folder-foreign": (p) => [
    `The folder ${p.path} is not certainly yours alone, so the vault's key is not left there. Nothing was changed.`,
    `Look at its owner and mode: ls -ld "${p.path}"`,
    "Or set XDG_RUNTIME_DIR to a folder that is yours alone.",
  ],
  "session-unstarted": (p) => [
    `The process that holds the vault's key could not be started (${p.reason}). The vault stays locked.`,
    "Try again; until then the passphrase is asked for as usual.",
  ],
  "duration-invalid": (p) => [
    `${p.flag} "${p.value}" is not a time from ${p.shortest} to ${p.longest}.`,
    `For example: ${p.flag} 8h (8 hours), ${p.flag} 30m (30 minutes)`,
  ],
  "audit-unwritable": (p) => [
    `The change is stored, but the audit log ${p.path} cannot be written (${systemReason(p.reason)}).`,
  ],
};
