import { loginOf } from "../channels/registry.js";
import type { Account } from "./types.js";

/** An account whose access must end, and the page on which to end it. */
export interface Revocation extends Pick<Account, "service" | "account" | "origin" | "kind"> {
  /** Page of the service; null where an admin ends the access with a command. */
  url: string | null;
}

/** The revocation of each account, in the same order. */
export function revocations(accounts: readonly Account[]): Revocation[] {
  return accounts.map(({ service, account, origin, kind }) => ({
    service,
    account,
    origin,
    kind,
    url: service === "newsroom" ? null : loginOf(service).revocationPage(origin),
  }));
}
