import { checkNode } from "../login/meta.js";
import type { Asking, CheckedLogin, Secret } from "../login/types.js";

/** Asks Meta for the account's user name. */
export function check(asking: Asking, secret: Secret): Promise<CheckedLogin> {
  return checkNode(asking, "instagram", "username", secret.account_id ?? "", secret);
}
