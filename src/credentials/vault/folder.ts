import { chmod, lstat, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { failed } from "../../errors/errors.js";
import { makeFolder } from "../../files/folders.js";

/** Windows ignores mode bits; there the access list of the profile folder protects the vault. */
export const checksModes = process.platform !== "win32";

const othersWrite = 0o022;
const anyoneWrites = 0o002;
/** In a folder with this bit, such as /tmp, only the owner of an entry may rename or remove it. */
const sticky = 0o1000;

/**
 * Checks that no other user of this computer can put a vault of theirs in place of ours: the folder is a real one, belongs
 * to us or to root, and only its owner writes in it; and in no folder above it can anyone rename what is there. A folder
 * above may be a link, as with dotfiles, and may belong to a group: the vault's own folder is what counts. A missing
 * folder passes. Throws `vault-folder-linked`, `vault-folder-foreign` or `vault-folder-loose` (exit 1).
 */
export async function checkVaultFolder(folder: string): Promise<void> {
  const found = await lstat(folder).catch(() => undefined);
  if (found?.isSymbolicLink()) throw failed("vault-folder-linked", { path: folder });
  if (!checksModes || !found?.isDirectory()) return;
  if (found.uid !== process.getuid?.() && found.uid !== 0) {
    throw failed("vault-folder-foreign", { path: folder });
  }
  if ((found.mode & othersWrite) !== 0) throw failed("vault-folder-loose", { path: folder, mode: "700" });
  for (let above = path.dirname(await realpath(folder)); ; above = path.dirname(above)) {
    const { mode } = await stat(above);
    if ((mode & anyoneWrites) !== 0 && (mode & sticky) === 0) {
      throw failed("vault-folder-loose", { path: above, mode: "o-w" });
    }
    if (path.dirname(above) === above) return;
  }
}

/**
 * Creates the folder of the vault with mode 0700, and closes one that others may only read. Throws as `checkVaultFolder`:
 * in a folder in which others may write, what lies there already may be theirs.
 */
export async function makePrivateFolder(folder: string): Promise<void> {
  await checkVaultFolder(folder);
  await makeFolder(folder, 0o700);
  await checkVaultFolder(folder);
  if (checksModes && ((await stat(folder)).mode & 0o077) !== 0) await chmod(folder, 0o700);
}
