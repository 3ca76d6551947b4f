import { constants } from "node:fs";
import { open } from "node:fs/promises";
import path from "node:path";
import { failed } from "../errors/errors.js";
import type { Service } from "./types.js";
import { makePrivateFolder } from "./vault/folder.js";

/** One line of the audit log, which tells who could act under which account since when. Holds no part of a secret. */
export interface AuditRecord {
  /** ISO 8601. */
  time: string;
  action: "login" | "renew" | "logout" | "import" | "export" | "store" | "passphrase" | "unlock" | "lock";
  /** Absent when the action concerns the whole vault. */
  service?: Service;
  account?: string;
  /** "done", or the code of the error that stopped the action. */
  result: string;
}

const { O_APPEND, O_CREAT, O_WRONLY, O_NOFOLLOW } = constants;
const flags = O_APPEND | O_WRONLY | (O_NOFOLLOW ?? 0);

/** Path of the audit log, which lies beside the vault. */
export function auditFile(vaultPath: string): string {
  return path.join(path.dirname(vaultPath), "audit.jsonl");
}

/** Returns the code of the error with which the next append would fail, e.g. "EACCES". Creates no file. */
export async function auditProblem(file: string): Promise<string | undefined> {
  try {
    await (await open(file, flags)).close();
    return undefined;
  } catch (error) {
    const reason = reasonOf(error);
    return reason === "ENOENT" ? undefined : reason;
  }
}

/** Appends one JSON line, durably. Throws `audit-unwritable` (exit 1). */
export async function appendAudit(file: string, record: AuditRecord): Promise<void> {
  const { time, action, service, account, result } = record;
  try {
    await makePrivateFolder(path.dirname(file));
    const log = await open(file, flags | O_CREAT, 0o600);
    try {
      await log.write(`${JSON.stringify({ time, action, service, account, result })}\n`);
      await log.datasync();
    } finally {
      await log.close();
    }
  } catch (error) {
    throw failed("audit-unwritable", { path: file, reason: reasonOf(error) }, error);
  }
}

function reasonOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? "?";
}
