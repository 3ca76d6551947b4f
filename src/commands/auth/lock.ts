import type { Context } from "../../context.js";
import { vaultJson } from "./vault-json.js";

/** Ends what `auth unlock` began. */
export async function run(context: Context): Promise<void> {
  const messages = context.messages.vault;
  const credentials = await context.credentials();
  const changed = await credentials.endHolding();
  context.output.result({ vault: vaultJson(await credentials.status()), changed }, (style) =>
    changed ? `${style.good("✓")} ${messages.locked}` : messages.notHeld,
  );
}
