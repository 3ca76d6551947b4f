import type { z } from "zod";
import { type announceOutlet, limits, type Outlet, type outletAddress } from "../../../contract/contract.js";
import { abilities } from "../../../contract/roles.js";
import { kecamatanOfBekasi } from "../../../region/kecamatan.js";
import type { Store } from "../../store/database/open.js";
import {
  countOutlets,
  findOutlet,
  listOutlets,
  outletKey,
  saveOutlet,
} from "../../store/submissions/outlets.js";
import { type Caller, ownKecamatan, territoryOf } from "../caller.js";
import { type Page, type PageQuery, pageOf, sliceOf } from "../page.js";
import { invalidField, problem } from "../problem.js";

/** A channel, a space, and the channel's own id of an account. */
const outletKeys = /^[a-z]{1,20} .{1,100}$/su;

/** Lists the accounts that machines publish on: of an operator, their kecamatan's. Throws `invalid` for an unknown cursor. */
export async function readOutlets(store: Store, caller: Caller, page: PageQuery): Promise<Page<Outlet>> {
  const own = abilities[caller.role].sees === "approved" ? undefined : territoryOf(caller);
  return pageOf(await listOutlets(store, own, sliceOf(page, outletKeys)), page.limit, outletKey);
}

/**
 * Announces an account that a machine publishes on, or replaces what was announced of it. Operators announce their own kecamatan's
 * and take over no others; editors and publishers say whose it is. Throws `forbidden`, `invalid`.
 */
export async function announce(
  transaction: Store,
  caller: Caller,
  { channel, account }: z.output<typeof outletAddress>,
  announced: z.output<typeof announceOutlet>,
  now: Date,
): Promise<Outlet> {
  const before = await findOutlet(transaction, channel, account);
  const kecamatan = ownerOf(caller, announced, before);
  const isMore = !before || before.kecamatan !== kecamatan;
  if (isMore && (await countOutlets(transaction, kecamatan)) >= limits.outlets_per_owner) {
    throw invalidField("", `<= ${limits.outlets_per_owner} outlets`);
  }
  const { label, destination, mode } = announced;
  const row = { channel, account, label, destination, kecamatan, mode };
  await saveOutlet(transaction, { ...row, by_id: caller.id, seen_at: now.toISOString() });
  return (await findOutlet(transaction, channel, account))!;
}

/** The kecamatan whose account it is; null for the kabupaten's. */
function ownerOf(
  caller: Caller,
  { destination, kecamatan }: z.output<typeof announceOutlet>,
  before: Outlet | undefined,
): string | null {
  if (abilities[caller.role].steps === "operator") {
    const own = ownKecamatan(caller);
    const isOwn = destination === "kecamatan" && (kecamatan ?? own) === own;
    if (!isOwn || (before && before.kecamatan !== own)) throw problem("forbidden");
    return own;
  }
  if (destination === "kabupaten") {
    if (kecamatan !== undefined) throw invalidField("/kecamatan", "unwanted");
    return null;
  }
  if (kecamatan === undefined) throw invalidField("/kecamatan", "required");
  if (!kecamatanOfBekasi.some(({ code }) => code === kecamatan)) throw invalidField("/kecamatan", "unknown");
  return kecamatan;
}
