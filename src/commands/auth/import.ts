import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Context } from "../../context.js";
import { type Bundle, readBundleFile, readSealed } from "../../credentials/bundle/bundle.js";
import type { Account, Credentials } from "../../credentials/types.js";
import { cancelled, type ExitCode, exit, KominfoError } from "../../errors/errors.js";
import { explain } from "../../language/explain.js";
import type { Prompter } from "../../terminal/prompts/prompter.js";
import { untouched } from "../../terminal/prompts/untouched.js";
import type { Style } from "../../terminal/style.js";
import { table } from "../../terminal/table.js";
import { cleanLine } from "../../text/clean.js";
import { formatInstant } from "../../text/instant.js";
import { openAsking } from "./bundle-passphrase.js";
import { type CheckedAccount, checkAccount, checkOffline } from "./check.js";
import { logouts } from "./export/handover.js";

interface Input {
  file: string;
  replace?: boolean;
  dryRun?: boolean;
}

/** An account of the bundle, without its secret. `kept`: another login is stored under its name, and stays. */
interface IncomingAccount extends Account {
  action: "added" | "replaced" | "kept";
}

export async function run(context: Context, input: Input): Promise<ExitCode> {
  const messages = context.messages.bundle;
  const file = path.resolve(context.cwd, input.file);
  const sealed = await readSealed(await readBundleFile(file), file);
  const bundle = await openAsking(context, sealed, file);
  const credentials = await context.credentials();
  let accounts = await matchAccounts(context, credentials, bundle, input.replace === true);
  const prompter = await context.prompter();

  if (input.dryRun) {
    context.output.result({ dry_run: true, accounts: accounts.map(accountJson) }, (style) =>
      [bundleListing(context, file, bundle, accounts, style), "", messages.dryRun].join("\n"),
    );
    return exit.done;
  }
  if (prompter) {
    context.output.note(bundleListing(context, file, bundle, accounts, context.output.noteStyle));
    accounts = await askAboutOthers(context, prompter, accounts);
    const count = accounts.filter(isStored).length;
    const message = messages.confirm({ count });
    const agreed = count === 0 || (await untouched(() => prompter.confirm({ message, default: true })));
    if (!agreed) throw cancelled("declined");
  }
  for (const [i, account] of bundle.accounts.entries())
    if (isStored(accounts[i]!)) await credentials.save(account, "import");
  const checked: CheckedAccount[] = [];
  for (const account of accounts)
    checked.push(
      isStored(account) ? await checkAccount(context, credentials, account) : { ...account, valid: null },
    );

  const results = accounts.map((account, i) => {
    const { valid, problem } = checked[i]!;
    return {
      ...accountJson(account),
      valid,
      problem: problem instanceof KominfoError ? problem.code : (problem ?? null),
    };
  });
  const isRefused = checked.some(({ valid }) => valid === false);
  const stored = accounts.filter(isStored);
  const isWhole = stored.length === accounts.length;
  context.output.result({ dry_run: false, accounts: results }, (style) =>
    [
      `${isRefused || !isWhole ? style.warning("!") : style.good("✓")} ${messages.imported({ count: stored.length })}`,
      ...checked.flatMap((account, i) => resultLines(context, style, account, accounts[i]!.action)),
      "",
      ...(isWhole ? [messages.removeFile({ path: file })] : [messages.replaceThem({ path: file })]),
      ...nextSteps(context, bundle, stored),
    ].join("\n"),
  );
  if (isRefused) return exit.denied;
  return isWhole ? exit.done : exit.partial;
}

/**
 * Marks what becomes of each account of the bundle. A stored login with another secret stays, unless it has expired: it may be somebody
 * else's, and nothing brings it back. Opens the vault.
 *
 * @param replaces also such a login
 */
async function matchAccounts(
  context: Context,
  credentials: Credentials,
  { accounts }: Bundle,
  replaces: boolean,
): Promise<IncomingAccount[]> {
  const present = await credentials.list();
  const matched: IncomingAccount[] = [];
  for (const { secret, ...account } of accounts) {
    const { service, account: name, origin } = account;
    const existing = present.find(
      (stored) =>
        stored.source === "vault" &&
        stored.service === service &&
        stored.account === name &&
        stored.origin === origin,
    );
    const isOther =
      existing !== undefined &&
      checkOffline(context, existing).valid !== false &&
      !isDeepStrictEqual({ ...(await credentials.get(service, origin, name, "vault")).secret }, secret);
    const action = !existing ? "added" : isOther && !replaces ? "kept" : "replaced";
    matched.push({ ...account, source: "vault", action });
  }
  return matched;
}

/** Asks of each login that would stay whether the one of the bundle is to replace it. */
async function askAboutOthers(
  context: Context,
  prompter: Prompter,
  accounts: readonly IncomingAccount[],
): Promise<IncomingAccount[]> {
  const decided: IncomingAccount[] = [];
  for (const account of accounts) {
    const message = context.messages.bundle.replaceOther({
      service: account.service,
      account: cleanLine(account.account),
      origin: cleanLine(account.origin),
    });
    const replaces =
      account.action === "kept" && (await untouched(() => prompter.confirm({ message, default: false })));
    decided.push(replaces ? { ...account, action: "replaced" } : account);
  }
  return decided;
}

function isStored({ action }: IncomingAccount): boolean {
  return action !== "kept";
}

/** What is left to do on both laptops. A login that was not stored here stays on the old one. */
function nextSteps(context: Context, { handover }: Bundle, stored: readonly IncomingAccount[]): string[] {
  const messages = context.messages.bundle;
  if (handover) return [messages.thenActivate];
  return stored.length > 0 ? [messages.thenOldLaptop, ...logouts(stored)] : [];
}

const accountJson = ({ service, account, origin, kind, action }: IncomingAccount) => ({
  service,
  account,
  origin,
  kind,
  action,
});

function bundleListing(
  context: Context,
  file: string,
  { created_at, handover }: Bundle,
  accounts: readonly IncomingAccount[],
  style: Style,
): string {
  const messages = context.messages.bundle;
  const when = formatInstant(created_at, context.language);
  const rows = accounts.map(({ service, account, origin, action }) => [
    style.strong(service),
    cleanLine(account),
    cleanLine(origin),
    messages.action[action],
  ]);
  return [
    messages.content({ path: file, when, handover }),
    table([messages.columns.map(style.faint), ...rows]),
  ].join("\n");
}

function resultLines(
  context: Context,
  style: Style,
  { service, account, valid, problem }: CheckedAccount,
  action: IncomingAccount["action"],
): string[] {
  const { checked, kept } = context.messages.bundle;
  const outcome = valid === null ? checked.unknown : valid ? checked.yes : checked.no;
  const word = action === "kept" ? kept : outcome;
  const lines = [`  ${style.strong(service)} "${cleanLine(account)}": ${word}`];
  if (!(problem instanceof KominfoError)) return lines;
  const { message, hints } = explain(problem, context.messages);
  return [...lines, `    ${message}`, ...hints.map((hint) => `    ${style.faint("→")} ${hint}`)];
}
