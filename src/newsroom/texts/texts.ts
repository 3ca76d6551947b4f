import type { RenderChannels, RenderInput } from "../../channels/render.js";
import type { Rendering } from "../../contract/contract.js";
import { type correctionRemarks, withRemarks } from "../../contract/kept-photos.js";
import { sha256 } from "../../files/hash.js";
import type { Piece } from "../../text/diff.js";
import { Html } from "../../text/html.js";
import { paragraphPiecesOf } from "../../text/paragraphs.js";
import { ProblemError, problem } from "../services/problem.js";
import { createThread, type Thread, ThreadError, type ThreadOptions } from "../thread.js";
import { type Block, plainBlock } from "./article.js";
import { createByteCache } from "./byte-cache.js";
import type { Cards, Job, Pair, Result } from "./jobs.js";

/** The comparison of two versions of a text. */
export interface Comparison {
  pieces: Piece[];
  /** Whether it is by word. Texts that differ too much, or take too long, are compared by paragraph. */
  byWord: boolean;
}

/** A body's blocks, as far as a page shows them. */
export interface Article {
  blocks: Block[];
  /** "cut": only its beginning is shown. "plain": it took too long, so it is shown as it was typed. */
  shown: "whole" | "cut" | "plain";
}

/** What the cards of a submission show: renderings that are stored, or what they are made of. */
export interface CardsSource extends Omit<Cards, "renderings"> {
  source: Rendering[] | { input: RenderInput; channels: readonly Rendering["channel"][] };
  /** What is said besides, by channel. */
  remarks?: ReturnType<typeof correctionRemarks>;
}

/** What the service computes from texts: in a thread of its own, with a deadline, and remembered by the texts themselves. */
export interface Texts {
  /** Compares each pair. Throws `too-many-requests` while too many comparisons wait. */
  compare(pairs: readonly Pair[]): Promise<Comparison[]>;
  /** Renders Markdown. */
  article(body: string): Promise<Article>;
  /**
   * Renders a revision for channels. Throws `too-many-requests` (503) while too much waits, and `conflict` with the detail
   * "unrenderable" for a text that takes too long or too much memory: asked again, it would take so again.
   */
  render: RenderChannels;
  /** Draws what each channel shows; null when it takes too long, or too much waits. */
  cards(source: CardsSource): Promise<Html | null>;
  /** Forgets every result, those that are being made included: they may hold what was redacted. */
  forget(): void;
  close(): Promise<void>;
}

export interface TextsOptions extends Partial<ThreadOptions> {
  /** Memory for results, in bytes. */
  cacheBytes?: number;
}

/** Comparing all texts of two revisions by word takes at most this long, in ms. */
const compareMs = 1500;
/**
 * The dearest texts that the contract allows take a channel some 1.5 s; the rest is for a machine that has much else to do, of which the
 * text would be blamed. In ms.
 */
const renderMs = 30_000;
/** When to ask again while others are rendered, in s. */
const busyRetryAfter = 5;
/** Of a body that could not be rendered, so many characters are shown as they were typed. */
const plainLength = 200_000;

