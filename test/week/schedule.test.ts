import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { editorCount, faultsOf, operatorCount, planWeek } from "./schedule.js";

const options = fc.record({
  seed: fc.nat(2 ** 31),
  minutes: fc.double({ min: 1, max: 20, noNaN: true }),
  stores: fc.constantFrom("sqlite" as const, "postgres" as const),
  hasDisk: fc.boolean(),
});

describe("the schedule of a week", () => {
  it("is the same for the same seed, and another for another one", () => {
    fc.assert(
      fc.property(options, (wanted) => {
        const week = planWeek(wanted);
        expect(planWeek(wanted)).toEqual(week);
        expect(planWeek({ ...wanted, seed: wanted.seed + 7 }).acts).not.toEqual(week.acts);
      }),
      { numRuns: 20 },
    );
  });

  it("has every kind of fault, two backups, an upgrade and a restore after the first backup", () => {
    fc.assert(
      fc.property(options, (wanted) => {
        const names: string[] = planWeek(wanted).happenings.map((happening) => happening.name);
        for (const fault of faultsOf(wanted)) expect(names).toContain(fault);
        const works = names.filter((name) => /backup|upgrade|restore/.test(name));
        expect(works).toEqual(["first-backup", "upgrade", "second-backup", "restore"]);
      }),
      { numRuns: 50 },
    );
  });

  it("lets a fault end before the next thing happens", () => {
    fc.assert(
      fc.property(options, (wanted) => {
        const { happenings, ms } = planWeek(wanted);
        for (const [n, { at, ms: lasts }] of happenings.entries()) {
          expect(lasts).toBeGreaterThanOrEqual(0);
          expect(at + lasts).toBeLessThan(happenings[n + 1]?.at ?? ms);
        }
      }),
      { numRuns: 50 },
    );
  });

  it("gives everybody something to do, in the week, and little at the weekend", () => {
    const { acts, ms } = planWeek({ seed: 7, minutes: 10, stores: "sqlite", hasDisk: false });
    const people = (role: string) =>
      new Set(acts.filter((act) => act.role === role).map((act) => act.person));
    expect([people("operator").size, people("editor").size]).toEqual([operatorCount, editorCount]);
    expect(acts.every((act, n) => act.at >= (acts[n - 1]?.at ?? 0) && act.at < ms)).toBe(true);
    const onWeekend = acts.filter((act) => act.at > (ms / 7) * 5).length;
    expect(onWeekend / acts.length).toBeLessThan(0.1);
  });
});
