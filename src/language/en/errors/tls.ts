import type { tls as original } from "../../id/errors/tls.js";

export const tls: typeof original = {
  "newsroom-tls-incomplete": () => [
    "TLS needs a certificate and its key.",
    "Name both: --tls-cert <file> --tls-key <file>",
  ],
  "newsroom-tls-twice": () => [
    "TLS is served by the newsroom itself or by a proxy, not by both.",
    "Choose --tls-cert and --tls-key, or --behind-proxy.",
  ],
  "newsroom-tls-unreadable": (p) => [
    `The TLS file ${p.path} cannot be read (${p.reason}).`,
    "Check its name and permissions.",
  ],
  "newsroom-tls-invalid": (p) => [
    p.what === "key"
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
