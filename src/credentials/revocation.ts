import { channels } from "../channels/registry.js";
import type { Account } from "./types.js";

/** One account that someone must no longer be able to use, and where that is done. */
export interface Revocation extends Pick<Account, "service" | "account" | "origin" | "kind"> {
  /** The page on which access is ended, at the service itself; null where an admin does it by a command. */
  url: string | null;
}

/** What is to be revoked for these accounts, in their order. */
export function revocations(accounts: readonly Account[]): Revocation[] {
  return accounts.map(({ service, account, origin, kind }) => ({
    service,
    account,
    origin,
    kind,
    url: service === "newsroom" ? null : channels[service].login.revocationPage(origin),
  }));
}
