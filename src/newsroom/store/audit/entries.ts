import { randomBytes } from "node:crypto";
import { v7 as uuid } from "uuid";
import type { AuditDetail, AuditEntry, AuditEvent, AuditVia } from "../../../contract/contract.js";
import type { Store } from "../database/open.js";
import type { Slice } from "../slice.js";
import { type ChainHead, entryHash, namesHash, originHash } from "./chain.js";

/** An act to append to the audit log. */
export interface AuditAct {
  event: AuditEvent;
  actor: { id: string; name: string } | null;
  subject: { id: string; name: string } | null;
  object: string | null;
  via: AuditVia;
  detail: AuditDetail;
  address: string | null;
  browser: string | null;
}

const newSalt = () => randomBytes(16).toString("base64url");

/**
 * Appends an act to the chain. Takes a transaction, and only that: writing transactions run one after another in both
 * databases, so the entry that is read here as the last one still is when this one is written.
 */
export async function appendEntry(transaction: Store, act: AuditAct, now: Date): Promise<number> {
  if (!transaction.isTransaction) throw new TypeError("an audit entry outside of a transaction");
  const last = await newestEntry(transaction);
  const seq = (last?.seq ?? 0) + 1;
  const names = {
    actor_name: act.actor?.name ?? null,
    subject_name: act.subject?.name ?? null,
    names_salt: newSalt(),
  };
  const origin = { address: act.address, browser: act.browser, origin_salt: newSalt() };
  const row = {
    seq,
    id: uuid(),
    at: now.toISOString(),
    event: act.event,
    actor_id: act.actor?.id ?? null,
    subject_id: act.subject?.id ?? null,
    object_id: act.object,
    via: act.via,
    detail: JSON.stringify(act.detail),
    names_hash: namesHash(names),
    origin_hash: originHash(origin),
    previous: last?.hash ?? "",
  };
  await transaction
    .insertInto("audit_entries")
    .values({ ...row, hash: entryHash(row) })
    .execute();
  await transaction
    .insertInto("audit_details")
    .values({ seq, ...names, ...origin })
    .execute();
  return seq;
}

/** The head of the chain; undefined for an empty log. */
export async function newestEntry(store: Store): Promise<ChainHead | undefined> {
  return store
    .selectFrom("audit_entries")
    .select(["seq", "hash"])
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();
}

export interface AuditFilter {
  /** Id of a person: entries by or about them. */
  person?: string | undefined;
  /** ISO 8601 in UTC. */
  since?: string | undefined;
}

/** Lists a slice of the entries, newest first. The key of the slice is `seq`. */
export async function listEntries(
  store: Store,
  { person, since }: AuditFilter,
  { after, limit }: Slice,
): Promise<AuditEntry[]> {
  let query = withDetails(store).orderBy("audit_entries.seq", "desc").limit(limit);
  if (after !== undefined) query = query.where("audit_entries.seq", "<", Number(after));
  if (since !== undefined) query = query.where("audit_entries.at", ">=", since);
  if (person !== undefined) {
    query = query.where((where) =>
      where.or([where("actor_id", "=", person), where("subject_id", "=", person)]),
    );
  }
  return (await query.execute()).map(entryOf);
}

/** Lists the entries about a person after `seq` with one of these events, newest first. */
export async function entriesAbout(
  store: Store,
  subject: string,
  events: readonly AuditEvent[],
  seq: number,
  limit: number,
): Promise<AuditEntry[]> {
  const rows = await withDetails(store)
    .where("subject_id", "=", subject)
    .where("audit_entries.seq", ">", seq)
    .where("event", "in", events)
    .orderBy("audit_entries.seq", "desc")
    .limit(limit)
    .execute();
  return rows.map(entryOf);
}

/** Whether this person has such an entry about the object since `since`. */
export async function hasEntry(
  store: Store,
  { event, actor, object }: { event: AuditEvent; actor: string; object: string },
  since: Date,
): Promise<boolean> {
  const row = await store
    .selectFrom("audit_entries")
    .select("seq")
    .where("object_id", "=", object)
    .where("actor_id", "=", actor)
    .where("event", "=", event)
    .where("at", ">", since.toISOString())
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

function withDetails(store: Store) {
  return store
    .selectFrom("audit_entries")
    .leftJoin("audit_details", "audit_details.seq", "audit_entries.seq")
    .selectAll("audit_entries")
    .select(["actor_name", "subject_name", "address", "browser"]);
}

function entryOf(row: Awaited<ReturnType<ReturnType<typeof withDetails>["execute"]>>[number]): AuditEntry {
  const personOf = (id: string | null, name: string | null) => (id === null ? null : { id, name });
  return {
    seq: row.seq,
    id: row.id,
    at: row.at,
    event: row.event,
    actor: personOf(row.actor_id, row.actor_name),
    subject: personOf(row.subject_id, row.subject_name),
    object: row.object_id,
    via: row.via,
    detail: JSON.parse(row.detail),
    address: row.address,
    browser: row.browser,
    hash: row.hash,
  };
}
