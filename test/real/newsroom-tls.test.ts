import { execFileSync, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { on, once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import https from "node:https";
import net, { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import tls from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serve } from "../../src/newsroom/serve.js";
import { content, images } from "../newsroom/support/newsroom.js";
import { type Computer, openComputer, type Running } from "../support/kominfo.js";
import { needDebian } from "./apt.js";

let folder: string;
let office: Computer;
const file = (name: string) => path.join(folder, name);

/** A certificate that vouches for itself. */
function certificate(name: string): { cert: string; key: string } {
  const [cert, key] = [file(`${name}.pem`), file(`${name}.key`)];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
  const words = [
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:P-256",
    "-nodes",
    "-days",
    "2",
  ];
  execFileSync("openssl", [...words, ...subject, "-keyout", key, "-out", cert], { stdio: "pipe" });
  return { cert, key };
}

beforeAll(async () => {
  needDebian("openssl", "openssl");
  needDebian("nginx", "nginx");
  needDebian("promtool", "prometheus");
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-tls-"));
  office = await openComputer({ initialised: false });
});
afterAll(async () => {
  await office?.remove();
  await rm(folder, { recursive: true, force: true });
});

async function start(...flags: string[]): Promise<{ service: Running; url: string }> {
  const words = ["newsroom", "serve", "--port", "0", "--json", "--verbose", "--data", file("data")];
  const service = office.start([...words, ...flags]);
  await service.says(/"url"/);
  return { service, url: JSON.parse(service.printed.stdout).url };
}

async function token(role = "editor", ...flags: string[]): Promise<string> {
  const add = ["newsroom", "user", "add", "--data", file("data"), "--name", "Uji", "--role", role];
  return (await office.json([...add, ...flags, "--token"])).token;
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The status of an answer, trusting only this certificate. */
function status(url: string, ca: string | Buffer, options: https.RequestOptions = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    https
      .get(url, { ca, agent: false, ...options }, (answer) => resolve(answer.resume().statusCode ?? 0))
      .on("error", reject);
  });
}

/** An answer as it comes: not decoded, and not waited for to its end. */
async function ask(
  url: string,
  ca: Buffer,
  { method = "GET", headers, body }: { method?: string; headers: Record<string, string>; body?: object },
): Promise<IncomingMessage> {
  const sent = https.request(url, { ca, agent: false, method, headers });
  sent.end(body && JSON.stringify(body));
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  return answer;
}

describe("TLS of its own", () => {
  it("serves our client, which trusts the certificate, and nothing older than TLS 1.2", async () => {
    const { cert, key } = certificate("own");
    const { service, url } = await start("--host", "0.0.0.0", "--tls-cert", cert, "--tls-key", key);
    const at = url.replace("0.0.0.0", "127.0.0.1");
    expect(at).toMatch(/^https:/);
    const env = { KOMINFO_NEWSROOM_TOKEN: await token(), NODE_EXTRA_CA_CERTS: cert };
    const listed = await office.run(["review", "list", "--url", at, "--json"], { env });
    expect([listed.code, listed.stderr]).toEqual([0, ""]);
    const { NODE_EXTRA_CA_CERTS: _, ...stranger } = env;
    expect((await office.run(["review", "list", "--url", at], { env: stranger })).code).not.toBe(0);
    const ca = await readFile(cert);
    expect(await status(`${at}/healthz`, ca, { maxVersion: "TLSv1.2" })).toBe(200);
    const old = { minVersion: "TLSv1.1", maxVersion: "TLSv1.1", ciphers: "ALL:@SECLEVEL=0" } as const;
    await expect(status(`${at}/healthz`, ca, old)).rejects.toThrow();
    await expect(fetch(`${at.replace("https", "http")}/healthz`)).rejects.toThrow();
    service.kill("SIGTERM");
    const ended = await service.ended;
    expect(ended.code).toBe(0);
    // Nothing but JSON, from the first line to the last.
    const events = ended.stderr
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).event);
    expect([events.at(0), events.at(-1)]).toEqual(["listening", "stopped"]);
  });

  it.each([
    ["a key that anyone may read", "newsroom-tls-key-open"],
    ["the key of another certificate", "newsroom-tls-mismatch"],
    ["a file that is not there", "newsroom-tls-unreadable"],
    ["a key where the certificate should be", "newsroom-tls-invalid"],
    ["a key without a certificate", "newsroom-tls-incomplete"],
    ["a proxy besides", "newsroom-tls-twice"],
  ])("is refused with %s", async (what, code) => {
    const [one, other] = [certificate(`${code}-one`), certificate(`${code}-other`)];
    if (what.includes("anyone")) await chmod(one.key, 0o644);
    const flags: Record<string, string[]> = {
      "newsroom-tls-mismatch": ["--tls-cert", one.cert, "--tls-key", other.key],
      "newsroom-tls-unreadable": ["--tls-cert", file("none.pem"), "--tls-key", one.key],
      "newsroom-tls-invalid": ["--tls-cert", one.key, "--tls-key", one.key],
      "newsroom-tls-incomplete": ["--tls-key", one.key],
      "newsroom-tls-twice": ["--tls-cert", one.cert, "--tls-key", one.key, "--behind-proxy"],
    };
    const words = flags[code] ?? ["--tls-cert", one.cert, "--tls-key", one.key];
    const ran = await office.run(["newsroom", "serve", "--json", "--data", file("refused"), ...words]);
    expect([ran.code, JSON.parse(ran.stderr).error.code]).toEqual([2, code]);
  });

  it("takes over a renewed certificate while it serves, and keeps the old one while the new pair is not whole", async () => {
    const files = certificate("renewed");
    const first = await readFile(files.cert);
    const lines: string[] = [];
    const running = await serve({
      host: "127.0.0.1",
      port: 0,
      data: file("renewing"),
      tls: files,
      images,
      version: "0.1.0",
      now: () => new Date(),
      tlsCheckMs: 50,
      log: { level: "info", stream: { write: (line: string) => void lines.push(line) } },
    });
    const seen = (event: string) => lines.some((line) => JSON.parse(line).event === event);
    const next = certificate("next");
    await writeFile(files.cert, await readFile(next.cert));
    while (!seen("certificate not renewed")) await pause(20);
    expect(await status(`${running.url}/healthz`, first)).toBe(200);
    await writeFile(files.key, await readFile(next.key));
    while (!seen("certificate renewed")) await pause(20);
    expect(await status(`${running.url}/healthz`, await readFile(next.cert))).toBe(200);
    await running.close();
  });
});

