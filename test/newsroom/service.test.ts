import { afterAll, beforeAll, expect, test } from "vitest";
import { as, startNewsroom, type TestNewsroom } from "./support/newsroom.js";

let newsroom: TestNewsroom;
beforeAll(async () => {
  newsroom = await startNewsroom();
});
afterAll(() => newsroom.remove());

test("smoke", async () => {
  const operator = as(newsroom, await newsroom.token("operator"));
  const id = await operator.submit();
  console.log((await operator.get(`/submissions/${id}`)).body, (await operator.get("/me")).body);
  console.log((await as(newsroom).get("/")).body, await as(newsroom).get("/me"));
  console.log(
    (
      await operator.post(
        "/submissions",
        { content: { kind: 1 }, x: 2 },
        { "idempotency-key": crypto.randomUUID() },
      )
    ).body,
  );
  expect(1).toBe(1);
});
