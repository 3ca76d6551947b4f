import fc from "fast-check";
import { type RenderInput, renderChannels } from "../../src/channels/render.js";
import type { Content, PhotoReference, Rendering } from "../../src/contract/contract.js";

/** The hash of a photo that is called by one hexadecimal digit. */
export const hashOf = (name: string) => name.repeat(64);

export function photo(name: string, changes: Partial<PhotoReference> = {}): PhotoReference {
  return {
    sha256: hashOf(name),
    filename: `${name}.jpg`,
    caption: `Takarir ${name}.`,
    alt: `Alt ${name}`,
    credit: "Humas Kecamatan Cibitung",
    source: "own",
    children: "none",
    lead: false,
    ...changes,
  };
}

export function revision(changes: Partial<Content> = {}): Content {
  return {
    kind: "berita-kegiatan",
    slug: "musrenbang-2027",
    title: "Musrenbang Kecamatan Cibitung Bahas 42 Usulan",
    category: "pemerintahan",
    priority: "normal",
    tags: [],
    channel_texts: {},
    photos: [],
    answers: {},
    internal: {},
    body: "CIBITUNG – Camat membuka musyawarah. Warga mengusulkan perbaikan jalan.",
    ...changes,
  };
}

/** Sizes in pixels by a photo's name: `sizes({ a: [1600, 1200] })`. */
export function sizes(bySize: Readonly<Record<string, readonly [number, number]>>): RenderInput["photos"] {
  return new Map(Object.entries(bySize).map(([name, [width, height]]) => [hashOf(name), { width, height }]));
}

export async function renderOn(
  channel: Rendering["channel"],
  content: Content,
  photos: RenderInput["photos"] = new Map(),
): Promise<Rendering> {
  const [rendering] = await renderChannels({ content, photos }, [channel]);
  return rendering!;
}

/** The one string of a channel without places. */
export function textOf({ text }: Rendering): string {
  if (text.length > 1 || typeof text[0] !== "string") throw new Error("The text has places.");
  return text[0];
}

export const codesOf = ({ warnings }: Rendering) => warnings.map(({ code }) => code);

/** Text as people and as attackers write it. */
const words = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom("Camat", "membuka", "acara.", "Drs.", "H.", "M.Si.", "S.Ag", "warga,"),
  },
  { weight: 2, arbitrary: fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }) },
  {
    weight: 1,
    arbitrary: fc.string({ unit: "binary", maxLength: 8 }).map((text) => text.replaceAll("\u0000", "")),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...[
        "<!-- wp:html -->",
        "-->",
        "<!-- /wp:paragraph -->",
        "<script>",
        "[gallery]",
        "[x](javascript:a)",
        "--",
      ],
      ...[
        "![a](https://e.id/a.png)",
        "https://bekasikab.go.id/a?b=1&c=[d]",
        "bekasikab.go.id",
        "@siapa",
        "#Tagar",
      ],
      ...[
        "👨‍👩‍👧‍👦",
        "🇮🇩",
        "e\u0301",
        "`kode`",
        "**tebal**",
        "_miring_",
        "&lt;",
        "\\",
        "\u202e",
        '"',
        "'",
        "RALAT: apa",
      ],
    ),
  },
);
const line = fc.array(words, { minLength: 1, maxLength: 30 }).map((parts) => parts.join(" "));
const blockStart = fc.constantFrom(
  "",
  "",
  "",
  "# ",
  "### ",
  "- ",
  "  - ",
  "1. ",
  "7. ",
  "> ",
  "---\n",
  "```\n",
  "| a | b |\n|---|:-:|\n| ",
);
const body = fc
  .array(fc.tuple(blockStart, line, fc.constantFrom("\n", "\n\n")), { minLength: 1, maxLength: 20 })
  .map((lines) => lines.flat().join(""));
const length = fc.integer({ min: 1, max: 6000 });

/** Any revision, with the sizes of its photos; now and then one was removed. */
export const anyRevision: fc.Arbitrary<RenderInput> = fc
  .record({
    title: line.map((text) => text.slice(0, 250).toWellFormed() || "Judul"),
    body,
    tags: fc.array(
      line.map((text) => text.slice(0, 60).toWellFormed()),
      { maxLength: 8 },
    ),
    note: fc.option(line.map((text) => text.slice(0, 300).toWellFormed())),
    names: fc.subarray([..."0123456789abcdef"]),
    photo: fc.record({
      source: fc.constantFrom("own", "citizen", "agency"),
      credit: line,
      alt: line,
      caption: line,
    }),
    lead: fc.nat({ max: 15 }),
    focus: fc.option(
      fc.record({
        x: fc.double({ min: 0, max: 1, noNaN: true }),
        y: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
    ),
    sizes: fc.array(fc.tuple(length, length), { minLength: 12, maxLength: 16 }),
  })
  .map(({ title, body, tags, note, names, photo: facts, lead, focus, sizes: measured }) => ({
    content: revision({
      title,
      body,
      tags,
      ...(note === null ? {} : { correction_note: note }),
      photos: names.map((name, index) =>
        photo(name, { ...facts, lead: index === lead, ...(focus === null ? {} : { focus }) }),
      ),
    }),
    photos: sizes(Object.fromEntries(names.flatMap((name, i) => (measured[i] ? [[name, measured[i]]] : [])))),
  }));
