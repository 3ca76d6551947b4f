import { checkNode } from "../login/meta.js";
import type { Asking, CheckedLogin, Secret } from "../login/types.js";

/** Asks Meta for the page's name. */
export function check(asking: Asking, secret: Secret): Promise<CheckedLogin> {
  return checkNode(asking, "facebook", "name", secret.page_id ?? "", secret);
}
