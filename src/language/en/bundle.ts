import type { bundle as original } from "../id/bundle.js";

export const bundle: typeof original = {
  passphrase:
    "The passphrase of this file, shown only this once. Write it on paper, and do not send it along with the file:",
  noted: "Have you written it down?",
  exported: (p) => `${p.count} accounts are kept in ${p.path}.`,
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
  revoke: {
    newsroom: (p) =>
      `ask the admin of ${p.origin} to revoke your account on every device (kominfo newsroom user revoke <your name>)`,
    web: (p) => `delete this laptop's application password at ${p.url}`,
    facebook: (p) => `take your name off the people who manage the Page, at ${p.url}`,
    instagram: (p) => `revoke the apps and people who manage the account, at ${p.url}`,
    x: (p) => `revoke the connected app, at ${p.url}`,
  },
  ask: (p) => `Passphrase of ${p.path}`,
  askAgain: "Wrong passphrase. Try again",
  content: (p) => `${p.path}, made ${p.when}${p.handover ? ", for a handover" : ""}, holds:`,
  columns: ["Service", "Account", "Address", "On this laptop"],
  action: { added: "new", replaced: "replaces the present one" },
  dryRun: "Nothing was stored (--dry-run).",
  confirm: (p) => `Store these ${p.count} accounts on this laptop?`,
  imported: (p) => `${p.count} accounts stored.`,
  checked: { yes: "valid", no: "not valid", unknown: "not checked" },
  removeFile: (p) => `Delete the file now: ${p.path}`,
  thenOldLaptop: "Once this laptop is ready, on the old one:",
  thenActivate: "Log in to the newsroom with an activation code of your own: kominfo auth login newsroom",
};
