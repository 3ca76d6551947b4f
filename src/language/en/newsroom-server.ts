import type { NewsroomServerErrors } from "../../errors/newsroom-server.js";
import type { ErrorSentences } from "../types.js";
import { systemReason } from "./system-reasons.js";

export const newsroomServerErrors: ErrorSentences<NewsroomServerErrors> = {
  "newsroom-folder-missing": (p) => [
    `There is no newsroom in ${p.path}.`,
    ...(p.nearest === undefined ? [] : [`There is one: --data "${p.nearest}"`]),
    `To make a new one there: kominfo newsroom init --data "${p.path}"`,
  ],
  "newsroom-folder-foreign": (p) => [
    `The folder ${p.path} holds other files; a newsroom needs an empty folder.`,
    "Choose an empty or a new folder with --data.",
  ],
  "newsroom-folder-unusable": (p) => [
    `The newsroom in ${p.path} cannot be opened (${systemReason(p.reason)}).`,
    "Check the folder's permissions and the free space; if its file is damaged, restore a backup.",
  ],
  "newsroom-database-invalid": () => [
    "The address of the database is not understood.",
    "For example: --database postgres://kominfo@localhost/newsroom; the password in PGPASSWORD or ~/.pgpass.",
  ],
  "newsroom-database-unusable": (p) => [
    `The database ${p.address} cannot be opened (${systemReason(p.reason)}).`,
    "Check that PostgreSQL runs, and the name, its password and its rights.",
  ],
  "newsroom-secret-in-argv": (p) => [
    `Do not put a password in ${p.flag}: every user of this machine can read it there.`,
    "Use PGPASSWORD, ~/.pgpass or KOMINFO_NEWSROOM_DATABASE; the keys of S3 in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. Change the password that was typed.",
  ],
  "newsroom-blobs-invalid": () => [
    "The place for photos is not understood.",
    'For example: --blobs "s3://newsroom?endpoint=https://s3.example.org"',
  ],
  "newsroom-blobs-keys": () => [
    "The keys of the S3 store are missing.",
    "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
  ],
  "newsroom-blobs-unusable": (p) => [
    `The place for photos ${p.path} cannot be used (${systemReason(p.reason)}).`,
    "Check the address, the bucket's name and its rights.",
  ],
  "package-missing": (p) => [
    `The package ${p.name} is not installed on this machine.`,
    `npm install -g ${p.name}`,
  ],
  "newsroom-running": (p) => [
    `The newsroom in ${p.path} is still running.`,
    "Stop it first (Ctrl-C, or systemctl stop), then run this again.",
  ],
  "newsroom-target-used": (p) => [
    `There is another newsroom in ${p.path} already.`,
    "Choose an empty place.",
  ],
  "newsroom-unfinished": (p) => [
    `The newsroom in ${p.path} is not whole: copying it from ${p.from} was broken off.`,
    "Run the command that copies it again (kominfo newsroom restore or kominfo newsroom move); it goes on where it was.",
  ],
  "newsroom-moved": (p) => [
    `The newsroom in ${p.path} has moved to ${p.to}.`,
    `kominfo newsroom serve --database "${p.to}"`,
  ],
  "newsroom-copy-differs": (p) => [
    `The copy of the table ${p.table} differs from its original.`,
    "Empty the target, then run this again. The original is as it was.",
  ],
  "newsroom-blob-damaged": (p) => [
    `The photo ${p.sha256} is missing or damaged.`,
    "Put it back from another backup, then run this again.",
  ],
  "newsroom-backup-missing": (p) => [
    `There is no whole backup in ${p.path}.`,
    `kominfo newsroom backup "${p.path}"`,
  ],
  "newsroom-secrets-key-unusable": (p) =>
    p.reason === "open"
      ? [`The secrets key in ${p.path} can be read by every user of this machine.`, `chmod 600 "${p.path}"`]
      : [
          `The secrets key in ${p.path} cannot be used (${systemReason(p.reason)}).`,
          "Copy secrets.key from the former data folder. A new key: openssl rand -base64 32",
        ],
  "newsroom-audit-broken": (p) =>
    p.problem.endsWith("erased-early")
      ? [
          `Names or addresses of entry ${p.seq} of the audit log were erased before their time.`,
          "Someone changed the database directly, or they were kept for a shorter time before (settings, audit). Compare it with an earlier backup.",
        ]
      : [
          p.problem === "missing"
            ? `Entry ${p.seq} of the audit log is missing.`
            : `Entry ${p.seq} of the audit log is not as it was written.`,
          "Someone changed the database directly. Keep a copy of it, then compare it with an earlier backup.",
        ],
  "newsroom-newer": (p) => [
    `The newsroom in ${p.path} was made by a newer kominfo.`,
    "Update kominfo on this machine.",
  ],
  "newsroom-host-public": (p) => [
    `On ${p.host} the newsroom can be reached from outside this machine, so it needs TLS.`,
    "Add --tls-cert <file> --tls-key <file>, or use --host 127.0.0.1.",
    "If nginx on this machine serves TLS: kominfo newsroom serve --behind-proxy",
  ],
  "newsroom-port-unusable": (p) => [
    `The address ${p.host}:${p.port} cannot be used (${systemReason(p.reason)}).`,
    "Choose another port, or --port 0 for a free one.",
  ],
  "newsroom-tls-incomplete": () => [
    "TLS needs a certificate and its key.",
    "Name both: --tls-cert <file> --tls-key <file>",
  ],
  "newsroom-tls-twice": () => [
    "TLS is served by the newsroom itself or by a proxy, not by both.",
    "Choose --tls-cert and --tls-key, or --behind-proxy.",
  ],
  "newsroom-tls-unreadable": (p) => [
    `The TLS file ${p.path} cannot be read (${systemReason(p.reason)}).`,
    "Check its name and permissions.",
  ],
  "newsroom-tls-invalid": (p) => [
    p.kind === "key"
      ? `There is no TLS key in PEM form in ${p.path}.`
      : `There is no TLS certificate in PEM form in ${p.path}.`,
    "Use the files that the certificate authority gave; of Let's Encrypt: fullchain.pem and privkey.pem.",
  ],
  "newsroom-tls-key-locked": (p) => [
    `The TLS key in ${p.path} is locked with a passphrase.`,
    `openssl pkey -in "${p.path}" -out key.pem`,
  ],
  "newsroom-tls-key-open": (p) => [
    `The TLS key in ${p.path} can be read by every user of this machine.`,
    `chmod 640 "${p.path}"`,
  ],
  "newsroom-tls-mismatch": (p) => [
    `The key in ${p.path} is not the key of the certificate in ${p.file}.`,
    "Use a certificate and a key that were issued together.",
  ],
};
