/**
 * The child process that accesses the keyring; `systemKeychain` explains why. It reads one request as JSON from stdin and
 * writes one line of JSON to stdout. Its arguments and environment hold no secret.
 */
import { text } from "node:stream/consumers";

const service = "kominfo";

export interface KeychainRequest {
  action: "get" | "set" | "remove";
  account: string;
  /** For `set`. */
  secret?: string;
}

/** `failure` is the library's message, in English; `secret` is null where there is none. */
export type KeychainAnswer = { secret: string | null } | { failure: string };

async function act({ action, account, secret = "" }: KeychainRequest): Promise<string | null> {
  const { default: keytar } = await import("keytar");
  if (action === "remove") {
    await keytar.deletePassword(service, account);
    return null;
  }
  if (action === "set") {
    await keytar.setPassword(service, account, secret);
    // When a person dismisses the keyring's prompt, nothing is stored and no error is thrown.
    if ((await keytar.getPassword(service, account)) !== secret) throw new Error("not stored: dismissed");
    return null;
  }
  const found = await keytar.getPassword(service, account);
  if (found === null && process.platform === "linux") {
    // The Secret Service also returns nothing for a locked keyring. Only a write reports that it is locked.
    await keytar.setPassword(service, `${account}.probe`, "probe");
    await keytar.deletePassword(service, `${account}.probe`);
  }
  return found;
}

async function answerTo(request: string): Promise<KeychainAnswer> {
  try {
    return { secret: await act(JSON.parse(request)) };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

process.stdout.write(`${JSON.stringify(await answerTo(await text(process.stdin)))}\n`);
