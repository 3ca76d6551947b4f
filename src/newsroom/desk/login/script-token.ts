import type { User } from "../../../contract/contract.js";
import { sha256 } from "../../../files/hash.js";
import type { Caller } from "../../services/caller.js";
import { endToken } from "../../services/people/accounts.js";
import { issueLogin, type Proof } from "../../services/people/administration.js";
import type { Store } from "../../store/database/open.js";
import { findTokenByHash } from "../../store/people/tokens.js";
import { tokenHash } from "../../store/secrets.js";

/**
 * Issues a token for a script. One form makes one token. If the form is sent again, the earlier token is revoked and a
 * new one is issued, because after a double click only the second answer is visible. Only the token's id is stored for
 * this, never the token.
 *
 * @param form the form's UUID, and `proof` of who sent it
 */
export async function scriptToken(
  transaction: Store,
  admin: Caller,
  user: User,
  { form, proof }: { form: string; proof: Proof },
  now: Date,
): Promise<string> {
  const identity = { user_id: admin.id, route: `desk token ${user.id}`, key: sha256(form) };
  const before = await transaction
    .selectFrom("idempotency_keys")
    .select("made")
    .where("user_id", "=", identity.user_id)
    .where("route", "=", identity.route)
    .where("key", "=", identity.key)
    .executeTakeFirst();
  if (before?.made) await endToken(transaction, admin, user, before.made, now);
  const { token = "" } = await issueLogin(transaction, admin, user.id, { token: true }, proof, now);
  const made = await findTokenByHash(transaction, tokenHash(token), now);
  const made_id = { made: made?.id ?? null };
  await transaction
    .insertInto("idempotency_keys")
    .values({
      ...identity,
      request_hash: "",
      status: 200,
      headers: "{}",
      body: "",
      ...made_id,
      created_at: now.toISOString(),
    })
    .onConflict((on) => on.columns(["user_id", "route", "key"]).doUpdateSet(made_id))
    .execute();
  return token;
}
