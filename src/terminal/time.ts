import type { Language } from "../language/index.js";

/** An instant as people here read it: "22 November 2026 09.30 WIB". */
export function wibTime(instant: string, language: Language): string {
  const locale = language === "id" ? "id-ID" : "en-GB";
  const zone = { timeZone: "Asia/Jakarta" } as const;
  const date = new Date(instant);
  const day = date.toLocaleDateString(locale, { day: "numeric", month: "long", year: "numeric", ...zone });
  const time = date.toLocaleTimeString(locale, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    ...zone,
  });
  return `${day} ${time} WIB`;
}
