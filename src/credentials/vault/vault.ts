import { constants } from "node:fs";
import { chmod, lstat, mkdir, open, stat } from "node:fs/promises";
import path from "node:path";
import { failed, KominfoError } from "../../errors/errors.js";
import { removeLeftovers, writeAtomically } from "../../files/atomic.js";
import { withLock } from "../../files/lock.js";
import {
  openEntries,
  parseVault,
  type SealedVault,
  sameHeader,
  sealEntries,
  type UnlockedVault,
  type VaultEntry,
} from "./sealed.js";

/** Mode bits mean nothing on Windows, where the profile folder's access list protects the vault. */
const modesMatter = process.platform !== "win32";
const largestVaultBytes = 1024 * 1024;

/**
 * The vault file as it is, still sealed; undefined when there is none. Throws, and changes nothing, when it must
 * not be trusted: `vault-symlink`, `vault-loose-permissions`, `vault-damaged`, `vault-too-new` (all exit 1).
 */
export async function readVault(file: string): Promise<SealedVault | undefined> {
  try {
    const found = await lstat(file);
    if (found.isSymbolicLink()) throw failed("vault-symlink", { path: file });
    if (!found.isFile()) throw failed("vault-damaged", { path: file });
    return parseVault(await readPrivate(file), file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (error instanceof KominfoError) throw error;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    // It became a link after we looked.
    if (code === "ELOOP") throw failed("vault-symlink", { path: file });
    throw failed("file-unreadable", { path: file, reason: code || "?" }, error);
  }
}

async function readPrivate(file: string): Promise<string> {
  const handle = await open(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    const { mode, size } = await handle.stat();
    if (modesMatter && (mode & 0o077) !== 0) throw failed("vault-loose-permissions", { path: file });
    if (size > largestVaultBytes) throw failed("vault-damaged", { path: file });
    return await handle.readFile("utf8");
  } finally {
    await handle.close();
  }
}

/**
 * Reads the vault, lets `change` make new entries of it (undefined: leave it as it is), and replaces it: all under
 * one lock, so that nobody's change is lost, and as one step, so that kill -9 leaves the old vault or the new one.
 *
 * @returns false, with nothing done, when the vault has meanwhile got another header than `unlocked`'s
 * @throws what `readVault` and `openEntries` throw, `lock-held` (exit 5), and `vault-unwritable` (exit 1)
 */
export function updateVault(
  file: string,
  unlocked: UnlockedVault,
  change: (entries: VaultEntry[]) => VaultEntry[] | undefined,
): Promise<boolean> {
  return exclusively(file, async (sealed) => {
    if (sealed && !sameHeader(sealed.header, unlocked.header)) return false;
    const entries = change(sealed ? openEntries(sealed, unlocked.key, file) : []);
    if (entries) await replaceVault(file, unlocked, entries);
    return true;
  });
}

/**
 * Makes an empty vault with the key that `make` gives, both under the lock: `make` keeps the key in the keychain,
 * and another process must not do so for the same file at once.
 *
 * @returns undefined, with `make` not called, when there is a vault meanwhile; otherwise throws as `updateVault`
 */
export function createVault(
  file: string,
  make: () => Promise<UnlockedVault>,
): Promise<UnlockedVault | undefined> {
  return exclusively(file, async (sealed) => {
    if (sealed) return undefined;
    const made = await make();
    await replaceVault(file, made, []);
    return made;
  });
}

/**
 * Seals the vault under another key, which `make` gives, and calls `afterwards` once that is on disk. All is under
 * the lock: the keychain has one item for a vault, and nobody else may exchange it meanwhile. kill -9 leaves the
 * vault as `old` opens it or as the new key does, and the key that it needs is kept at either time.
 *
 * @returns undefined, with nothing done, when the vault has meanwhile got another header; throws as `updateVault`
 */
export function resealVault(
  file: string,
  old: UnlockedVault,
  make: () => Promise<UnlockedVault>,
  afterwards: () => Promise<void>,
): Promise<UnlockedVault | undefined> {
  return exclusively(file, async (sealed) => {
    if (!sealed || !sameHeader(sealed.header, old.header)) return undefined;
    const entries = openEntries(sealed, old.key, file);
    const made = await make();
    await replaceVault(file, made, entries);
    await afterwards();
    return made;
  });
}

async function replaceVault(file: string, unlocked: UnlockedVault, entries: readonly VaultEntry[]) {
  await removeLeftovers(path.dirname(file), (target) => target === path.basename(file));
  await writeAtomically(file, sealEntries(unlocked, entries), 0o600);
}

/** Runs `work` on the vault as it is while nobody else changes it. */
async function exclusively<T>(
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

/** Makes the folder of the vault 0700, also when something else made it before. */
export async function makePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (modesMatter && ((await stat(folder)).mode & 0o077) !== 0) await chmod(folder, 0o700);
}
