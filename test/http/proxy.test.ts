import http from "node:http";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createSharedAgent } from "../../src/http/agent.js";
import { createHttp } from "../../src/http/client.js";
import { proxyOf, withoutPassword } from "../../src/http/proxy.js";
import { createByteSender } from "../../src/http/stream.js";

const origin = "https://redaksi.kabupaten.test";
const names = ["https_proxy", "http_proxy", "all_proxy", "no_proxy"];

beforeEach(() => {
  for (const name of names) {
    vi.stubEnv(name, "");
    vi.stubEnv(name.toUpperCase(), "");
  }
});
afterEach(() => vi.unstubAllEnvs());

describe("the proxy of the environment", () => {
  it.each([
    ["HTTPS_PROXY", "http://proxy.test:8080", "http://proxy.test:8080/"],
    ["https_proxy", "https://proxy.test", "https://proxy.test/"],
    ["ALL_PROXY", "http://proxy.test", "http://proxy.test/"],
    ["all_proxy", "proxy.test:3128", "http://proxy.test:3128/"],
  ])("%s=%s is taken, and named", (variable, value, url) => {
    vi.stubEnv(variable, value);
    expect(proxyOf(origin)).toMatchObject({ variable, shown: value });
    expect(proxyOf(origin)?.url.href).toBe(url);
  });

  it("is none where none is set, where NO_PROXY names the host, and for this machine", () => {
    expect(proxyOf(origin)).toBeUndefined();
    vi.stubEnv("HTTPS_PROXY", "http://proxy.test:8080");
    expect(proxyOf("https://127.0.0.1:4600")).toBeUndefined();
    vi.stubEnv("NO_PROXY", ".kabupaten.test");
    expect(proxyOf(origin)).toBeUndefined();
  });

  it("is shown without its password", () => {
    vi.stubEnv("HTTPS_PROXY", "http://petugas:rahasia@proxy.test:8080");
    expect(proxyOf(origin)?.shown).toBe("http://petugas:***@proxy.test:8080");
  });

  it.each([
    ['"http://proxy:8080"', '"http://proxy:8080"'],
    ["http://proxy:port", "http://proxy:port"],
    ["socks5://proxy:1080", "socks5://proxy:1080"],
    ["http://", "http://"],
    ['"http://petugas:rahasia@proxy:8080"', '"http://petugas:***@proxy:8080"'],
    ["http://petugas:ra#hasia@proxy:8080", "http://petugas:***@proxy:8080"],
    ["http://petugas:rahasia:proxy:8080", "http://petugas:***:8080"],
  ])("%s is malformed: exit 2 names the variable and the value without a password", (value, shown) => {
    vi.stubEnv("HTTPS_PROXY", value);
    const expected = expect.objectContaining({
      code: "proxy-invalid",
      exit: 2,
      params: { variable: "HTTPS_PROXY", value: shown },
    });
    const signal = new AbortController().signal;
    expect(() => createSharedAgent(origin)).toThrow(expected);
    expect(() => createHttp({ origin, headers: {}, signal })).toThrow(expected);
    expect(() => createByteSender({ origin })).not.toThrow(TypeError);
  });

  it("hides a name alone before the @, which may be a token", () => {
    expect(withoutPassword("http://token-rahasia@proxy:8080")).toBe("http://***@proxy:8080");
    expect(withoutPassword("petugas:rahasia@proxy:8080")).toBe("petugas:***@proxy:8080");
    expect(withoutPassword("http://[::1]:8080")).toBe("http://[::1]:8080");
  });
});

describe("a proxy that does not answer", () => {
  /** A port that nobody listens at. */
  async function deadPort(): Promise<number> {
    const server = http.createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    return port;
  }

  it("is named with its variable, for questions and for photos", async () => {
    const dead = `http://petugas:rahasia@127.0.0.1:${await deadPort()}`;
    vi.stubEnv("https_proxy", dead);
    const signal = new AbortController().signal;
    const expected = {
      code: "proxy-unreachable",
      exit: 5,
      params: {
        origin,
        reason: "ECONNREFUSED",
        proxy: dead.replace("rahasia", "***"),
        variable: "https_proxy",
      },
    };
    const http = createHttp({ origin, headers: {}, signal });
    await expect(http({ method: "POST", path: "/x", json: "{}" })).rejects.toMatchObject(expected);
    const send = createByteSender({ origin });
    const sent = send({ method: "HEAD", url: `${origin}/x`, headers: {}, signal });
    await expect(sent).rejects.toMatchObject(expected);
  });

  it("is mentioned where it cuts the connection", async () => {
    const server = http.createServer();
    server.on("connect", (_request, socket) => socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    vi.stubEnv("HTTPS_PROXY", `127.0.0.1:${port}`);
    const ask = createHttp({ origin, headers: {}, signal: new AbortController().signal });
    await expect(ask({ method: "POST", path: "/x", json: "{}" })).rejects.toMatchObject({
      code: "server-unreachable",
      params: { variable: "HTTPS_PROXY", proxy: `127.0.0.1:${port}` },
    });
    await new Promise((resolve) => server.close(resolve));
  });
});
