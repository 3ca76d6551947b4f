/**
 * How an answer becomes part of a sentence: Liquid filters for the templates, so that a full stop too many, a
 * capital or a pair of quotation marks in an answer does not show in the text. Spelling follows EYD V
 * (ejaan.kemdikbud.go.id): a quotation ends with a comma inside its marks unless it has its own "?" or "!".
 */

const smallNumbers = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh".split(" ");

interface Speaker {
  nama?: string;
  jabatan?: string;
}

/** Ends a sentence: adds the full stop that is not there yet. A list keeps its own form. */
export function titik(value: unknown): string {
  const text = trimmed(value);
  const last = text.slice(text.lastIndexOf("\n") + 1);
  const closed = /[.!?…:][”"’')\]]*$/.test(text) || /^\s*(?:[-*+|]|\d+[.)])\s/.test(last);
  return text === "" || closed ? text : `${text}.`;
}

/** An answer inside a sentence: without the full stop or comma at its end. */
export function tanpaTitik(value: unknown): string {
  const text = trimmed(value);
  return /(?:…|\.\.\.)$/.test(text) ? text : text.replace(/[.,;]+$/, "");
}

/** "Menyerap usulan" -> "menyerap usulan"; an abbreviation ("UMKM") stays. */
export function kecilAwal(value: unknown): string {
  const text = trimmed(value);
  return /^\p{Lu}\p{Ll}/u.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text;
}

/** 1250 -> "1.250", 62.5 -> "62,5". */
export function angka(value: unknown): string {
  const text = trimmed(value);
  const number = Number(text);
  return text === "" || !Number.isFinite(number) ? text : new Intl.NumberFormat("id-ID").format(number);
}

/** Within a sentence EYD spells small numbers out: 3 -> "tiga", 12 -> "12", 1250 -> "1.250". */
export function bilangan(value: unknown): string {
  const text = trimmed(value);
  return /^(?:\d|10)$/.test(text) ? smallNumbers[Number(text)]! : angka(text);
}

/** "Minggu, 22 November 2026" -> "22 November 2026" */
export function tanpaHari(value: unknown): string {
  return trimmed(value).replace(/^\p{L}+, /u, "");
}

/** "Camat Cibitung Ahmad Fauzi"; what is no office (written small) follows: "Siti Aminah, warga Desa Wanajaya". */
export function orang(value: unknown): string {
  const { nama, jabatan } = (typeof value === "object" && value !== null ? value : {}) as Speaker;
  const name = trimmed(nama);
  const office = tanpaTitik(jabatan);
  if (office === "" || name === "") return name || office;
  return /^\p{Ll}/u.test(office) ? `${name}, ${office}` : `${office} ${name}`;
}

/** {nama, jabatan, isi} -> “Isi,” ujar Camat Cibitung Ahmad Fauzi. A question is asked: “Kapan?” tanya … */
export function kutipan(value: unknown, verb = "ujar"): string {
  const said = spoken((value as { isi?: unknown } | null)?.isi);
  const comma = /[!?…]$/.test(said) ? "" : ",";
  return titik(`“${said}${comma}” ${said.endsWith("?") ? "tanya" : verb} ${orang(value)}`);
}

/** "Balai Desa Wanajaya, Kecamatan Cibitung": village and kecamatan only where the place does not say them itself. */
export function tempat(value: unknown, village?: unknown, kecamatan?: unknown): string {
  const place = tanpaTitik(value).replace(/^di\s+/i, "");
  const parts = place === "" ? [] : [place];
  const said = (name: string) => parts.some((part) => part.toLowerCase().includes(name.toLowerCase()));
  const where = tanpaTitik(village);
  if (where !== "" && !said(where)) parts.push(where);
  const name = trimmed(kecamatan);
  if (name !== "" && !said(`camat ${name}`) && !said(`kecamatan ${name}`)) parts.push(`Kecamatan ${name}`);
  return parts.join(", ");
}

/** One line, without outer quotation marks and closing full stop; inner marks become single. */
function spoken(value: unknown): string {
  let text = trimmed(value)
    .replace(/\s+/g, " ")
    .replace(/\.\.\.$/, "…");
  if (/^["“”][^"“”]*["“”][.,]?$/.test(text))
    text = text.replace(/^["“”]\s*/, "").replace(/\s*["“”][.,]?$/, "");
  text = text
    .replace(/“/g, "‘")
    .replace(/”/g, "’")
    .replace(/"([^"]*)"/g, "‘$1’")
    .replace(/\.’$/, "’");
  return tanpaTitik(text);
}

function trimmed(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
}

/** By their names in Liquid. */
export const proseFilters = {
  titik,
  tanpa_titik: tanpaTitik,
  kecil_awal: kecilAwal,
  angka,
  bilangan,
  tanpa_hari: tanpaHari,
  orang,
  kutipan,
  tempat,
};
