import type { Context } from "../../context.js";
import { usage } from "../../errors/errors.js";
import { untouched } from "../../terminal/prompts/untouched.js";
import { parseDuration } from "../../text/duration.js";
import { formatInstant } from "../../text/instant.js";
import { vaultJson } from "./vault-json.js";

/** A day of work. */
const defaultFor = "8h";
const shortest = "1m";
const longest = "7d";

/** Lets the vault be opened without its passphrase for a while. */
export async function run(context: Context, input: { for?: string }): Promise<void> {
  const until = new Date(context.host.now().getTime() + durationOf(input.for ?? defaultFor));
  const credentials = await context.credentials();
  const changed = await untouched(() => credentials.holdOpen(until));
  const messages = context.messages.vault;
  const when = formatInstant(until.toISOString(), context.language);
  context.output.result({ vault: vaultJson(await credentials.status()), changed }, (style) =>
    changed ? `${style.good("✓")} ${messages.openUntil({ when })}` : messages.opensByItself,
  );
  if (changed) context.output.note(messages.howToLock);
}

/** In ms. Throws `duration-invalid` (exit 2). */
function durationOf(value: string): number {
  const duration = parseDuration(value);
  const [least = 0, most = 0] = [shortest, longest].map(parseDuration);
  if (duration !== undefined && duration >= least && duration <= most) return duration;
  throw usage("duration-invalid", { flag: "--for", value, shortest, longest });
}
