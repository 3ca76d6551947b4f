import type { AccountErrors } from "../../errors/account.js";
import type { account as original } from "../id/account.js";
import type { ErrorSentences } from "../types.js";
import { serviceName } from "./service-name.js";

export const account: typeof original = {
  askAddress: "Address of the newsroom",
  aboutCode: (p) =>
    `Logging in to ${p.origin}.\nThe newsroom's admin gives activation codes; each works once, within 72 hours.`,
  askCode: "Activation code",
  codeForm: "An activation code has 12 letters and digits, for example XXXX-XXXX-XXXX",
  askToken: "Token",
  loggedIn: (p) => `${p.who} is logged in to ${p.origin}.`,
  until: (p) => `Valid until ${p.when}.`,
  addressKept: (p) => `The address ${p.origin} is kept in kominfo.yaml.`,
  untilRevoked: "Valid until an admin revokes it.",
  shadowed: (p) => `${p.variables.join(", ")} is set, so that is used and not what was just stored.`,
  otherKecamatan: (p) =>
    `This account is ${p.who}'s, but this workspace is Kecamatan ${p.workspace}'s.${p.own === undefined ? "" : ` If the workspace is wrong: kominfo config set kecamatan ${p.own}`}`,
  passphrase: "Passphrase of the vault",
  presentPassphrase: "Present passphrase of the vault",
  passphraseEmpty: "No passphrase was typed.",
  emptyVaultClosed:
    "The vault holds no account any more, so it was closed; the next command asks for its passphrase.",
  passphraseAgain: "Wrong passphrase. Try again",
  newPassphrase: (p) => `Choose a passphrase (at least ${p.minimum} characters)`,
  aboutPassphrase:
    "The passphrase opens the vault that keeps your accounts on this computer. A few random words are best. Do not forget it: nobody can recover it.",
  passphraseTooShort: (p) => `At least ${p.minimum} characters`,
  repeatPassphrase: "Type it once more",
  passphraseDiffers: "Not the same as the first one. Try again, or Ctrl-C to start over",
  columns: ["Service", "Account", "Address", "From", "State", "Last accepted", "Valid until"],
  noAccounts: "No account yet. Log in with: kominfo auth login newsroom",
  accountsUnknown: "The accounts in the vault cannot be seen now.",
  sources: { vault: "vault", env: "environment" },
  valid: "valid",
  invalid: "not valid",
  unchecked: "not checked",
  notAsked: "not asked now",
  noEnd: "no time limit",
  expired: (p) =>
    `The ${p.service} account has expired. Get a new ${p.service === "newsroom" ? "activation code" : "token"}, then: kominfo auth login ${p.service}`,
  endsSoon: (p) =>
    `The ${p.service} account "${p.account}" ends within ${p.days === 1 ? "a day" : `${p.days} days`}. Renew it before: kominfo auth login ${p.service}`,
  vault: "Vault:",
  unlockedBy: "Opened by:",
  unlocks: {
    keychain: "the system's keychain",
    passphrase: "passphrase",
    env: "not used (KOMINFO_STORE=env)",
  },
  states: { ok: "ok", missing: "none yet", locked: "locked", damaged: "cannot be used" },
  howToUnlock:
    "To open it for some hours: kominfo auth unlock. Or run it in a terminal to be asked for the passphrase, or set KOMINFO_PASSPHRASE_FILE.",
  loggedOut: (p) => `The ${p.service} account "${p.account}" at ${p.origin} was removed from this computer.`,
  endedThere: "Its token was ended at the newsroom too.",
  notEnded: (p) => `Its token could not be ended at the newsroom. ${p.reason}`,
  nothingToRemove: (p) => `No ${p.service} account is stored on this computer.`,
  stillValidThere:
    'Its token stays valid at the newsroom until an admin ends it: kominfo newsroom user tokens "<your name>" --end all',
  stillInEnvironment: (p) => `${p.variables.join(", ")} is still set, so kominfo goes on using it.`,
};

export const accountErrors: ErrorSentences<AccountErrors> = {
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
    `You are not logged in to ${serviceName(p.service)} at ${p.origin}.`,
    `kominfo auth login ${p.service}`,
  ],
  "credential-other-origin": (p) => [
    `Asked for is ${p.requested}, but you are logged in to ${serviceName(p.service)} at ${p.stored.join(", ")}; nothing was sent.`,
    `If ${p.requested} is indeed the right address: kominfo auth login ${p.service} --url ${p.requested}`,
  ],
  "several-accounts": (p) => [
    `There are several accounts of ${serviceName(p.service)}: ${p.accounts.join(", ")}.`,
    `Name one of them with ${p.flag ?? "--account "}<name>`,
  ],
  "environment-incomplete": (p) => [
    `${p.set.join(", ")} is set, but ${p.missing.join(", ")} is not.`,
    "Set all of them, or none.",
  ],
  "token-empty": () => [
    "No token was given: stdin is empty.",
    "kominfo auth login newsroom --with-token < token.txt",
  ],
  "token-malformed": () => [
    "What was read is no token: it has more than one line, or characters that no token has.",
    "Give the token alone, without other text.",
  ],
};
