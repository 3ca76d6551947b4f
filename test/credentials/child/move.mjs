// Moves the vault from keychain to passphrase and back for ever, and says each method once the vault has moved.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { folderKeychain } from "./folder-keychain.mjs";

const [compiled, vaultPath, passphraseFile, keyring] = process.argv.slice(2);
const { createCredentials } = await import(pathToFileURL(path.join(compiled, "credentials/store.js")).href);

for (;;) {
  for (const method of ["keychain", "passphrase"]) {
    const credentials = createCredentials({
      vaultPath,
      environment: { KOMINFO_PASSPHRASE_FILE: passphraseFile },
      keychain: folderKeychain(keyring),
      now: () => new Date(),
      onSecret: () => {},
      scryptCost: 1024,
    });
    await credentials.move(method);
    console.log(method);
  }
}
