import type { Asking, CheckedLogin, Secret } from "../login/types.js";
import { checkNode } from "../meta/login.js";

/** Asks Meta for the account's user name. */
export function check(asking: Asking, secret: Secret): Promise<CheckedLogin> {
  return checkNode(asking, "instagram", "username", secret.account_id ?? "", secret);
}
