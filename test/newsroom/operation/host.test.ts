import { mkdtemp, rm } from "node:fs/promises";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { problemDocument } from "../../../src/contract/contract.js";
import { type RunningNewsroom, type ServeOptions, serve } from "../../../src/newsroom/serve.js";
import { images } from "../support/newsroom.js";

/*
 * The host that a request names, for every way in which one can be named, at each kind of address. A page whose name
 * was made to point to this machine (DNS rebinding) is answered nowhere.
 */

let folder: string;
const running: RunningNewsroom[] = [];
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-host-"));
});
afterAll(async () => {
  for (const newsroom of running) await newsroom.close();
  await rm(folder, { recursive: true, force: true });
});

async function start(options: Partial<ServeOptions> = {}): Promise<string> {
  const newsroom = await serve({
    host: "127.0.0.1",
    port: 0,
    data: path.join(folder, `data-${running.length}`),
    images,
    version: "0.1.0",
    now: () => new Date("2026-11-17T03:00:00.000Z"),
    ...options,
  });
  running.push(newsroom);
  return newsroom.url;
}

interface Raw {
  status: number;
  head: string;
  body: string;
}

/** Sends a request exactly as written: fetch neither repeats nor leaves out a Host header. */
function send(url: string, lines: readonly string[]): Promise<Raw> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = net.connect(Number(port), hostname, () => {
      socket.write([...lines, "Connection: close", "", ""].join("\r\n"));
    });
    let text = "";
    socket.setEncoding("utf8").on("data", (part) => {
      text += part;
    });
    socket.on("error", reject);
    socket.on("end", () => {
      const [head = "", ...body] = text.split("\r\n\r\n");
      resolve({ status: Number(head.split(" ")[1]), head, body: body.join("\r\n\r\n") });
    });
  });
}

const publicUrl = "https://redaksi.example.go.id";
const addresses = [
  "/login",
  "/",
  "/api/v1",
  "/api/v1/me",
  "/metrics",
  "/openapi.json",
  "/healthz",
  "/nowhere",
];
/** Lines of the request for a path. */
type Way = (path: string) => string[];
const named =
  (...hosts: string[]): Way =>
  (path) => [`GET ${path} HTTP/1.1`, ...hosts.map((host) => `Host: ${host}`)];

const refused: Record<string, [way: Way, status: number]> = {
  "another name": [named("attacker.example"), 421],
  "another name with our port": [named("attacker.example:4600"), 421],
  "a name that begins with ours": [named("localhost.attacker.example"), 421],
  "another address of a network": [named("192.168.1.10"), 421],
  "a login before our name": [named("attacker.example@localhost"), 421],
  nothing: [named(""), 421],
  "no Host, as HTTP/1.0 allows": [(path) => [`GET ${path} HTTP/1.0`], 421],
  "our name, and another as the target": [
    (path) => [`GET http://attacker.example${path} HTTP/1.1`, "Host: localhost"],
    421,
  ],
  "another name, and ours as the target": [
    (path) => [`GET http://localhost${path} HTTP/1.1`, "Host: attacker.example"],
    421,
  ],
  "another name, and ours as forwarded by nobody": [
    (path) => [...named("attacker.example")(path), "X-Forwarded-Host: localhost"],
    421,
  ],
  "two names, ours first": [named("localhost", "attacker.example"), 400],
  "two names, ours last": [named("attacker.example", "localhost"), 400],
};

describe("on this machine's own door", () => {
  let url: string;
  beforeAll(async () => {
    url = await start({ publicUrl });
  });

  describe.each(Object.entries(refused))("a request that names %s", (_name, [way, status]) => {
    test.each(addresses)("is refused at %s", async (address) => {
      const answer = await send(url, way(address));
      expect(answer.status).toBe(status);
      const { type } = problemDocument.parse(JSON.parse(answer.body));
      expect(type).toBe(`urn:kominfo:problem:${status === 421 ? "misdirected" : "invalid"}`);
    });
  });

  test.each(["localhost", "127.0.0.1:4600", "[::1]:8080", "LOCALHOST:1", "redaksi.example.go.id"])(
    "is answered under the name %s",
    async (name) => {
      for (const [address, status] of [
        ["/login", 200],
        ["/api/v1", 200],
        ["/api/v1/me", 401],
        ["/metrics", 200],
      ] as const)
        expect([address, (await send(url, named(name)(address))).status]).toEqual([address, status]);
    },
  );

  test("a token is not even looked at under another name", async () => {
    const lines = [...named("attacker.example")("/api/v1/me"), "Authorization: Bearer wrong"];
    expect((await send(url, lines)).head).not.toContain("www-authenticate");
  });
});

describe("behind a proxy", () => {
  const https = ["X-Forwarded-Proto: https", "X-Forwarded-For: 198.51.100.7"];
  const through =
    (...hosts: string[]): Way =>
    (path) => [...named(...hosts)(path), ...https];

  describe("with --public-url", () => {
    let url: string;
    beforeAll(async () => {
      url = await start({ behindProxy: true, publicUrl });
    });

    test.each(addresses)("another name than the newsroom's is refused at %s", async (address) => {
      for (const name of ["attacker.example", "localhost", "127.0.0.1:4600"])
        expect((await send(url, through(name)(address))).status).toBe(421);
      const forwarded = [...through("redaksi.example.go.id")(address), "X-Forwarded-Host: attacker.example"];
      expect((await send(url, forwarded)).status).toBe(421);
    });

    test("the newsroom's own name is answered, as Host or as forwarded by the proxy", async () => {
      expect((await send(url, through("redaksi.example.go.id")("/login"))).status).toBe(200);
      const forwarded = [...through("127.0.0.1:4600")("/login"), "X-Forwarded-Host: redaksi.example.go.id"];
      expect((await send(url, forwarded)).status).toBe(200);
    });

    test("health and metrics are answered to this machine under its own names, nothing else is", async () => {
      for (const address of ["/healthz", "/readyz", "/metrics"])
        expect((await send(url, named("localhost")(address))).status).toBe(200);
      for (const address of ["/login", "/api/v1", "/openapi.json"])
        expect((await send(url, named("localhost")(address))).status).toBe(421);
    });
  });

  test("without --public-url any name is answered, as before", async () => {
    const url = await start({ behindProxy: true });
    expect((await send(url, through("redaksi.example.go.id")("/login"))).status).toBe(200);
  });

  test.each([undefined, publicUrl])(
    "plain HTTP is refused as such everywhere (public URL %s)",
    async (own) => {
      const url = await start({ behindProxy: true, publicUrl: own });
      const login = await send(url, through("redaksi.example.go.id")("/login"));
      const asset = /\/assets\/[\w/.]+/.exec(login.body)![0];
      for (const address of [
        "/",
        "/login",
        "/people",
        asset,
        "/api/v1",
        "/api/v1/me",
        "/openapi.json",
        "/nowhere",
      ])
        for (const method of ["GET", "POST"]) {
          const answer = await send(url, [
            `${method} ${address} HTTP/1.1`,
            "Host: redaksi.example.go.id",
            "X-Forwarded-For: 198.51.100.7",
            "X-Forwarded-Proto: http",
            "Content-Length: 0",
          ]);
          expect([method, address, answer.status]).toEqual([method, address, 403]);
          const { type } = problemDocument.parse(JSON.parse(answer.body));
          expect(type).toBe("urn:kominfo:problem:https-required");
        }
    },
  );
});
