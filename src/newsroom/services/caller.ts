import type { Role } from "../../contract/lifecycle.js";
import { problem } from "./problem.js";

/** On whose behalf the domain acts: someone with a token, or an editor at the desk. */
export interface Caller {
  /** Of the user. */
  id: string;
  name: string;
  role: Role;
  /** An operator's; null for editors and admins, who see everything. */
  kecamatan: string | null;
}

/** Throws `forbidden` for anyone but an admin. */
export function requireAdmin(caller: Caller): void {
  if (caller.role !== "admin") throw problem("forbidden");
}