export function createTexts(options: TextsOptions = {}): Texts {
  const { cacheBytes = 16 * 1024 * 1024, ...thread } = options;
  const deadlineMs = thread.deadlineMs ?? 2 * compareMs;
  const worker: Thread<Job, Result> = createThread({
    file: new URL("./texts-thread.js", import.meta.url),
    maxWaiting: 8,
    maxHeapMb: 192,
    idleMs: 30_000,
    ...thread,
    deadlineMs,
  });
  const ask = <K extends Job["kind"]>(job: Job & { kind: K }, ms = deadlineMs) =>
    worker.run(job, ms) as Promise<Result & { kind: K }>;
  const { once, forget } = remember(cacheBytes);

  const compareAsPieces = (pairs: readonly Pair[]): Promise<(Piece[] | null)[]> =>
    once(
      keyOf(
        "compare",
        pairs.flatMap(({ before, after }) => [before, after]),
      ),
      async () => {
        try {
          const timeMs = Math.min(compareMs, deadlineMs);
          return (await ask({ kind: "compare", pairs, timeMs })).pieces;
        } catch (error) {
          if (!(error instanceof ThreadError)) throw error;
          if (error.reason === "busy") throw problem("too-many-requests");
          return pairs.map(() => null);
        }
      },
    );

  const articleOrPlain = async (body: string, plain: () => Article): Promise<Article> => {
    try {
      const { blocks, isCut } = await ask({ kind: "blocks", body });
      return {
        blocks: blocks.map((block) => ({ ...block, html: new Html(block.html) })),
        shown: isCut ? "cut" : "whole",
      };
    } catch (error) {
      if (!(error instanceof ThreadError) || error.reason === "busy") throw error;
      return plain();
    }
  };

  const renderOne = async (input: RenderInput, channel: Rendering["channel"]): Promise<Rendering> => {
    try {
      const job = { kind: "rendering", input, channel } as const;
      return (await ask(job, thread.deadlineMs ?? renderMs)).rendering;
    } catch (error) {
      throw error instanceof ThreadError ? notRendered(error) : error;
    }
  };
  const render: RenderChannels = async (input, channels) => {
    const content = JSON.stringify(input, mapsAsEntries);
    const renderings: Rendering[] = [];
    // One after the other: the jobs of others get their turn in between.
    for (const channel of channels) {
      renderings.push(await once(keyOf("rendering", [channel, content]), () => renderOne(input, channel)));
    }
    return renderings;
  };

  return {
    render,
    async compare(pairs) {
      const found = await compareAsPieces(pairs);
      return pairs.map(({ before, after }, index) => {
        const pieces = found[index];
        return pieces
          ? { pieces, byWord: true }
          : { pieces: paragraphPiecesOf(before, after), byWord: false };
      });
    },
    async article(body) {
      const plain = (): Article => ({ blocks: [plainBlock(body, plainLength)], shown: "plain" });
      try {
        return await once(keyOf("blocks", [body]), () => articleOrPlain(body, plain));
      } catch (error) {
        // Not remembered: the thread has only too much to do just now.
        if (error instanceof ThreadError) return plain();
        throw error;
      }
    },
    async cards({ source, remarks = new Map(), ...shown }) {
      try {
        const renderings = Array.isArray(source) ? source : await render(source.input, source.channels);
        const cards: Cards = { renderings: withRemarks(renderings, remarks), ...shown };
        const key = keyOf("cards", [JSON.stringify(cards, mapsAsEntries)]);
        return new Html((await once(key, () => ask({ kind: "cards", ...cards }))).html);
      } catch (error) {
        if (error instanceof ThreadError || error instanceof ProblemError) return null;
        throw error;
      }
    },
    forget,
    close: () => worker.close(),
  };
}

function notRendered({ reason }: ThreadError): ProblemError {
  if (reason === "deadline" || reason === "broken") {
    return problem("conflict", { detail: "unrenderable", possible: [] });
  }
  return problem("too-many-requests", { status: 503, retry_after: busyRetryAfter });
}

/**
 * Remembers results by their keys, and lets those who ask at the same moment share one. A key is a hash of the texts, not
 * the number of a revision: after a redaction nobody can be shown what stood there.
 */
function remember(cacheBytes: number) {
  const cache = createByteCache<unknown>(cacheBytes);
  const running = new Map<string, Promise<unknown>>();
  const once = async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const found = cache.get(key);
    if (found !== undefined) return found as T;
    const begun = running.get(key) ?? work();
    running.set(key, begun);
    try {
      const result = (await begun) as T;
      if (running.get(key) === begun) cache.set(key, result, sizeOf(result));
      return result;
    } finally {
      if (running.get(key) === begun) running.delete(key);
    }
  };
  return {
    once,
    forget() {
      cache.clear();
      running.clear();
    },
  };
}

/** About the memory of a result: its texts at two bytes a character, and its objects. */
function sizeOf(value: unknown): number {
  if (typeof value === "string") return 2 * value.length + 16;
  if (typeof value !== "object" || value === null) return 8;
  return Object.values(value).reduce<number>((sum, item) => sum + sizeOf(item), 64);
}

function mapsAsEntries(_key: string, value: unknown): unknown {
  return value instanceof Map ? [...value] : value;
}

function keyOf(kind: string, texts: readonly string[]): string {
  return sha256(JSON.stringify([kind, ...texts]));
}
