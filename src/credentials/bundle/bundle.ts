import { randomInt } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { z } from "zod";
import { denied, failed, KominfoError, usage } from "../../errors/errors.js";
import { entrySchema, type VaultEntry } from "../vault/sealed.js";
import { wordList } from "./word-list.js";

/**
 * The sealed bundle for a new laptop: JSON in an age file (age-encryption.org/v1) that a passphrase opens, so that
 * the standard `age` tool can open and make one, too.
 */
const version = 1;
const bundleSchema = z.strictObject({
  format: z.literal("kominfo-bundle"),
  version: z.literal(version),
  /** ISO 8601. */
  created_at: z.iso.datetime({ offset: true }),
  /** Whether it was made for another person: office accounts only. */
  handover: z.boolean(),
  accounts: z.array(entrySchema),
});
export type Bundle = Pick<z.infer<typeof bundleSchema>, "created_at" | "handover" | "accounts">;

/** Characters that a passphrase for a new bundle has at least: the file travels, and can be guessed at for ever. */
export const minimumBundlePassphrase = 16;
/** scrypt's N is 2 to this power, as in age itself: 256 MiB and about a second for every guess. */
const ageWorkFactor = 18;
/** A bundle of all accounts has a few kilobytes. */
const largestBundleBytes = 1024 * 1024;

/** Six words of 11 bits each. @param pick an equally distributed whole number from 0 up to `below` */
export function sixWords(pick: (below: number) => number = randomInt): string {
  return Array.from({ length: 6 }, () => wordList[pick(wordList.length)]!).join("-");
}

/** The bytes of an age file. @param workFactor smaller only in tests */
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

/** Only what an entry has: an account that was asked for may know more, such as where it came from. */
function toEntry(account: VaultEntry): VaultEntry {
  const { service, account: name, origin, kind, obtained_at, expires_at, checked_at, secret } = account;
  return { service, account: name, origin, kind, obtained_at, expires_at, checked_at, secret };
}

/** The bytes of a file. Throws `file-not-found`, `file-unreadable` (exit 1) and `bundle-foreign` (exit 2). */
export async function readBundleFile(file: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(file);
    if (size > largestBundleBytes) throw usage("bundle-foreign", { path: file });
    return await readFile(file);
  } catch (error) {
    if (error instanceof KominfoError) throw error;
    const reason = (error as NodeJS.ErrnoException).code ?? "?";
    if (reason === "ENOENT") throw failed("file-not-found", { path: file });
    throw failed("file-unreadable", { path: file, reason }, error);
  }
}

/**
 * An age file as it was read, binary or armored. Throws `bundle-foreign` (exit 2) when it is not one that a
 * passphrase opens; `path` is for its words.
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
 * Opens what `readSealed` gave. Throws `bundle-wrong-passphrase` (exit 4), `bundle-damaged` and `bundle-too-new`
 * (exit 1), never with anything of the content.
 */
export async function openBundle(sealed: Uint8Array, passphrase: string, path: string): Promise<Bundle> {
  const { Decrypter } = await import("age-encryption");
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  let text: string;
  try {
    text = await decrypter.decrypt(sealed, "text");
  } catch (error) {
    // age-encryption has no codes; this one sentence is its word for a passphrase that does not fit.
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
