import type { Account, Service } from "./types.js";

/** An account whose access must end, and the page on which to end it. */
export interface Revocation extends Pick<Account, "service" | "account" | "origin" | "kind"> {
  /** Page of the service; null where an admin ends the access with a command. */
  url: string | null;
}

/**
 * The page on which to end access by a stored secret. WordPress: application passwords in the profile. Meta: the people
 * and apps that may act for a page or an Instagram account. X: connected apps of the account.
 */
const pages: Record<Service, (origin: string) => string | null> = {
  newsroom: () => null,
  web: (origin) => `${origin}/wp-admin/profile.php#application-passwords-section`,
  facebook: () => "https://business.facebook.com/latest/settings/people",
  instagram: () => "https://www.instagram.com/accounts/manage_access/",
  x: () => "https://x.com/settings/connected_apps",
};

/** The revocation of each account, in the same order. */
export function revocations(accounts: readonly Account[]): Revocation[] {
  return accounts.map(({ service, account, origin, kind }) => ({
    service,
    account,
    origin,
    kind,
    url: pages[service](origin),
  }));
}