it("under TLS admits one more connection by ending one of whoever holds the most, and ends one that brings requests early", async () => {
  const files = certificate("crowded");
  const running = await serve({
    host: "127.0.0.1",
    port: 0,
    data: file("crowded"),
    tls: files,
    images,
    version: "0.1.0",
    now: () => new Date(),
    connections: { max: 32 },
    log: { level: "info", stream: { write: () => {} } },
  });
  const ca = await readFile(files.cert);
  // A connection that was ended would be opened again: another socket tells.
  const agent = new https.Agent({ keepAlive: true, maxSockets: 1 });
  const client = () => status(`${running.url}/healthz`, ca, { agent });
  expect(await client()).toBe(200);
  const [socket] = Object.values(agent.freeSockets).flat();
  const silent: net.Socket[] = [];
  for (let n = 0; n < 100; n += 1) {
    const one = net.connect({ port: Number(new URL(running.url).port), localAddress: "127.0.0.2" });
    silent.push(one.on("error", () => {}));
  }
  const open = () => silent.filter((one) => !one.connecting && !one.destroyed).length;
  await expect.poll(open, { timeout: 10_000 }).toBe(31);
  expect(await client()).toBe(200);
  expect(Object.values(agent.freeSockets).flat()).toEqual([socket]);
  for (const one of silent) one.destroy();
  // What waits on a connection is bounded under TLS as well.
  const burst = tls.connect({ port: Number(new URL(running.url).port), ca, host: "127.0.0.1" });
  const ended = new Promise((resolve) => burst.on("error", () => {}).on("close", resolve));
  burst.resume().write("GET /none HTTP/1.1\r\nhost: localhost\r\n\r\n".repeat(3000));
  await ended;
  agent.destroy();
  await running.close();
});

