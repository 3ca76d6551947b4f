import type { Context } from "../../context.js";
import type { Account } from "../../credentials/types.js";
import { KominfoError } from "../../errors/errors.js";

/**
 * Ends a login at its newsroom: its token works nowhere any more. A login that had ended already counts as ended. Throws
 * what keeps the newsroom from answering; the vault is left as it is.
 */
export async function endAtNewsroom(
  context: Context,
  { service, account, origin, source }: Account,
): Promise<void> {
  const credentials = await context.credentials();
  const { secret } = await credentials.get(service, origin, account, source);
  const newsroom = await context.newsroomAs(origin, secret.token);
  await newsroom.endLogin().catch((error) => {
    if (!(error instanceof KominfoError) || error.code !== "login-refused") throw error;
  });
}
