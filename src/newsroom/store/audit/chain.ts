import { sha256 } from "../../../files/hash.js";
import type { Store } from "../database/open.js";
import type { AuditDetailsRow, AuditEntryRow } from "../schema.js";

type Names = Pick<AuditDetailsRow, "actor_name" | "subject_name" | "names_salt">;
type Origin = Pick<AuditDetailsRow, "address" | "browser" | "origin_salt">;

/** Salted, so that nobody can tell an erased name by hashing the names they can think of. */
export const namesHash = ({ names_salt, actor_name, subject_name }: Names): string =>
  sha256(JSON.stringify([names_salt, actor_name, subject_name]));

export const originHash = ({ origin_salt, address, browser }: Origin): string =>
  sha256(JSON.stringify([origin_salt, address, browser]));

/** Hashes an entry with the hash of the one before. Covers every column, and of names and origin their salted hashes. */
export function entryHash(row: Omit<AuditEntryRow, "hash">): string {
  return sha256(
    JSON.stringify([
      row.seq,
      row.id,
      row.at,
      row.event,
      row.actor_id,
      row.subject_id,
      row.object_id,
      row.via,
      row.detail,
      row.names_hash,
      row.origin_hash,
      row.previous,
    ]),
  );
}

/** The newest entry, by which a chain is known. To be noted outside: it betrays entries cut off at the end. */
export interface ChainHead {
  seq: number;
  hash: string;
}

export interface ChainProof {
  /** Number of entries that were checked. */
  entries: number;
  /** Undefined for an empty log. */
  head: ChainHead | undefined;
  /** The first entry that is not as it was written; undefined when all are. */
  broken: { seq: number; problem: ChainProblem } | undefined;
}

type ChainProblem =
  | "missing"
  | "changed"
  | "names-changed"
  | "origin-changed"
  | "names-erased-early"
  | "origin-erased-early";

/** Since when details are still kept. */
export interface KeptSince {
  names: Date;
  origins: Date;
}

const batchSize = 1000;

/**
 * Walks the chain from its first entry. Details that differ from their hash are a fault, and so are erased ones of an
 * entry from when they are still kept.
 *
 * @param kept undefined if the details of any entry may have been erased
 */
export async function verifyChain(store: Store, kept?: KeptSince): Promise<ChainProof> {
  let head: ChainHead | undefined;
  let erasedEarly: ChainProof["broken"];
  for (let entries = 0; ; ) {
    let query = store
      .selectFrom("audit_entries")
      .leftJoin("audit_details", "audit_details.seq", "audit_entries.seq")
      .selectAll("audit_entries")
      .select(["actor_name", "subject_name", "names_salt", "address", "browser", "origin_salt"])
      .orderBy("audit_entries.seq")
      .limit(batchSize);
    if (head) query = query.where("audit_entries.seq", ">", head.seq);
    const rows = await query.execute();
    for (const row of rows) {
      const problem = problemOf(row, head);
      const seq = problem === "missing" ? (head?.seq ?? 0) + 1 : row.seq;
      if (problem) return { entries, head, broken: { seq, problem } };
      // The walk goes on: what was erased may be nobody's fault, and must not hide one.
      const early = kept && earlyErasureOf(row, kept);
      if (early) erasedEarly ??= { seq, problem: early };
      head = { seq: row.seq, hash: row.hash };
      entries += 1;
    }
    if (rows.length < batchSize) return { entries, head, broken: erasedEarly };
  }
}

const hasNames = (row: Names) =>
  row.names_salt !== null || row.actor_name !== null || row.subject_name !== null;
const hasOrigin = (row: Origin) => row.origin_salt !== null || row.address !== null || row.browser !== null;

function problemOf(
  row: AuditEntryRow & Names & Origin,
  before: ChainHead | undefined,
): ChainProblem | undefined {
  if (row.seq !== (before?.seq ?? 0) + 1) return "missing";
  if (row.previous !== (before?.hash ?? "") || row.hash !== entryHash(row)) return "changed";
  if (hasNames(row) && row.names_hash !== namesHash(row)) return "names-changed";
  if (hasOrigin(row) && row.origin_hash !== originHash(row)) return "origin-changed";
  return undefined;
}

function earlyErasureOf(row: AuditEntryRow & Names & Origin, kept: KeptSince): ChainProblem | undefined {
  if (!hasNames(row) && row.at >= kept.names.toISOString()) return "names-erased-early";
  if (!hasOrigin(row) && row.at >= kept.origins.toISOString()) return "origin-erased-early";
  return undefined;
}
