import type { AuditVia } from "../../contract/contract.js";
import { abilities, type Role } from "../../contract/roles.js";
import type { Scope } from "../store/scope.js";
import { problem } from "./problem.js";

/** Where an act comes from, for the audit log. */
export interface ActOrigin {
  via: AuditVia;
  /** IP address; null for a command. */
  address: string | null;
  /** "Firefox, Windows"; null where it is no browser. */
  browser: string | null;
}

/** Whoever acts, for the audit log. Without an id: the owner of the data folder, or a visitor who has not logged in. */
export interface Actor {
  id: string | null;
  name: string | null;
  origin: ActOrigin;
}

/** The owner of the data folder, whose commands need no login. */
export const folderOwner: Actor = {
  id: null,
  name: null,
  origin: { via: "command", address: null, browser: null },
};

/** The person on whose behalf a service acts: the owner of a token, or a user of the desk. */
export interface Caller {
  /** Id of the user. */
  id: string;
  name: string;
  role: Role;
  /** Kecamatan of an operator; null for every other role. It says nothing about what they see: `scopeOf` does. */
  kecamatan: string | null;
  origin: ActOrigin;
}

/** Throws `forbidden` for anyone but an admin. */
export function requireAdmin(caller: Caller): void {
  if (!abilities[caller.role].manages) throw problem("forbidden");
}

/** The submissions that the caller sees. Throws `forbidden` for an operator without a kecamatan. */
export function scopeOf(caller: Caller): Scope {
  const { sees } = abilities[caller.role];
  if (sees === "everything") return { all: true };
  if (sees === "approved") return { approved: true };
  return { kecamatan: ownKecamatan(caller) };
}

/**
 * The kecamatan that the caller's reports, changes and albums are restricted to; undefined for all. Throws `forbidden` for
 * those who see only what is approved.
 */
export function territoryOf(caller: Caller): string | undefined {
  const scope = scopeOf(caller);
  if ("approved" in scope) throw problem("forbidden");
  return "all" in scope ? undefined : scope.kecamatan;
}

/** The kecamatan for which an operator writes. Throws `forbidden` for everybody else. */
export function ownKecamatan({ role, kecamatan }: Caller): string {
  if (abilities[role].sees !== "own kecamatan" || kecamatan === null) throw problem("forbidden");
  return kecamatan;
}
