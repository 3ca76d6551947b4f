/** Knows every secret read in this run and removes it from whatever is about to be shown. */
export interface Scrubber {
  add(secret: string): void;
  scrub(text: string): string;
}

const mask = "••••";
/** Shorter values would blank out ordinary words. */
const minSecretLength = 6;

/**
 * Secrets are found raw, URL-encoded, as in a form, and as base64 and base64url, also with something before or after
 * them in it, as `user:secret` of HTTP Basic (RFC 7617).
 *
 * @param secrets those that exist before anything is read, such as the environment's
 */
export function createScrubber(secrets: readonly string[] = []): Scrubber {
  const forms = new Set<string>();
  const scrubber: Scrubber = {
    add(secret) {
      if (secret.length < minSecretLength) return;
      const bytes = Buffer.from(secret);
      for (const form of [
        secret,
        // A lone surrogate, which JSON on stdin may hold, has no such form.
        encodeURIComponent(secret.toWellFormed()),
        new URLSearchParams({ "": secret }).toString().slice(1),
        ...(["base64", "base64url"] as const).flatMap((encoding) => [
          bytes.toString(encoding),
          ...withinBase64(bytes, encoding),
        ]),
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
  for (const secret of secrets) scrubber.add(secret);
  return scrubber;
}

/**
 * What is the same whatever stands before and after `bytes`, for each of the three places where they may begin in a
 * group of three: the characters that hold bits of theirs only.
 */
function withinBase64(bytes: Buffer, encoding: "base64" | "base64url"): string[] {
  return [0, 1, 2].map((before) => {
    const length = before + bytes.length;
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString(encoding);
    return encoded.slice(Math.ceil((before * 8) / 6), Math.floor((length * 8) / 6));
  });
}
