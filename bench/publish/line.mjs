// A line to a server on this machine with a round trip of its own: each byte arrives half of it later, and a new connection
// costs one more, as TCP's handshake does. Its log has the requests, as they leave the client.
import { once } from "node:events";
import net from "node:net";

/**
 * @typedef {object} LoggedRequest
 * @property {number} at ms, as performance.now()
 * @property {number} until its answer begins to arrive; 0 while there is none
 * @property {string} method
 * @property {string} path without its query
 * @property {boolean} opens it is the first one of its connection
 */

/** @param {number} roundTripMs */
export async function openLine(roundTripMs) {
  /** @type {LoggedRequest[]} */
  let log = [];
  /** @type {URL | undefined} */
  let target;
  /** @type {Set<net.Socket>} */
  const sockets = new Set();
  const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    const far = net.connect({
      host: target?.hostname ?? "",
      port: Number(target?.port),
      allowHalfOpen: true,
      noDelay: true,
    });
    const opened = performance.now();
    let requests = 0;
    /** @type {LoggedRequest | undefined} */
    let last;
    near.prependListener("data", (chunk) => {
      const [, method, address] =
        /^(GET|POST|PUT|DELETE|HEAD|PATCH) (\S+) HTTP\//.exec(chunk.toString("latin1", 0, 2000)) ?? [];
      if (method === undefined || address === undefined) return;
      const at = performance.now();
      last = { at, until: 0, method, path: address.split("?")[0] ?? "", opens: requests === 0 };
      requests += 1;
      log.push(last);
    });
    carry(near, far, roundTripMs / 2, opened + roundTripMs);
    carry(far, near, roundTripMs / 2, 0, () => {
      if (last?.until === 0) last.until = performance.now();
    });
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
      socket.on("error", () => {
        near.destroy();
        far.destroy();
      });
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {net.AddressInfo} */ (server.address());
  return {
    origin: `http://127.0.0.1:${port}`,
    /** @param {string} origin of the server */
    leadTo(origin) {
      target = new URL(origin);
    },
    /** The requests since the last call. */
    takeLog() {
      const taken = log;
      log = [];
      return taken;
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/**
 * @param {net.Socket} from
 * @param {net.Socket} to
 * @param {number} ms
 * @param {number} notBefore when the connection stands
 * @param {() => void} [onArrival]
 */
function carry(from, to, ms, notBefore, onArrival) {
  /** @type {{ due: number, work: () => void }[]} */
  const waiting = [];
  /** In the order of arrival: timers of different lengths may overtake each other by a millisecond. */
  function run() {
    while (waiting[0] && waiting[0].due <= performance.now()) waiting.shift()?.work();
    if (waiting[0]) setTimeout(run, Math.max(1, waiting[0].due - performance.now()));
  }
  const later = (/** @type {() => void} */ work) => {
    waiting.push({ due: Math.max(notBefore, performance.now()) + ms, work });
    if (waiting.length === 1) setTimeout(run, Math.max(notBefore - performance.now(), 0) + ms);
  };
  from.on("data", (chunk) =>
    later(() => {
      onArrival?.();
      if (!to.destroyed) to.write(chunk);
    }),
  );
  from.on("end", () => later(() => to.end()));
}
