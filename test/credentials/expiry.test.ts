import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { endsWithin, warningDue } from "../../src/credentials/expiry.js";
import type { Account } from "../../src/credentials/types.js";

const end = "2026-12-31T00:00:00.000Z";
const shortlyBefore = (days: number) => new Date(Date.parse(end) - days * 86_400_000);
const account: Account = {
  service: "facebook",
  account: "default",
  origin: "https://graph.facebook.com",
  kind: "office",
  source: "vault",
  expires_at: end,
};

describe("endsWithin", () => {
  it.each([
    [14.1, undefined],
    [14, 14],
    [6.5, 7],
    [0.1, 1],
    [0, undefined],
    [-1, undefined],
  ])("%f days ahead is %s", (days, left) => {
    expect(endsWithin(end, shortlyBefore(days))).toBe(left);
  });

  it("says nothing of an account that does not end", () => {
    expect(endsWithin(undefined, shortlyBefore(1))).toBeUndefined();
  });
});

describe("the warning on use", () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "kominfo-expiry-"));
    file = path.join(folder, "state", "warnings.json");
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("comes on the first use within 14, 7 and 1 days of the end, and not again in between", async () => {
    const warnings: (number | undefined)[] = [];
    for (const days of [20, 13, 13, 12, 8, 6.5, 6, 2, 0.9, 0.5, -1]) {
      warnings.push(await warningDue(file, account, shortlyBefore(days)));
    }
    expect(warnings).toEqual([
      undefined,
      13,
      undefined,
      undefined,
      undefined,
      7,
      undefined,
      undefined,
      1,
      undefined,
      undefined,
    ]);
  });

  it("comes for each account by itself, and again for one that was renewed", async () => {
    expect(await warningDue(file, account, shortlyBefore(3))).toBe(3);
    expect(await warningDue(file, { ...account, account: "humas" }, shortlyBefore(3))).toBe(3);
    expect(await warningDue(file, account, shortlyBefore(3))).toBeUndefined();
    const renewed = { ...account, expires_at: "2027-01-01T00:00:00.000Z" };
    expect(await warningDue(file, renewed, shortlyBefore(3))).toBe(4);
  });

  it("is repeated when its record cannot be written or is damaged", async () => {
    await writeFile(path.join(folder, "state"), "not a folder");
    expect(await warningDue(file, account, shortlyBefore(3))).toBe(3);
    const damaged = path.join(folder, "warnings.json");
    await writeFile(damaged, '{"__proto__":');
    expect(await warningDue(damaged, account, shortlyBefore(3))).toBe(3);
  });
});
