/** Errors about the credential vault and its unlocking. */
export interface VaultErrors {
  "store-unknown": { value: string };
  "keychain-locked": undefined;
  "keychain-no-bus": undefined;
  "keychain-no-service": undefined;
  "keychain-no-library": undefined;
  "keychain-silent": { seconds: number };
  "keychain-key-missing": { path: string };
  "keychain-failed": { reason: string };
  "store-is-environment": undefined;
  /** `isNew`: there is no vault yet. */
  "passphrase-source-missing": { isNew: boolean };
  "passphrase-file-loose": { path: string };
  "passphrase-file-unreadable": { path: string; reason: string };
  "passphrase-empty": { variable: string };
  "passphrase-too-short": { minimum: number };
  "passphrase-command-invalid": undefined;
  "passphrase-command-failed": { program: string; reason: string };
  "passphrase-command-slow": { program: string; seconds: number };
  /** `source`: the variable that it came from; a person typed it otherwise. */
  "vault-wrong-passphrase": { path: string; source?: string };
  "vault-damaged": { path: string };
  "vault-tampered": { path: string };
  "vault-too-new": { path: string };
  "vault-loose-permissions": { path: string };
  "vault-symlink": { path: string };
  "vault-folder-linked": { path: string };
  "vault-folder-foreign": { path: string };
  /** `mode` as chmod takes it. */
  "vault-folder-loose": { path: string; mode: string };
  "vault-unwritable": { path: string; reason: string };
  "vault-missing": { path: string };
  "vault-without-passphrase": { path: string };
  "passphrase-unchanged": undefined;
  "new-passphrase-source-missing": undefined;
  "session-unsupported": undefined;
  "session-folder-foreign": { path: string };
  "session-unstarted": { reason: string };
  "duration-invalid": { flag: string; value: string; shortest: string; longest: string };
  "audit-unwritable": { path: string; reason: string };
}
