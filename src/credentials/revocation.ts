import type { Account, Service } from "./types.js";

/** One account that someone must no longer be able to use, and where that is done. */
export interface Revocation extends Pick<Account, "service" | "account" | "origin" | "kind"> {
  /** The page on which access is ended, at the service itself; null where an admin does it by a command. */
  url: string | null;
}

/**
 * Where access by a stored secret is ended. WordPress: application passwords in the profile; Meta: who may act for
 * a page or an Instagram account, and which apps; X: connected apps of the account.
 */
const pages: Record<Service, (origin: string) => string | null> = {
  newsroom: () => null,
  web: (origin) => `${origin}/wp-admin/profile.php#application-passwords-section`,
  facebook: () => "https://business.facebook.com/latest/settings/people",
  instagram: () => "https://www.instagram.com/accounts/manage_access/",
  x: () => "https://x.com/settings/connected_apps",
};

/** What is to be revoked for these accounts, in their order. */
export function revocations(accounts: readonly Account[]): Revocation[] {
  return accounts.map(({ service, account, origin, kind }) => ({
    service,
    account,
    origin,
    kind,
    url: pages[service](origin),
  }));
}
