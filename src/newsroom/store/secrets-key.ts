import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { usage } from "../../errors/errors.js";
import { createAtomically } from "../../files/atomic.js";

/** The key's file in the data folder, beside the database and not in it. */
export const secretsKeyFile = "secrets.key";

/** AES-256-GCM with random nonces (NIST SP 800-38D: fit for 2^32 messages of a key). Lengths in bytes. */
const cipher = "aes-256-gcm";
const keyLength = 32;
const nonceLength = 12;
const tagLength = 16;

/** Seals what the service must be able to read again, and a copy of the database alone must not show. */
export interface SecretsKey {
  /**
   * Seals a secret: `v1.<key id>.<nonce, ciphertext and tag in base64url>`.
   *
   * @param owner what the secret belongs to, e.g. a user's id. A sealed secret opens for no other
   */
  seal(secret: string, owner: string): string;
  /** Opens a sealed secret; undefined when it was sealed with another key or for another owner, or is in clear. */
  open(sealed: string, owner: string): string | undefined;
  /** Whether this key sealed it, by the key's id. */
  hasSealed(sealed: string): boolean;
}

/** Whether a stored secret is sealed, by whatever key. */
export function isSealed(stored: string): boolean {
  return stored.startsWith("v1.");
}

/**
 * Reads the key's file. Throws `newsroom-secrets-key-unusable`.
 *
 * @param make creates a missing file, open to its owner only. Two processes that start at the same time read the same key
 */
export async function openSecretsKey(file: string, make: boolean): Promise<SecretsKey> {
  try {
    const text = make ? await readOrCreate(file) : await readFile(file, "utf8");
    const key = Buffer.from(text.trim(), "base64");
    if (key.length !== keyLength)
      throw usage("newsroom-secrets-key-unusable", { path: file, reason: "form" });
    const { mode } = await stat(file);
    // The group may read the key, as with Debian's ssl-cert. On Windows these bits have no meaning and are clear.
    if ((mode & 0o027) !== 0) throw usage("newsroom-secrets-key-unusable", { path: file, reason: "open" });
    return secretsKeyOf(key);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code;
    if (reason === undefined || !/^E[A-Z]+$/.test(reason)) throw error;
    throw usage("newsroom-secrets-key-unusable", { path: file, reason }, error);
  }
}

async function readOrCreate(file: string): Promise<string> {
  for (;;) {
    try {
      return await readFile(file, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
    await createAtomically(file, `${randomBytes(keyLength).toString("base64")}\n`, 0o600);
  }
}

/** @param key 32 bytes */
export function secretsKeyOf(key: Buffer): SecretsKey {
  const id = createHash("sha256").update("kominfo secrets key").update(key).digest("hex").slice(0, 8);
  const prefix = `v1.${id}.`;
  const boundTo = (owner: string) => Buffer.from(prefix + owner);
  return {
    seal(secret, owner) {
      const nonce = randomBytes(nonceLength);
      const sealing = createCipheriv(cipher, key, nonce).setAAD(boundTo(owner));
      const sealed = Buffer.concat([
        nonce,
        sealing.update(secret, "utf8"),
        sealing.final(),
        sealing.getAuthTag(),
      ]);
      return prefix + sealed.toString("base64url");
    },
    open(sealed, owner) {
      if (!sealed.startsWith(prefix)) return undefined;
      const bytes = Buffer.from(sealed.slice(prefix.length), "base64url");
      if (bytes.length < nonceLength + tagLength) return undefined;
      try {
        const opening = createDecipheriv(cipher, key, bytes.subarray(0, nonceLength), {
          authTagLength: tagLength,
        })
          .setAAD(boundTo(owner))
          .setAuthTag(bytes.subarray(-tagLength));
        const text = opening.update(bytes.subarray(nonceLength, -tagLength));
        return Buffer.concat([text, opening.final()]).toString("utf8");
      } catch {
        return undefined;
      }
    },
    hasSealed: (sealed) => sealed.startsWith(prefix),
  };
}
