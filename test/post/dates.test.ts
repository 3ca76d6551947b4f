import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays,
  clockTime,
  dayFault,
  isDay,
  longDate,
  months,
  parseDay,
  parseInstant,
  parseTime,
  pressDate,
  today,
  weekday,
} from "../../src/post/dates.js";

const now = "2026-11-22";
const day = fc.integer({ min: 0, max: 73_000 }).map((days) => addDays("1950-01-01", days));

describe("today", () => {
  it("is the day in Jakarta, whatever the zone of the host", () => {
    expect(today(new Date("2026-11-22T16:59:59Z"))).toBe("2026-11-22");
    expect(today(new Date("2026-11-22T17:00:00Z"))).toBe("2026-11-23");
    const zone = process.env.TZ;
    try {
      process.env.TZ = "America/Los_Angeles";
      expect(today(new Date("2026-11-22T17:00:00Z"))).toBe("2026-11-23");
      expect(weekday("2026-11-22")).toBe("Minggu");
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });
});

describe("a day", () => {
  it.each([
    ["2026-11-22", "2026-11-22"],
    ["Jum\u2019at, 20 November 2026", "2026-11-20"],
    ["jum`at 20/11/2026", "2026-11-20"],
    ["Jum'at,\u00a020\u202fNovember 2026", "2026-11-20"],
    ["22/11/2026", "2026-11-22"],
    ["5-1-2026", "2026-01-05"],
    ["22.11.2026", "2026-11-22"],
    ["22 November 2026", "2026-11-22"],
    ["22 nov 2026", "2026-11-22"],
    ["1  Agt. 2026", "2026-08-01"],
    ["Minggu, 22 Nopember 2026", "2026-11-22"],
    ["Minggu (22/11/2026)", "2026-11-22"],
    ["hari Minggu, tanggal 22 November 2026", "2026-11-22"],
    ["MINGGU,22 NOVEMBER 2026.", "2026-11-22"],
    ["Ahad, 22 November 2026", "2026-11-22"],
    ["Min, 22 Nov. 2026", "2026-11-22"],
    ["Jum\uff07at, 20 November 2026", "2026-11-20"],
    ["\uff12\uff12/\uff11\uff11/2026", "2026-11-22"],
    ["22\u200b November 2026", "2026-11-22"],
    ["22-Nov-2026", "2026-11-22"],
    ["2026/11/22", "2026-11-22"],
    ["hari ini", "2026-11-22"],
    ["Kemarin", "2026-11-21"],
    [" besok ", "2026-11-23"],
    ["29/02/2028", "2028-02-29"],
  ])("%s is %s", (written, read) => expect(parseDay(written, now)).toBe(read));

  it.each([
    "31/02/2026",
    "2026-13-01",
    "29 Februari 2026",
    "0/1/2026",
    "lusa nanti",
    "",
    "22/11-2026",
    "22 Foo 2026",
    "22/11/26",
    "22-11-26",
    "22 Novembr 2026",
    "20-22 November 2026",
    "20 s.d. 22 November 2026",
    "22 November",
    "Sabtu",
    "Sabtu, 22 November 2026",
    "Jum'at (21/11/2026)",
  ])("%j is none", (written) => expect(parseDay(written, now)).toBeUndefined());

  it("reads back in each form it is written in", () => {
    fc.assert(
      fc.property(day, (iso) => {
        const [year, month, date] = iso.split("-") as [string, string, string];
        const name = months[Number(month) - 1];
        expect(isDay(iso)).toBe(true);
        for (const form of [
          iso,
          `${date}/${month}/${year}`,
          `${Number(date)} ${name} ${year}`,
          `${date} ${name?.slice(0, 3)} ${year}`,
          longDate(iso),
          pressDate(iso),
        ]) {
          expect(parseDay(form, now)).toBe(iso);
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("is refused with another day's weekday, and says what is wrong", () => {
    const date = "21 November 2026";
    const differs = { fault: "weekday-differs", written: "jum'at", weekday: "Sabtu", date };
    expect(dayFault(`Jum\u2019at, ${date}`, now)).toEqual(differs);
    expect(dayFault(`Jum'at, ${date} pukul 07.30 WIB`, now)).toEqual(differs);
    expect(parseInstant(`Jum'at, ${date} pukul 07.30 WIB`, now)).toBeUndefined();
    expect(dayFault(`Sabtu, ${date}`, now)).toBeUndefined();
    expect(dayFault("2026-11-31", now)).toEqual({ fault: "no-such-day" });
    expect(dayFault("29 Februari 2026 07.30", now)).toEqual({ fault: "no-such-day" });
    expect(dayFault("besok lusa", now)).toBeUndefined();
  });

  it("never has the weekday of another", () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 6 }), (iso, days) => {
        const other = longDate(addDays(iso, days)).split(",")[0];
        expect(parseDay(longDate(iso).replace(/^[^,]+/, other!), now)).toBeUndefined();
      }),
      { seed: 14 },
    );
  });

  it("has the weekday that the calendar gives", () => {
    expect(longDate("2026-11-22")).toBe("Minggu, 22 November 2026");
    expect(pressDate("2026-11-02")).toBe("Senin (02/11/2026)");
  });
});

describe("a time", () => {
  it.each([
    ["09.30", "09:30"],
    ["9:30", "09:30"],
    ["09.30 WIB", "09:30"],
    ["pukul 23.59 wib", "23:59"],
    ["pk. 07.30\u00a0WIB", "07:30"],
  ])("%s is %s", (written, read) => expect(parseTime(written)).toBe(read));

  it.each(["24.00", "9.5", "09.60", "pagi", "09.30 PM", ""])("%j is none", (written) =>
    expect(parseTime(written)).toBeUndefined(),
  );

  it("is shown with a dot and its zone", () => expect(clockTime("09:30")).toBe("09.30 WIB"));
});

describe("an instant", () => {
  it.each([
    ["2026-11-22T10:00:00+07:00", "2026-11-22T10:00:00+07:00"],
    ["2026-11-22T03:00:00Z", "2026-11-22T03:00:00Z"],
    ["2026-11-22T03:00:00.000Z", "2026-11-22T03:00:00Z"],
    ["2026-11-22 10:00", "2026-11-22T10:00:00+07:00"],
    ["2026-11-22T10:00", "2026-11-22T10:00:00+07:00"],
    ["22/11/2026 10.00", "2026-11-22T10:00:00+07:00"],
    ["22 November 2026, pukul 09.30 WIB", "2026-11-22T09:30:00+07:00"],
    ["22 November 2026 09.30 WITA", "2026-11-22T09:30:00+08:00"],
    ["besok 08.00", "2026-11-23T08:00:00+07:00"],
    ["Minggu, 22 November 2026 (09.30 WIB)", "2026-11-22T09:30:00+07:00"],
    ["22/11/2026 pk. 7.30", "2026-11-22T07:30:00+07:00"],
  ])("%s is %s", (written, read) => expect(parseInstant(written, now)).toBe(read));

  it.each(["2026-11-22", "2026-02-30 10:00", "2026-11-22 25:00", "nanti", "", "2026-11-22 10:00 PST"])(
    "%j is none",
    (written) => expect(parseInstant(written, now)).toBeUndefined(),
  );
});
