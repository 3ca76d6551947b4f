import { sql } from "kysely";
import type { Store } from "../database/open.js";
import { isSealed, type SecretsKey } from "../secrets-key.js";

/** The mark that an SQLite file holds no remains of secrets in clear. In the file's header; 0 in a new file. */
const cleanedMark = 1;

/**
 * Seals the authenticators' secrets that an older kominfo has stored in clear, and rewrites an SQLite file once, so that
 * no free page and no log keeps them. Idempotent: killed anywhere, the next start does the rest. Returns how many logins
 * are sealed with another key, and so cannot be used here.
 *
 * @param isSqlite PostgreSQL is not rewritten: docs/newsroom.md says how
 */
export async function sealLogins(store: Store, key: SecretsKey, isSqlite: boolean): Promise<number> {
  const foreign = await store.transaction().execute(async (transaction) => {
    const logins = await transaction.selectFrom("desk_logins").select(["user_id", "totp_secret"]).execute();
    for (const { user_id, totp_secret } of logins) {
      if (isSealed(totp_secret)) continue;
      await transaction
        .updateTable("desk_logins")
        .set({ totp_secret: key.seal(totp_secret, user_id) })
        .where("user_id", "=", user_id)
        .execute();
    }
    return logins.filter(({ totp_secret }) => isSealed(totp_secret) && !key.hasSealed(totp_secret)).length;
  });
  if (isSqlite) await removeRemains(store);
  return foreign;
}

async function removeRemains(store: Store): Promise<void> {
  const { rows } = await sql<{ user_version: number }>`pragma user_version`.execute(store);
  if (Number(rows[0]?.user_version ?? 0) >= cleanedMark) return;
  try {
    await sql`vacuum`.execute(store);
  } catch (error) {
    // Another process reads at this moment: the next start tries again.
    if ((error as { code?: unknown }).code === "SQLITE_BUSY") return;
    throw error;
  }
  const { rows: ended } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(store);
  if (ended[0]?.busy !== 0) return;
  await sql`pragma user_version = ${sql.lit(cleanedMark)}`.execute(store);
}
