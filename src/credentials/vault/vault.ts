import { constants } from "node:fs";
import { lstat, open } from "node:fs/promises";
import path from "node:path";
import { failed, KominfoError } from "../../errors/errors.js";
import { removeLeftovers, writeAtomically } from "../../files/atomic.js";
import { withLock } from "../../files/lock.js";
import { checksModes, checkVaultFolder, makePrivateFolder } from "./folder.js";
import {
  openEntries,
  parseVault,
  type SealedVault,
  sameHeader,
  sealEntries,
  type UnlockedVault,
  type VaultEntry,
} from "./sealed.js";

const maxVaultBytes = 1024 * 1024;

/**
 * Reads the vault file without decrypting it; returns undefined when there is none. Throws when the file cannot be
 * trusted: `vault-symlink`, `vault-loose-permissions`, `vault-damaged`, `vault-too-new`, or the errors of
 * `checkVaultFolder` (all exit 1).
 */
export async function readVault(file: string): Promise<SealedVault | undefined> {
  try {
    await checkVaultFolder(path.dirname(file));
    const found = await lstat(file);
    if (found.isSymbolicLink()) throw failed("vault-symlink", { path: file });
    if (!found.isFile()) throw failed("vault-damaged", { path: file });
    return parseVault(await readPrivate(file), file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (error instanceof KominfoError) throw error;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    // The file was replaced by a link after lstat.
    if (code === "ELOOP") throw failed("vault-symlink", { path: file });
    throw failed("file-unreadable", { path: file, reason: code || "?" }, error);
  }
}

async function readPrivate(file: string): Promise<string> {
  const handle = await open(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    const { mode, size } = await handle.stat();
    if (checksModes && (mode & 0o077) !== 0) throw failed("vault-loose-permissions", { path: file });
    if (size > maxVaultBytes) throw failed("vault-damaged", { path: file });
    return await handle.readFile("utf8");
  } finally {
    await handle.close();
  }
}

/**
 * Reads the vault, passes its entries to `change`, and writes the entries that it returns; undefined changes nothing.
 * One lock covers all of it, so that no process overwrites another's change. The write is atomic: kill -9 leaves the old
 * vault or the new one.
 *
 * @returns false, and changes nothing, when another process has given the vault a new header
 * @throws the errors of `readVault` and `openEntries`, `lock-held` (exit 5), and `vault-unwritable` (exit 1)
 */
export function updateVault(
  file: string,
  unlocked: UnlockedVault,
  change: (entries: VaultEntry[]) => VaultEntry[] | undefined,
): Promise<boolean> {
  return withVaultLock(file, async (sealed) => {
    if (sealed && !sameHeader(sealed.header, unlocked.header)) return false;
    const entries = change(sealed ? openEntries(sealed, unlocked.key, file) : []);
    if (entries) await replaceVault(file, unlocked, entries);
    return true;
  });
}

/**
 * Creates an empty vault with the key that `createKey` returns. Both happen under the lock: `createKey` stores the key in
 * the keychain, and two processes must not do so for the same file at once. Throws as `updateVault`.
 *
 * @returns undefined, without calling `createKey`, when another process has created the vault
 */
export function createVault(
  file: string,
  createKey: () => Promise<UnlockedVault>,
): Promise<UnlockedVault | undefined> {
  return withVaultLock(file, async (sealed) => {
    if (sealed) return undefined;
    const unlocked = await createKey();
    await replaceVault(file, unlocked, []);
    return unlocked;
  });
}

/**
 * Encrypts the vault with the key that `createKey` returns, and calls `afterwards` once that is on disk. One lock covers
 * all of it: the keychain has one item per vault, and no other process may replace it meanwhile. kill -9 leaves a vault
 * that either the old key or the new one opens, and that key still exists. Throws as `updateVault`.
 *
 * @returns undefined, and changes nothing, when another process has given the vault a new header
 */
export function resealVault(
  file: string,
  old: UnlockedVault,
  createKey: () => Promise<UnlockedVault>,
  afterwards: () => Promise<void>,
): Promise<UnlockedVault | undefined> {
  return withVaultLock(file, async (sealed) => {
    if (!sealed || !sameHeader(sealed.header, old.header)) return undefined;
    const entries = openEntries(sealed, old.key, file);
    const unlocked = await createKey();
    await replaceVault(file, unlocked, entries);
    await afterwards();
    return unlocked;
  });
}

async function replaceVault(file: string, unlocked: UnlockedVault, entries: readonly VaultEntry[]) {
  await removeLeftovers(path.dirname(file), (target) => target === path.basename(file));
  await writeAtomically(file, sealEntries(unlocked, entries), 0o600);
}

/** Runs `work` with the current vault, under its lock. */
async function withVaultLock<T>(
  file: string,
  work: (sealed: SealedVault | undefined) => Promise<T>,
): Promise<T> {
  try {
    await makePrivateFolder(path.dirname(file));
    return await withLock(`${file}.lock`, async () => work(await readVault(file)));
  } catch (error) {
    if (error instanceof KominfoError) throw error;
    const reason = (error as NodeJS.ErrnoException).code;
    if (reason === undefined) throw error;
    throw failed("vault-unwritable", { path: file, reason }, error);
  }
}
