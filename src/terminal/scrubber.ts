import { environmentSecrets } from "../credentials/environment.js";
import type { Environment } from "./host.js";

/** Knows every secret read in this run and removes it from whatever is about to be shown. */
export interface Scrubber {
  add(secret: string): void;
  scrub(text: string): string;
}

const mask = "••••";
/** Shorter values would blank out ordinary words. */
const shortest = 6;

/**
 * Secrets are found raw, as base64, base64url and URL-encoded.
 *
 * @param environment its secrets are known from the start, whether they are ever used or not
 */
export function createScrubber(environment: Environment = {}): Scrubber {
  const forms = new Set<string>();
  const scrubber: Scrubber = {
    add(secret) {
      if (secret.length < shortest) return;
      const bytes = Buffer.from(secret);
      for (const form of [
        secret,
        encodeURIComponent(secret),
        bytes.toString("base64"),
        bytes.toString("base64url"),
      ]) {
        forms.add(form);
        // Inside JSON a quote or backslash of the secret is escaped.
        forms.add(JSON.stringify(form).slice(1, -1));
      }
    },
    scrub(text) {
      let scrubbed = text;
      for (const form of [...forms].sort((a, b) => b.length - a.length))
        scrubbed = scrubbed.replaceAll(form, mask);
      return scrubbed;
    },
  };
  for (const secret of environmentSecrets(environment)) scrubber.add(secret);
  return scrubber;
}
