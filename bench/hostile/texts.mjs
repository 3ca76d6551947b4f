// Texts within the limits of the contract that cost the most.
import { limits } from "../../dist/contract/contract.js";

export const maxBody = 200_000;
const fill = (text, length) => text.repeat(Math.ceil(length / text.length)).slice(0, length);

/** A pseudo-random text of few words: two of them share most words, in another order. */
export function scrambled(seed, length) {
  let state = seed;
  let text = "";
  while (text.length < length) {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    text += `${"abcdefgh"[(state >> 16) % 8]} `;
  }
  return text.slice(0, length);
}

/** Bodies that are slow as Markdown; at most as many lines as the contract allows. */
export const bodies = {
  headings: fill("# a\n", 4 * limits.lines_per_body),
  "a table": `|${"a|".repeat(60)}\n|${"-|".repeat(60)}\n${fill("a\n", 2 * 3900)}`,
  emphasis: fill("*a **b _c __d ~~e", maxBody),
  brackets: fill("![[a](<", maxBody),
  quotations: fill(`${">".repeat(40)} a\n`, 42 * limits.lines_per_body),
  words: scrambled(1, maxBody),
};

/** What a body was before the contract limited its lines. */
export const oldBodies = {
  "49,900 headings": fill("# a\n", 49_900 * 4),
  "100,000 paragraphs": fill("a\n\n", maxBody),
};

const base = {
  kind: "berita-kegiatan",
  slug: "posyandu-balita",
  title: "Posyandu Balita",
  category: "kesehatan",
  priority: "normal",
  tags: [],
  channel_texts: {},
  photos: [],
  answers: {},
  internal: {},
  body: "Kegiatan berlangsung tertib.",
};
export const contentOf = (changes = {}) => ({ ...base, ...changes });

/** A whole content of some 0.9 MB, of which nearly every word differs from that of another seed. */
export function largeContent(seed, changes = {}) {
  const answers = (offset) =>
    Object.fromEntries(
      Array.from({ length: 17 }, (_, i) => [`jawaban_${i}`, scrambled(seed + offset + i, 20_000)]),
    );
  return contentOf({
    body: scrambled(seed, maxBody),
    answers: answers(100),
    internal: answers(200),
    channel_texts: { facebook: scrambled(seed + 1, 5000) },
    ...changes,
  });
}

const many = (count, value) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, value(i)]));
const nested = (depth) => (depth === 0 ? 1 : [nested(depth - 1)]);
/** A few less than a body may have. */
const mostValues = limits.values_per_body - 50;
/** JSON of a submission whose validation or parsing costs the most. */
export const wrongBodies = {
  "many wrong answers": JSON.stringify({ content: contentOf({ answers: many(mostValues, () => 1) }) }),
  "many right answers": JSON.stringify({
    content: contentOf({ answers: many(mostValues, () => "a".repeat(400)) }),
  }),
  "answers 26 levels deep": JSON.stringify({
    content: contentOf({ answers: many(Math.floor(mostValues / 28), () => nested(26)) }),
  }),
  "many unknown keys": JSON.stringify({ content: { ...contentOf(), ...many(mostValues, () => 1) } }),
  "100,000 keys": JSON.stringify(many(80_000, () => 1)),
  "1 MB of brackets": "[".repeat(1_000_000),
  "1 MB of empty objects": `[${"{},".repeat(349_000)}{}]`,
  "1 MB of escapes": JSON.stringify({ content: contentOf({ body: "\u0001".repeat(170_000) }) }),
};
