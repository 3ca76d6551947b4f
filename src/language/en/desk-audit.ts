import type { deskAudit as original } from "../id/desk-audit.js";

const ways: Record<string, string> = { password: "password", link: "login link", code: "activation code" };
const exports: Record<string, string> = { backup: "backup", move: "move", restore: "restore" };
const decisions: Record<string, string> = { moved: "moved", removed: "claim removed" };

export const deskAudit: typeof original = {
  title: "Audit log",
  intro:
    "Who changed people's access, logged in, exported, redacted personal data, or opened an internal block. The log only grows; kominfo newsroom audit --verify checks its chain.",
  ofPerson: (p) => `Audit log: ${p.name}`,
  everyone: "Everyone",
  link: "Audit log",
  pages: "Pages of the audit log",
  none: "No entries yet.",
  columns: ["Time", "Who", "What", "Whom", "From"],
  owner: "owner of the data folder",
  visitor: "not logged in",
  erased: "(name erased)",
  vias: { desk: "desk", api: "API", command: "command" },
  events: {
    "person-invited": "added a person",
    "person-suspended": "suspended",
    "person-resumed": "gave access back",
    "person-revoked": "revoked",
    "code-issued": "issued an activation code",
    "token-issued": "issued a token",
    "token-rotated": "rotated a token",
    "token-ended": "ended a token",
    "link-issued": "issued a login link",
    activated: "activated a device",
    "password-set": "set a password",
    "logged-in": "logged in",
    confirmed: "confirmed who they are",
    "login-failed": "failed to log in",
    "logged-out": "logged out",
    "sessions-ended": "ended all sessions",
    exported: "exported",
    restored: "restored",
    redacted: "redacted personal data",
    "internal-opened": "opened an internal block",
    "settings-changed": "changed settings",
    "account-decided": "decided whose account it is",
  },
  detail: ({ role, kecamatan, way, what, revision, count }) =>
    [
      role,
      kecamatan,
      way && (ways[way] ?? way),
      what && (exports[what] ?? decisions[what] ?? what),
      revision && `revision ${revision}`,
      typeof count === "number" && count > 1 && `${count} times`,
    ]
      .filter(Boolean)
      .join(", "),
  news: "Since you last checked",
  newsHint: "If one of these was not you: log out on all devices, then tell an admin.",
  newsOk: "All of these were me",
  newsBy: (p) => `by ${p.name}`,
  issuer: "Issued by",
};
