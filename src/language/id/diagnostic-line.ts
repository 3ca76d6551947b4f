import type { Diagnostic } from "../../errors/diagnostics.js";
import { diagnostics } from "./diagnostics.js";

/** Formats a diagnostic as one line: its place, then what is expected there. */
export function diagnosticLine(diagnostic: Diagnostic): string {
  const sentence = diagnostics[diagnostic.code] as (params: unknown) => string;
  const where = [
    diagnostic.line ? `baris ${diagnostic.line}` : "",
    diagnostic.label ?? keyName(diagnostic.key ?? ""),
  ]
    .filter(Boolean)
    .join(", ");
  return `${where}${where && ": "}${sentence(diagnostic.params)}`;
}

/** What a photo's keys in index.md are called where a person is asked for them. */
const photoLabels: Readonly<Record<string, string>> = {
  takarir: "keterangan",
  alt: "gambaran isi",
  anak: "anak dalam foto",
  "izin.dari": "siapa yang memberi izin",
  "izin.tanggal": "tanggal izin",
  "izin.untuk": "untuk apa izin itu",
};

/** "Foto 2: gambaran isi (alt)". index.md lists photos without numbers, so they are counted from one. */
export function keyName(key: string): string {
  const [, n, rest = ""] = /^foto\.(\d+)(?:\.(.*))?$/.exec(key) ?? [];
  if (n === undefined) return key;
  const label = photoLabels[rest];
  return `Foto ${Number(n) + 1}${rest && `: ${label ? `${label} (${rest})` : rest}`}`;
}
