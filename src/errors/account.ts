/** Errors about addresses, accounts and the tokens that people paste. */
export interface AccountErrors {
  "address-invalid": { address: string };
  "address-not-https": { origin: string };
  "address-with-login": { origin: string };
  "address-with-path": { origin: string };
  "account-name-invalid": undefined;
  "not-logged-in": { service: string; origin: string };
  "credential-other-origin": { service: string; requested: string; stored: readonly string[] };
  /** `flag`: how an account is named where not by `--account` and its name alone. */
  "several-accounts": { service: string; accounts: readonly string[]; flag?: string };
  "environment-incomplete": { set: readonly string[]; missing: readonly string[] };
  "token-empty": undefined;
  "token-malformed": undefined;
}
