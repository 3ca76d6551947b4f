import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import type { Server } from "node:https";
import { usage } from "../../errors/errors.js";

/** Two PEM files: the certificate with its chain, and its key. */
export interface TlsFiles {
  cert: string;
  key: string;
}
export interface TlsPair {
  cert: Buffer;
  key: Buffer;
}

/** Nothing older is spoken: RFC 8996. */
export const oldestTls = "TLSv1.2";

/**
 * Reads both files and makes sure that they are a pair. Throws `newsroom-tls-unreadable`, `newsroom-tls-key-open` (others
 * on the machine may read the key), `newsroom-tls-invalid`, `newsroom-tls-key-locked`, `newsroom-tls-mismatch`.
 * An expired certificate is served: refusing to start would help nobody; `newsroom serve` says so.
 */
export async function readTls(files: TlsFiles): Promise<TlsPair & { until: Date }> {
  const cert = await readPem(files.cert);
  const key = await readPem(files.key);
  const { mode } = await stat(files.key);
  // Its group may read it: Debian's ssl-cert works so. On Windows the bits mean nothing, and are clear.
  if ((mode & 0o027) !== 0) throw usage("newsroom-tls-key-open", { path: files.key });
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(cert);
  } catch (error) {
    throw usage("newsroom-tls-invalid", { path: files.cert, kind: "certificate" }, error);
  }
  if (!certificate.checkPrivateKey(privateKey(files.key, key))) {
    throw usage("newsroom-tls-mismatch", { file: files.cert, path: files.key });
  }
  return { cert, key, until: new Date(certificate.validTo) };
}

async function readPem(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw usage(
      "newsroom-tls-unreadable",
      { path: file, reason: (error as NodeJS.ErrnoException).code ?? "?" },
      error,
    );
  }
}

function privateKey(file: string, pem: Buffer): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (error) {
    const isLocked = (error as NodeJS.ErrnoException).code === "ERR_MISSING_PASSPHRASE";
    if (isLocked) throw usage("newsroom-tls-key-locked", { path: file }, error);
    throw usage("newsroom-tls-invalid", { path: file, kind: "key" }, error);
  }
}

/**
 * Takes over a renewed certificate for new connections. Looks whether the files have changed rather than waits for a
 * signal: whoever renews them needs to know nothing of this service. A pair that does not fit (one file of two is
 * there already) is looked at again the next time, and the old one serves on.
 *
 * @param told "renewed", or the code of what is wrong
 */
export function followTls(
  server: Pick<Server, "setSecureContext">,
  files: TlsFiles,
  present: TlsPair,
  everyMs: number,
  told: (event: "renewed" | "refused", reason?: unknown) => void,
): { stop(): void } {
  let last = present;
  const look = async () => {
    try {
      const { cert, key } = await readTls(files);
      if (cert.equals(last.cert) && key.equals(last.key)) return;
      server.setSecureContext({ cert, key, minVersion: oldestTls });
      last = { cert, key };
      told("renewed");
    } catch (error) {
      told("refused", error);
    }
  };
  const looking = setInterval(look, everyMs).unref();
  return { stop: () => clearInterval(looking) };
}
