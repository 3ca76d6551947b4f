import {
  createCipheriv,
  createDecipheriv,
  hkdfSync,
  randomBytes,
  randomUUID,
  scrypt,
  timingSafeEqual,
} from "node:crypto";
import { z } from "zod";
import { denied, failed } from "../../errors/errors.js";
import { services } from "../variables.js";

/**
 * The format of the vault file: JSON with a readable header and an encrypted list of entries. The cipher is AES-256-GCM
 * (NIST SP 800-38D) with a fresh 12-byte IV at every write and the header as additional data. HKDF (RFC 5869) derives
 * the cipher's key from a 32-byte vault key. scrypt (RFC 7914) derives the vault key from a passphrase, or the system's
 * keychain stores it.
 */
const version = 1;
const cipher = "aes-256-gcm";
const ivBytes = 12;
const tagBytes = 16;
const saltBytes = 16;
const keyBytes = 32;

/** scrypt's N: each guess at a passphrase costs 128 MiB and about half a second. */
export const scryptCost = 2 ** 17;
/** Refuses a forged header that makes scrypt use more than 256 MiB. */
const maxCost = 2 ** 18;

const bytes = (length: number) =>
  z.base64().refine((value) => Buffer.from(value, "base64").length === length);
const isCost = (n: number) => n >= 2 && n <= maxCost && Number.isInteger(Math.log2(n));

const scryptSchema = z.strictObject({
  method: z.literal("passphrase"),
  kdf: z.literal("scrypt"),
  n: z.int().refine(isCost),
  r: z.literal(8),
  p: z.literal(1),
  salt: bytes(saltBytes),
});
/** The method that gives the vault key. */
const unlockSchema = z.discriminatedUnion("method", [
  scryptSchema,
  z.strictObject({ method: z.literal("keychain") }),
]);

const headerSchema = z.strictObject({
  format: z.literal("kominfo-vault"),
  version: z.literal(version),
  /**
   * Names the vault's item in the keychain. It stays the same when the vault moves between keychain and passphrase.
   * Vaults of the first version have none until they move.
   */
  id: z.uuid().optional(),
  unlock: unlockSchema,
  /** Distinguishes a wrong vault key from a changed file. Reveals nothing of the key. */
  check: bytes(32),
});
export type VaultHeader = z.infer<typeof headerSchema>;

const sealedSchema = z.strictObject({
  header: headerSchema,
  iv: bytes(ivBytes),
  tag: bytes(tagBytes),
  ciphertext: z.base64(),
});
/** A vault file as read. Its content is not authenticated before `openEntries`. */
export type SealedVault = z.infer<typeof sealedSchema>;

const instant = z.iso.datetime({ offset: true });
export const entrySchema = z.strictObject({
  service: z.enum(services),
  account: z.string(),
  origin: z.string(),
  kind: z.enum(["personal", "office"]),
  obtained_at: instant.optional(),
  expires_at: instant.optional(),
  checked_at: instant.optional(),
  secret: z.record(z.string(), z.string()),
});
const entriesSchema = z.strictObject({ entries: z.array(entrySchema) });
/** A credential as the vault and a bundle store it. */
export type VaultEntry = z.infer<typeof entrySchema>;

/** The header of a vault with its key. */
export interface UnlockedVault {
  header: VaultHeader;
  key: Buffer;
}

/**
 * Parses the text of a vault file. Throws `vault-too-new` or `vault-damaged` (exit 1).
 *
 * @param path of the file, for the error
 */
export function parseVault(text: string, path: string): SealedVault {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw failed("vault-damaged", { path });
  }
  const newer = z.object({
    header: z.object({ format: z.literal("kominfo-vault"), version: z.int().gt(version) }),
  });
  if (newer.safeParse(json).success) throw failed("vault-too-new", { path });
  const sealed = sealedSchema.safeParse(json);
  if (!sealed.success) throw failed("vault-damaged", { path });
  return sealed.data;
}

/** Encrypts entries with the key of a vault. Two calls never return the same text. */
export function sealEntries({ header, key }: UnlockedVault, entries: readonly VaultEntry[]): string {
  const iv = randomBytes(ivBytes);
  const sealing = createCipheriv(cipher, subkey(key, "seal"), iv, { authTagLength: tagBytes });
  sealing.setAAD(headerBytes(header));
  const plain = JSON.stringify({ entries });
  const ciphertext = Buffer.concat([sealing.update(plain, "utf8"), sealing.final()]);
  const sealed: SealedVault = {
    header,
    iv: iv.toString("base64"),
    tag: sealing.getAuthTag().toString("base64"),
    ciphertext: ciphertext.toString("base64"),
  };
  return `${JSON.stringify(sealed, null, 2)}\n`;
}

