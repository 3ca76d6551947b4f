import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readRefusedLogins } from "../../src/publish/refused-logins.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-refused-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const login = { service: "x", account: "default", obtained_at: "2026-11-01T00:00:00Z" };
const at = (minutes: number) => new Date(Date.parse("2026-11-30T00:00:00Z") + minutes * 60_000);

describe("a login that its channel refuses", () => {
  it("rests for an hour, also for the next run of this machine", async () => {
    expect((await readRefusedLogins(folder)).rests(login, at(0))).toBe(false);
    await (await readRefusedLogins(folder)).note(login, at(0));
    const next = await readRefusedLogins(folder);
    expect([1, 59, 60].map((minutes) => next.rests(login, at(minutes)))).toEqual([true, true, false]);
    expect(next.has(login), "it is still the one that was refused").toBe(true);
    expect(next.rests(login, at(-1)), "a clock that was put back").toBe(false);
    await next.note(login, at(70));
    expect((await readRefusedLogins(folder)).rests(login, at(100))).toBe(true);
  });

  it("is tried as soon as somebody has logged in anew, and each by itself", async () => {
    const refusals = await readRefusedLogins(folder);
    await refusals.note(login, at(0));
    const anew = { ...login, obtained_at: at(1).toISOString() };
    expect([refusals.rests(anew, at(2)), refusals.has(anew)]).toEqual([false, false]);
    for (const other of [
      { ...login, account: "setu" },
      { ...login, service: "facebook" },
    ]) {
      expect(refusals.has(other)).toBe(false);
    }
    await refusals.note({ ...login, account: "setu" }, at(0));
    await refusals.forget(login);
    const next = await readRefusedLogins(folder);
    expect([next.has(login), next.has({ ...login, account: "setu" })]).toEqual([false, true]);
  });

  it("is kept whatever another program of this machine has noted since", async () => {
    const [publisher, person] = [await readRefusedLogins(folder), await readRefusedLogins(folder)];
    const names = Array.from({ length: 20 }, (_, n) => `akun-${n}`);
    await Promise.all(
      names.map((account, n) => (n % 2 ? publisher : person).note({ ...login, account }, at(n))),
    );
    const next = await readRefusedLogins(folder);
    expect(names.filter((account) => next.has({ ...login, account }))).toEqual(names);
    // The publisher has never heard of this one.
    await publisher.forget({ ...login, account: "akun-0" });
    const after = await readRefusedLogins(folder);
    expect(names.filter((account) => after.has({ ...login, account }))).toEqual(names.slice(1));
    expect(await readdir(folder)).toEqual(["refused-logins.json"]);
  });

  it("is kept where this machine has no folder for its state yet", async () => {
    const fresh = path.join(folder, "baru");
    await (await readRefusedLogins(fresh)).note(login, at(0));
    expect((await readRefusedLogins(fresh)).has(login)).toBe(true);
  });

  it.each(["", "{", "[1]", '[{"service":"x","account":"default","stamp":"","at":"besok"}]'])(
    "is forgotten where the file says: %s",
    async (text) => {
      await writeFile(path.join(folder, "refused-logins.json"), text);
      const refusals = await readRefusedLogins(folder);
      expect(refusals.has({ service: "x", account: "default" })).toBe(false);
      await refusals.note(login, at(0));
      expect((await readRefusedLogins(folder)).has(login)).toBe(true);
    },
  );
});
