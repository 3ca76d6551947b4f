import { type Selectable, sql } from "kysely";
import { v7 as uuid } from "uuid";
import type { Person, User } from "../../../contract/contract.js";
import { editors, type Role } from "../../../contract/roles.js";
import type { Store } from "../database/open.js";
import type { MembershipRow, UserRow } from "../schema.js";
import type { Slice } from "../slice.js";

/** Inserts a person with one membership that starts now. Returns their id. */
export async function insertUser(
  store: Store,
  person: { name: string; role: Role; kecamatan: string | null; until: string | null },
  now: Date,
): Promise<string> {
  const id = uuid();
  const at = now.toISOString();
  await store
    .insertInto("users")
    .values({ id, name: person.name, contact: null, created_at: at, suspended_at: null, revoked_at: null })
    .execute();
  await store
    .insertInto("memberships")
    .values({
      id: uuid(),
      user_id: id,
      role: person.role,
      kecamatan: person.kecamatan,
      from_at: at,
      until_at: person.until,
    })
    .execute();
  return id;
}

/** Condition that a membership is valid at this instant. */
function holdsAt(now: Date) {
  const at = now.toISOString();
  return sql<boolean>`memberships.from_at <= ${at} and (memberships.until_at is null or memberships.until_at > ${at})`;
}

/** A person as whoever finds their token or session gets them: with their access and current membership. */
export interface Holder {
  user_id: string;
  name: string;
  user_suspended_at: string | null;
  user_revoked_at: string | null;
  /** Null without a current membership. */
  role: Role | null;
  kecamatan: string | null;
}

/** The columns of `Holder`, of `users` joined with `memberships` by `isCurrentMembership`. */
export const holderColumns = [
  "users.name",
  "users.suspended_at as user_suspended_at",
  "users.revoked_at as user_revoked_at",
  "memberships.role",
  "memberships.kecamatan",
] as const;

/** Condition of a join that gives each of `users` their current membership; of several, the one that started last. */
export function isCurrentMembership(now: Date) {
  return sql<boolean>`memberships.id = (
    select id from memberships where memberships.user_id = users.id and ${holdsAt(now)}
    order by from_at desc, id desc limit 1
  )`;
}

/** Finds a person's current membership. */
export async function activeMembership(
  store: Store,
  userId: string,
  now: Date,
): Promise<Selectable<MembershipRow> | undefined> {
  return store
    .selectFrom("users")
    .innerJoin("memberships", (join) => join.on(isCurrentMembership(now)))
    .selectAll("memberships")
    .where("users.id", "=", userId)
    .executeTakeFirst();
}

/** Lists the people who may review now, by name. */
export async function activeEditors(store: Store, now: Date): Promise<Person[]> {
  return store
    .selectFrom("users")
    .innerJoin("memberships", "memberships.user_id", "users.id")
    .select(["users.id", "users.name"])
    .distinct()
    .where("users.suspended_at", "is", null)
    .where("users.revoked_at", "is", null)
    .where("memberships.role", "in", editors)
    .where(holdsAt(now))
    .orderBy("users.name")
    .orderBy("users.id")
    .execute();
}

/** Whether a person is suspended or revoked, so that their tokens and codes are invalid. */
export function isBarred(user: Pick<UserRow, "suspended_at" | "revoked_at">): boolean {
  return user.suspended_at !== null || user.revoked_at !== null;
}

/** Lists a slice of all users' ids in the order they were added. */
export async function listUserIds(store: Store, { after, limit }: Slice): Promise<string[]> {
  let query = store.selectFrom("users").select("id").orderBy("id").limit(limit);
  if (after !== undefined) query = query.where("id", ">", after);
  return (await query.execute()).map(({ id }) => id);
}

/** Reads all users, or those with these ids, in the order they were added. */
export async function readUsers(store: Store, now: Date, ids?: readonly string[]): Promise<User[]> {
  if (ids?.length === 0) return [];
  const lastUsed = store
    .selectFrom("tokens")
    .select((of) => ["user_id", of.fn.max("last_used_at").as("last_used_at")])
    .groupBy("user_id");
  let query = store
    .selectFrom("users")
    .innerJoin("memberships", "memberships.user_id", "users.id")
    .leftJoin(lastUsed.as("used"), "used.user_id", "users.id")
    .select(["users.id", "users.name", "users.suspended_at", "users.revoked_at", "users.created_at"])
    .select("used.last_used_at")
    .select(["memberships.role", "memberships.kecamatan", "memberships.from_at", "memberships.until_at"])
    .orderBy("users.id")
    .orderBy("memberships.from_at");
  if (ids) query = query.where("users.id", "in", ids);
  const at = now.toISOString();
  const people = new Map<string, User>();
  for (const row of await query.execute()) {
    const current = row.from_at <= at && (row.until_at === null || row.until_at > at);
    if (people.get(row.id)?.active && !current) continue;
    people.set(row.id, {
      id: row.id,
      name: row.name,
      role: row.role,
      kecamatan: row.kecamatan,
      active: current && !isBarred(row),
      expires_at: row.until_at,
      last_used_at: row.last_used_at,
      created_at: row.created_at,
    });
  }
  return [...people.values()];
}

/** Revokes a person and all their tokens. */
export async function markRevoked(store: Store, userId: string, now: Date): Promise<void> {
  const at = now.toISOString();
  const first = sql<string>`coalesce(revoked_at, ${at})`;
  await store.updateTable("users").set({ revoked_at: first }).where("id", "=", userId).execute();
  await store.updateTable("tokens").set({ revoked_at: first }).where("user_id", "=", userId).execute();
}

/** Suspends a person. @param since null restores the access */
export async function markSuspended(store: Store, userId: string, since: Date | null): Promise<void> {
  await store
    .updateTable("users")
    .set({ suspended_at: since?.toISOString() ?? null })
    .where("id", "=", userId)
    .execute();
}

/** Reads since when a person is suspended or revoked. */
export async function barredSince(
  store: Store,
  userId: string,
): Promise<Pick<UserRow, "suspended_at" | "revoked_at">> {
  return store
    .selectFrom("users")
    .select(["suspended_at", "revoked_at"])
    .where("id", "=", userId)
    .executeTakeFirstOrThrow();
}
