import type { Role } from "../../contract/lifecycle.js";
import { problem } from "./problem.js";

/** The person on whose behalf a service acts: the owner of a token, or an editor at the desk. */
export interface Caller {
  /** Id of the user. */
  id: string;
  name: string;
  role: Role;
  /** Kecamatan of an operator; null for editors and admins, who see everything. */
  kecamatan: string | null;
}

/** Throws `forbidden` for anyone but an admin. */
export function requireAdmin(caller: Caller): void {
  if (caller.role !== "admin") throw problem("forbidden");
}
