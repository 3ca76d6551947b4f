import type { z } from "zod";
import {
  type announceOutlet,
  type decideOutlet,
  limits,
  type Outlet,
  type outletAddress,
} from "../../../contract/contract.js";
import { abilities } from "../../../contract/roles.js";
import { kecamatanOfBekasi } from "../../../region/kecamatan.js";
import type { Store } from "../../store/database/open.js";
import {
  changeOutlet,
  countOutlets,
  findClaim,
  listOutlets,
  outletKey,
  saveOutlet,
} from "../../store/submissions/outlets.js";
import { record } from "../audit.js";
import { type Caller, ownKecamatan, territoryOf } from "../caller.js";
import { type Page, type PageQuery, pageOf, sliceOf } from "../page.js";
import { invalidField, problem } from "../problem.js";

type Address = z.output<typeof outletAddress>;
type Announced = z.output<typeof announceOutlet>;

/** A channel, a space, and the channel's own id of an account. */
const outletKeys = /^[a-z]{1,20} .{1,100}$/su;

/** Lists the accounts that machines publish on: of an operator, their kecamatan's. Throws `invalid` for an unknown cursor. */
export async function readOutlets(store: Store, caller: Caller, page: PageQuery): Promise<Page<Outlet>> {
  const kecamatan = abilities[caller.role].sees === "approved" ? undefined : territoryOf(caller);
  return pageOf(await listOutlets(store, { kecamatan }, sliceOf(page, outletKeys)), page.limit, outletKey);
}

/** Lists them for the editors' page, also those of which a claim was removed. Throws `forbidden`, `invalid` for an unknown cursor. */
export async function readClaims(store: Store, caller: Caller, page: PageQuery): Promise<Page<Outlet>> {
  if (abilities[caller.role].steps !== "editor") throw problem("forbidden");
  const claims = await listOutlets(store, { withRemoved: true }, sliceOf(page, outletKeys));
  return pageOf(claims, page.limit, outletKey);
}

/**
 * Announces an account that a machine publishes on, or replaces what was announced of it. Operators announce their own kecamatan's;
 * editors and publishers say whose it is. Nobody takes over another owner's: that is an editor's decision, with a reason. With `paused`, tells that the channel
 * refuses its login, or takes it again.
 *
 * Throws `forbidden`, `invalid`, and `conflict` with whose it is and the detail: `account-taken` by another owner, `account-decided`
 * for another owner by an editor's word, `account-removed` where an editor has removed this claim.
 */
export async function announce(
  transaction: Store,
  caller: Caller,
  { channel, account }: Address,
  announced: Announced,
  now: Date,
): Promise<Outlet> {
  const owner = ownerOf(caller, announced);
  const before = await findClaim(transaction, channel, account);
  if (before) requireClaimable(caller, before, owner);
  const isNew = before === undefined || before.removed_at != null || before.kecamatan !== owner;
  if (isNew) await requireRoom(transaction, owner);
  const { label, destination, mode, paused } = announced;
  const at = now.toISOString();
  // A login that is refused shows nobody at work.
  const isSeen = paused == null;
  await saveOutlet(transaction, {
    ...{ channel, account, label, destination, kecamatan: owner, mode },
    by_id: isSeen || isNew ? caller.id : before.by.id,
    seen_at: isSeen || isNew ? at : before.seen_at,
    ...(isNew && { claimed_by_id: caller.id, claimed_at: at, ...undecided, ...unknownMachines }),
    ...(isSeen && caller.role === "publisher" && { publisher_seen_at: at }),
    ...pauseOf(caller, isNew ? undefined : before, paused, at),
  });
  return (await findClaim(transaction, channel, account))!;
}

/** The columns of an account on which no editor has decided. */
const undecided = { decided_by_id: null, decided_at: null, decided_reason: null, removed_at: null };
const unpaused = { paused_code: null, paused_at: null, paused_by_id: null };
/** The columns of an account of which no machine of its owner was seen: what another owner's have told says nothing about them. */
const unknownMachines = { publisher_seen_at: null, ...unpaused };

/** Since when it is paused stays: another machine, or another try, says the same again. */
function pauseOf(caller: Caller, before: Outlet | undefined, paused: Announced["paused"], at: string) {
  if (paused === undefined) return {};
  if (paused === null) return unpaused;
  if (before?.paused?.code === paused.code) return {};
  return { paused_code: paused.code, paused_at: at, paused_by_id: caller.id };
}

