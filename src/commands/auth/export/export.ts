import path from "node:path";
import type { Context } from "../../../context.js";
import { sealBundle } from "../../../credentials/bundle/bundle.js";
import { type Revocation, revocations } from "../../../credentials/revocation.js";
import type { Account } from "../../../credentials/types.js";
import { cancelled, type ExitCode, exit, failed, usage } from "../../../errors/errors.js";
import { createAtomically, exists } from "../../../files/atomic.js";
import { explain } from "../../../language/explain.js";
import { untouched } from "../../../terminal/prompts/untouched.js";
import { newBundlePassphrase } from "../bundle-passphrase.js";
import { type EndedLogin, endPersonal, logouts } from "./handover.js";

interface Input {
  file: string;
  handover?: boolean;
}

export async function run(context: Context, input: Input): Promise<ExitCode> {
  const messages = context.messages.bundle;
  const handover = input.handover === true;
  const file = path.resolve(context.cwd, input.file);
  if (await exists(file)) throw usage("bundle-exists", { path: file });

  const credentials = await context.credentials();
  const stored = (await credentials.list()).filter(
    (account): account is Account => account.source === "vault",
  );
  const isIncluded = ({ kind }: Account) => !handover || kind === "office";
  const leftOut = stored.filter((account) => !isIncluded(account));
  if (leftOut.length === stored.length) throw failed("bundle-nothing", { handover: leftOut.length > 0 });

  if (leftOut.length > 0) await agreeToEnd(context, leftOut);
  const passphrase = await newBundlePassphrase(context);
  const taken = await credentials.takeAll(isIncluded);
  const created_at = context.host.now().toISOString();
  const sealed = await sealBundle({ created_at, handover, accounts: taken }, passphrase);
  if (!(await createAtomically(file, sealed, 0o600))) throw usage("bundle-exists", { path: file });

  // Logins end only after the office's accounts are safely in the file.
  const ended = await endPersonal(context, leftOut);
  const kept = stored.filter(
    (candidate) => !ended.some(({ account, problem }) => account === candidate && !problem),
  );
  const revoke = revocations(stored);
  const isLeft = ended.some(({ problem }) => problem);
  context.output.result(
    {
      bundle: { path: file, handover },
      accounts: taken.map(accountJson),
      left_out: ended.map(({ account, problem }) => ({
        ...accountJson(account),
        revoked: problem === undefined,
        problem: problem?.code ?? null,
      })),
      revoke,
    },
    (style) =>
      [
        `${isLeft ? style.warning("!") : style.good("✓")} ${messages.exported({ count: taken.length, path: file })}`,
        ...(ended.length > 0
          ? [messages.leftOut, ...ended.flatMap((login) => endedLines(context, login))]
          : []),
        "",
        ...(handover
          ? [messages.handoverNext, "", messages.handoverRevoke]
          : transferLines(context, file, stored)),
        ...revoke.map(
          (revocation) =>
            `  ${style.strong(accountLine(revocation))}: ${revocationStep(context, revocation)}`,
        ),
        ...(handover ? ["", messages.handoverLast, ...logouts(kept)] : []),
      ].join("\n"),
  );
  return isLeft ? exit.partial : exit.done;
}

/** Warns that personal logins end now, and asks for consent. */
async function agreeToEnd(context: Context, personal: readonly Account[]): Promise<void> {
  const prompter = await context.prompter();
  if (!prompter) return;
  const messages = context.messages.bundle;
  context.output.note(
    [messages.endsPersonal, ...personal.map((account) => `  ${accountLine(account)}`)].join("\n"),
  );
  if (!(await untouched(() => prompter.confirm({ message: messages.endPersonal, default: true }))))
    throw cancelled("declined");
}

function endedLines(context: Context, { account, problem }: EndedLogin): string[] {
  const messages = context.messages.bundle;
  if (!problem) return [`  ${accountLine(account)}: ${messages.ended}`];
  return [
    `  ${accountLine(account)}: ${messages.notEnded}`,
    `    ${explain(problem, context.messages).message}`,
  ];
}

function transferLines(context: Context, file: string, stored: readonly Account[]): string[] {
  const messages = context.messages.bundle;
  const nextStep = messages.nextThere({ path: path.basename(file) });
  return [nextStep, "", messages.oldLaptop, ...logouts(stored), "", messages.oldLaptopLost];
}

const accountJson = ({ service, account, origin, kind }: Account) => ({ service, account, origin, kind });

const accountLine = ({ service, account, origin }: Pick<Account, "service" | "account" | "origin">) =>
  `${service} "${account}" ${origin}`;

function revocationStep(context: Context, { service, origin, url }: Revocation): string {
  const { bundle, channels } = context.messages;
  if (service === "newsroom") return bundle.revokeNewsroom({ origin });
  return channels.revoke[service]({ url: url ?? origin });
}
