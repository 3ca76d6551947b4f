import { describe, expect, it } from "vitest";
import { emptyLedger, ledgerBefore } from "./ledger.js";
import { differences } from "./verify-things.js";
import { verifyAnswers, verifyLog, type Window } from "./verify-traces.js";

const fault: Window = { name: "database-frozen", from: 1000, to: 2000, servedAt: 2500 };
const answered = (outcome: number | "cut", from: number) => ({
  ...{ tries: [{ from, to: from + 1, method: "GET", route: "/submissions", outcome, isRetry: false }] },
  ...{ surprises: [], unanswered: [], lostUploads: 0 },
});
const logged = (at: number, line: object | string) => [
  { at, service: "service 1", text: typeof line === "string" ? line : JSON.stringify(line) },
];

describe("what is compared at the end of a week", () => {
  it("tells what is lost, there twice, or of nobody", () => {
    expect(differences(["a", "b"], ["b", "a"], false)).toEqual([]);
    expect(differences(["a", "b"], ["a", "a", "c"], false)).toEqual(["lost: b", "twice: a", "foreign: c"]);
  });

  it("lets a backup hold more than was acknowledged before it, and not less", () => {
    expect(differences(["a"], ["a", "b"], true)).toEqual([]);
    expect(differences(["a", "b"], ["a"], true)).toEqual(["lost: b"]);
    const photos = [1, 2].map((at) => ({ at, sha256: String(at), owner: "x" }));
    expect(ledgerBefore({ ...emptyLedger(), photos }, 2).photos).toEqual(photos.slice(0, 1));
  });
});

describe("an answer", () => {
  it("may fail during a fault and shortly after it, and at no other time", () => {
    expect(verifyAnswers(answered(503, 1500), [fault])).toEqual([]);
    expect(verifyAnswers(answered("cut", 4000), [fault])).toEqual([]);
    expect(verifyAnswers(answered(503, 500), [fault])).toHaveLength(1);
    expect(verifyAnswers(answered("cut", 9000), [fault])).toHaveLength(1);
  });

  it("is never 500, not even during a fault", () => {
    expect(verifyAnswers(answered(500, 1500), [fault])).toEqual([
      "1 × 500 to GET /submissions, database-frozen",
    ]);
  });

  it("is counted as missing when it never came", () => {
    const journal = { ...answered(200, 1), unanswered: ["POST /submissions"] };
    expect(verifyAnswers(journal, [])).toEqual(["never answered: POST /submissions"]);
  });
});

describe("a line of the log", () => {
  const error = { level: "error", event: "failure", err: { kind: "Error", code: "ECONNRESET" } };

  it("may be an error of a store during a fault, and no other error", () => {
    expect(verifyLog(logged(1500, error), [fault])).toEqual([]);
    expect(verifyLog(logged(9000, error), [fault])).toHaveLength(1);
    expect(verifyLog(logged(1500, { ...error, err: { kind: "TypeError" } }), [fault])).toHaveLength(1);
  });

  it("is JSON", () => {
    expect(verifyLog(logged(1500, "Warning: old"), [fault])).toEqual([
      "1 × no JSON: Warning: old, database-frozen",
    ]);
  });
});
