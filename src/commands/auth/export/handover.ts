import type { Context } from "../../../context.js";
import type { Account } from "../../../credentials/types.js";
import { exit, KominfoError } from "../../../errors/errors.js";
import { endAtNewsroom } from "../end-login.js";

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

async function endLogin(context: Context, ended: Account): Promise<void> {
  await endAtNewsroom(context, ended);
  const { service, account, origin } = ended;
  await (await context.credentials()).remove(service, account, origin);
}

/** The logout commands for the laptop that is given up. The new one goes on with the same token. */
export function logouts(accounts: readonly Account[]): string[] {
  const flags = (service: Account["service"]) => (service === "newsroom" ? " --keep-token" : "");
  return [...new Set(accounts.map(({ service }) => `  kominfo auth logout ${service}${flags(service)}`))];
}
