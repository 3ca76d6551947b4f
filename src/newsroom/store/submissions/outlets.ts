import type { Insertable, Selectable } from "kysely";
import type { Outlet } from "../../../contract/contract.js";
import type { Store } from "../database/open.js";
import type { OutletRow } from "../schema.js";
import type { Slice } from "../slice.js";

/** An account as it is stored, with the names of those who announced, paused and decided it. */
type StoredOutlet = Selectable<OutletRow> & {
  name: string;
  claimer: string | null;
  pauser: string | null;
  decider: string | null;
};

/** Which account is meant. */
type OutletAddress = Pick<OutletRow, "channel" | "account">;

const withNames = (store: Store) =>
  store
    .selectFrom("outlets")
    .innerJoin("users", "users.id", "outlets.by_id")
    .leftJoin("users as claimers", "claimers.id", "outlets.claimed_by_id")
    .leftJoin("users as pausers", "pausers.id", "outlets.paused_by_id")
    .leftJoin("users as deciders", "deciders.id", "outlets.decided_by_id")
    .selectAll("outlets")
    .select(["users.name", "claimers.name as claimer", "pausers.name as pauser", "deciders.name as decider"]);

/** Finds an account that is somebody's; not one of which the claim was removed. */
export async function findOutlet(
  store: Store,
  channel: OutletRow["channel"],
  account: string,
): Promise<Outlet | undefined> {
  const found = await findClaim(store, channel, account);
  return found?.removed_at ? undefined : found;
}

/** Finds an account, also one of which an editor has removed the claim. */
export async function findClaim(
  store: Store,
  channel: OutletRow["channel"],
  account: string,
): Promise<Outlet | undefined> {
  const row = await withNames(store)
    .where("outlets.channel", "=", channel)
    .where("outlets.account", "=", account)
    .executeTakeFirst();
  return row && outletOf(row);
}

/** Counts the accounts of a kecamatan; null: of the kabupaten. */
export async function countOutlets(store: Store, kecamatan: string | null): Promise<number> {
  const { count } = await store
    .selectFrom("outlets")
    .select((of) => of.fn.countAll().as("count"))
    .where("kecamatan", "is not distinct from", kecamatan)
    .where("removed_at", "is", null)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Inserts an account, or replaces what was announced of it. What is not given stays. */
export async function saveOutlet(store: Store, row: Insertable<OutletRow>): Promise<void> {
  const { channel: _, account: __, ...announced } = row;
  await store
    .insertInto("outlets")
    .values(row)
    .onConflict((on) => on.columns(["channel", "account"]).doUpdateSet(announced))
    .execute();
}

/** Changes an account that is there. */
export async function changeOutlet(
  store: Store,
  { channel, account }: OutletAddress,
  changes: Partial<Selectable<OutletRow>>,
): Promise<void> {
  await store
    .updateTable("outlets")
    .set(changes)
    .where("channel", "=", channel)
    .where("account", "=", account)
    .execute();
}

/** Separates channel and account in the key of a page. No channel has it. */
const separator = " ";
/** Key of an account in the order of the list. */
export const outletKey = ({ channel, account }: Pick<Outlet, "channel" | "account">) =>
  `${channel}${separator}${account}`;

interface OutletFilter {
  /** Only those of this one. */
  kecamatan?: string | undefined;
  /** Also those of which an editor has removed the claim. */
  withRemoved?: boolean;
}

/** Lists accounts by channel and id. */
export async function listOutlets(
  store: Store,
  { kecamatan, withRemoved = false }: OutletFilter,
  { after, limit }: Slice,
): Promise<Outlet[]> {
  let query = withNames(store).orderBy("outlets.channel").orderBy("outlets.account").limit(limit);
  if (!withRemoved) query = query.where("outlets.removed_at", "is", null);
  if (kecamatan !== undefined) query = query.where("outlets.kecamatan", "=", kecamatan);
  if (after !== undefined) {
    const end = after.indexOf(separator);
    const channel = after.slice(0, end) as OutletRow["channel"];
    query = query.where((where) =>
      where.or([
        where("outlets.channel", ">", channel),
        where.and([
          where("outlets.channel", "=", channel),
          where("outlets.account", ">", after.slice(end + 1)),
        ]),
      ]),
    );
  }
  return (await query.execute()).map(outletOf);
}

/** Lists the accounts on which a kecamatan's submissions may go out: its own, and the kabupaten's. */
export async function listOutletsFor(store: Store, kecamatan: string): Promise<Outlet[]> {
  const rows = await withNames(store)
    .where("outlets.removed_at", "is", null)
    .where((where) =>
      where.or([where("outlets.kecamatan", "=", kecamatan), where("outlets.kecamatan", "is", null)]),
    )
    .orderBy("outlets.channel")
    .orderBy("outlets.account")
    .execute();
  return rows.map(outletOf);
}

/** Counts the accounts with a refused login. */
export async function countPausedOutlets(store: Store): Promise<number> {
  const { count } = await store
    .selectFrom("outlets")
    .select((of) => of.fn.countAll().as("count"))
    .where("paused_at", "is not", null)
    .where("removed_at", "is", null)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Lists the accounts with a refused login, at most this many. */
export async function listPausedOutlets(store: Store, limit: number): Promise<Outlet[]> {
  const rows = await withNames(store)
    .where("outlets.paused_at", "is not", null)
    .where("outlets.removed_at", "is", null)
    .orderBy("outlets.channel")
    .orderBy("outlets.account")
    .limit(limit)
    .execute();
  return rows.map(outletOf);
}

function outletOf(row: StoredOutlet): Outlet {
  const { label, account, destination, kecamatan, mode, seen_at, publisher_seen_at, removed_at } = row;
  const byAt = (id: string | null, name: string | null, at: string | null) =>
    id === null || at === null ? null : { by: { id, name: name ?? "" }, at };
  const paused = byAt(row.paused_by_id, row.pauser, row.paused_at);
  const decided = byAt(row.decided_by_id, row.decider, row.decided_at);
  return {
    // What is stored was announced through the contract, which takes the channels of approvals only.
    channel: row.channel as Outlet["channel"],
    account,
    label,
    destination,
    kecamatan,
    mode,
    by: { id: row.by_id, name: row.name },
    seen_at,
    claimed: byAt(row.claimed_by_id, row.claimer, row.claimed_at),
    publisher_seen_at,
    paused: paused && { code: row.paused_code ?? "", since: paused.at, by: paused.by },
    decided: decided && { ...decided, reason: row.decided_reason ?? "" },
    removed_at,
  };
}
