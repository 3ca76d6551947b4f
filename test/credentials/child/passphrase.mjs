// Changes the passphrase of the vault to and fro for ever, and says the number of each one once it opens the vault.
import path from "node:path";
import { pathToFileURL } from "node:url";

const [compiled, vaultPath, first, _, second] = process.argv.slice(2);
const { createCredentials } = await import(pathToFileURL(path.join(compiled, "credentials/store.js")).href);

for (let n = 0; ; n = 1 - n) {
  const [present, fresh] = n === 0 ? [first, second] : [second, first];
  const credentials = createCredentials({
    vaultPath,
    environment: { KOMINFO_PASSPHRASE_FILE: present, KOMINFO_NEW_PASSPHRASE_FILE: fresh },
    now: () => new Date(),
    onSecret: () => {},
    scryptCost: 1024,
  });
  try {
    await credentials.changePassphrase();
    console.log(1 - n);
  } catch (error) {
    // The other process was faster: the vault has the other passphrase already.
    if (error.code !== "vault-wrong-passphrase" && error.code !== "passphrase-unchanged") throw error;
  }
}
