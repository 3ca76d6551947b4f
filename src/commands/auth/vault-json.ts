import type { VaultStatus } from "../../credentials/types.js";

/** The vault in the JSON of the `auth` commands. */
export function vaultJson({ path, unlock, state, open_until }: VaultStatus) {
  return { path, unlock, state, open_until: open_until ?? null };
}
