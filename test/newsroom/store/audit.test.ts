import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { auditEvents } from "../../../src/contract/contract.js";
import { verifyChain } from "../../../src/newsroom/store/audit/chain.js";
import { type AuditAct, appendEntry } from "../../../src/newsroom/store/audit/entries.js";
import { eraseNames, eraseOrigins } from "../../../src/newsroom/store/audit/erasure.js";
import { openStore, type Store } from "../../../src/newsroom/store/database/open.js";
import { insertUser } from "../../../src/newsroom/store/people/users.js";
import { onSqlite, ownStores } from "../support/stores.js";

const start = new Date("2026-11-17T03:00:00.000Z");
const minutesLater = (n: number) => new Date(start.getTime() + n * 60_000);

let folder: string;
let store: Store;
let siti: { id: string; name: string };
let rina: { id: string; name: string };
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-audit-"));
  store = await openStore((await ownStores()).database ?? path.join(folder, "data"), start);
  const person = async (name: string) => {
    const role = { role: "editor", kecamatan: null, until: null } as const;
    return { id: await insertUser(store, { name, ...role }, start), name };
  };
  [siti, rina] = [await person("Siti Aminah"), await person("Rina")];
});
afterEach(async () => {
  await store.destroy();
  await rm(folder, { recursive: true, force: true });
});

const append = (act: Partial<AuditAct> = {}, now = start) =>
  store.transaction().execute((transaction) =>
    appendEntry(
      transaction,
      {
        ...{ event: "logged-in", actor: rina, subject: siti, object: "3f", via: "desk" },
        ...{ detail: { way: "password" }, address: "10.1.2.3", browser: "Firefox, Linux", ...act },
      },
      now,
    ),
  );

/** Changes a table as somebody does who may change the database itself. */
async function withoutTriggers(work: () => Promise<unknown>): Promise<void> {
  const triggers = onSqlite
    ? ["audit_entries_no_update", "audit_entries_no_delete", "audit_entries_no_replace"]
    : [];
  for (const name of triggers) await sql`drop trigger ${sql.ref(name)}`.execute(store);
  if (!onSqlite) await sql`alter table audit_entries disable trigger all`.execute(store);
  await work();
}

