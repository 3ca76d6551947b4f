/** Errors about running a newsroom: its folder, database, photo storage, TLS and copies. */
export interface NewsroomServerErrors {
  /** `nearest`: the newsroom that was probably meant. */
  "newsroom-folder-missing": { path: string; nearest?: string | undefined };
  "newsroom-folder-foreign": { path: string };
  "newsroom-folder-unusable": { path: string; reason: string };
  "newsroom-database-invalid": undefined;
  "newsroom-database-unusable": { address: string; reason: string };
  "newsroom-secret-in-argv": { flag: string };
  "newsroom-blobs-invalid": undefined;
  "newsroom-blobs-keys": undefined;
  "newsroom-blobs-unusable": { path: string; reason: string };
  "package-missing": { name: string };
  "newsroom-running": { path: string };
  "newsroom-target-used": { path: string };
  "newsroom-unfinished": { path: string; from: string };
  "newsroom-moved": { path: string; to: string };
  "newsroom-copy-differs": { table: string };
  "newsroom-blob-damaged": { sha256: string };
  "newsroom-backup-missing": { path: string };
  /** `reason`: "form" (not 32 bytes in base64), "open" (others may read it), or the system's code. */
  "newsroom-secrets-key-unusable": { path: string; reason: string };
  "newsroom-audit-broken": { seq: number; problem: string };
  "newsroom-newer": { path: string };
  "newsroom-host-public": { host: string };
  "newsroom-port-unusable": { host: string; port: number; reason: string };
  "newsroom-tls-incomplete": undefined;
  "newsroom-tls-twice": undefined;
  "newsroom-tls-unreadable": { path: string; reason: string };
  "newsroom-tls-invalid": { path: string; kind: "certificate" | "key" };
  "newsroom-tls-key-locked": { path: string };
  "newsroom-tls-key-open": { path: string };
  "newsroom-tls-mismatch": { file: string; path: string };
}
