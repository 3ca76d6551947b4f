import type { Context } from "../../context.js";
import { endsWithin } from "../../credentials/expiry.js";
import type { Credentials, ListedAccount, VaultStatus } from "../../credentials/types.js";
import { type ExitCode, exit, KominfoError } from "../../errors/errors.js";
import { explain } from "../../language/explain.js";
import type { Style } from "../../terminal/style.js";
import { fitTable } from "../../terminal/table.js";
import { formatInstant } from "../../text/instant.js";
import { type CheckedAccount, checkAccount, checkOffline } from "./check.js";
import { vaultJson } from "./vault-json.js";

export async function run(context: Context, input: { check?: boolean }): Promise<ExitCode> {
  const credentials = await context.credentials();
  const ask = (await credentials.status()).state === "locked" && (await context.prompter()) !== undefined;
  const listed = await listAccounts(credentials, ask);
  const vault = await credentials.status();
  const seen: CheckedAccount[] = [];
  for (const account of listed) {
    seen.push(
      input.check ? await checkAccount(context, credentials, account) : checkOffline(context, account),
    );
  }

  const accounts = seen.map(({ service, account, origin, kind, source, valid, problem, ...times }) => ({
    service,
    account,
    origin,
    kind,
    source,
    valid,
    checked_at: times.checked_at ?? null,
    expires_at: times.expires_at ?? null,
    problem: problem instanceof KominfoError ? problem.code : (problem ?? null),
  }));
  context.output.result({ vault: vaultJson(vault), accounts }, (style) =>
    [accountTable(context, style, seen, vault), "", ...vaultLines(context, style, vault)].join("\n"),
  );
  return exitOf(seen, vault);
}

async function listAccounts(credentials: Credentials, ask: boolean): Promise<ListedAccount[]> {
  try {
    return await credentials.list({ ask });
  } catch (error) {
    // The status reports why the vault does not open; accounts outside it are still listed.
    if (!(error instanceof KominfoError) || error.exit === exit.cancelled) throw error;
    return credentials.list({ ask: false });
  }
}

function accountTable(
  context: Context,
  style: Style,
  seen: readonly CheckedAccount[],
  vault: VaultStatus,
): string {
  const { account: messages } = context.messages;
  // A locked vault may hold accounts: claiming there are none would make a person log in again.
  const isKnown = vault.state === "ok" || vault.state === "missing" || vault.unlock === "env";
  if (seen.length === 0) return isKnown ? messages.noAccounts : messages.accountsUnknown;
  const when = (instant?: string) => (instant ? formatInstant(instant, context.language) : unknown);
  /** A newsroom says so where a login has no end; of others no date says nothing. */
  const end = ({ service, checked_at, expires_at }: CheckedAccount) =>
    service === "newsroom" && checked_at && !expires_at ? messages.noEnd : when(expires_at);
  const validity = (account: CheckedAccount) =>
    account.valid === null
      ? style.faint(account.checked_at ? messages.notAsked : messages.unchecked)
      : account.valid
        ? style.good(messages.valid)
        : style.bad(messages.invalid);
  const cells = (account: CheckedAccount) => [
    style.strong(account.service),
    account.account,
    account.origin ?? unknown,
    messages.sources[account.source],
    validity(account),
    when(account.checked_at),
    end(account),
  ];
  const head = messages.columns.map(style.faint);
  const listed = fitTable(seen, context.output.resultColumns, { head, row: cells }, (account) =>
    cells(account)
      .flatMap((cell, i) => (i === 0 ? [cell] : cell === unknown ? [] : [`  ${head[i]}: ${cell}`]))
      .join("\n"),
  );
  const notes = seen.flatMap((account) => problemLines(context, style, account));
  return [listed, ...notes].join("\n");
}

/** A cell of the table of which nothing is known; a list leaves its line out. */
const unknown = "–";

function problemLines(context: Context, style: Style, seen: CheckedAccount): string[] {
  const { service, account, problem, expires_at } = seen;
  if (problem === undefined) {
    const days = endsWithin(expires_at, context.host.now());
    if (days === undefined) return [];
    return [`${style.warning("!")} ${context.messages.account.endsSoon({ service, account, days })}`];
  }
  if (problem === "expired") return [`${style.bad("✗")} ${context.messages.account.expired({ service })}`];
  return errorLines(context, style, problem);
}

function vaultLines(context: Context, style: Style, vault: VaultStatus): string[] {
  const messages = context.messages.account;
  return [
    `${style.faint(messages.vault)} ${vault.path}`,
    `${style.faint(messages.unlockedBy)} ${messages.unlocks[vault.unlock]} (${messages.states[vault.state]})`,
    ...(vault.open_until === undefined
      ? []
      : [context.messages.vault.openUntil({ when: formatInstant(vault.open_until, context.language) })]),
    ...(vault.problem ? errorLines(context, style, vault.problem) : []),
    ...(vault.state === "locked" && !vault.problem ? [messages.howToUnlock] : []),
  ];
}

function errorLines(context: Context, style: Style, error: KominfoError): string[] {
  const { message, hints } = explain(error, context.messages);
  return [`${style.bad("✗")} ${message}`, ...hints.map((hint) => `  ${style.faint("→")} ${hint}`)];
}

/** Exit 4 takes precedence over 5. A vault that is damaged or does not open gives its own code. */
function exitOf(seen: readonly CheckedAccount[], { problem }: VaultStatus): ExitCode {
  if (seen.some(({ valid }) => valid === false)) return exit.denied;
  if (problem) return problem.exit;
  const unanswered = seen.find((account) => account.problem instanceof KominfoError)?.problem;
  return unanswered instanceof KominfoError ? unanswered.exit : exit.done;
}
