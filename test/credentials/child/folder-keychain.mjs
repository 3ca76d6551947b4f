// A keyring in a folder, one file for an item: it can be killed at any moment, and other processes can read it.
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";

/**
 * @param {string} folder
 * @returns {import("../../../src/credentials/vault/keychain.js").Keychain}
 */
export function folderKeychain(folder) {
  return {
    get: (id) => readFile(path.join(folder, id)).catch(() => undefined),
    async set(id, key) {
      await mkdir(`${folder}.tmp`, { recursive: true });
      await mkdir(folder, { recursive: true });
      const fresh = path.join(`${folder}.tmp`, `${process.pid}`);
      await writeFile(fresh, key);
      await rename(fresh, path.join(folder, id));
    },
    remove: (id) => rm(path.join(folder, id), { force: true }),
  };
}
