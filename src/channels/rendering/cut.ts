const graphemes = new Intl.Segmenter("id", { granularity: "grapheme" });

/** Abbreviations before a name or a number, after which a sentence goes on. Without their full stops, in lower case. */
const abbreviations = new Set(
  (
    "drs dra dr drg drh ir prof h hj hjh k kh ust ustz tgk st sdr sdri bpk yth ybs alm almh cand kapt letda lettu " +
    "mayor letkol kol kompol akp iptu ipda aiptu aipda brigadir bripka briptu bripda serka serda " +
    "no nomor jl jln gg rt rw kp ds kel kec kab prov kav blok tgl hlm hal pkl rp tlp telp hp vol ps pt cv tb"
  ).split(" "),
);

/** Whether the full stop at the end of `before` may be one of an abbreviation or a degree ("H.", "M.Si.", "3."). */
function isAbbreviated(before: string): boolean {
  const word = /[\p{L}\p{N}.]*\.$/u.exec(before)?.[0].slice(0, -1) ?? "";
  return (
    abbreviations.has(word.toLowerCase()) || /^(?:\p{L}|\d{1,2}|\p{L}{1,3}(?:\.\p{L}{1,4})+)$/u.test(word)
  );
}

/** Where sentences of `text` end, rising. The end of a line ends one too. */
function* sentenceEnds(text: string): Generator<number> {
  for (const match of text.matchAll(/([.!?…]+)["'”’)\]]*(?=\s)|\s*\n+/gu)) {
    const isLineEnd = match[1] === undefined;
    if (isLineEnd) yield match.index;
    else if (match[1] !== "." || !isAbbreviated(text.slice(Math.max(0, match.index - 40), match.index + 1)))
      yield match.index + match[0].length;
  }
  yield text.length;
}

/** Where words of `text` end, rising. A mark may combine with a space, but no space with what precedes it. */
function* wordEnds(text: string): Generator<number> {
  for (const { index } of text.matchAll(/\s+/gu)) yield index;
  yield text.length;
}

function* graphemeEnds(text: string): Generator<number> {
  for (const { index, segment } of graphemes.segment(text)) yield index + segment.length;
}

/** The longest beginning of `text` that ends at one of `ends` and of which `make` makes something that fits. */
function longest(
  text: string,
  ends: Iterable<number>,
  make: (beginning: string) => string,
  fits: (beginning: string) => boolean,
): string | undefined {
  let found: string | undefined;
  for (const end of ends) {
    const beginning = text.slice(0, end).trimEnd();
    if (beginning === "") continue;
    if (!fits(make(beginning))) break;
    found = make(beginning);
  }
  return found;
}

/**
 * Cuts a text to what fits: after a sentence, else after a word, else after a character as readers see it, with an ellipsis.
 * "" where nothing fits. Idempotent.
 */
export function cutText(text: string, fits: (candidate: string) => boolean): string {
  const whole = text.trim();
  if (whole === "" || fits(whole)) return whole;
  const asIs = (beginning: string) => beginning;
  const withEllipsis = (beginning: string) => `${beginning.replace(/[\s.,;:–—-]+$/u, "")}…`;
  return (
    longest(whole, sentenceEnds(whole), asIs, fits) ??
    longest(whole, wordEnds(whole), withEllipsis, fits) ??
    longest(whole, graphemeEnds(whole), withEllipsis, fits) ??
    ""
  );
}
