import type { Context } from "../../context.js";
import { oneOf } from "../../terminal/prompts/ask.js";
import { vaultJson } from "./vault-json.js";

export async function run(context: Context, input: { method: string }): Promise<void> {
  const messages = context.messages.vault;
  const method = oneOf("<method>", input.method, ["keychain", "passphrase"] as const);
  const credentials = await context.credentials();
  const { changed, keyLeft } = await credentials.move(method);

  context.output.result({ vault: vaultJson(await credentials.status()), changed }, (style) =>
    changed ? `${style.good("✓")} ${messages.moved[method]}` : messages.unmoved[method],
  );
  if (keyLeft) context.output.warn(messages.keyLeft);
}
