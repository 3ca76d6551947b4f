// Saves `count` accounts named `<prefix>-<n>` from `start` on, and says each name once it is stored.
import path from "node:path";
import { pathToFileURL } from "node:url";

const [compiled, vaultPath, passphraseFile, prefix, start, count] = process.argv.slice(2);
const { createCredentials } = await import(pathToFileURL(path.join(compiled, "credentials/store.js")).href);

const credentials = createCredentials({
  vaultPath,
  environment: { KOMINFO_PASSPHRASE_FILE: passphraseFile },
  now: () => new Date(),
  onSecret: () => {},
  scryptCost: 1024,
});
for (let n = Number(start); n < Number(start) + Number(count); n++) {
  const account = `${prefix}-${n}`;
  await credentials.save({
    service: "newsroom",
    account,
    origin: "https://redaksi.example.go.id",
    kind: "personal",
    secret: { token: `token of ${account}` },
  });
  console.log(account);
}
