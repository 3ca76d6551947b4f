import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import http from "node:http";
import net, { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Computer, openComputer } from "../support/kominfo.js";
import { writeNoise } from "../support/photos.js";
import { needDebian } from "./apt.js";

/** Only the proxy knows where this is: the operator's computer cannot ask for it by itself. */
const newsroomHost = "redaksi.kabupaten.test";
const login = "petugas:sandi-proxy";

/** A forward proxy that wants a login and tunnels to the newsroom alone (RFC 9110, 9.3.6), as an office has one. */
async function startProxy(newsroomPort: number) {
  const asked: { method: string; target: string; headers: http.IncomingHttpHeaders }[] = [];
  let bytesUp = 0;
  const server = http.createServer((request, response) => {
    asked.push({ method: request.method ?? "", target: request.url ?? "", headers: request.headers });
    response.writeHead(400).end();
  });
  server.on("connect", (request, client: net.Socket) => {
    asked.push({ method: "CONNECT", target: request.url ?? "", headers: request.headers });
    client.on("error", () => client.destroy());
    const isKnown =
      request.headers["proxy-authorization"] === `Basic ${Buffer.from(login).toString("base64")}`;
    if (!isKnown) return client.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
    if (request.url !== `${newsroomHost}:443`) return client.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
    const upstream = net.connect(newsroomPort, "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      client.on("data", (chunk) => {
        bytesUp += chunk.length;
      });
      client.pipe(upstream).pipe(client);
    });
    upstream.on("error", () => client.destroy());
    client.on("close", () => upstream.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    asked,
    url: (who: string) => `http://${who}@127.0.0.1:${(server.address() as AddressInfo).port}`,
    bytesUp: () => bytesUp,
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

let folder: string;
let office: Computer;
let operator: Computer;
let token: string;
let proxy: Awaited<ReturnType<typeof startProxy>>;
const file = (name: string) => path.join(folder, name);
const through = (who = login) => ({
  env: { HTTPS_PROXY: proxy.url(who), NODE_EXTRA_CA_CERTS: file("cert.pem") },
});
const upload = (event: string) => ["photo", "upload", "foto", "--event", event];

beforeAll(async () => {
  needDebian("openssl", "openssl");
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-proxy-"));
  const subject = ["-subj", `/CN=${newsroomHost}`, "-addext", `subjectAltName=DNS:${newsroomHost}`];
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", file("key.pem")];
  const request = ["req", "-x509", "-days", "2", ...key, ...subject, "-out", file("cert.pem")];
  execFileSync("openssl", request, { stdio: "pipe" });
  office = await openComputer({ initialised: false });
  const tls = ["--tls-cert", file("cert.pem"), "--tls-key", file("key.pem")];
  const serve = ["newsroom", "serve", "--port", "0", "--data", file("data"), "--json", ...tls];
  const service = office.start(serve);
  await service.says(/"url"/);
  proxy = await startProxy(Number(new URL(JSON.parse(service.printed.stdout).url).port));
  const add = ["newsroom", "user", "add", "--data", file("data"), "--name", "Siti", "--role", "operator"];
  token = (await office.json([...add, "--kecamatan", "32.16.07", "--token"])).token;
  operator = await openComputer({ origin: `https://${newsroomHost}`, token });
  await writeNoise(path.join(operator.workspace, "foto"), 12, 6);
  return async () => {
    service.kill("SIGTERM");
    await service.ended;
  };
});
afterAll(async () => {
  await proxy?.close();
  await operator?.remove();
  await office?.remove();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  proxy.asked.length = 0;
});

describe("behind an office's forward proxy (HTTPS_PROXY)", () => {
  it("a batch goes through tunnels, and neither login nor photo is seen by the proxy", async () => {
    const said = await operator.json(upload("Lewat proxy"), through());
    expect(said.summary).toMatchObject({ total: 12, uploaded: 12, failed: 0 });
    expect(proxy.bytesUp()).toBeGreaterThan(said.summary.bytes_sent);
    expect(new Set(proxy.asked.map(({ method, target }) => `${method} ${target}`))).toEqual(
      new Set([`CONNECT ${newsroomHost}:443`]),
    );
    expect(JSON.stringify(proxy.asked)).not.toContain(token);
    // Connections are kept: a tunnel for each photo would cost three round trips more.
    expect(proxy.asked.length).toBeLessThan(8);
  });

  it("a proxy that wants another login says so, and what waits is sent once it has it", async () => {
    const wrong = await operator.run([...upload("Lain"), "--json"], through("petugas:rahasia-lama"));
    const { paused, summary } = JSON.parse(wrong.stdout);
    expect([wrong.code, paused.code, summary.waiting]).toEqual([1, "proxy-refused", 12]);
    expect(paused.hints.join(" ")).toContain("HTTPS_PROXY");
    expect(wrong.stdout + wrong.stderr).not.toContain("rahasia-lama");
    const said = await operator.json(["sync"], through());
    expect(said.uploads[0].summary).toMatchObject({ total: 12, failed: 0, waiting: 0 });
  });

  it("a newsroom that NO_PROXY names is asked for directly", async () => {
    const { env } = through();
    const check = ["auth", "status", "--check", "--json"];
    expect((await operator.run(check, { env })).stdout).toContain('"valid":true');
    expect(proxy.asked).not.toEqual([]);
    proxy.asked.length = 0;
    const direct = await operator.run(check, { env: { ...env, NO_PROXY: ".test" } });
    expect(direct.stdout).not.toContain('"valid":true');
    expect(proxy.asked).toEqual([]);
  });
});
