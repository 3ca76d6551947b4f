import { expect, it } from "vitest";
import { restOf } from "../../src/commands/publisher.js";
import { failed, temporary } from "../../src/errors/errors.js";

const seat = { account: "1", label: "@kec.cibitung" };
const minute = 60_000;
const waits = (result: Parameters<typeof restOf>[0]) =>
  [1, 2, 3, 4, 5, 6, 99].map((failures) => restOf(result, failures) / minute);

it("waits longer after each failure that may pass, and at once as long where a person has to do something", () => {
  const busy = temporary("server-busy", { origin: "https://cibitung.example.go.id" });
  expect(waits({ channel: "web", seat, error: busy })).toEqual([1, 2, 4, 8, 10, 10, 10]);
  const outcome = { state: "failed", code: "server-unreachable", reason: "ECONNREFUSED" } as const;
  const sent = { outcome, found: false, warnings: [] };
  expect(waits({ channel: "web", seat, sent })).toEqual([1, 2, 4, 8, 10, 10, 10]);
  const refused = failed("publication-refused", { refusal: "late" });
  expect(waits({ channel: "web", seat, error: refused })).toEqual([10, 10, 10, 10, 10, 10, 10]);
  const published = { state: "published", remote_id: "1", url: null } as const;
  expect(restOf({ channel: "web", seat, sent: { ...sent, outcome: published } }, 0)).toBe(0);
});
