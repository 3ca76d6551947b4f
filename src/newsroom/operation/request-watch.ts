import { type FastifyReply, type FastifyRequest, LogController } from "fastify";

/** How a request ended. */
export interface RequestEnd {
  /** Of the answer; undefined if the client has gone before all of it was sent. */
  status: number | undefined;
  /** From its beginning. */
  ms: number;
}

type IsClientGone = (error: unknown, request: FastifyRequest) => boolean;

/** Called when a request begins; returns what is called once when it is over. */
type Watcher = (request: FastifyRequest) => (end: RequestEnd) => void;

/**
 * Watches every request that begins until it is over, however it ends: answered, refused for its address, a stream that was
 * closed, or cut. Fastify calls its log controller for each that begins; its hooks come too late for an address that is no
 * URL, and `onResponse` and its own log lines leave out requests whose clients have gone.
 */
export class RequestWatch extends LogController {
  readonly #watchers: Watcher[] = [];
  readonly #isClientGone: IsClientGone;

  /** @param isClientGone whether an error only says that the client has gone */
  constructor(isClientGone: IsClientGone) {
    super({ requestIdLogLabel: "request_id" });
    this.#isClientGone = isClientGone;
  }

  watch(watcher: Watcher): void {
    this.#watchers.push(watcher);
  }

  override incomingRequest(request: FastifyRequest, reply: FastifyReply): void {
    const { raw } = reply;
    const start = performance.now();
    const ends = this.#watchers.map((watcher) => watcher(request));
    let isSent = false;
    const finish = () => {
      const status = isSent ? raw.statusCode : undefined;
      for (const end of ends) end({ status, ms: performance.now() - start });
    };
    // What was written to a connection that has ended counts as written to Node, but has no `finish`.
    raw.once("finish", () => {
      isSent = true;
    });
    raw.once("close", finish);
  }

  override requestCompleted(): void {}

  /** Of an answer that breaks off; a client that has gone is noted at the request's end. */
  override streamError(error: Error, request: FastifyRequest): void {
    if (!this.#isClientGone(error, request)) request.log.warn({ err: error }, "answer broken off");
  }
}
