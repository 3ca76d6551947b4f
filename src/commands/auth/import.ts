import path from "node:path";
import type { Context } from "../../context.js";
import { type Bundle, readBundleFile, readSealed } from "../../credentials/bundle/bundle.js";
import type { Account, Credentials } from "../../credentials/types.js";
import { cancelled, type ExitCode, exit, KominfoError } from "../../errors/errors.js";
import { explain } from "../../language/explain.js";
import { untouched } from "../../terminal/prompts/untouched.js";
import type { Style } from "../../terminal/style.js";
import { table } from "../../terminal/table.js";
import { cleanLine } from "../../text/clean.js";
import { formatInstant } from "../../text/instant.js";
import { openAsking } from "./bundle-passphrase.js";
import { type CheckedAccount, checkAccount } from "./check.js";
import { logouts } from "./export/handover.js";

interface Input {
  file: string;
  dryRun?: boolean;
}

/** An account of the bundle, without its secret. */
interface IncomingAccount extends Account {
  action: "added" | "replaced";
}

export async function run(context: Context, input: Input): Promise<ExitCode> {
  const messages = context.messages.bundle;
  const file = path.resolve(context.cwd, input.file);
  const sealed = await readSealed(await readBundleFile(file), file);
  const bundle = await openAsking(context, sealed, file);
  const credentials = await context.credentials();
  const accounts = await matchAccounts(credentials, bundle);
  const prompter = await context.prompter();

  if (input.dryRun) {
    context.output.result({ dry_run: true, accounts: accounts.map(accountJson) }, (style) =>
      [bundleListing(context, file, bundle, accounts, style), "", messages.dryRun].join("\n"),
    );
    return exit.done;
  }
  if (prompter) {
    context.output.note(bundleListing(context, file, bundle, accounts, context.output.noteStyle));
    const message = messages.confirm({ count: accounts.length });
    const agreed = await untouched(() => prompter.confirm({ message, default: true }));
    if (!agreed) throw cancelled("declined");
  }
  for (const account of bundle.accounts) await credentials.save(account, "import");
  const checked: CheckedAccount[] = [];
  for (const account of accounts) checked.push(await checkAccount(context, credentials, account));

  const results = accounts.map((account, i) => {
    const { valid, problem } = checked[i]!;
    return {
      ...accountJson(account),
      valid,
      problem: problem instanceof KominfoError ? problem.code : (problem ?? null),
    };
  });
  const isRefused = checked.some(({ valid }) => valid === false);
  context.output.result({ dry_run: false, accounts: results }, (style) =>
    [
      `${isRefused ? style.warning("!") : style.good("✓")} ${messages.imported({ count: accounts.length })}`,
      ...checked.flatMap((account) => resultLines(context, style, account)),
      "",
      messages.removeFile({ path: file }),
      ...(bundle.handover ? [messages.thenActivate] : [messages.thenOldLaptop, ...logouts(accounts)]),
    ].join("\n"),
  );
  return isRefused ? exit.denied : exit.done;
}

/** Marks which accounts of the bundle replace stored ones. Opens the vault. */
async function matchAccounts(credentials: Credentials, { accounts }: Bundle): Promise<IncomingAccount[]> {
  const present = await credentials.list();
  return accounts.map(({ secret: _, ...account }) => {
    const same = present.some(
      (existing) =>
        existing.source === "vault" &&
        existing.service === account.service &&
        existing.account === account.account &&
        existing.origin === account.origin,
    );
    return { ...account, source: "vault", action: same ? "replaced" : "added" };
  });
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
): string[] {
  const { checked } = context.messages.bundle;
  const word = valid === null ? checked.unknown : valid ? checked.yes : checked.no;
  const lines = [`  ${style.strong(service)} "${cleanLine(account)}": ${word}`];
  if (!(problem instanceof KominfoError)) return lines;
  const { message, hints } = explain(problem, context.messages);
  return [...lines, `    ${message}`, ...hints.map((hint) => `    ${style.faint("→")} ${hint}`)];
}