describe("the chain of the audit log", () => {
  test("is whole however many entries were appended, and names the last one", async () => {
    expect(await verifyChain(store)).toEqual({ entries: 0, head: undefined, broken: undefined });
    for (let n = 1; n <= 5; n += 1) await append({}, minutesLater(n));
    const { entries, head, broken } = await verifyChain(store);
    expect([entries, head?.seq, broken]).toEqual([5, 5, undefined]);
    expect(head?.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  test("has no gap and no fork when many append at the same time", async () => {
    await Promise.all(Array.from({ length: 12 }, () => append()));
    expect(await verifyChain(store)).toMatchObject({ entries: 12, broken: undefined });
  });

  test("has no entry of a transaction that was rolled back", async () => {
    await append();
    const refused = store.transaction().execute(async (transaction) => {
      await appendEntry(
        transaction,
        { ...{ event: "redacted", actor: rina, subject: null, object: null, via: "api" }, ...noOrigin },
        start,
      );
      throw new Error("refused");
    });
    await expect(refused).rejects.toThrow("refused");
    await append();
    expect(await verifyChain(store)).toMatchObject({ entries: 2, broken: undefined });
  });

  test("cannot be appended to outside of a transaction", async () => {
    const entry = {
      ...({ event: "redacted", actor: rina, subject: null, object: null, via: "api" } as const),
    };
    await expect(appendEntry(store, { ...entry, ...noOrigin }, start)).rejects.toThrow(TypeError);
  });

  test("shows any change of any column, and the entry where it begins", async () => {
    for (let n = 1; n <= 4; n += 1) await append({ event: auditEvents[n]! }, minutesLater(n));
    await withoutTriggers(async () => {
      const columns = ["id", "at", "event", "actor_id", "subject_id", "object_id", "via", "detail"] as const;
      const hashes = ["names_hash", "origin_hash", "previous", "hash"] as const;
      const details = [
        "actor_name",
        "subject_name",
        "names_salt",
        "address",
        "browser",
        "origin_salt",
      ] as const;
      const place = fc.oneof(
        fc.record({ table: fc.constant("audit_entries"), column: fc.constantFrom(...columns, ...hashes) }),
        fc.record({ table: fc.constant("audit_details"), column: fc.constantFrom(...details) }),
      );
      const value = fc.oneof(fc.constant(null), fc.constant(""), fc.uuid(), fc.string({ maxLength: 5 }));
      await fc.assert(
        fc.asyncProperty(place, fc.integer({ min: 1, max: 4 }), value, async (of, seq, typed) => {
          const isPerson = of.column === "actor_id" || of.column === "subject_id";
          const changed = isPerson ? null : (typed?.replaceAll("\u0000", "") ?? null);
          fc.pre(changed !== null || isPerson || of.table === "audit_details");
          const [table, column] = [sql.table(of.table), sql.ref(of.column)];
          const read = await sql<{
            v: string;
          }>`select ${column} as v from ${table} where seq = ${seq}`.execute(store);
          const before = read.rows[0]!.v;
          fc.pre(before !== changed);
          const write = (v: string | null) =>
            sql`update ${table} set ${column} = ${v} where seq = ${seq}`.execute(store);
          await write(changed);
          const { broken } = await verifyChain(store);
          await write(before);
          expect(broken?.seq).toBe(seq);
        }),
        { numRuns: 120 },
      );
    });
    expect(await verifyChain(store)).toMatchObject({ entries: 4, broken: undefined });
  });

  test("shows a missing entry, the first one too", async () => {
    for (let n = 0; n < 3; n += 1) await append();
    await withoutTriggers(async () => {
      for (const seq of [2, 1]) {
        await sql`delete from audit_details where seq = ${seq}`.execute(store);
        await sql`delete from audit_entries where seq = ${seq}`.execute(store);
        expect((await verifyChain(store)).broken).toEqual({ seq, problem: "missing" });
      }
    });
  });

  test("stays whole when names and addresses are erased, each at its own time", async () => {
    await append({}, minutesLater(0));
    await append({}, minutesLater(10));
    const { head } = await verifyChain(store);
    await eraseOrigins(store, minutesLater(5));
    const details = () => store.selectFrom("audit_details").selectAll().orderBy("seq").execute();
    expect((await details())[0]).toMatchObject({ address: null, browser: null, origin_salt: null });
    expect((await details())[0]?.actor_name).toBe("Rina");
    expect((await details())[1]?.address).toBe("10.1.2.3");
    await eraseNames(store, minutesLater(5));
    expect((await details())[0]).toMatchObject({ actor_name: null, subject_name: null, names_salt: null });
    expect((await details())[1]?.actor_name).toBe("Rina");
    expect(await verifyChain(store)).toEqual({ entries: 2, head, broken: undefined });
  });
});

describe("the names and addresses of an entry that should still have them", () => {
  test.each([
    "delete from audit_details",
    "update audit_details set actor_name = null, subject_name = null, names_salt = null",
  ])("are missed when they are gone: %s", async (statement) => {
    await append({}, minutesLater(0));
    await append({}, minutesLater(10));
    const kept = { names: minutesLater(5), origins: minutesLater(5) };
    await eraseNames(store, kept.names);
    await eraseOrigins(store, kept.origins);
    expect((await verifyChain(store, kept)).broken).toBeUndefined();
    await sql.raw(`${statement} where seq = 2`).execute(store);
    expect((await verifyChain(store, kept)).broken).toEqual({ seq: 2, problem: "names-erased-early" });
  });

  test("hide no later fault when they are gone", async () => {
    for (const n of [10, 11, 12]) await append({}, minutesLater(n));
    await sql`update audit_details set address = null, browser = null, origin_salt = null where seq = 1`.execute(
      store,
    );
    const kept = { names: minutesLater(5), origins: minutesLater(5) };
    const { entries, head } = await verifyChain(store, kept);
    expect([entries, head?.seq]).toEqual([3, 3]);
    await sql`update audit_details set actor_name = 'X' where seq = 3`.execute(store);
    expect((await verifyChain(store, kept)).broken).toEqual({ seq: 3, problem: "names-changed" });
  });

  test("are missed also when only the address is", async () => {
    await append({}, minutesLater(10));
    await sql`update audit_details set address = null, browser = null, origin_salt = null`.execute(store);
    const kept = { names: minutesLater(5), origins: minutesLater(5) };
    expect((await verifyChain(store, kept)).broken).toEqual({ seq: 1, problem: "origin-erased-early" });
  });
});

describe("the table of the audit log", () => {
  const attempts = {
    update: sql`update audit_entries set event = 'logged-out' where seq = 1`,
    delete: sql`delete from audit_entries where seq = 2`,
    ...(onSqlite
      ? { replace: sql`insert or replace into audit_entries select * from audit_entries where seq = 1` }
      : { truncate: sql`truncate audit_entries cascade` }),
  };
  test.each(Object.entries(attempts))("refuses %s", async (_, attempt) => {
    await append();
    await append();
    await store.deleteFrom("audit_details").execute();
    await expect(attempt.execute(store)).rejects.toThrow("append-only");
    expect(await verifyChain(store)).toMatchObject({ entries: 2, broken: undefined });
  });
});

const noOrigin = { detail: {}, address: null, browser: null };
