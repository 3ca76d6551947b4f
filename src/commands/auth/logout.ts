import type { Context } from "../../context.js";
import { chosenAmong, distinctNames } from "../../credentials/choice.js";
import { revocations } from "../../credentials/revocation.js";
import type { Account, Service } from "../../credentials/types.js";
import { serviceVariables } from "../../credentials/variables.js";
import { type ExitCode, exit, KominfoError, usage } from "../../errors/errors.js";
import { explain } from "../../language/explain.js";
import { oneOf } from "../../terminal/prompts/ask.js";
import type { Style } from "../../terminal/style.js";
import { endAtNewsroom } from "./end-login.js";

interface Input {
  service: string;
  account?: string;
  keepToken?: boolean;
}

/** An account that left this computer. */
interface LoggedOut {
  account: Account;
  /** Whether its token was ended at the newsroom; null where that was not tried. */
  revoked: boolean | null;
  /** Why the token lives on. */
  problem?: KominfoError;
}

/**
 * Ends newsroom logins at the newsroom, then removes the accounts from the vault, whatever the newsroom answers: who gives
 * a laptop away must be able to log out without a connection.
 */
export async function run(context: Context, input: Input): Promise<ExitCode> {
  const service = oneOf("<service>", input.service, Object.keys(serviceVariables) as Service[]);
  const credentials = await context.credentials();
  const own = (await credentials.list()).filter(
    (listed): listed is Account => listed.source === "vault" && listed.service === service,
  );
  const stored = chosenAmong(own, input.account, undefined);
  requireDistinct(service, stored);
  const loggedOut: LoggedOut[] = [];
  const wasOpen = (await credentials.status()).open_until !== undefined;
  for (const account of stored) {
    const ended =
      service === "newsroom" && !input.keepToken ? await tryToEnd(context, account) : { revoked: null };
    await credentials.remove(service, account.account, account.origin);
    loggedOut.push({ account, ...ended });
  }
  show(context, service, loggedOut);
  if (wasOpen && (await credentials.status()).open_until === undefined)
    context.output.note(context.messages.account.emptyVaultClosed);
  const shadowing = credentials.shadowing(service);
  if (shadowing.length > 0) {
    context.output.warn(context.messages.account.stillInEnvironment({ variables: shadowing }));
  }
  return loggedOut.some(({ problem }) => problem) ? exit.partial : exit.done;
}

/**
 * Logins of one name at several addresses are an office's whose site has moved: who means the old one would lose the new one, too. Throws
 * `several-accounts` (exit 2). Of the newsroom all are ended, as a laptop that is given away needs it.
 */
function requireDistinct(service: Service, stored: readonly Account[]): void {
  if (service === "newsroom") return;
  const alike = stored.filter((one) =>
    stored.some((other) => other !== one && other.account === one.account),
  );
  if (alike.length > 0) throw usage("several-accounts", { service, accounts: distinctNames(stored) });
}

async function tryToEnd(context: Context, account: Account): Promise<Omit<LoggedOut, "account">> {
  try {
    await endAtNewsroom(context, account);
    return { revoked: true };
  } catch (error) {
    if (!(error instanceof KominfoError) || error.exit === exit.cancelled) throw error;
    return { revoked: false, problem: error };
  }
}

function show(context: Context, service: Service, loggedOut: readonly LoggedOut[]): void {
  const { output, messages } = context;
  const json = loggedOut.map(({ account: { account, origin, kind }, revoked, problem }) => ({
    ...{ service, account, origin, kind, revoked, problem: problem?.code ?? null },
  }));
  output.result({ removed: json }, (style) =>
    loggedOut.length === 0
      ? messages.account.nothingToRemove({ service })
      : loggedOut.map((one) => loggedOutLine(context, style, one)).join("\n"),
  );
  for (const { problem } of loggedOut) {
    if (problem) output.warn(messages.account.notEnded({ reason: explain(problem, messages).message }));
  }
  for (const line of new Set(stillValid(context, loggedOut))) output.note(line);
}

function loggedOutLine(
  { messages }: Context,
  style: Style,
  { account, revoked, problem }: LoggedOut,
): string {
  const ended = revoked ? ` ${messages.account.endedThere}` : "";
  return `${problem ? style.warning("!") : style.good("✓")} ${messages.account.loggedOut(account)}${ended}`;
}

/** Where a login that was not ended lives on, and how it ends. */
function stillValid({ messages }: Context, loggedOut: readonly LoggedOut[]): string[] {
  const living = loggedOut.filter(({ revoked }) => !revoked).map(({ account }) => account);
  return revocations(living).map(({ service, url }) =>
    url === null ? messages.account.stillValidThere : messages.channels.stillValidThere({ service, url }),
  );
}
