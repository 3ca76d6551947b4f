import type { Context } from "../../context.js";
import type { Account, Credentials, ListedAccount, Service } from "../../credentials/types.js";
import { exit, KominfoError } from "../../errors/errors.js";
import { findWorkspaceFile } from "../../workspace/find.js";
import { workspaceSite } from "../newsroom/address.js";

/** An account and the outcome of its check. */
export interface CheckedAccount extends ListedAccount {
  /** null: not checked. */
  valid: boolean | null;
  problem?: KominfoError | "expired";
}

/** Checks an account without asking its service: only its expiry date. */
export function checkOffline(context: Context, account: ListedAccount): CheckedAccount {
  const expired =
    account.expires_at !== undefined && Date.parse(account.expires_at) <= context.host.now().getTime();
  return expired ? { ...account, valid: false, problem: "expired" } : { ...account, valid: null };
}

/** Asks the account's service whether the login is still valid. No answer leaves `valid` null. */
export async function checkAccount(
  context: Context,
  credentials: Credentials,
  account: ListedAccount,
): Promise<CheckedAccount> {
  try {
    const origin = account.origin ?? (await addressOf(context, account.service));
    if (origin === undefined) return checkOffline(context, account);
    const expires_at = await askService(context, credentials, { ...account, origin });
    const now = context.host.now();
    await credentials.markChecked({ ...account, origin }, now, expires_at);
    return { ...account, origin, valid: true, checked_at: now.toISOString(), expires_at };
  } catch (error) {
    if (!(error instanceof KominfoError) || error.exit === exit.cancelled) throw error;
    return { ...account, valid: error.exit === exit.denied ? false : null, problem: error };
  }
}

/** Returns the expiry that the service reports, if any. Throws the service's refusal of an invalid login. */
async function askService(
  context: Context,
  credentials: Credentials,
  { service, origin, account, source }: Account,
): Promise<string | undefined> {
  if (service === "newsroom") {
    const { secret } = await credentials.get(service, origin, account, source);
    const { token } = await (await context.newsroomAs(origin, secret.token)).me();
    return token.expires_at ?? undefined;
  }
  const channel = await context.channel(service);
  const { secret } = await channel.credential(origin, account, source);
  return (await channel.check(channel.asking(origin), secret)).expires_at;
}

/** The origin for an account from the environment, which has no address of its own. */
async function addressOf(context: Context, service: Service): Promise<string | undefined> {
  if (service !== "newsroom") return (await context.channel(service)).origin ?? workspaceSite(context);
  if (!findWorkspaceFile(context.cwd)) return undefined;
  return (await context.workspace()).settings.newsroom?.origin;
}
