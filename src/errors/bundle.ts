/** Errors about the file that carries accounts to another computer. */
export interface BundleErrors {
  "bundle-exists": { path: string };
  /** `handover`: there are only logins in the person's own name, which are not handed over. */
  "bundle-nothing": { handover: boolean };
  "bundle-passphrase-source-missing": undefined;
  "bundle-foreign": { path: string };
  "bundle-wrong-passphrase": { path: string };
  "bundle-damaged": { path: string };
  "bundle-too-new": { path: string };
}
