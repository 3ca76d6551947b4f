import { Secret, TOTP } from "otpauth";

/** RFC 6238 with the values that every authenticator app supports. */
const settings = { algorithm: "SHA1", digits: 6, period: 30 } as const;

/** A new secret of 160 bits (RFC 4226, 4), in base32. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** Whether this is a secret that `newTotpSecret` could have made. */
export function isTotpSecret(text: string): boolean {
  return /^[A-Z2-7]{32}$/.test(text);
}

/**
 * The time step that a typed code belongs to, or undefined. The steps before and after the current one count too,
 * because clocks differ and typing takes time. The caller makes sure that a step is used only once.
 */
export function totpStep(secret: string, typed: string, now: Date): number | undefined {
  const token = typed.replace(/\s/g, "");
  // otpauth throws on six characters that are more than six bytes.
  if (!/^\d{6}$/.test(token)) return undefined;
  const totp = new TOTP({ ...settings, secret });
  const timestamp = now.getTime();
  const delta = totp.validate({ token, timestamp, window: 1 });
  return delta === null ? undefined : totp.counter({ timestamp }) + delta;
}

/** The text of the QR code: https://github.com/google/google-authenticator/wiki/Key-Uri-Format */
export function totpAddress(secret: string, issuer: string, account: string): string {
  return new TOTP({ ...settings, secret, issuer, label: account }).toString();
}
