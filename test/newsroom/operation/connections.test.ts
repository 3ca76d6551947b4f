import type { Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { dial, head } from "../support/dial.js";
import { startNewsroom, type TestNewsroom } from "../support/newsroom.js";

/** Connections that the newsroom holds here. */
const max = 64;
const timeout = 15_000;
let newsroom: TestNewsroom;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await newsroom.remove();
});

/** A connection from this address. */
async function dialFrom(address: string) {
  const client = await dial(newsroom, address);
  sockets.push(client.socket);
  return client;
}
type Client = Awaited<ReturnType<typeof dial>>;

const dialMany = (length: number, address: string) =>
  Promise.all(Array.from({ length }, () => dialFrom(address)));

function ask(client: Client, path: string, headers: Record<string, string> = {}): void {
  client.socket.write(head("GET", path, headers));
}
async function isAnswered(client: Client): Promise<boolean> {
  await expect.poll(() => client.socket.destroyed || client.text !== "", { timeout, interval: 5 }).toBe(true);
  return /^HTTP\/1\.1 200 /.test(client.text);
}
const areOpen = (clients: Client[]) => clients.every(({ socket }) => !socket.destroyed);

// Only Linux and Windows have more than one address of their own without being told.
describe.skipIf(process.platform === "darwin")("more connections than the newsroom holds", () => {
  it("end the oldest of whoever has the most, and nobody else's", async () => {
    newsroom = await startNewsroom(undefined, undefined, { max });
    const office = await dialMany(6, "127.0.0.2");
    const greedy = await dialMany(max * 3, "127.0.0.3");
    const late = await dialFrom("127.0.0.4");
    const open = () => greedy.filter(({ socket }) => !socket.destroyed).length;
    await expect.poll(open, { timeout }).toBe(max - 7);
    for (const client of [...office, late, greedy.at(-1) as Client]) {
      ask(client, "/healthz");
      expect(await isAnswered(client)).toBe(true);
    }
  });

  it("from many addresses, end none of who has logged in", async () => {
    newsroom = await startNewsroom(undefined, undefined, { max });
    const authorization = `Bearer ${await newsroom.token("operator")}`;
    const laptop = await dialMany(3, "127.0.0.2");
    for (const client of laptop) ask(client, "/api/v1/me", { authorization });
    for (const client of laptop) expect(await isAnswered(client)).toBe(true);
    for (let n = 1; n <= max * 2; n += 1) await dialFrom(`127.0.1.${n}`);
    const next = await dialFrom("127.0.0.2");
    ask(next, "/api/v1/me", { authorization });
    expect(await isAnswered(next)).toBe(true);
    expect(areOpen(laptop)).toBe(true);
  });

  it("leave room again for as many as they were, when they have ended", async () => {
    newsroom = await startNewsroom(undefined, undefined, { max });
    const before = await dialMany(max * 2, "127.0.0.2");
    for (const client of before) ask(client, "/healthz", { connection: "close" });
    await expect.poll(() => before.every(({ socket }) => socket.destroyed), { timeout }).toBe(true);
    const others = await dialMany(max, "127.0.0.3");
    for (const client of others) ask(client, "/healthz");
    for (const client of others) expect(await isAnswered(client)).toBe(true);
    expect(areOpen(others)).toBe(true);
  });

  it("behind a proxy count for the address that the proxy names", async () => {
    newsroom = await startNewsroom(undefined, undefined, { max }, { behindProxy: true });
    const from = (address: string) => ({ "x-forwarded-for": address, "x-forwarded-proto": "https" });
    const office = await dialMany(6, "127.0.0.1");
    for (const client of office) ask(client, "/healthz", from("192.0.2.1"));
    for (const client of office) expect(await isAnswered(client)).toBe(true);
    for (let n = 0; n < max * 2; n += 1) {
      const greedy = await dialFrom("127.0.0.1");
      ask(greedy, "/healthz", from("192.0.2.2"));
      expect(await isAnswered(greedy)).toBe(true);
    }
    expect(areOpen(office)).toBe(true);
  });
});
