import type { Context } from "../../context.js";
import type { Credentials, ListedAccount } from "../../credentials/types.js";
import { exit, KominfoError } from "../../errors.js";
import { findWorkspaceFile } from "../../workspace/find.js";

/** An account with what is known of it now. */
export interface Seen extends ListedAccount {
  /** null: not checked. */
  valid: boolean | null;
  problem?: KominfoError | "expired";
}

/** What is known without asking: whether its time is over. */
export function knownOffline(context: Context, account: ListedAccount): Seen {
  const expired =
    account.expires_at !== undefined && Date.parse(account.expires_at) <= context.host.now().getTime();
  return expired ? { ...account, valid: false, problem: "expired" } : { ...account, valid: null };
}

/**
 * Asks the account's own service whether it still lets it in; that it does not answer says nothing of the login.
 * A service without a check gets `knownOffline`.
 */
export async function checkAccount(
  context: Context,
  credentials: Credentials,
  account: ListedAccount,
): Promise<Seen> {
  if (account.service !== "newsroom") return knownOffline(context, account);
  try {
    const origin = account.origin ?? (await workspaceOrigin(context));
    if (origin === undefined) return knownOffline(context, account);
    const { secret } = await credentials.get("newsroom", origin, account.account);
    const { token } = await (await context.newsroomAs(origin, secret.token)).me();
    const now = context.host.now();
    await credentials.markChecked({ ...account, origin }, now);
    const expires_at = token.expires_at ?? undefined;
    return { ...account, origin, valid: true, checked_at: now.toISOString(), expires_at };
  } catch (error) {
    if (!(error instanceof KominfoError) || error.exit === exit.cancelled) throw error;
    return { ...account, valid: error.exit === exit.denied ? false : null, problem: error };
  }
}

async function workspaceOrigin(context: Context): Promise<string | undefined> {
  return findWorkspaceFile(context.cwd) ? (await context.workspace()).settings.newsroom?.origin : undefined;
}
