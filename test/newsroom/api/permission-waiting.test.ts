import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { everyEndpoint } from "../../../src/contract/endpoints/endpoints.js";
import type { Role } from "../../../src/contract/lifecycle.js";
import type { Store } from "../../../src/newsroom/store/database/open.js";
import { useUpTo } from "../support/allowances.js";
import { type ApiAnswer, ask } from "../support/api.js";
import { endings, endingsFor } from "../support/endings.js";
import { cibitung, setu, startNewsroom, type TestNewsroom } from "../support/newsroom.js";
import { samplesOf, setScene } from "../support/samples.js";

/*
 * A person's requests are worked on one after the other. Every endpoint that only reads, asked while its caller is in, and
 * reached when they are out; permission.test.ts does the same with those that write.
 */
const tries = everyEndpoint
  .filter(([, { method, roles }]) => roles !== null && method === "GET")
  .flatMap(([name, endpoint], n) => endingsFor(n).map((ending) => ({ name, ending, endpoint })));

let newsroom: TestNewsroom;
const answers = new Map<unknown, ApiAnswer>();
/** The list of an operator who was moved to another kecamatan meanwhile. */
const moved = "moved";

beforeAll(async () => {
  const rates = { token_per_minute: 100_000, activations_per_minute: 1000 };
  // A refusal keeps the turn as long as it waits: until all have asked, and all may no more.
  newsroom = await startNewsroom(rates, undefined, { refusalMs: 8000 });
  const scene = await setScene(newsroom);
  const { requests } = samplesOf(scene);
  await scene.operator.submit();
  const waiting = [
    ...tries.map((one) => ({ ...one, key: one as unknown, end: endings[one.ending]! })),
    { name: "listSubmissions" as const, endpoint: { roles: ["operator"] }, key: moved, end: moveToSetu },
  ];
  const prepare = async ({ name, endpoint, key, end }: (typeof waiting)[number]) => {
    const role: Role = (endpoint.roles as Role[]).includes("operator") ? "operator" : "admin";
    const { user, token } = await scene.person(role);
    const request = await requests[name](role, token);
    await useUpTo(newsroom, 0, "text_bytes_per_day", user.id);
    return { key, end, user, token, request };
  };
  const clients: Awaited<ReturnType<typeof prepare>>[] = [];
  // One after the other: each opens the stores, and a PostgreSQL has a hundred connections.
  for (const one of waiting) clients.push(await prepare(one));
  const refused = clients.map(({ user, token }) => {
    const url = `/albums/${cibitung}/${user.id}`;
    return ask(newsroom, token, { method: "PUT", url, body: { title: "Panen", photos: [] } });
  });
  await until(clients.length);
  // Nothing tells that their work has begun, which takes a PostgreSQL some turns, one after the other.
  await pause(2000);
  const read = clients.map(({ token, request }) => ask(newsroom, token, { method: "GET", ...request }));
  await until(2 * clients.length);
  await pause(500);
  await newsroom.stores(({ store }) =>
    store.transaction().execute(async (transaction) => {
      for (const { end, user } of clients) await end(transaction, user.id, newsroom.clock.now);
    }),
  );
  for (const { status } of await Promise.all(refused)) expect([401, 413]).toContain(status);
  for (const [n, { key }] of clients.entries()) answers.set(key, await read[n]!);
}, 120_000);
afterAll(() => newsroom.remove());

/** Waits until so many requests to the API have no answer yet. */
async function until(open: number): Promise<void> {
  await vi.waitFor(
    async () => {
      const text = await (await fetch(`${newsroom.url}/metrics`)).text();
      const routes = text.matchAll(/^kominfo_http_requests_open\{route="\/api.*"\} (\d+)$/gm);
      expect([...routes].reduce((sum, [, count]) => sum + Number(count), 0)).toBe(open);
    },
    { timeout: 10_000 },
  );
}

async function moveToSetu(store: Store, userId: string): Promise<void> {
  await store.updateTable("memberships").set({ kecamatan: setu }).where("user_id", "=", userId).execute();
}

describe("a request that waits in the line of its caller", () => {
  test.each(tries.map((one) => [one.name, one.ending, one] as const))(
    "is not answered: %s, when the caller %s meanwhile",
    (_name, _ending, one) => {
      expect([401, 403]).toContain(answers.get(one)?.status);
    },
  );

  test("is answered for the kecamatan that the caller belongs to now", () => {
    const { status, body } = answers.get(moved)!;
    expect([status, (body as { items: unknown[] }).items]).toEqual([200, []]);
  });
});
