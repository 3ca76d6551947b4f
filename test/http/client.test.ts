import { once } from "node:events";
import http from "node:http";
import net, { type AddressInfo } from "node:net";
import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { createHttp, type HttpOptions, type HttpRequest } from "../../src/http/client.js";

const token = "kominfo_rahasia-sekali-0123456789";

interface Served {
  origin: string;
  /** Every request that came: "GET /a?b". */
  seen: string[];
  headers: http.IncomingHttpHeaders[];
  bodies: string[];
}

type Answer = (response: http.ServerResponse, request: http.IncomingMessage, nth: number) => void;

/** A server of its own for one test. */
async function serve(answer: Answer): Promise<Served> {
  const served: Served = { origin: "", seen: [], headers: [], bodies: [] };
  const server = http.createServer(async (request, response) => {
    served.seen.push(`${request.method} ${request.url}`);
    served.headers.push(request.headers);
    let body = "";
    for await (const chunk of request) body += chunk;
    served.bodies.push(body);
    answer(response, request, served.seen.length);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  served.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return served;
}

const json = (response: http.ServerResponse, value: unknown, status = 200) =>
  response
    .writeHead(status, { "content-type": "application/json; charset=utf-8" })
    .end(JSON.stringify(value));

function client(origin: string, options: Partial<HttpOptions> = {}) {
  const headers = { authorization: `Bearer ${token}`, "accept-language": "id" };
  return createHttp({ origin, headers, signal: new AbortController().signal, ...options });
}

/** What a request throws; it must not hold a trace of the login, however deep one looks. */
async function refusal(sent: Promise<unknown>): Promise<unknown> {
  const error = await sent.then(
    () => {
      throw new Error("answered");
    },
    (thrown: unknown) => thrown,
  );
  const everything = `${inspect(error, { depth: 20, showHidden: true, getters: true })}${(error as Error).stack}`;
  expect(everything).not.toContain(token);
  expect(everything).not.toMatch(/AxiosError|authorization|Bearer/i);
  return error;
}

const get: HttpRequest = { method: "GET", path: "/api/v1/me" };
const post: HttpRequest = { method: "POST", path: "/api/v1/submissions", json: '{"a":1}' };

afterEach(() => vi.unstubAllEnvs());

describe("a request", () => {
  it("carries the headers of the client and its own, and exactly the bytes of its body", async () => {
    const served = await serve((response) => json(response, { ok: true }, 201));
    const body = '{ "judul":"Posyandu é",  "n":1.0 }';
    const answer = await client(served.origin)({ ...post, json: body, headers: { "idempotency-key": "k" } });
    expect(answer).toMatchObject({ status: 201, type: "application/json", body: { ok: true } });
    expect(served.bodies).toEqual([body]);
    expect(served.headers[0]).toMatchObject({
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "idempotency-key": "k",
    });
  });

  it("without a body has no type, so that nobody takes it for a form", async () => {
    const served = await serve((response) => json(response, {}));
    await client(served.origin)({ method: "POST", path: "/x" });
    expect(served.headers[0]?.["content-type"]).toBeUndefined();
  });

  it("is reported with method, address without query, status and time, and no more", async () => {
    const served = await serve((response) => json(response, {}, 404));
    const lines: string[] = [];
    await client(served.origin, { onRequest: (line) => lines.push(line) })({
      ...get,
      path: `/api/v1/me?code=${token}`,
    });
    expect(lines).toEqual([
      expect.stringMatching(new RegExp(`^GET ${served.origin}/api/v1/me 404 \\d+ ms$`)),
    ]);
  });

  it.each([400, 401, 403, 404, 409, 412, 422, 429, 500, 503])(
    "that is answered with %d has an answer",
    async (status) => {
      const served = await serve((response) => json(response, { status }, status));
      expect(await client(served.origin)(get)).toMatchObject({ status, body: { status } });
      expect(served.seen).toHaveLength(1);
    },
  );
});

describe("an answer", () => {
  it("of HTML, as of a login page of a Wi-Fi, has no body and its type", async () => {
    const served = await serve((response) =>
      response.writeHead(200, { "content-type": "text/html" }).end('{"looks":"like JSON"}'),
    );
    expect(await client(served.origin)(get)).toMatchObject({
      status: 200,
      type: "text/html",
      body: undefined,
    });
  });

  it("is text where that was asked for, whatever its type", async () => {
    const { origin } = await serve((response) => {
      response.setHeader("content-type", "text/plain").end("User-agent: *");
    });
    const http = createHttp({ origin, headers: {}, signal: new AbortController().signal });
    const path = "/robots.txt";
    expect(await http({ method: "GET", path, asText: true })).toMatchObject({ body: "User-agent: *" });
    expect((await http({ method: "GET", path })).body).toBeUndefined();
  });

  it("that says JSON and is none has no body", async () => {
    const served = await serve((response) =>
      response.writeHead(200, { "content-type": "application/json" }).end("<html>"),
    );
    expect((await client(served.origin)(get)).body).toBeUndefined();
  });

  it("may be a problem document (RFC 9457), and compressed", async () => {
    const served = await serve((response) =>
      response
        .writeHead(422, { "content-type": "application/problem+json", "content-encoding": "gzip" })
        .end(gzipSync('{"title":"tidak lengkap"}')),
    );
    expect((await client(served.origin)(get)).body).toEqual({ title: "tidak lengkap" });
  });

  it("without a type or a body is fine", async () => {
    const served = await serve((response) => response.writeHead(204, { etag: '"3"' }).end());
    const answer = await client(served.origin)(get);
    expect(answer).toMatchObject({ status: 204, type: "", body: undefined });
    expect([answer.header("ETag"), answer.header("x-none")]).toEqual(['"3"', undefined]);
  });

  it("larger than any real one is not read to its end", async () => {
    const chunk = Buffer.alloc(1 << 20, " ");
    let sent = 0;
    const served = await serve((response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const more = () => {
        while (!response.destroyed && sent < 200) {
          sent++;
          if (!response.write(chunk)) return void response.once("drain", more);
        }
        response.end();
      };
      more();
    });
    expect(await refusal(client(served.origin)(post))).toMatchObject({ name: "KominfoError" });
    expect(sent).toBeLessThan(150);
  });
});

describe("nothing leaves the origin", () => {
  it.each([301, 302, 303, 307, 308])("a redirect (%d) is reported, not followed", async (status) => {
    const elsewhere = await serve((response) => json(response, {}));
    const served = await serve((response) =>
      response.writeHead(status, { location: `${elsewhere.origin}/x` }).end(),
    );
    expect(await refusal(client(served.origin)(get))).toMatchObject({
      code: "server-redirects",
      exit: 1,
      params: { origin: served.origin, to: `${elsewhere.origin}/x` },
    });
    expect(elsewhere.seen).toEqual([]);
  });

  it.each(["", "//"])(
    "an absolute address in place of a path (%shost) goes to the origin",
    async (scheme) => {
      const elsewhere = await serve((response) => json(response, {}));
      const served = await serve((response) => json(response, {}, 404));
      const path = `${scheme}${elsewhere.origin.slice("http:".length)}/x`;
      expect((await client(served.origin)({ method: "GET", path })).status).toBe(404);
      expect(served.seen).toHaveLength(1);
      expect(elsewhere.seen).toEqual([]);
    },
  );

  it("a proxy of the environment is not asked for what runs on this machine", async () => {
    const proxy = await serve((response) => json(response, { from: "proxy" }));
    const served = await serve((response) => json(response, { from: "newsroom" }));
    for (const name of ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
      vi.stubEnv(name, proxy.origin);
    for (const name of ["NO_PROXY", "no_proxy"]) vi.stubEnv(name, "");
    expect((await client(served.origin)(get)).body).toEqual({ from: "newsroom" });
    expect(proxy.seen).toEqual([]);
  });
});

describe("a broken line", () => {
  it("lets a read be repeated", async () => {
    const served = await serve((response, _request, nth) =>
      nth === 1 ? response.destroy() : json(response, { nth }),
    );
    const told: unknown[] = [];
    const onWait = (_error: unknown, _ms: number, tries: unknown) => told.push(tries);
    expect((await client(served.origin, { onWait })(get)).body).toEqual({ nth: 2 });
    expect(told).toEqual([{ next: 2, of: 3 }]);
  });

  it("is given up after the third read", async () => {
    const served = await serve((response) => response.destroy());
    expect(await refusal(client(served.origin)(get))).toMatchObject({
      code: "server-unreachable",
      exit: 5,
      params: { origin: served.origin, path: "/api/v1/me", reason: "ECONNRESET" },
    });
    expect(served.seen).toHaveLength(3);
  });

  it.each(["POST", "PUT", "DELETE"] as const)("never repeats a %s by itself", async (method) => {
    const served = await serve((response) => response.destroy());
    const error = await refusal(client(served.origin)({ ...post, method }));
    expect(error).toMatchObject({ code: "server-unreachable", exit: 5 });
    expect(served.seen).toHaveLength(1);
  });

  it("within an answer is one too", async () => {
    const served = await serve((response) => {
      response
        .writeHead(200, { "content-type": "application/json", "content-length": "100" })
        .write('{"half":');
      setTimeout(() => response.destroy(), 20);
    });
    expect(await refusal(client(served.origin)(post))).toMatchObject({ code: "server-unreachable" });
  });
});

describe("nobody there", () => {
  it("is temporary (exit 5), with the reason and the path without its query", async () => {
    const server = net.createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, "close");
    const origin = `http://127.0.0.1:${port}`;
    expect(await refusal(client(origin)({ ...post, path: `/a?code=${token}` }))).toMatchObject({
      code: "server-unreachable",
      exit: 5,
      params: { origin, path: "/a", reason: "ECONNREFUSED" },
    });
  });

  it("or something that speaks no HTTP, is the same", async () => {
    const server = net.createServer((socket) => socket.end("SSH-2.0-OpenSSH_9.2\r\n")).listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await refusal(client(origin)(post))).toMatchObject({ code: "server-unreachable", exit: 5 });
  });
});

describe("waiting", () => {
  it("ends: a server that does not answer is slow (exit 5), and a read is not asked again", async () => {
    const served = await serve(() => {});
    expect(await refusal(client(served.origin, { timeoutMs: 60 })(get))).toMatchObject({
      code: "server-slow",
      exit: 5,
    });
    expect(served.seen).toHaveLength(1);
  });

  it("ends at once by Ctrl-C", async () => {
    const controller = new AbortController();
    const served = await serve(() => controller.abort());
    const error = await refusal(client(served.origin, { signal: controller.signal })(get));
    expect(error).toMatchObject({ code: "cancelled", exit: 130 });
    expect(served.seen).toHaveLength(1);
  });

  it("between two tries ends by Ctrl-C too", async () => {
    const controller = new AbortController();
    const served = await serve((response) => {
      response.destroy();
      setTimeout(() => controller.abort(), 50);
    });
    const error = await refusal(client(served.origin, { signal: controller.signal })(get));
    expect(error).toMatchObject({ code: "cancelled", exit: 130 });
    expect(served.seen).toHaveLength(1);
  });
});
