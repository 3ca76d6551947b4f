// Stores the numbers from `start` on as tokens of twenty accounts in turn, and says each number once it is stored.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { folderKeychain } from "./folder-keychain.mjs";

const [compiled, vaultPath, passphraseFile, keyring, prefix, start] = process.argv.slice(2);
const { createCredentials } = await import(pathToFileURL(path.join(compiled, "credentials/store.js")).href);

const credentials = createCredentials({
  vaultPath,
  environment: { KOMINFO_PASSPHRASE_FILE: passphraseFile },
  keychain: folderKeychain(keyring),
  now: () => new Date(),
  onSecret: () => {},
  scryptCost: 1024,
});
for (let n = Number(start); ; n++) {
  await credentials.save({
    service: "newsroom",
    account: `${prefix}-${n % 20}`,
    origin: "https://redaksi.example.go.id",
    kind: "personal",
    secret: { token: String(n) },
  });
  console.log(n);
}
