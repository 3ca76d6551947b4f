import { expect, it } from "vitest";
import { updateAttempt } from "../../src/contract/contract.js";
import { denied, failed, usage } from "../../src/errors/errors.js";
import { factsOf } from "../../src/publish/failure-facts.js";

it("a failure tells what its sentence names, and nothing else does", () => {
  const error = failed("web-refused", { origin: "https://a.example", reason: "no" });
  expect(factsOf(error)).toEqual({ facts: { origin: "https://a.example", reason: "no" } });
  expect(factsOf(denied("no-channel-account", { channels: ["x"] }))).toEqual({ facts: { channels: ["x"] } });
  for (const other of [new Error("x"), "x", undefined, usage("web-unset")])
    expect(factsOf(other)).toEqual({});
});

it("the contract takes them, however odd a site's answer is", () => {
  const reason = `\u0000\ud83d${"x".repeat(2000)}`;
  const { facts } = factsOf(failed("web-refused", { origin: "https://a.example", reason }));
  const outcome = { state: "failed", code: "web-refused", facts };
  const fence = "019a0000-0000-4000-8000-000000000001";
  expect(updateAttempt.safeParse({ fence, outcome }).success).toBe(true);
  expect(String(facts?.reason)).toHaveLength(500);
});
