import { once } from "node:events";
import net, { type AddressInfo, type Server, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type FaultProxy, startFaultProxy } from "./fault-proxy.js";

/** A server that answers every byte with the same, and the connections it has. */
interface Echo {
  port: number;
  received: string;
  server: Server;
  sockets: Set<Socket>;
}

async function startEcho(prefix = ""): Promise<Echo> {
  const sockets = new Set<Socket>();
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => {});
    if (prefix) socket.write(prefix);
    socket.on("data", (bytes) => {
      echo.received += bytes;
    });
    socket.pipe(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const echo: Echo = { port: (server.address() as AddressInfo).port, received: "", server, sockets };
  return echo;
}

let echo: Echo;
let proxy: FaultProxy;
const clients: Socket[] = [];
const dial = (port = proxy.port) => {
  const client = net.connect({ host: "127.0.0.1", port, allowHalfOpen: true });
  clients.push(client);
  return client.on("error", () => {});
};
/** Sends these bytes, ends, and resolves to all that comes back. */
const ask = (bytes: string, port?: number) => text(dial(port).end(bytes));

beforeEach(async () => {
  echo = await startEcho();
  proxy = await startFaultProxy(echo.port);
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await proxy.close();
  for (const socket of echo.sockets) socket.destroy();
  echo.server.close();
});

it("passes bytes and ends of both directions", async () => {
  const much = "x".repeat(3 * 2 ** 20);
  expect(await ask(much)).toBe(much);
  await vi.waitFor(() => expect([proxy.open, echo.sockets.size]).toEqual([0, 0]));
});

it("leads new connections to another target, and leaves those that are open", async () => {
  const other = await startEcho("other: ");
  const early = dial();
  await once(early, "connect");
  await vi.waitFor(() => expect(echo.sockets.size).toBe(1));
  proxy.target(other.port);
  expect(await ask("late")).toBe("other: late");
  expect(await text(early.end("early"))).toBe("early");
  other.server.close();
});

it("passes nothing while it is frozen, neither bytes of open connections nor new connections, and all when it thaws", async () => {
  const open = dial();
  open.write("1");
  expect(String((await once(open, "data"))[0])).toBe("1");
  proxy.freeze();
  const answers = [text(open.end("2")), ask("3")];
  await ask("direct", echo.port);
  expect(echo.received).toBe("1direct");
  proxy.thaw();
  expect(await Promise.all(answers)).toEqual(["2", "3"]);
});

it("tells a client only after the thaw that the server has gone", async () => {
  const client = dial();
  client.write("1");
  await once(client, "data");
  const told = new Promise((resolve) => client.once("close", () => resolve("closed")));
  proxy.freeze();
  for (const socket of echo.sockets) socket.resetAndDestroy();
  await ask("direct", echo.port);
  expect(client.destroyed).toBe(false);
  proxy.thaw();
  expect(await told).toBe("closed");
});

it("resets what is open when it is cut, and takes new connections", async () => {
  const client = dial();
  client.write("1");
  await once(client, "data");
  const reset = once(client, "error").catch((error: NodeJS.ErrnoException) => [error]);
  proxy.cut();
  expect((await reset)[0]).toMatchObject({ code: "ECONNRESET" });
  await vi.waitFor(() => expect(echo.sockets.size).toBe(0));
  expect(await ask("2")).toBe("2");
});

it("refuses new connections, leaves those that are open, and accepts again", async () => {
  const open = dial();
  open.write("1");
  await once(open, "data");
  proxy.refuse();
  await expect(ask("2")).rejects.toMatchObject({ code: "ECONNRESET" });
  expect(await text(open.end("3"))).toBe("3");
  proxy.accept();
  expect(await ask("4")).toBe("4");
});

it("resets a client whose server cannot be reached", async () => {
  proxy.target(1);
  await expect(ask("1")).rejects.toMatchObject({ code: "ECONNRESET" });
});

it("delays each direction, and keeps the order", async () => {
  proxy.delay(60);
  const began = Date.now();
  expect(await ask("x".repeat(200_000))).toHaveLength(200_000);
  expect(Date.now() - began).toBeGreaterThanOrEqual(119);
});

it("passes no more than its limit over all connections together", async () => {
  proxy.limit(200_000);
  const began = Date.now();
  await Promise.all([ask("x".repeat(20_000)), ask("x".repeat(20_000))]);
  expect(Date.now() - began).toBeGreaterThanOrEqual(199);
});