/** Decrypts a vault with the key of its header. Throws `vault-tampered` (exit 1) when any part of it was changed. */
export function openEntries(sealed: SealedVault, key: Buffer, path: string): VaultEntry[] {
  const opening = createDecipheriv(cipher, subkey(key, "seal"), Buffer.from(sealed.iv, "base64"), {
    authTagLength: tagBytes,
  });
  opening.setAAD(headerBytes(sealed.header));
  opening.setAuthTag(Buffer.from(sealed.tag, "base64"));
  try {
    const plain = Buffer.concat([opening.update(sealed.ciphertext, "base64"), opening.final()]);
    return entriesSchema.parse(JSON.parse(plain.toString("utf8"))).entries;
  } catch {
    // Drop the cause: a parser's message may quote the plaintext.
    throw failed("vault-tampered", { path });
  }
}

/**
 * Creates a header and derives its key from a passphrase.
 *
 * @param cost scrypt's N; smaller than `scryptCost` in tests only
 * @param id of the vault, when it has one
 */
export async function createUnlocked(
  passphrase: string,
  cost = scryptCost,
  id: string = randomUUID(),
): Promise<UnlockedVault> {
  const salt = randomBytes(saltBytes).toString("base64");
  const unlock = { method: "passphrase", kdf: "scrypt", n: cost, r: 8, p: 1, salt } as const;
  return withHeader(await derive(passphrase, unlock), id, unlock);
}

/** Creates a header for the keychain and a random key. The caller stores the key in the keychain under the id. */
export function createKeyed(id: string = randomUUID()): UnlockedVault & { id: string } {
  return { ...withHeader(randomBytes(keyBytes), id, { method: "keychain" }), id };
}

function withHeader(key: Buffer, id: string, unlock: VaultHeader["unlock"]): UnlockedVault {
  const check = Buffer.from(subkey(key, "check")).toString("base64");
  return { header: { format: "kominfo-vault", version, id, unlock, check }, key };
}

/** Derives the key of a vault from its passphrase. Throws `vault-wrong-passphrase` (exit 4). */
export async function unlockHeader(
  header: VaultHeader,
  passphrase: string,
  path: string,
): Promise<UnlockedVault> {
  if (header.unlock.method !== "passphrase") throw new Error("this vault has no passphrase");
  const key = await derive(passphrase, header.unlock);
  if (!fitsHeader(header, key)) throw denied("vault-wrong-passphrase", { path });
  return { header, key };
}

/** Whether `key` is the key of the vault with this header. */
export function fitsHeader(header: VaultHeader, key: Buffer): boolean {
  return timingSafeEqual(subkey(key, "check"), Buffer.from(header.check, "base64"));
}

/** Whether two headers are equal, so that the same key opens both vaults. */
export function sameHeader(left: VaultHeader, right: VaultHeader): boolean {
  return headerBytes(left).equals(headerBytes(right));
}

function derive(passphrase: string, { n, r, p, salt }: z.infer<typeof scryptSchema>): Promise<Buffer> {
  // OpenSSL's formula for the memory of scrypt. Node's default limit is 32 MiB.
  const options = { N: n, r, p, maxmem: 128 * r * (n + 2 + p) };
  return new Promise((resolve, reject) => {
    // Keyboards differ in whether they compose accented characters: NFC makes both forms one passphrase (RFC 8265).
    scrypt(passphrase.normalize("NFC"), Buffer.from(salt, "base64"), keyBytes, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

function subkey(key: Buffer, purpose: "seal" | "check"): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", key, Buffer.alloc(0), `kominfo vault 1 ${purpose}`, 32));
}

/** Serialises a header in a fixed order of keys, whatever their order in the file. */
function headerBytes({ format, version, id, unlock, check }: VaultHeader): Buffer {
  const method =
    unlock.method === "passphrase"
      ? [unlock.method, unlock.kdf, unlock.n, unlock.r, unlock.p, unlock.salt]
      : [unlock.method];
  return Buffer.from(JSON.stringify([format, version, ...(id ? [id] : []), ...method, check]));
}
