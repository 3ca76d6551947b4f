/** Errors about the file that carries accounts to another computer. */
export interface BundleErrors {
  "bundle-exists": { path: string };
  "bundle-nothing": { handover: boolean };
  "bundle-passphrase-source-missing": undefined;
  "bundle-foreign": { path: string };
  "bundle-wrong-passphrase": { path: string };
  "bundle-damaged": { path: string };
  "bundle-too-new": { path: string };
}
