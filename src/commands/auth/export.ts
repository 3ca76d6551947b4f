import path from "node:path";
import type { Context } from "../../context.js";
import { sealBundle } from "../../credentials/bundle.js";
import { type Revocation, revocations } from "../../credentials/revocation.js";
import type { Account } from "../../credentials/types.js";
import { failed, usage } from "../../errors.js";
import { createAtomically, exists } from "../../files/atomic.js";
import { newBundlePassphrase } from "./bundle-passphrase.js";

interface Input {
  file: string;
  handover?: boolean;
}

export async function run(context: Context, input: Input): Promise<void> {
  const words = context.messages.bundle;
  const handover = input.handover === true;
  const file = path.resolve(context.cwd, input.file);
  if (await exists(file)) throw usage("bundle-exists", { path: file });

  const credentials = await context.credentials();
  const stored = (await credentials.list()).filter((one): one is Account => one.source === "vault");
  const goes = ({ kind }: Account) => !handover || kind === "office";
  const leftOut = stored.filter((one) => !goes(one));
  if (leftOut.length === stored.length) throw failed("bundle-nothing", { handover });

  const passphrase = await newBundlePassphrase(context);
  const taken = await credentials.takeAll(goes);
  const created_at = context.host.now().toISOString();
  const sealed = await sealBundle({ created_at, handover, accounts: taken }, passphrase);
  if (!(await createAtomically(file, sealed, 0o600))) throw usage("bundle-exists", { path: file });

  const revoke = revocations(stored);
  context.output.result(
    {
      bundle: { path: file, handover },
      accounts: taken.map(named),
      left_out: leftOut.map(named),
      revoke,
    },
    (style) =>
      [
        `${style.good("✓")} ${words.exported({ count: taken.length, path: file })}`,
        ...(leftOut.length > 0 ? [words.leftOut, ...leftOut.map((one) => `  ${line(one)}`)] : []),
        "",
        ...(handover ? [words.handoverNext, "", words.handoverRevoke] : moving(context, file, stored)),
        ...revoke.map((one) => `  ${style.strong(line(one))}: ${step(context, one)}`),
        ...(handover ? ["", words.handoverLast, ...logouts(stored)] : []),
      ].join("\n"),
  );
}

function moving(context: Context, file: string, stored: readonly Account[]): string[] {
  const words = context.messages.bundle;
  const shown = words.nextThere({ path: path.basename(file) });
  return [shown, "", words.oldLaptop, ...logouts(stored), "", words.oldLaptopLost];
}

const logouts = (stored: readonly Account[]) =>
  [...new Set(stored.map(({ service }) => service))].map((service) => `  kominfo auth logout ${service}`);

const named = ({ service, account, origin, kind }: Account) => ({ service, account, origin, kind });

const line = ({ service, account, origin }: Pick<Account, "service" | "account" | "origin">) =>
  `${service} "${account}" ${origin}`;

function step(context: Context, { service, origin, url }: Revocation): string {
  return context.messages.bundle.revoke[service]({ origin, url: url ?? origin });
}
