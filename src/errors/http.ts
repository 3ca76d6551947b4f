/** Errors about any server that cannot be reached or does not work. */
export interface HttpErrors {
  "server-unreachable": { origin: string; path: string; reason: string };
  "server-slow": { origin: string; path: string; reason: string };
  "server-busy": { origin: string; wait?: string };
  "server-failing": { origin: string; status: number; request?: string };
  "server-redirects": { origin: string; to: string };
  "proxy-refused": { origin: string };
}
