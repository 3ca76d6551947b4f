import type { Diagnostic } from "../errors/diagnostics.js";
import { error } from "../files/diagnostic.js";
import { dayFault } from "./dates.js";

/**
 * The problem with a text that `parseDay` or `parseInstant` does not read: the calendar has no such day, its weekday is another's, or it is no
 * date at all.
 *
 * @param now today, YYYY-MM-DD
 * @param expected the code for what is no date
 */
export function dayProblem(
  at: { key?: string | undefined; line?: number | undefined },
  text: string,
  now: string,
  expected: "date-expected" | "instant-expected",
): Diagnostic {
  const found = dayFault(text, now);
  if (!found) return error(at, expected, undefined);
  if (found.fault === "no-such-day") return error(at, expected, { impossible: text.trim().slice(0, 40) });
  const { written, weekday, date } = found;
  return error(at, "weekday-differs", { written, weekday, date });
}
