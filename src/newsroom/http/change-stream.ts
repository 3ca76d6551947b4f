import type { OutgoingHttpHeaders } from "node:http";
import type { FastifyReply, FastifyRequest } from "fastify";
import { Outage } from "../outage.js";
import { territoryOf } from "../services/caller.js";
import { changeMessage } from "../services/changes.js";
import { problem } from "../services/problem.js";
import type { Store } from "../store/database/open.js";
import { changesAfter, newestChange } from "../store/submissions/changes.js";
import { callerOf } from "./auth.js";
import { connectionCut } from "./closed.js";
import { confirmCaller } from "./write.js";

interface StreamLimits {
  /** Maximum number of streams per person, and in this process. */
  perPerson: number;
  inAll: number;
  /** Interval at which the feed is polled, in ms. */
  everyMs: number;
}
const defaultStreamLimits: StreamLimits = { perPerson: 4, inAll: 200, everyMs: 2000 };

/**
 * A comment is sent after this time of silence, in ms: proxies close a connection that is silent for a minute. Access
 * is checked again then, too.
 */
const heartbeatMs = 15_000;
/** Changes read per poll; a stream that is further behind catches up with the next poll. */
const maxChangesPerPoll = 100;

export const streamHeaders = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "x-accel-buffering": "no",
};

interface Stream {
  person: string;
  /** As it was when the stream was opened. */
  territory: string | undefined;
  seq: number;
  request: FastifyRequest;
  reply: FastifyReply;
  lastSent: number;
}

/**
 * Serves the change feed as server-sent events (WHATWG HTML, 9.2). An event's id is its position in the feed: a browser
 * that reconnects sends it in Last-Event-ID and misses nothing. The feed is read from the database, so that changes made
 * by other processes are included.
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

  async function sendChanges(stream: Stream): Promise<void> {
    const found = await changesAfter(store, stream.seq, stream.territory, maxChangesPerPoll);
    const isDue = now().getTime() - stream.lastSent >= heartbeatMs;
    if (found.length === 0 && !isDue) return;
    // A person who was suspended, or got another role or kecamatan since, receives nothing more.
    const caller = await confirmCaller(store, stream.request);
    if (territoryOf(caller) !== stream.territory) throw problem("unauthenticated");
    stream.lastSent = now().getTime();
    stream.seq = found.at(-1)?.seq ?? stream.seq;
    const events = found.map(
      (change) => `id: ${change.seq}\nevent: change\ndata: ${JSON.stringify(changeMessage(change))}\n\n`,
    );
    // A client that does not read is disconnected, so that its events do not fill the memory.
    if (!stream.reply.raw.write(events.join("") || ":\n\n") && stream.reply.raw.writableLength > 1_000_000) {
      close(stream);
    }
  }

  async function poll(): Promise<void> {
    for (const stream of [...streams]) {
      await sendChanges(stream).catch((error: unknown) => {
        // A browser would not come back: it gives up a stream that is answered with 503.
        if (!(error instanceof Outage)) close(stream);
      });
    }
    timer = streams.size > 0 ? setTimeout(poll, limits.everyMs).unref() : undefined;
  }

  return {
    /** Keeps the connection open and sends every change after `since`. Throws `too-many-requests`. */
    async open(
      request: FastifyRequest,
      reply: FastifyReply,
      since: string | undefined,
    ): Promise<FastifyReply> {
      const caller = callerOf(request);
      const person = caller.id;
      const seq = since === undefined ? await newestChange(store) : Number(since);
      // Of a client that has gone meanwhile nothing would tell the end.
      if (reply.raw.destroyed) throw connectionCut();
      // From here to the entry nothing is awaited: streams that open at once would all find room.
      const ownStreams = [...streams].filter((stream) => stream.person === person);
      if (ownStreams.length >= limits.perPerson || streams.size >= limits.inAll) {
        reply.header("retry-after", "30");
        throw problem("too-many-requests");
      }
      const lastSent = now().getTime();
      const territory = territoryOf(caller);
      const stream: Stream = { person, territory, seq, request, reply, lastSent };
      streams.add(stream);
      request.endTurn?.();
      reply.hijack();
      reply.raw.writeHead(200, { ...(reply.getHeaders() as OutgoingHttpHeaders), ...streamHeaders });
      reply.raw.write(`retry: 5000\nid: ${seq}\n\n`);
      reply.raw.once("close", () => close(stream));
      timer ??= setTimeout(poll, limits.everyMs).unref();
      return reply;
    },
    /** Closes every stream; clients reconnect when the service is back. */
    closeAll(): void {
      for (const stream of [...streams]) close(stream);
    },
  };
}
