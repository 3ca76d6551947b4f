import { randomInt } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { z } from "zod";
import { denied, failed, KominfoError, usage } from "../../errors/errors.js";
import { entrySchema, type VaultEntry } from "../vault/sealed.js";
import { wordList } from "./word-list.js";

/**
 * The sealed bundle for a new laptop: JSON in an age file (age-encryption.org/v1) that a passphrase opens. The standard
 * `age` tool can read and write such a file, too.
 */
const version = 1;
const bundleSchema = z.strictObject({
  format: z.literal("kominfo-bundle"),
  version: z.literal(version),
  /** ISO 8601. */
  created_at: z.iso.datetime({ offset: true }),
  /** Whether the bundle is for another person. It then holds office accounts only. */
  handover: z.boolean(),
  accounts: z.array(entrySchema),
});
export type Bundle = Pick<z.infer<typeof bundleSchema>, "created_at" | "handover" | "accounts">;

/** Minimum characters of a new bundle's passphrase. The file leaves the machine, so an attacker can guess without limit. */
export const minimumBundlePassphrase = 16;
/** scrypt's N is 2 to this power, the default of age: each guess costs 256 MiB and about a second. */
const ageWorkFactor = 18;
/** A bundle of all accounts has a few kilobytes. */
const maxBundleBytes = 1024 * 1024;

/**
 * A random passphrase of six words, 11 bits each.
 *
 * @param pick returns a uniformly distributed integer from 0 to `below` - 1
 */
export function sixWords(pick: (below: number) => number = randomInt): string {
  return Array.from({ length: 6 }, () => wordList[pick(wordList.length)]!).join("-");
}

/**
 * Six words as a person types them from paper: in any case, with spaces, hyphens or dashes between them. Undefined for anything else,
 * such as a passphrase of their own.
 */
export function typedSixWords(typed: string): string | undefined {
  const words = typed
    .toLowerCase()
    .split(/[\s\-\u2010-\u2015\u2212._,]+/u)
    .filter(Boolean);
  return words.length === 6 && words.every((word) => wordList.includes(word)) ? words.join("-") : undefined;
}

/**
 * Encrypts a bundle and returns the bytes of the age file.
 *
 * @param workFactor smaller in tests only
 */
export async function sealBundle(
  { created_at, handover, accounts }: Bundle,
  passphrase: string,
  workFactor = ageWorkFactor,
): Promise<Uint8Array> {
  const { Encrypter } = await import("age-encryption");
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(workFactor);
  encrypter.setPassphrase(passphrase);
  const bundle = { format: "kominfo-bundle", version, created_at, handover, accounts: accounts.map(toEntry) };
  return encrypter.encrypt(`${JSON.stringify(bundle, null, 2)}\n`);
}

/** Copies the fields of an entry only: a credential has more at run time, such as `source`. */
function toEntry(account: VaultEntry): VaultEntry {
  const { service, account: name, origin, kind, obtained_at, expires_at, checked_at, secret } = account;
  return { service, account: name, origin, kind, obtained_at, expires_at, checked_at, secret };
}

/** Reads the bytes of a bundle. Throws `file-not-found`, `file-unreadable` and `bundle-foreign` (exit 2). */
export async function readBundleFile(file: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(file);
    if (size > maxBundleBytes) throw usage("bundle-foreign", { path: file });
    return await readFile(file);
  } catch (error) {
    if (error instanceof KominfoError) throw error;
    const reason = (error as NodeJS.ErrnoException).code ?? "?";
    if (reason === "ENOENT") throw usage("file-not-found", { path: file });
    throw usage("file-unreadable", { path: file, reason }, error);
  }
}

/**
 * Returns the binary form of an age file, which may be armored. Throws `bundle-foreign` (exit 2) unless it is an age
 * file that a passphrase opens.
 *
 * @param path of the file, for the error
 */
export async function readSealed(bytes: Uint8Array, path: string): Promise<Uint8Array> {
  const { armor } = await import("age-encryption");
  const start = Buffer.from(bytes.subarray(0, 100)).toString("latin1");
  let binary = bytes;
  if (start.trimStart().startsWith("-----BEGIN AGE ENCRYPTED FILE-----")) {
    try {
      binary = armor.decode(Buffer.from(bytes).toString("latin1"));
    } catch {
      throw usage("bundle-foreign", { path });
    }
  }
  const header = Buffer.from(binary.subarray(0, 40)).toString("latin1");
  if (!header.startsWith("age-encryption.org/v1\n-> scrypt ")) throw usage("bundle-foreign", { path });
  return binary;
}

/**
 * Decrypts the result of `readSealed`. Throws `bundle-wrong-passphrase` (exit 4), `bundle-damaged` and `bundle-too-new`
 * (exit 1). The errors hold nothing of the content.
 */
export async function openBundle(sealed: Uint8Array, passphrase: string, path: string): Promise<Bundle> {
  const { Decrypter } = await import("age-encryption");
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  let text: string;
  try {
    text = await decrypter.decrypt(sealed, "text");
  } catch (error) {
    // age-encryption has no error codes; this is its message for a wrong passphrase.
    const wrong = error instanceof Error && error.message.startsWith("no identity matched");
    throw wrong ? denied("bundle-wrong-passphrase", { path }) : failed("bundle-damaged", { path });
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw failed("bundle-damaged", { path });
  }
  const newer = z.object({ format: z.literal("kominfo-bundle"), version: z.int().gt(version) });
  if (newer.safeParse(json).success) throw failed("bundle-too-new", { path });
  const bundle = bundleSchema.safeParse(json);
  if (!bundle.success) throw failed("bundle-damaged", { path });
  return bundle.data;
}
