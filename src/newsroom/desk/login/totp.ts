import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** RFC 6238 as every authenticator app does it: SHA-1, six digits, 30 seconds. */
const stepMs = 30_000;
const digits = 6;
/** RFC 4648. */
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** A new secret of 160 bits (RFC 4226, 4), in base32. */
export function newTotpSecret(): string {
  return toBase32(randomBytes(20));
}

/** Whether this is a secret that `newTotpSecret` could have made. */
export function isTotpSecret(text: string): boolean {
  return /^[A-Z2-7]{32}$/.test(text);
}

/**
 * The time step whose code this is: now, or the one before or after, because clocks differ and fingers are slow.
 * undefined when it is none of them. The caller sees to it that a step is used once.
 */
export function totpStep(secret: string, typed: string, now: Date): number | undefined {
  const code = Buffer.from(typed.replace(/\s/g, ""));
  const current = Math.floor(now.getTime() / stepMs);
  return [current, current - 1, current + 1].find((step) => {
    const expected = Buffer.from(totpCode(secret, step));
    return expected.length === code.length && timingSafeEqual(expected, code);
  });
}

/** The code of a time step (RFC 4226, 5.3). */
export function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac("sha1", fromBase32(secret)).update(counter).digest();
  const offset = (hash.at(-1) ?? 0) & 0x0f;
  const number = hash.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, "0");
}

/** What the QR code says: https://github.com/google/google-authenticator/wiki/Key-Uri-Format */
export function totpAddress(secret: string, issuer: string, account: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?${new URLSearchParams({ secret, issuer })}`;
}

function toBase32(bytes: Buffer): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{5}/g) ?? []).map((five) => alphabet[Number.parseInt(five, 2)]).join("");
}

function fromBase32(text: string): Buffer {
  const bits = Array.from(text, (letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0")).join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
