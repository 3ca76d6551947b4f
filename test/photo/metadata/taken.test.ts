import { describe, expect, it } from "vitest";
import { readDate, takenAt } from "../../../src/photo/metadata/taken.js";

describe("the date of a photo", () => {
  it.each([
    ["2026:08:17 07:30:00", "", "2026-08-17T07:30:00"],
    ["2026:08:17 07:30:00", "+07:00", "2026-08-17T07:30:00+07:00"],
    ["2026:08:17 07:30:00", "-0330", "2026-08-17T07:30:00-03:30"],
    ["2025:01:14 18:31:30+0000", "", "2025-01-14T18:31:30+00:00"],
    ["2026-08-17T07:30:00.25+07:00", "", "2026-08-17T07:30:00.25+07:00"],
    ["2026-08-17T07:30Z", "", "2026-08-17T07:30Z"],
    ["2026-08-17", "", "2026-08-17"],
    ["2024:02:29 23:59:59", "+14:00", "2024-02-29T23:59:59+14:00"],
    // Scanned and dated by hand, or by a clock that ran on: days that people do write.
    ["1970:01:01 00:00:01", "", "1970-01-01T00:00:01"],
    ["1980:01:01 00:10:00", "", "1980-01-01T00:10:00"],
    ["1970-01-01", "", "1970-01-01"],
    // Blanks stand where a camera does not know its zone.
    ["2026:08:17 07:30:00", "   :  ", "2026-08-17T07:30:00"],
    // Blanks where a digit is missing, and digits left out.
    ["2026: 8: 7  7: 5: 3", "", "2026-08-07T07:05:03"],
    ["2026:08:17 7:5:3", "", "2026-08-17T07:05:03"],
    ["2026:08:17 07:30:00+07", "", "2026-08-17T07:30:00+07:00"],
    ["2026:08:17 07:30:00 WIB", "", "2026-08-17T07:30:00+07:00"],
    ["2026:08:17 07:30:00", "WITA", "2026-08-17T07:30:00+08:00"],
    ["1899:12:31 10:00:00", "", "1899-12-31T10:00:00"],
    // The zone within the date is the one that was written with it.
    ["2026:08:17 07:30:00+08:00", "+07:00", "2026-08-17T07:30:00+08:00"],
  ])("%s with zone %j is %s", (date, zone, iso) => {
    expect(readDate(date, zone)).toBe(iso);
  });

  it.each([
    ["2026:00:00 00:00:00", ""],
    ["2026:13:45 99:99:99", ""],
    ["2015:08:22 24:08:19", ""],
    ["2026:02:30 09:00:00", ""],
    ["2026:02:29 09:00:00", ""],
    ["1900:02:29 09:00:00", ""],
    ["0000:00:00 00:00:00", ""],
    ["0000:05:05 10:00:00", ""],
    ["2026:08:17 07:60:00", ""],
    ["2026:08:17 07:30:60", ""],
    ["2026:08:17 07:30:00", "+99:00"],
    ["2026:08:17 07:30:00+99:00", ""],
    ["2026:08:17 07:30:00", "+07:61"],
    ["2026:08:17 7 o'clock", ""],
    ["    :  :     :  :  ", ""],
    ["", ""],
    ["2026:08:177 07:30:00", ""],
    ["1600:01:01 00:00:00", ""],
    ["9999:12:31 23:59:59", ""],
    ["1904:01:01 00:00:00", ""],
    ["2026:08:17 07:30:00 PM", ""],
    ["2026:08:17 07:30:00+14:30", ""],
    // Clocks that were never set.
    ["0001-01-01T00:00:00", ""],
    ["0001:01:01 12:34:56", ""],
    ["0001-01-01", ""],
    ["1970:01:01 00:00:00", ""],
    ["1970-01-01T00:00:00.000Z", ""],
    ["1980:01:01 00:00:00", "+07:00"],
    ["1980-01-01T00:00", ""],
  ])("%j with zone %j is none", (date, zone) => {
    expect(readDate(date, zone)).toBeUndefined();
  });

  it("is the first that exists", () => {
    expect(takenAt([["2026:00:00 00:00:00"], ["2026:08:17 07:30:00", "+07:00"]])).toBe(
      "2026-08-17T07:30:00+07:00",
    );
    expect(takenAt([["2026:00:00 00:00:00"], [""]])).toBeNull();
  });

  it("is a day that the calendar knows, for any numbers, and keeps them", () => {
    let state = 20261130;
    const random = (below: number) => {
      state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
      return (state >> 8) % below;
    };
    const two = (value: number) => String(value).padStart(2, "0");
    let [read, refused] = [0, 0];
    for (let run = 0; run < 20_000; run++) {
      const [year, month, day] = [1780 + random(340), random(14), random(33)];
      const [hour, minute, second] = [random(26), random(62), random(62)];
      const [sign, hours, minutes] = [random(2) ? "+" : "-", random(17), random(4) * 20];
      const zone = `${sign}${two(hours)}:${two(minutes)}`;
      const date = `${String(year).padStart(4, "0")}:${two(month)}:${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`;
      const iso = readDate(date, zone);
      // JavaScript's own calendar: an impossible day becomes another one.
      const instant = new Date(0);
      instant.setUTCFullYear(year, month - 1, day);
      instant.setUTCHours(hour, minute, second);
      const offset = (sign === "-" ? -1 : 1) * (hours * 60 + minutes);
      const exists =
        year >= 1826 &&
        year <= 2099 &&
        instant.toISOString().startsWith(date.replace(":", "-").replace(":", "-").replace(" ", "T")) &&
        minutes < 60 &&
        offset >= -720 &&
        offset <= 840;
      expect(iso !== undefined, `${date}${zone}`).toBe(exists);
      if (iso === undefined) refused++;
      else {
        read++;
        expect(iso).toBe(`${date.replace(":", "-").replace(":", "-").replace(" ", "T")}${zone}`);
      }
    }
    expect(Math.min(read, refused)).toBeGreaterThan(1000);
  });
});
