import type { Asking, CheckedLogin, Secret } from "../login/types.js";
import { checkNode } from "../meta/login.js";

/** Asks Meta for the page's name. */
export function check(asking: Asking, secret: Secret): Promise<CheckedLogin> {
  return checkNode(asking, "facebook", "name", secret.page_id ?? "", secret);
}
