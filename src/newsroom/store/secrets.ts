import { randomBytes } from "node:crypto";
import { sha256 } from "../../files/hash.js";

/** Crockford's base32: no I, L, O, U, so that a code can be read out over the telephone. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A token of 256 random bits; the prefix lets secret scanners recognise one that has leaked. */
export function newToken(): string {
  return `kominfo_${randomBytes(32).toString("base64url")}`;
}

/** An activation code of 60 random bits in the form XXXX-XXXX-XXXX. */
export function newActivationCode(): string {
  const letters = Array.from(randomBytes(12), (byte) => alphabet[byte % 32]).join("");
  return letters.replace(/^(.{4})(.{4})/, "$1-$2-");
}

/** Normalises a typed code for hashing: removes dashes and spaces, and corrects misread letters. */
function plainCode(typed: string): string {
  return typed.toUpperCase().replace(/[\s-]/g, "").replace(/[IL]/g, "1").replace(/O/g, "0");
}

/** The stored hash of a token. Random bits need no slow hash. */
export const tokenHash = (token: string): string => sha256(token);

/** The stored hash of an activation code. */
export const codeHash = (typed: string): string => sha256(`activation:${plainCode(typed)}`);
