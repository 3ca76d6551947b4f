/**
 * The process of its own in which the keyring is spoken to (`keychain.ts` says why): one request as JSON on stdin,
 * one line of JSON on stdout. No secret is in its arguments or its environment.
 */
import { text } from "node:stream/consumers";

const service = "kominfo";

export interface KeychainRequest {
  action: "get" | "set" | "remove";
  account: string;
  /** For `set`. */
  secret?: string;
}

/** `failure` is what the library said, in English; `secret` is null where there is none. */
export type KeychainAnswer = { secret: string | null } | { failure: string };

async function act({ action, account, secret = "" }: KeychainRequest): Promise<string | null> {
  const { default: keytar } = await import("keytar");
  if (action === "remove") {
    await keytar.deletePassword(service, account);
    return null;
  }
  if (action === "set") {
    await keytar.setPassword(service, account, secret);
    // A person who closes the keyring's question leaves nothing stored, and no error either.
    if ((await keytar.getPassword(service, account)) !== secret) throw new Error("not stored: dismissed");
    return null;
  }
  const found = await keytar.getPassword(service, account);
  if (found === null && process.platform === "linux") {
    // The Secret Service says "nothing" of a locked keyring too; only writing is refused for what it is.
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
