import { afterAll, beforeAll, expect, test } from "vitest";
import { apiPath } from "../../../src/contract/contract.js";
import { deskOf } from "../desk/browser.js";
import { as, startNewsroom, type TestNewsroom } from "../support/newsroom.js";

// Limits of requests, by person and by address.
const rates = { token_per_minute: 30, activations_per_minute: 100, refusals_per_minute: 5 };
let newsroom: TestNewsroom;
beforeAll(async () => {
  newsroom = await startNewsroom(rates);
});
afterAll(() => newsroom.remove());
const { join, enter } = deskOf(() => newsroom);

/** The statuses of this many requests, as told by their number. */
async function statuses(
  count: number,
  ask: () => Promise<{ status: number }>,
): Promise<Record<number, number>> {
  const seen: Record<number, number> = {};
  for (let n = 0; n < count; n++) {
    const { status } = await ask();
    seen[status] = (seen[status] ?? 0) + 1;
  }
  return seen;
}

test("a person has one limit, however many tokens they make of theirs", async () => {
  let token = await newsroom.token("operator");
  let done = 0;
  for (let n = 0; n < 4; n++) {
    const { body } = await as(newsroom, token).post("/me/tokens/rotate", {});
    token = body.token;
    done += 1 + 5;
    expect(await statuses(5, () => as(newsroom, token).get("/me"))).toEqual({ 200: 5 });
  }
  const left = rates.token_per_minute - done;
  expect(await statuses(left + 3, () => as(newsroom, token).get("/me"))).toEqual({ 200: left, 429: 3 });
  const other = await newsroom.token("operator");
  expect((await as(newsroom, other).get("/me")).status).toBe(200);
});

test("at the desk they have the same", async () => {
  const { user } = await join("Gita", "admin");
  const desk = await enter("Gita");
  const token = await newsroom.anotherToken(user.id);
  const seen = await statuses(rates.token_per_minute, () => as(newsroom, token).get("/me"));
  expect(seen[429]).toBeGreaterThan(0);
  expect((await desk.get("/")).status).toBe(429);
});

test("an address whose tokens are refused is soon told to wait; who has a good one there is not", async () => {
  const bad = () => as(newsroom, "kominfo_tidakada").get("/me");
  expect(await statuses(rates.refusals_per_minute + 5, bad)).toEqual({
    401: rates.refusals_per_minute,
    429: 5,
  });
  expect(Number((await bad()).headers.get("retry-after"))).toBeGreaterThan(0);
  const none = await fetch(`${newsroom.url}${apiPath}/submissions`, { method: "POST" });
  expect(none.status).toBe(429);
  expect((await as(newsroom, await newsroom.token("operator")).get("/me")).status).toBe(200);
});
