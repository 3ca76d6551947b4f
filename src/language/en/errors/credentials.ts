import type { credentials as original } from "../../id/errors/credentials.js";

export const credentials: typeof original = {
  "address-invalid": (p) => [
    `"${p.address}" is not a valid address.`,
    "Write the whole address, e.g. https://newsroom.example.go.id",
  ],
  "address-not-https": (p) => [
    `${p.origin} is refused because it does not use https.`,
    "Use an address that starts with https:// (http:// is only for this computer itself).",
  ],
  "address-with-login": (p) => [
    "The address must not hold a user name or a password.",
    `Write only ${p.origin}`,
  ],
  "address-with-path": (p) => [
    "The address must not hold anything after the name of the server.",
    `Write only ${p.origin}`,
  ],
  "account-name-invalid": () => [
    "The name of an account may only hold letters, digits, spaces, and . _ @ - (at most 100 characters).",
  ],
  "not-logged-in": (p) => [
    `You are not logged in to ${p.service} at ${p.origin}.`,
    `kominfo auth login ${p.service}`,
  ],
  "credential-other-origin": (p) => [
    `Asked for is ${p.asked}, but you are logged in to ${p.service} at ${p.stored.join(", ")}; nothing was sent.`,
    `If ${p.asked} is indeed the right address: kominfo auth login ${p.service} --url ${p.asked}`,
  ],
  "several-accounts": (p) => [
    `There are several accounts of ${p.service}: ${p.accounts.join(", ")}.`,
    "Name one of them with --account <name>",
  ],
  "environment-incomplete": (p) => [
    `${p.set.join(", ")} is set, but ${p.missing.join(", ")} is not.`,
    "Set all of them, or none.",
  ],
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
    "On Fedora: sudo dnf install libsecret; on Arch: sudo pacman -S libsecret",
  ],
  "keychain-silent": (p) => [
    `The system's keychain gave no answer in ${p.seconds} seconds and is not waited for any longer.`,
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
  "passphrase-source-missing": () => [
    "The credential vault needs a passphrase, and there is nobody to ask here.",
    "Point KOMINFO_PASSPHRASE_FILE at a file that holds the passphrase, or KOMINFO_PASSPHRASE_COMMAND at a command that prints it.",
    "For a new vault with the system's keychain: KOMINFO_STORE=keychain",
  ],
  "passphrase-file-loose": (p) => [
    `Other users of this computer can open the passphrase file ${p.path}.`,
    `chmod 600 "${p.path}"`,
  ],
  "passphrase-file-unreadable": (p) => [
    `The passphrase file ${p.path} cannot be read (${p.reason}).`,
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
    `The command ${p.program} of KOMINFO_PASSPHRASE_COMMAND was not done after ${p.seconds} seconds, and was stopped.`,
    "Run that command by itself to see why.",
  ],
  "vault-wrong-passphrase": (p) => [
    `The passphrase for the vault ${p.path} is wrong.`,
    "Try again with the right one; if it comes from KOMINFO_PASSPHRASE_FILE or KOMINFO_PASSPHRASE_COMMAND, check what that gives.",
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
  "vault-unwritable": (p) => [
    `The vault ${p.path} cannot be written (${p.reason}); what it held before is intact.`,
  ],
  "audit-unwritable": (p) => [
    `The change is stored, but the audit log ${p.path} cannot be written (${p.reason}).`,
  ],
};
