import type { Store } from "../database/open.js";
import { isSealed, type SecretsKey } from "../secrets-key.js";
import { markResidue } from "../service/residue.js";

/**
 * Seals the authenticators' secrets that an older kominfo has stored in clear, and marks the database's files to be
 * rewritten, so that no free page and no log keeps them. Idempotent: killed anywhere, the next start does the rest. Returns
 * how many logins are sealed with another key, and so cannot be used here.
 */
export async function sealLogins(store: Store, key: SecretsKey): Promise<number> {
  return store.transaction().execute(async (transaction) => {
    const logins = await transaction.selectFrom("desk_logins").select(["user_id", "totp_secret"]).execute();
    const clear = logins.filter(({ totp_secret }) => !isSealed(totp_secret));
    for (const { user_id, totp_secret } of clear) {
      await transaction
        .updateTable("desk_logins")
        .set({ totp_secret: key.seal(totp_secret, user_id) })
        .where("user_id", "=", user_id)
        .execute();
    }
    if (clear.length > 0) await markResidue(transaction, "pages");
    return logins.filter(({ totp_secret }) => isSealed(totp_secret) && !key.hasSealed(totp_secret)).length;
  });
}
