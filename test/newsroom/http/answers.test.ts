import { once } from "node:events";
import { connect, type Socket } from "node:net";
import Fastify from "fastify";
import { expect, test } from "vitest";
import { boundAnswers } from "../../../src/newsroom/http/answers.js";
import { answerProblem } from "../../../src/newsroom/http/problems.js";

test("of answers that nobody reads, no more lie in memory than their budget: the next is 429 until one is read", async () => {
  const app = Fastify();
  app.setErrorHandler(answerProblem);
  boundAnswers(app);
  const large = "a".repeat(20 * 1024 * 1024);
  app.get("/", async () => large);
  const sockets: Socket[] = [];
  try {
    const url = await app.listen({ port: 0, host: "127.0.0.1" });
    const slow = connect(Number(new URL(url).port), "127.0.0.1").on("error", () => {});
    sockets.push(slow);
    await once(slow, "connect");
    slow.write("GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    // Its first bytes are there, and the rest waits.
    await once(slow, "readable");
    expect((await fetch(url)).status).toBe(429);
    slow.resume();
    await once(slow, "close");
    expect((await (await fetch(url)).text()).length).toBe(large.length);
  } finally {
    for (const socket of sockets) socket.destroy();
    await app.close();
  }
});
