import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import type { Server } from "node:https";
import { usage } from "../../errors/errors.js";

/** Paths of two PEM files: the certificate with its chain, and its key. */
export interface TlsFiles {
  cert: string;
  key: string;
}
export interface TlsPair {
  cert: Buffer;
  key: Buffer;
}

/** Older versions are deprecated by RFC 8996. */
export const minTlsVersion = "TLSv1.2";

/**
 * Reads both files and checks that they belong together. Throws `newsroom-tls-unreadable`, `newsroom-tls-key-open` (other
 * users of the machine may read the key), `newsroom-tls-invalid`, `newsroom-tls-key-locked`, `newsroom-tls-mismatch`.
 * An expired certificate is accepted, because refusing to start would help nobody; `newsroom serve` prints a warning.
 */
export async function readTls(files: TlsFiles): Promise<TlsPair & { until: Date }> {
  const cert = await readPem(files.cert);
  const key = await readPem(files.key);
  const { mode } = await stat(files.key);
  // The group may read the key, as with Debian's ssl-cert. On Windows these bits have no meaning and are clear.
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
 * Uses a renewed certificate for new connections. The files are polled, so that the program that renews them needs no
 * knowledge of this service. When only one of the two files is renewed yet, the pair does not match: the old one stays in
 * use, and the next poll tries again.
 *
 * @param onChange receives "renewed", or "refused" with the error
 */
export function watchTls(
  server: Pick<Server, "setSecureContext">,
  files: TlsFiles,
  initial: TlsPair,
  everyMs: number,
  onChange: (event: "renewed" | "refused", reason?: unknown) => void,
): { stop(): void } {
  let current = initial;
  const check = async () => {
    try {
      const { cert, key } = await readTls(files);
      if (cert.equals(current.cert) && key.equals(current.key)) return;
      server.setSecureContext({ cert, key, minVersion: minTlsVersion });
      current = { cert, key };
      onChange("renewed");
    } catch (error) {
      onChange("refused", error);
    }
  };
  const timer = setInterval(check, everyMs).unref();
  return { stop: () => clearInterval(timer) };
}
