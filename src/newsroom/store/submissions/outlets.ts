import type { Selectable } from "kysely";
import type { Outlet } from "../../../contract/contract.js";
import type { Store } from "../database/open.js";
import type { OutletRow } from "../schema.js";
import type { Slice } from "../slice.js";

type StoredOutlet = Selectable<OutletRow> & { name: string };

const withAnnouncer = (store: Store) =>
  store
    .selectFrom("outlets")
    .innerJoin("users", "users.id", "outlets.by_id")
    .selectAll("outlets")
    .select("users.name");

export async function findOutlet(
  store: Store,
  channel: OutletRow["channel"],
  account: string,
): Promise<Outlet | undefined> {
  const row = await withAnnouncer(store)
    .where("channel", "=", channel)
    .where("account", "=", account)
    .executeTakeFirst();
  return row && outletOf(row);
}

/** Counts the accounts of a kecamatan; null: of the kabupaten. */
export async function countOutlets(store: Store, kecamatan: string | null): Promise<number> {
  const { count } = await store
    .selectFrom("outlets")
    .select((of) => of.fn.countAll().as("count"))
    .where("kecamatan", "is not distinct from", kecamatan)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Inserts an account, or replaces what was announced of it. */
export async function saveOutlet(store: Store, row: OutletRow): Promise<void> {
  const { channel: _, account: __, ...announced } = row;
  await store
    .insertInto("outlets")
    .values(row)
    .onConflict((on) => on.columns(["channel", "account"]).doUpdateSet(announced))
    .execute();
}

/** Separates channel and account in the key of a page. No channel has it. */
const separator = " ";
/** Key of an account in the order of the list. */
export const outletKey = ({ channel, account }: Pick<Outlet, "channel" | "account">) =>
  `${channel}${separator}${account}`;

/** Lists accounts by channel and id. @param kecamatan only those of this one */
export async function listOutlets(
  store: Store,
  kecamatan: string | undefined,
  { after, limit }: Slice,
): Promise<Outlet[]> {
  let query = withAnnouncer(store).orderBy("channel").orderBy("account").limit(limit);
  if (kecamatan !== undefined) query = query.where("kecamatan", "=", kecamatan);
  if (after !== undefined) {
    const end = after.indexOf(separator);
    const channel = after.slice(0, end) as OutletRow["channel"];
    query = query.where((where) =>
      where.or([
        where("channel", ">", channel),
        where.and([where("channel", "=", channel), where("account", ">", after.slice(end + 1))]),
      ]),
    );
  }
  return (await query.execute()).map(outletOf);
}

function outletOf({ name, by_id, ...row }: StoredOutlet): Outlet {
  // What is stored was announced through the contract, which takes the channels of approvals only.
  const channel = row.channel as Outlet["channel"];
  return { ...row, channel, by: { id: by_id, name } };
}
