import type { FastifyReply, FastifyRequest } from "fastify";
import { changeMessage } from "../services/changes.js";
import { problem } from "../services/problem.js";
import type { Store } from "../store/database/open.js";
import { changesAfter, newestChange } from "../store/submissions/changes.js";
import { authenticate, callerOf } from "./auth.js";

interface StreamLimits {
  /** Streams of one token, and of everyone in this process. */
  perToken: number;
  inAll: number;
  /** How often the feed is looked at, in ms. */
  everyMs: number;
}
const defaultStreamLimits: StreamLimits = { perToken: 2, inAll: 200, everyMs: 2000 };

/** A proxy closes a line that is silent for a minute; and whose access has ended hears no more after so long. ms */
const heartbeatMs = 15_000;
/** Lines in one look; a stream that is further behind catches up with the next. */
const maxStreams = 100;

interface Stream {
  token: string;
  kecamatan: string | null;
  seq: number;
  request: FastifyRequest;
  reply: FastifyReply;
  lastSent: number;
}

/**
 * The change feed as server-sent events (WHATWG HTML, 9.2). An event's id is its place in the feed: a browser that
 * reconnects names it in Last-Event-ID and misses nothing. The feed is read from the database, so that what another
 * process did is told as well.
 */
export function changeStreams(store: Store, now: () => Date, limits: StreamLimits = defaultStreamLimits) {
  const streams = new Set<Stream>();
  let timer: NodeJS.Timeout | undefined;

  const close = (stream: Stream) => {
    streams.delete(stream);
    stream.reply.raw.end();
    if (streams.size === 0) {
      clearTimeout(timer);
      timer = undefined;
    }
  };

  async function tell(stream: Stream): Promise<void> {
    const found = await changesAfter(store, stream.seq, stream.kecamatan, maxStreams);
    const isDue = now().getTime() - stream.lastSent >= heartbeatMs;
    if (found.length === 0 && !isDue) return;
    // Who was suspended or moved meanwhile is told nothing.
    const { kecamatan } = await authenticate(store, stream.request, now());
    if (kecamatan !== stream.kecamatan) throw problem("unauthenticated");
    stream.lastSent = now().getTime();
    stream.seq = found.at(-1)?.seq ?? stream.seq;
    const events = found.map(
      (change) => `id: ${change.seq}\nevent: change\ndata: ${JSON.stringify(changeMessage(change))}\n\n`,
    );
    // Whoever does not read is not kept in memory.
    if (!stream.reply.raw.write(events.join("") || ":\n\n") && stream.reply.raw.writableLength > 1_000_000) {
      close(stream);
    }
  }

  async function look(): Promise<void> {
    for (const stream of [...streams]) await tell(stream).catch(() => close(stream));
    timer = streams.size > 0 ? setTimeout(look, limits.everyMs).unref() : undefined;
  }

  return {
    /** Keeps the connection and tells every change after `since`. Throws `too-many-requests`. */
    async open(
      request: FastifyRequest,
      reply: FastifyReply,
      since: string | undefined,
    ): Promise<FastifyReply> {
      const { token, kecamatan } = callerOf(request);
      const mine = [...streams].filter((stream) => stream.token === token.id);
      if (mine.length >= limits.perToken || streams.size >= limits.inAll) {
        reply.header("retry-after", "30");
        throw problem("too-many-requests");
      }
      const seq = since === undefined ? await newestChange(store) : Number(since);
      const lastSent = now().getTime();
      const stream: Stream = { token: token.id, kecamatan, seq, request, reply, lastSent };
      streams.add(stream);
      reply.hijack();
      reply.raw.writeHead(200, {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        "x-accel-buffering": "no",
      });
      reply.raw.write(`retry: 5000\nid: ${seq}\n\n`);
      reply.raw.once("close", () => close(stream));
      timer ??= setTimeout(look, limits.everyMs).unref();
      return reply;
    },
    /** Ends every stream; their readers come back when the service does. */
    closeAll(): void {
      for (const stream of [...streams]) close(stream);
    },
  };
}
