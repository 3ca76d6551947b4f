import type { z } from "zod";
import type {
  AuditDetail,
  AuditEntry,
  AuditEvent,
  auditQuery,
  auditSettings,
  Content,
} from "../../contract/contract.js";
import type { KeptSince } from "../store/audit/chain.js";
import {
  type AuditFilter,
  appendEntry,
  entriesAbout,
  hasEntry,
  listEntries,
  newestEntry,
} from "../store/audit/entries.js";
import { eraseNames, eraseOrigins } from "../store/audit/erasure.js";
import { confirmedSeq, confirmSeq } from "../store/audit/read-marks.js";
import type { Store } from "../store/database/open.js";
import { findRevision } from "../store/submissions/revisions.js";
import { type Actor, type Caller, requireAdmin } from "./caller.js";
import { numberKey, type Page, pageOf, sliceOf } from "./page.js";

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;

/** What happened, besides who did it and when. */
export interface Act {
  event: AuditEvent;
  /** The person whom the act concerns. */
  subject?: { id: string; name: string } | undefined;
  /** Id of the token, submission or redaction. */
  object?: string | undefined;
  detail?: AuditDetail | undefined;
}

/**
 * Appends an act to the audit log. Takes the transaction of the act itself, so that there is neither an act without its
 * entry nor an entry without its act. Neither a secret nor a text that somebody typed may be part of an act.
 */
export async function record(transaction: Store, actor: Actor, act: Act, now: Date): Promise<void> {
  const { id, name, origin } = actor;
  const entry = {
    event: act.event,
    actor: id === null ? null : { id, name: name ?? "" },
    subject: act.subject ? { id: act.subject.id, name: act.subject.name } : null,
    object: act.object ?? null,
    detail: act.detail ?? {},
    ...origin,
  };
  await appendEntry(transaction, entry, now);
}

/** Lists a page of the audit log, newest first. Throws `forbidden` for anyone but an admin, `invalid` for a bad cursor. */
export async function readAudit(
  store: Store,
  caller: Caller,
  { person, since, ...page }: z.output<typeof auditQuery>,
): Promise<Page<AuditEntry>> {
  requireAdmin(caller);
  const filter: AuditFilter = {
    person: person?.toLowerCase(),
    since: since === undefined ? undefined : new Date(since).toISOString(),
  };
  const entries = await listEntries(store, filter, sliceOf(page, numberKey));
  return pageOf(entries, page.limit, ({ seq }) => seq);
}

/** A revision that is about to be shown. */
export interface ShownRevision {
  submission: string;
  revision: number;
  content: Content;
}

/**
 * Whether showing this revision must be recorded first: it has an internal block, or the names of those who consented for
 * children, which somebody else sent, and no entry of the last hour says that the caller opened it. So reading does not write at each request.
 */
export async function isUnrecordedOpening(
  store: Store,
  caller: Caller,
  { submission, revision, content }: ShownRevision,
  now: Date,
): Promise<boolean> {
  const isOpen = content.photos.every(({ consent }) => consent === undefined);
  if (isOpen && Object.values(content.internal).every((value) => value === "")) return false;
  if ((await findRevision(store, submission, revision))?.author.id === caller.id) return false;
  const opening = { event: "internal-opened", actor: caller.id, object: submission } as const;
  return !(await hasEntry(store, opening, new Date(now.getTime() - hourMs)));
}

/** Records that the caller is shown an internal block, unless an entry of the last hour says so. */
export async function recordOpening(
  transaction: Store,
  caller: Caller,
  shown: ShownRevision,
  now: Date,
): Promise<void> {
  if (!(await isUnrecordedOpening(transaction, caller, shown, now))) return;
  const { submission, revision } = shown;
  await record(
    transaction,
    caller,
    { event: "internal-opened", object: submission, detail: { revision } },
    now,
  );
}

/** Events that people should know of themselves: whoever has stolen a login causes one of them. */
const noticedEvents: readonly AuditEvent[] = [
  "logged-in",
  "confirmed",
  "activated",
  "password-set",
  "code-issued",
  "token-issued",
  "token-rotated",
  "link-issued",
];
const maxNoticed = 20;

/** Lists what concerns the person's own logins since they last confirmed, newest first, at most 20 entries. */
export async function readNews(store: Store, userId: string): Promise<AuditEntry[]> {
  return entriesAbout(store, userId, noticedEvents, await confirmedSeq(store, userId), maxNoticed);
}

/**
 * Records that the person knows of everything up to entry `seq`. A smaller number than before changes nothing, and one
 * beyond the newest entry hides no entry to come.
 */
export async function confirmNews(transaction: Store, userId: string, seq: number): Promise<void> {
  const newest = (await newestEntry(transaction))?.seq ?? 0;
  const confirmed = Math.min(seq, newest);
  if (confirmed > (await confirmedSeq(transaction, userId))) await confirmSeq(transaction, userId, confirmed);
}

type AuditSettings = z.output<typeof auditSettings>;

/** Erases names and addresses that are older than the office keeps them. */
export async function eraseOld(transaction: Store, settings: AuditSettings, now: Date): Promise<void> {
  const kept = keptSince(settings, now);
  await eraseNames(transaction, kept.names);
  await eraseOrigins(transaction, kept.origins);
}

/** Since when names and addresses of entries are kept, as the office has set it. */
export function keptSince({ names_days, addresses_days }: AuditSettings, now: Date): KeptSince {
  const before = (days: number) => new Date(now.getTime() - days * dayMs);
  return { names: before(names_days), origins: before(addresses_days) };
}
