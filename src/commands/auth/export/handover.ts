import type { Context } from "../../../context.js";
import type { Account } from "../../../credentials/types.js";
import { exit, KominfoError } from "../../../errors/errors.js";

/** The outcome of ending a personal account of the leaving person. */
export interface EndedLogin {
  account: Account;
  /** Why the account could not be ended; it remains at its service and in the vault. */
  problem?: KominfoError;
}

/** Ends the leaving person's own logins: first at the newsroom, then in the vault. A failure does not stop the others. */
export async function endPersonal(context: Context, accounts: readonly Account[]): Promise<EndedLogin[]> {
  const ended: EndedLogin[] = [];
  for (const account of accounts) {
    try {
      await endLogin(context, account);
      ended.push({ account });
    } catch (error) {
      if (!(error instanceof KominfoError) || error.exit === exit.cancelled) throw error;
      ended.push({ account, problem: error });
    }
  }
  return ended;
}

async function endLogin(context: Context, { service, account, origin, source }: Account): Promise<void> {
  const credentials = await context.credentials();
  const { secret } = await credentials.get(service, origin, account, source);
  const newsroom = await context.newsroomAs(origin, secret.token);
  await newsroom.endLogin().catch((error) => {
    // The login had ended already.
    if (!(error instanceof KominfoError) || error.code !== "login-refused") throw error;
  });
  await credentials.remove(service, account, origin);
}

/** The logout commands for the laptop that is given up. */
export function logouts(accounts: readonly Account[]): string[] {
  return [...new Set(accounts.map(({ service }) => `  kominfo auth logout ${service}`))];
}
