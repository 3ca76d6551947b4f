import { constants } from "node:fs";
import { open } from "node:fs/promises";
import path from "node:path";
import { failed } from "../errors.js";
import type { Service } from "./types.js";
import { makePrivateFolder } from "./vault.js";

/** One line of the audit log: who could act in which name since when. Never a value, nor a part of one. */
export interface AuditRecord {
  /** ISO 8601. */
  time: string;
  action: "login" | "renew" | "logout" | "import" | "export" | "store";
  /** Absent where it was about the vault as a whole. */
  service?: Service;
  account?: string;
  /** "done", or the code of the error that stopped it. */
  result: string;
}

/** Appends one JSON line, durably. Throws `audit-unwritable` (exit 1). */
export async function appendAudit(file: string, record: AuditRecord): Promise<void> {
  const { time, action, service, account, result } = record;
  try {
    await makePrivateFolder(path.dirname(file));
    const { O_APPEND, O_CREAT, O_WRONLY, O_NOFOLLOW } = constants;
    const log = await open(file, O_APPEND | O_CREAT | O_WRONLY | (O_NOFOLLOW ?? 0), 0o600);
    try {
      await log.write(`${JSON.stringify({ time, action, service, account, result })}\n`);
      await log.datasync();
    } finally {
      await log.close();
    }
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? "?";
    throw failed("audit-unwritable", { path: file, reason }, error);
  }
}
