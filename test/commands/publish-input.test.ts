import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPublishFlags } from "../../src/commands/publish/input.js";
import type { KominfoError } from "../../src/errors/errors.js";
import { addDays, parseInstant } from "../../src/post/dates.js";

const minuteMs = 60_000;
const wibMs = 7 * 60 * minuteMs;
const read = (now: Date, at: string) => readPublishFlags(now, { at }, ["web"]).at;

/** Written apart from the code: the day and the minute of an instant on a clock in Bekasi. */
const inWib = (now: Date) => {
  const written = new Date(now.getTime() + wibMs).toISOString();
  return {
    day: written.slice(0, 10),
    minute: Number(written.slice(11, 13)) * 60 + Number(written.slice(14, 16)),
  };
};
const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}.${String(minute % 60).padStart(2, "0")}`;

describe("--max-cost", () => {
  const most = (maxCost: string) => readPublishFlags(new Date(), { maxCost }, ["x"]).maxCost;

  it("is an amount of dollars as people write it", () => {
    expect(["0", "0.05", "0,05", " 12 ", "1000"].map(most)).toEqual([0, 50, 50, 12_000, 1_000_000]);
  });

  it.each(["", "0x10", "1e2", "-1", "+1", "1.", ".5", "1.000,5", "1001", "Infinity", "satu"])(
    "is not %j",
    (typed) => {
      expect(() => most(typed)).toThrow(expect.objectContaining({ code: "bad-cost", exit: 2 }));
    },
  );
});

describe("--to and --again", () => {
  const channels = ["web", "facebook", "x"] as const;
  const chosen = (to?: string[]) => readPublishFlags(new Date(), to ? { to } : {}, channels).channels;

  it("name channels one by one or with commas; left out, all that are approved are meant", () => {
    expect(chosen(["x,web"])).toEqual(["web", "x"]);
    expect(chosen(["x", "web,"])).toEqual(["web", "x"]);
    expect(chosen()).toEqual(channels);
  });

  it.each([[[""]], [[" "]], [[","]], [["", ""]]])(
    "mean nothing by %j: an empty variable publishes nowhere",
    (to) => {
      expect(() => chosen(to)).toThrow(expect.objectContaining({ code: "bad-choice", exit: 2 }));
      expect(() => readPublishFlags(new Date(), { again: to }, channels)).toThrow(
        expect.objectContaining({ code: "bad-choice" }),
      );
    },
  );
});

describe("--at", () => {
  it("takes besok as the day after today in WIB, also between midnight and 07.00, when UTC still has yesterday", () => {
    // 1 December, 05.00 in Bekasi.
    const now = new Date("2026-11-30T22:00:00Z");
    expect(read(now, "besok 07.00 WIB")).toBe("2026-12-02T07:00:00+07:00");
    expect(read(now, "hari ini 09.00 WIB")).toBe("2026-12-01T09:00:00+07:00");
  });

  it("means the same day whatever the minute at which it is typed, around midnight above all", () => {
    const minutes = fc.oneof(fc.integer({ min: -90, max: 90 }), fc.integer({ min: 0, max: 400 * 24 * 60 }));
    fc.assert(
      fc.property(minutes, fc.integer({ min: 0, max: 24 * 60 - 1 }), (offset, wanted) => {
        const now = new Date(Date.parse("2026-12-31T17:00:00Z") + offset * minuteMs);
        const { day, minute } = inWib(now);
        const instantOn = (date: string) => Date.parse(`${date}T00:00:00Z`) - wibMs + wanted * minuteMs;
        expect(Date.parse(read(now, `besok ${clock(wanted)}`) ?? "")).toBe(instantOn(addDays(day, 1)));
        if (wanted > minute) {
          expect(Date.parse(read(now, `hari ini ${clock(wanted)} WIB`) ?? "")).toBe(instantOn(day));
        } else {
          expect(() => read(now, `hari ini ${clock(wanted)} WIB`)).toThrow();
        }
      }),
    );
  });

  it("names the newsroom's time where it is past, and an example that is to come", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("2026-01-01"), max: new Date("2030-01-01"), noInvalidDate: true }),
        (now) => {
          const refusal = (() => {
            try {
              read(now, "30 November 2025 07.00 WIB");
            } catch (error) {
              return error as KominfoError<"bad-time">;
            }
          })();
          expect(refusal).toMatchObject({ code: "bad-time", exit: 2 });
          const { example, now: told } = refusal!.params;
          expect(Date.parse(parseInstant(example, "2000-01-01") ?? "")).toBeGreaterThan(now.getTime());
          expect(now.getTime() - Date.parse(parseInstant(told, "2000-01-01") ?? "")).toBeLessThan(minuteMs);
        },
      ),
    );
  });
});
