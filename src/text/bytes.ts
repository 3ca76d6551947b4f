import type { Language } from "./language.js";

const locales = { id: "id-ID", en: "en-GB" } as const;

/** Whole megabytes, rounded up: "17 MB". The same in both languages. */
export function formatMegabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1_000_000)} MB`;
}

/** Formats a size in decimal units, as phones do: "340 kB", "3,2 MB", "76,7 GB". */
export function formatBytes(bytes: number, language: Language): string {
  const [value, unit] =
    bytes < 1000
      ? ([bytes, "B"] as const)
      : bytes < 999_500
        ? ([bytes / 1000, "kB"] as const)
        : bytes < 999_500_000
          ? ([bytes / 1_000_000, "MB"] as const)
          : ([bytes / 1_000_000_000, "GB"] as const);
  const digits = (unit === "MB" || unit === "GB") && value < 100 ? 1 : 0;
  return `${new Intl.NumberFormat(locales[language], { maximumFractionDigits: digits }).format(value)} ${unit}`;
}
