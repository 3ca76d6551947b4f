/**
 * Liquid filters that fit an answer into a sentence: they correct extra full stops, capitals and quotation marks.
 * Spelling follows EYD V (ejaan.kemdikbud.go.id): a quotation ends with a comma inside its marks unless it has its own "?"
 * or "!".
 */

const smallNumbers = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh".split(" ");

interface Speaker {
  nama?: string;
  jabatan?: string;
}

/** Ends a sentence with a full stop unless it has an end mark. A list item stays as it is. */
export function titik(value: unknown): string {
  const text = trimmed(value);
  const last = text.slice(text.lastIndexOf("\n") + 1);
  const closed = /[.!?…:][”"’')\]]*$/.test(text) || /^\s*(?:[-*+|]|\d+[.)])\s/.test(last);
  return text === "" || closed ? text : `${text}.`;
}

/** Removes the full stop, comma or semicolon at the end, so that the text fits inside a sentence. */
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

/** "Camat Cibitung Ahmad Fauzi". A role in lower case follows the name: "Siti Aminah, warga Desa Wanajaya". */
export function orang(value: unknown): string {
  const { nama, jabatan } = (typeof value === "object" && value !== null ? value : {}) as Speaker;
  const name = trimmed(nama);
  const office = tanpaTitik(jabatan);
  if (office === "" || name === "") return name || office;
  return /^\p{Ll}/u.test(office) ? `${name}, ${office}` : `${office} ${name}`;
}

/** {nama, jabatan, isi} -> “Isi,” with a capital as EYD wants it, ujar Camat Cibitung Ahmad Fauzi. A question has the verb "tanya": “Kapan?” tanya … */
export function kutipan(value: unknown, verb = "ujar"): string {
  const quotation = withCapital(spoken((value as { isi?: unknown } | null)?.isi));
  const comma = /[!?…]$/.test(quotation) ? "" : ",";
  return titik(`“${quotation}${comma}” ${quotation.endsWith("?") ? "tanya" : verb} ${orang(value)}`);
}

/** "kami senang" -> "Kami senang"; a name that is written otherwise ("iPhone") stays. */
function withCapital(text: string): string {
  return /^\p{Ll}(?!\p{Lu})/u.test(text) ? text[0]!.toUpperCase() + text.slice(1) : text;
}

/** "Balai Desa Wanajaya, Kecamatan Cibitung". Omits the village and the kecamatan when the place contains them. */
export function tempat(value: unknown, village?: unknown, kecamatan?: unknown): string {
  const place = tanpaTitik(value).replace(/^di\s+/i, "");
  const parts = place === "" ? [] : [place];
  const contains = (text: string) => parts.some((part) => part.toLowerCase().includes(text.toLowerCase()));
  const villageName = tanpaTitik(village);
  if (villageName !== "" && !contains(villageName)) parts.push(villageName);
  const name = trimmed(kecamatan);
  if (name !== "" && !contains(`camat ${name}`) && !contains(`kecamatan ${name}`)) {
    parts.push(`Kecamatan ${name}`);
  }
  return parts.join(", ");
}

/** Makes one line without outer quotation marks and closing full stop. Inner marks become single. */
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

/** The filters by their names in Liquid. */
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