/** Throws `conflict` where the account is another owner's. @param owner a kecamatan; null: the kabupaten */
function requireClaimable(caller: Caller, before: Outlet, owner: string | null): void {
  const isOperator = abilities[caller.role].steps === "operator";
  if (before.removed_at != null) {
    if (!isOperator || before.kecamatan === owner) throw taken(caller, "account-removed", before);
    return;
  }
  if (before.kecamatan === owner) return;
  throw taken(caller, before.decided && !isOperator ? "account-decided" : "account-taken", before);
}

/**
 * Whose account it is, for somebody who may not have it. Names of the kabupaten's people are everybody's to know; those of another
 * kecamatan's operators are not.
 */
function taken(caller: Caller, detail: string, { kecamatan, by, seen_at, claimed, decided }: Outlet) {
  const { by: who, at: since } = decided ?? claimed ?? { by, at: seen_at };
  const mayKnow =
    decided ||
    kecamatan === null ||
    kecamatan === caller.kecamatan ||
    abilities[caller.role].sees !== "own kecamatan";
  return problem("conflict", {
    detail,
    possible: [],
    outlet: {
      kecamatan,
      name: kecamatanOfBekasi.find(({ code }) => code === kecamatan)?.name ?? null,
      by: mayKnow ? who.name : null,
      since,
    },
  });
}

async function requireRoom(transaction: Store, owner: string | null): Promise<void> {
  if ((await countOutlets(transaction, owner)) >= limits.outlets_per_owner) {
    throw invalidField("", `<= ${limits.outlets_per_owner} outlets`);
  }
}

/** The kecamatan whose account it is; null for the kabupaten's. */
function ownerOf(caller: Caller, { destination, kecamatan }: Announced): string | null {
  if (abilities[caller.role].steps === "operator") {
    const own = ownKecamatan(caller);
    const isOwn = destination === "kecamatan" && (kecamatan ?? own) === own;
    if (!isOwn) throw problem("forbidden");
    return own;
  }
  return namedOwner(destination, kecamatan);
}

function namedOwner(destination: Announced["destination"], kecamatan: string | undefined): string | null {
  if (destination === "kabupaten") {
    if (kecamatan !== undefined) throw invalidField("/kecamatan", "unwanted");
    return null;
  }
  if (kecamatan === undefined) throw invalidField("/kecamatan", "required");
  if (!kecamatanOfBekasi.some(({ code }) => code === kecamatan)) throw invalidField("/kecamatan", "unknown");
  return kecamatan;
}

/**
 * Takes an editor's word on whose account it is: moves it to another owner, or removes a wrong claim. From then on no machine's
 * announcement changes it; after a removal, others than the old owner may announce it. Recorded in the audit log, without the reason,
 * which somebody has typed; that is kept with the account. Throws `not-found`, `forbidden`, `invalid`.
 */
export async function decideOwner(
  transaction: Store,
  caller: Caller,
  { channel, account }: Address,
  { destination, kecamatan, reason }: z.output<typeof decideOutlet>,
  now: Date,
): Promise<Outlet> {
  if (abilities[caller.role].steps !== "editor") throw problem("forbidden");
  const before = await findClaim(transaction, channel, account);
  if (!before) throw problem("not-found");
  const at = now.toISOString();
  const decided = { decided_by_id: caller.id, decided_at: at, decided_reason: reason.trim() };
  const object = outletKey({ channel, account });
  if (destination === null) {
    if (kecamatan !== undefined) throw invalidField("/kecamatan", "unwanted");
    await changeOutlet(transaction, before, { ...decided, removed_at: before.removed_at ?? at, ...unpaused });
    await record(transaction, caller, { event: "account-decided", object, detail: { what: "removed" } }, now);
  } else {
    const owner = namedOwner(destination, kecamatan);
    const isOthers = before.kecamatan !== owner || before.removed_at != null;
    if (isOthers) await requireRoom(transaction, owner);
    await changeOutlet(transaction, before, {
      ...decided,
      ...{ destination, kecamatan: owner, removed_at: null },
      ...(isOthers && unknownMachines),
    });
    const detail = { what: "moved", ...(owner === null ? {} : { kecamatan: owner }) };
    await record(transaction, caller, { event: "account-decided", object, detail }, now);
  }
  return (await findClaim(transaction, channel, account))!;
}
