import type { Messages } from "../../../language/index.js";
import { findKecamatan, kecamatanOfBekasi } from "../../../region/kecamatan.js";
import { formatDay, formatInstant } from "../../../text/instant.js";
import type { ViewContext } from "../types.js";

export interface Option {
  value: string;
  label: string;
  selected: boolean;
}

interface Fact {
  name: string;
  value: string;
}

/** Formats an instant, e.g. "17 November 2026 10.00 WIB". */
export function formatTime(context: ViewContext, instant: string): string {
  return formatInstant(instant, context.language);
}

/** Formats a day, e.g. "Selasa, 17 November 2026". @param day YYYY-MM-DD */
export function longDay({ language }: ViewContext, day: string): string {
  return formatDay(day, language, "long");
}

/** Returns the pairs that have a value as facts. */
export function factsOf(pairs: readonly (readonly [string, string | null | undefined | false])[]): Fact[] {
  return pairs.flatMap(([name, value]) => (value ? { name, value } : []));
}

export function kecamatanName(code: string | null): string {
  return code === null ? "" : (findKecamatan(code)?.name ?? code);
}

export function kecamatanOptions(selected: string): Option[] {
  return kecamatanOfBekasi.map(({ code, name }) => ({
    value: code,
    label: name,
    selected: code === selected,
  }));
}

export function kindName(messages: Messages, kind: string): string {
  return messages.desk.kinds[kind] ?? kind;
}

const wibMs = 7 * 60 * 60 * 1000;

/** Converts an instant to the WIB value of `<input type="datetime-local">`; "" if there is none. */
export function localTime(instant: string | null | undefined): string {
  return instant ? new Date(Date.parse(instant) + wibMs).toISOString().slice(0, 16) : "";
}

/**
 * Parses the value of `<input type="datetime-local">` as WIB. Undefined if empty, null if invalid: also for a day that its month does
 * not have, of which V8 would make one of the next month, and for a year outside this century: who types "26" for it has typed 0026.
 */
export function instantOf(local: string): string | null | undefined {
  const text = local.trim();
  if (text === "") return undefined;
  const time = /^20\d{2}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(text)
    ? Date.parse(`${text}+07:00`)
    : Number.NaN;
  if (Number.isNaN(time)) return null;
  const instant = new Date(time).toISOString();
  return localTime(instant) === text.slice(0, 16) ? instant : null;
}

/** Returns the WIB day of an instant, YYYY-MM-DD. */
export function dayOf(instant: Date): string {
  return new Date(instant.getTime() + wibMs).toISOString().slice(0, 10);
}
