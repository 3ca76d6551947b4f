import type { Context } from "../../context.js";
import { passphraseSource } from "../../credentials/vault/passphrase.js";
import { untouched } from "../../terminal/prompts/untouched.js";
import { vaultJson } from "./vault-json.js";

export async function run(context: Context): Promise<void> {
  const messages = context.messages.vault;
  const credentials = await context.credentials();
  const { open_until } = await credentials.status();
  await untouched(() => credentials.changePassphrase());
  const source = passphraseSource(context.host.env);
  context.output.result(
    { vault: vaultJson(await credentials.status()), changed: true, session_ended: open_until !== undefined },
    (style) =>
      [
        `${style.good("✓")} ${messages.passphraseChanged}`,
        ...(open_until === undefined ? [] : [`  ${messages.sessionEnded}`]),
      ].join("\n"),
  );
  // What is set there goes before what a person types: without the new one, sync and publisher stop.
  if (source) context.output.warn(messages.oldPassphraseIn({ source }));
}
