import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

/** From OWASP's cheat sheet on password storage: as strong as N=2^17, p=1, with a quarter of the memory (32 MiB). */
const cost = { N: 2 ** 15, r: 8, p: 3 };
const keyBytes = 32;
/** Characters. NIST SP 800-63B asks for eight with a second factor; length is what counts. */
export const minPasswordLength = 12;
export const maxPasswordLength = 200;

/** Hashes a password for storage: `scrypt$N$r$p$salt$key`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  return ["scrypt", cost.N, cost.r, cost.p, salt.toString("base64url"), key.toString("base64url")].join("$");
}

/** Checks a password. With `stored` undefined it takes as long and returns false, so timing reveals no names. */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [, N, r, p, salt = "", wanted = ""] = stored?.split("$") ?? [];
  const parameters = stored === undefined ? cost : { N: Number(N), r: Number(r), p: Number(p) };
  const key = await derive(password, Buffer.from(salt, "base64url"), parameters);
  const expected = Buffer.from(wanted, "base64url");
  return expected.length === key.length && timingSafeEqual(key, expected);
}

/** Derives the key. NFKC makes passwords equal that keyboards compose differently. */
function derive(password: string, salt: Buffer, { N, r, p }: typeof cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { N, r, p, maxmem: 256 * N * r };
    scrypt(password.normalize("NFKC"), salt, keyBytes, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
