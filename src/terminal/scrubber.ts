/** Masks every secret of this run in output. */
export interface Scrubber {
  add(secret: string): void;
  scrub(text: string): string;
  /** The same for each text in a value of JSON, names of keys included. */
  scrubAll(value: unknown): unknown;
}

const mask = "••••";
/** Shorter values would blank out ordinary words. */
const minSecretLength = 6;

/**
 * Creates a scrubber. It finds secrets raw, URL-encoded, form-encoded, and in base64 and base64url, even when encoded
 * together with other text, as `user:secret` in HTTP Basic (RFC 7617).
 *
 * @param secrets those available at the start, such as the environment's
 */
export function createScrubber(secrets: readonly string[] = []): Scrubber {
  const forms = new Set<string>();
  const scrubber: Scrubber = {
    add(secret) {
      if (secret.length < minSecretLength) return;
      const bytes = Buffer.from(secret);
      for (const form of [
        secret,
        // A lone surrogate, which JSON on stdin may contain, cannot be URL-encoded.
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
    scrubAll(value) {
      if (typeof value === "string") return scrubber.scrub(value);
      if (Array.isArray(value)) return value.map(scrubber.scrubAll);
      if (value === null || typeof value !== "object") return value;
      return Object.fromEntries(
        Object.entries(value).map(([key, part]) => [scrubber.scrub(key), scrubber.scrubAll(part)]),
      );
    },
  };
  for (const secret of secrets) scrubber.add(secret);
  return scrubber;
}

/**
 * The base64 characters that depend on `bytes` only, for each of the three offsets at which `bytes` may start in a
 * group of three bytes.
 */
function withinBase64(bytes: Buffer, encoding: "base64" | "base64url"): string[] {
  return [0, 1, 2].map((before) => {
    const length = before + bytes.length;
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString(encoding);
    return encoded.slice(Math.ceil((before * 8) / 6), Math.floor((length * 8) / 6));
  });
}
