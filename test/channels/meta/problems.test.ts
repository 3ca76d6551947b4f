import { describe, expect, it } from "vitest";
import { graphProblem } from "../../../src/channels/meta/problems.js";
import type { HttpAnswer } from "../../../src/http/client.js";

const asked = { service: "facebook" as const, origin: "https://graph.facebook.com" };

function answer(
  status: number,
  error: object | undefined,
  headers: { [name: string]: string } = {},
): HttpAnswer {
  const type = error ? "application/json" : "text/html";
  return { status, type, header: (name) => headers[name], body: error && { error } };
}

const problem = (code: number, error_subcode?: number, message = "kata Meta") =>
  graphProblem(answer(400, { code, error_subcode, message }), asked);

describe("an error of the Graph API", () => {
  it.each([
    [190, 463, "channel-refused", 4],
    [102, undefined, "channel-refused", 4],
    [10, undefined, "channel-forbidden", 4],
    [200, undefined, "channel-forbidden", 4],
    [299, undefined, "channel-forbidden", 4],
    [4, undefined, "server-busy", 5],
    [80002, undefined, "server-busy", 5],
    [2, undefined, "server-failing", 5],
    [368, 1390008, "channel-blocks", 5],
    [4, 2207051, "channel-blocks", 5],
    [9, 2207042, "channel-quota-spent", 5],
    [2635, undefined, "graph-version-refused", 1],
    [36003, 2207009, "channel-rejects", 2],
    [100, undefined, "channel-rejects", 2],
  ])("%i/%s is %s", (code, subcode, wanted, exit) => {
    expect(problem(code, subcode)).toMatchObject({ code: wanted, exit });
  });

  it("is told by its codes and Meta's own words, made harmless and short", () => {
    const { params } = problem(100, 33, `\u001b[31mjahat\u202e\n${"a".repeat(1000)}`);
    expect(params).toMatchObject({ code: "100/33" });
    const { reason } = params as { reason: string };
    expect(reason.length).toBeLessThanOrEqual(300);
    expect([...reason].every((character) => character >= " " && character !== "\u202e")).toBe(true);
  });

  it("says how long to wait, as far as Meta says it", () => {
    const wait = (header: string) => {
      const headers = { "x-business-use-case-usage": header };
      return (graphProblem(answer(400, { code: 80001 }, headers), asked).params as { wait?: string }).wait;
    };
    const usage = (minutes: unknown) =>
      JSON.stringify({ "1": [{ type: "pages", estimated_time_to_regain_access: minutes }], "2": [{}] });
    expect(wait(usage(7))).toBe("420");
    expect(wait(usage(0))).toBeUndefined();
    for (const broken of [usage("x"), usage(-1), usage(1e9), "{", "[]", "null"]) {
      expect(wait(broken)).toBeUndefined();
    }
  });

  it("is none in a page of a hotspot or a firewall", () => {
    expect(graphProblem(answer(200, undefined), asked)).toMatchObject({ code: "channel-hidden", exit: 5 });
    expect(graphProblem(answer(403, undefined), asked)).toMatchObject({ code: "channel-forbidden", exit: 4 });
    expect(graphProblem(answer(401, undefined), asked)).toMatchObject({ code: "channel-refused", exit: 4 });
  });
});