describe("behind nginx, configured as deploy/nginx.conf says", () => {
  it("serves our client over HTTPS, keeps metrics on this machine, and ends with 0", async () => {
    const { cert, key } = certificate("nginx");
    const port = await freePort();
    const { service, url } = await start("--behind-proxy", "--public-url", `https://localhost:${port}`);
    const config = (await readFile(path.resolve(import.meta.dirname, "../../deploy/nginx.conf"), "utf8"))
      .replace("listen 80;", `listen 127.0.0.1:${await freePort()};`)
      .replace("listen 443 ssl", `listen 127.0.0.1:${port} ssl`)
      .replaceAll("redaksi.example.go.id", "localhost")
      .replace("/etc/letsencrypt/live/localhost/fullchain.pem", cert)
      .replace("/etc/letsencrypt/live/localhost/privkey.pem", key)
      .replace("http://127.0.0.1:4600", url);
    await mkdir(file("nginx"), { recursive: true });
    const places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
      (name) => `${name}_temp_path ${file("nginx")}/${name};`,
    );
    const log = `error_log ${file("nginx/error.log")};`;
    await writeFile(
      file("nginx.conf"),
      `daemon off; pid ${file("nginx/pid")}; ${log} events {} http { ${places.join(" ")} ${config} }`,
    );
    const nginx = spawn("nginx", ["-c", file("nginx.conf")], { stdio: "ignore" });
    const ca = await readFile(cert);
    const origin = `https://localhost:${port}`;
    while ((await status(`${origin}/healthz`, ca).catch(() => 0)) !== 200) await pause(50);
    const env = { KOMINFO_NEWSROOM_TOKEN: await token(), NODE_EXTRA_CA_CERTS: cert };
    const listed = await office.run(["review", "list", "--url", origin, "--json"], { env });
    expect([listed.code, listed.stderr]).toEqual([0, ""]);
    expect(await status(`${origin}/metrics`, ca)).toBe(404);

    const editor = { authorization: `Bearer ${env.KOMINFO_NEWSROOM_TOKEN}`, "accept-encoding": "gzip" };
    const json = { "content-type": "application/json" };
    const operator = `Bearer ${await token("operator", "--kecamatan", "Cibitung")}`;
    const stream = await ask(`${origin}/api/v1/changes`, ca, {
      headers: { ...editor, accept: "text/event-stream" },
    });
    expect(stream.headers["content-encoding"]).toBeUndefined();
    const events = on(stream.setEncoding("utf8"), "data");
    expect((await events.next()).value[0]).toContain("retry:");
    const created = await ask(`${origin}/api/v1/submissions`, ca, {
      method: "POST",
      headers: { ...json, authorization: operator, "idempotency-key": randomUUID() },
      body: { content: content({ body: "Tertib. ".repeat(200) }) },
    });
    expect(created.statusCode).toBe(201);
    // The stream stays open: what is in it came at once.
    expect((await events.next()).value[0]).toContain("event: change");
    stream.destroy();
    const at = `${origin}${created.headers.location}`;
    const step = (body: object, headers = {}) =>
      ask(`${at}/transitions`, ca, { method: "POST", headers: { ...editor, ...json, ...headers }, body });
    expect((await step({ step: "claim" })).statusCode).toBe(200);
    const { headers } = await ask(at, ca, { headers: editor });
    expect([headers["content-encoding"], headers.etag]).toEqual([
      "gzip",
      expect.stringMatching(/^"r1\.\w+-gzip"$/),
    ]);
    const known = { ...editor, "if-none-match": headers.etag! };
    expect((await ask(at, ca, { headers: known })).statusCode).toBe(304);
    const returned = await step({ step: "return", reason: "Lengkapi" }, { "if-match": headers.etag });
    expect(returned.statusCode).toBe(200);
    for (const path of ["/openapi.json", "/login"]) {
      const answer = await ask(origin + path, ca, { headers: { "accept-encoding": "br" } });
      expect([answer.headers["content-encoding"], answer.headers.vary]).toEqual([
        "br",
        expect.stringContaining("accept-encoding"),
      ]);
    }

    const bare = await fetch(`${url.replace("127.0.0.1", "localhost")}/api/v1`);
    expect([bare.status, await bare.json()]).toMatchObject([
      403,
      { type: "urn:kominfo:problem:https-required" },
    ]);

    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(execFileSync("promtool", ["check", "metrics"], { input: metrics, encoding: "utf8" })).toBe("");
    nginx.kill("SIGTERM");
    service.kill("SIGTERM");
    expect((await service.ended).code).toBe(0);
  });
});

it("a second signal ends it at once", async () => {
  const { service, url } = await start();
  const { hostname, port } = new URL(url);
  const held = net.connect(Number(port), hostname);
  held.on("error", () => {});
  // A request whose body never comes whole holds the end for as long as patience lasts.
  held.write(
    "POST /api/v1/activations HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{",
  );
  await pause(200);
  service.kill("SIGTERM");
  await service.says(/"stopping"/);
  service.kill("SIGTERM");
  expect((await service.ended).code).toBe(130);
  held.destroy();
});
