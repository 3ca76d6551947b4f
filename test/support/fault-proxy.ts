import { once } from "node:events";
import net, { type AddressInfo, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/**
 * A line between a client and a server on the level of TCP, of any protocol, that goes wrong on demand. Bytes and
 * ends of both directions pass unchanged and in their order.
 */
export interface FaultProxy {
  /** On 127.0.0.1. */
  readonly port: number;
  /** Leads connections that begin from now on to another port of 127.0.0.1. */
  target(port: number): void;
  /** Passes nothing more, neither bytes nor ends; connections stay open, and new ones are taken and get no answer. */
  freeze(): void;
  thaw(): void;
  /** Resets every connection that begins from now on. */
  refuse(): void;
  accept(): void;
  /** Resets every open connection, on both sides. */
  cut(): void;
  /** Every byte arrives so many ms later, in each direction; 0 for at once. */
  delay(ms: number): void;
  /** What all connections together may pass in each direction; Infinity for no limit. */
  limit(bytesPerSecond: number): void;
  /** Connections that are open now. */
  readonly open: number;
  /** Resets what is open and stops listening. */
  close(): Promise<void>;
}

/** Bytes of one direction that may be on their way before the proxy reads no more. */
const onTheWayAtMost = 4 * 2 ** 20;

/** @param port of the server on 127.0.0.1 that it leads to */
export async function startFaultProxy(port: number): Promise<FaultProxy> {
  const line: Line = {
    target: port,
    isRefusing: false,
    delayMs: 0,
    frozen: undefined,
    thaw() {},
    ends: new Set(),
  };
  const [up, down] = [new Direction(), new Direction()];
  const server = net.createServer({ noDelay: true, allowHalfOpen: true }, (client) => {
    if (line.isRefusing) return void client.on("error", () => {}).resetAndDestroy();
    void connect(line, client, up, down);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const proxy: FaultProxy = {
    port: (server.address() as AddressInfo).port,
    target(to) {
      line.target = to;
    },
    freeze() {
      line.frozen ??= new Promise((resolve) => {
        line.thaw = resolve;
      });
    },
    thaw() {
      line.frozen = undefined;
      line.thaw();
    },
    refuse() {
      line.isRefusing = true;
    },
    accept() {
      line.isRefusing = false;
    },
    cut() {
      for (const end of line.ends) end.resetAndDestroy();
    },
    delay(ms) {
      line.delayMs = ms;
    },
    limit(bytesPerSecond) {
      for (const direction of [up, down]) direction.bytesPerSecond = bytesPerSecond;
    },
    get open() {
      return Math.ceil(line.ends.size / 2);
    },
    async close() {
      proxy.thaw();
      proxy.refuse();
      proxy.cut();
      server.close();
      await once(server, "close");
    },
  };
  return proxy;
}

interface Line {
  target: number;
  isRefusing: boolean;
  delayMs: number;
  /** Present while the line is frozen; resolves when it thaws. */
  frozen: Promise<void> | undefined;
  thaw(): void;
  ends: Set<Socket>;
}

/** What all connections share of the line in one direction. */
class Direction {
  bytesPerSecond = Number.POSITIVE_INFINITY;
  #freeAt = 0;

  /** Pieces that a slow line passes evenly, some 20 in a second. */
  pieces(bytes: Buffer): Buffer[] {
    const size = Math.max(1, Math.min(bytes.length, Math.floor(this.bytesPerSecond / 20)));
    const count = Math.ceil(bytes.length / size);
    return Array.from({ length: count }, (_, n) => bytes.subarray(n * size, (n + 1) * size));
  }

  /** Resolves when so many bytes have had their time on the line. */
  async take(bytes: number): Promise<void> {
    if (this.bytesPerSecond === Number.POSITIVE_INFINITY) return;
    this.#freeAt = Math.max(this.#freeAt, Date.now()) + (bytes / this.bytesPerSecond) * 1000;
    await wait(this.#freeAt - Date.now());
  }
}

async function connect(line: Line, client: Socket, up: Direction, down: Direction): Promise<void> {
  keep(line, client);
  while (line.frozen) await line.frozen;
  if (client.destroyed) return;
  const server = net.connect({ host: "127.0.0.1", port: line.target, noDelay: true, allowHalfOpen: true });
  keep(line, server);
  await Promise.all([pass(line, client, server, up), pass(line, server, client, down)]);
}

function keep(line: Line, end: Socket): void {
  line.ends.add(end);
  end.on("close", () => line.ends.delete(end)).on("error", () => {});
}

/** Passes what comes until one side ends or breaks, and that too. */
async function pass(line: Line, from: Socket, to: Socket, direction: Direction): Promise<void> {
  const closed = once(to, "close").catch(() => {});
  let onTheWay = 0;
  let arrived = Promise.resolve();
  const send = async (bytes: Buffer, at: number, earlier: Promise<void>) => {
    await earlier;
    if (at > Date.now()) await wait(at - Date.now());
    while (line.frozen) await line.frozen;
    if (!to.destroyed && !to.write(bytes)) await Promise.race([once(to, "drain"), closed]);
    onTheWay -= bytes.length;
  };
  try {
    for await (const bytes of from.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      for (const piece of direction.pieces(bytes)) {
        await direction.take(piece.length);
        onTheWay += piece.length;
        arrived = send(piece, Date.now() + line.delayMs, arrived);
        // A failure of the other side is told by its own reading.
        arrived.catch(() => {});
        if (onTheWay > onTheWayAtMost) await arrived;
      }
    }
    await arrived;
    while (line.frozen) await line.frozen;
    to.end();
  } catch {
    while (line.frozen) await line.frozen;
    to.resetAndDestroy();
  }
}
