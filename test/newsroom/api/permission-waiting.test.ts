import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { everyEndpoint } from "../../../src/contract/endpoints/endpoints.js";
import type { Role } from "../../../src/contract/lifecycle.js";
import { useUpTo } from "../support/allowances.js";
import { ask } from "../support/api.js";
import { endings, endingsFor } from "../support/endings.js";
import { cibitung, startNewsroom, type TestNewsroom } from "../support/newsroom.js";
import { type Scene, samplesOf, setScene } from "../support/samples.js";

/*
 * A person's requests are worked on one after the other. Every endpoint that only reads, asked while its caller is in, and
 * reached when they are out; permission.test.ts does the same with those that write.
 */
let newsroom: TestNewsroom;
let scene: Scene;
beforeAll(async () => {
  const rates = { token_per_minute: 100_000, activations_per_minute: 1000 };
  // As long as a refusal waits, the person's next request does.
  newsroom = await startNewsroom(rates, undefined, { refusalMs: 4000 });
  scene = await setScene(newsroom);
}, 60_000);
afterAll(() => newsroom.remove());

const tries = everyEndpoint
  .filter(([, { method, roles }]) => roles !== null && method === "GET")
  .flatMap(([name, endpoint], n) => endingsFor(n).map((ending) => [name, ending, endpoint] as const));

describe.concurrent("a request that waits in the line of its caller", () => {
  test.each(tries)("is not answered: %s, and the caller %s meanwhile", async (name, ending, { roles }) => {
    const role: Role = roles?.includes("operator") ? "operator" : "admin";
    const { user, token } = await scene.person(role);
    const request = await samplesOf(scene).requests[name](role, token);
    await useUpTo(newsroom, 0, "text_bytes_per_day", user.id);
    const album = { url: `/albums/${cibitung}/${user.id}`, body: { title: "Panen", photos: [] } };
    const refused = ask(newsroom, token, { method: "PUT", ...album });
    await pause(200);
    const waiting = ask(newsroom, token, { method: "GET", ...request });
    await pause(200);
    await newsroom.stores(({ store }) =>
      store
        .transaction()
        .execute((transaction) => endings[ending]!(transaction, user.id, newsroom.clock.now)),
    );
    expect((await refused).status).toBe(413);
    expect([401, 403]).toContain((await waiting).status);
  });
});
