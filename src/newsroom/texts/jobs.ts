import type { RenderInput } from "../../channels/render.js";
import type { Rendering } from "../../contract/contract.js";
import { limits } from "../../contract/contract.js";
import { type Piece, wordPiecesOf } from "../../text/diff.js";
import type { Language } from "../../text/language.js";
import { type Block, blocksOf } from "./article.js";

/** Two versions of a text. */
export interface Pair {
  before: string;
  after: string;
}

/** What the cards of a submission show. */
export interface Cards {
  renderings: readonly Rendering[];
  /** Of the photos that can be shown: size in pixels and address by hash. */
  pictures: ReadonlyMap<string, { width: number; height: number; address: string }>;
  /** Who publishes, as readers see it. */
  name: string;
  /** Channels on which it corrects an earlier post by quoting it. */
  quoting: readonly string[];
  language: Language;
}

/** What the thread is asked. */
export type Job =
  | { kind: "compare"; pairs: readonly Pair[]; timeMs: number }
  | { kind: "blocks"; body: string }
  | { kind: "rendering"; input: RenderInput; channel: Rendering["channel"] }
  | ({ kind: "cards" } & Cards);

/** A block as it crosses to the service: a class does not. */
export type PlainBlock = Omit<Block, "html"> & { html: string };

export type Result =
  | { kind: "compare"; pieces: (Piece[] | null)[] }
  | { kind: "blocks"; blocks: PlainBlock[]; isCut: boolean }
  | { kind: "rendering"; rendering: Rendering }
  | { kind: "cards"; html: string };

/** HTML of a body in characters. A table of 65,000 empty cells has a million. */
const maxHtml = 1_500_000;

/** Does a job. The thread calls it, and so may a test. */
export async function perform(job: Job): Promise<Result> {
  if (job.kind === "cards") return drawCards(job);
  if (job.kind === "rendering") {
    const { renderChannels } = await import("../../channels/render.js");
    return { kind: "rendering", rendering: (await renderChannels(job.input, [job.channel]))[0]! };
  }
  return job.kind === "compare" ? compare(job.pairs, job.timeMs) : render(job.body);
}

async function drawCards({ renderings, pictures, name, quoting, language }: Cards): Promise<Result> {
  // Loaded when they are needed: the thread's first comparison does not wait for them.
  const [{ channelCards }, { loadMessages }, { renderingWarning }] = await Promise.all([
    import("../../channels/cards/cards.js"),
    import("../../language/index.js"),
    import("../../language/rendering-warning.js"),
  ]);
  const messages = await loadMessages(language);
  const cards = channelCards({
    renderings,
    pictures,
    ...{ name, quoting, language },
    messages: messages.preview,
    warningText: (warning) => renderingWarning(warning, messages),
    heading: 3,
  });
  return { kind: "cards", html: cards.html };
}

/** Compares by word what time allows; null for a pair that has too many changes, or whose turn came too late. */
function compare(pairs: readonly Pair[], timeMs: number): Result {
  const end = performance.now() + timeMs;
  const pieces = pairs.map(({ before, after }) => {
    const left = end - performance.now();
    return left <= 0 ? null : (wordPiecesOf(before, after, left) ?? null);
  });
  return { kind: "compare", pieces };
}

function render(body: string): Result {
  const blocks: PlainBlock[] = [];
  let length = 0;
  const start = firstLines(body);
  const all = blocksOf(start);
  for (const { html, ...block } of all) {
    length += html.html.length;
    if (length > maxHtml) break;
    blocks.push({ ...block, html: html.html });
  }
  return { kind: "blocks", blocks, isCut: start.length < body.length || blocks.length < all.length };
}

/** As much of a body as a new one may have: some were stored before the contract limited their lines. */
function firstLines(body: string): string {
  let count = 0;
  for (const line of body.matchAll(/\S[^\n]*/g)) {
    if (count === limits.lines_per_body) return body.slice(0, line.index);
    count += 1;
  }
  return body;
}
