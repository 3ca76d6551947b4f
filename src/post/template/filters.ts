import { clockTime, isDay, longDate, parseTime, pressDate } from "../dates.js";
import { angka, proseFilters } from "./prose.js";

export interface FilterSettings {
  /** false: the newsroom's site adds the dateline itself, and `dateline` gives "". */
  dateline: boolean;
}

/** The Liquid filters of every template, by name. A filter returns "" for an empty value, and any other input unchanged. */
export function filters(
  settings: FilterSettings,
): Record<string, (value: unknown, ...rest: string[]) => string> {
  return {
    ...proseFilters,
    tanggal_panjang: (value) => (isDay(text(value)) ? longDate(text(value)) : text(value)),
    tanggal_pers: (value) => (isDay(text(value)) ? pressDate(text(value)) : text(value)),
    jam: (value) => {
      const time = parseTime(text(value));
      return time === undefined ? text(value) : clockTime(time);
    },
    rupiah: (value) => {
      const number = angka(value);
      return number.startsWith("-") ? `-Rp${number.slice(1)}` : number && `Rp${number}`;
    },
    dateline: (value) => (settings.dateline && text(value) ? `${text(value).toLocaleUpperCase("id")} –` : ""),
    kapital_awal: (value) => {
      const [first = "", ...rest] = text(value);
      return first.toLocaleUpperCase("id") + rest.join("");
    },
    terbilang_daftar: (value) =>
      spokenList(Array.isArray(value) ? value.map(text).filter(Boolean) : [text(value)]),
  };
}

/** "a", "a dan b", "a, b, dan c" (EYD V keeps the comma before "dan" in a list of three or more) */
function spokenList(items: readonly string[]): string {
  if (items.length <= 2) return items.join(" dan ");
  return `${items.slice(0, -1).join(", ")}, dan ${items.at(-1)}`;
}

function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
