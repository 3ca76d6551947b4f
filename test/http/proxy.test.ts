import http from "node:http";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { KominfoError } from "../../src/errors/errors.js";
import { createSharedAgent } from "../../src/http/agent.js";
import { createHttp } from "../../src/http/client.js";
import { proxyOf, withoutPassword } from "../../src/http/proxy.js";
import { createByteSender } from "../../src/http/stream.js";
import { explain } from "../../src/language/explain.js";
import { loadMessages } from "../../src/language/index.js";
import { createNewsroomClient } from "../../src/newsroom-client/client.js";

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

  it.each([
    "*",
    "redaksi.kabupaten.test",
    "*.kabupaten.test",
    "lain.test, .kabupaten.test",
    "redaksi.kabupaten.test:443",
  ])("is none where NO_PROXY or no_proxy is %s", (value) => {
    for (const name of ["NO_PROXY", "no_proxy"]) {
      vi.stubEnv("ALL_PROXY", "http://proxy.test:8080");
      vi.stubEnv(name, value);
      expect(proxyOf(origin)).toBeUndefined();
      vi.stubEnv(name, "redaksi.kabupaten.test:8443");
      expect(proxyOf(origin)?.variable).toBe("ALL_PROXY");
      vi.stubEnv(name, "");
    }
  });

  it.each([
    ["10.0.0.0/8", "https://10.20.30.40", "https://11.0.0.1"],
    ["localhost, 192.168.4.0/22", "http://192.168.7.9:4600", "http://192.168.8.1:4600"],
    ["[fd00::]/8", "https://[fd12::1]", "https://[2001:db8::1]"],
    ["2001:db8::/32,lain.test", "https://[2001:db8::1]", "https://[2001:db9::1]"],
  ])("is none within a network of NO_PROXY (%s)", (value, inside, outside) => {
    vi.stubEnv("ALL_PROXY", "http://proxy.test:8080");
    for (const name of ["NO_PROXY", "no_proxy"]) {
      vi.stubEnv(name, value);
      expect(proxyOf(inside)).toBeUndefined();
      expect(proxyOf(outside)?.variable).toBe("ALL_PROXY");
      vi.stubEnv(name, "");
    }
  });

  it("is asked for a name, and for a network that is malformed", () => {
    vi.stubEnv("ALL_PROXY", "http://proxy.test:8080");
    for (const value of ["10.0.0.0/8", "10.0.0.0/33", "10.0/8", "fd00::/129"]) {
      vi.stubEnv("NO_PROXY", value);
      expect(proxyOf(origin)?.variable).toBe("ALL_PROXY");
    }
  });

  it.each([
    ["  http://proxy.test:8080 ", "http://proxy.test:8080"],
    ["\tproxy.test:8080\n", "proxy.test:8080"],
  ])("is read without the blanks around it (%j)", (value, shown) => {
    vi.stubEnv("HTTPS_PROXY", value);
    expect(proxyOf(origin)).toMatchObject({ shown });
    expect(proxyOf(origin)?.url.href).toBe("http://proxy.test:8080/");
  });

  it("is none where the variable holds blanks alone", () => {
    vi.stubEnv("HTTPS_PROXY", "  ");
    expect(proxyOf(origin)).toBeUndefined();
  });

  it("is the one of its scheme before that of all, in small letters before capitals", () => {
    const order = ["ALL_PROXY", "all_proxy", "HTTPS_PROXY", "https_proxy"];
    for (const variable of order) {
      vi.stubEnv(variable, `http://${variable.replace("_", "-")}.test`);
      expect(proxyOf(origin)).toMatchObject({ variable, shown: `http://${variable.replace("_", "-")}.test` });
    }
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

describe("a proxy that wants a login", () => {
  it.each([
    ["", true, /meminta nama dan kata sandi .*variabel http_proxy tidak menyebutnya/],
    ["petugas:salah@", undefined, /nama atau kata sandi proxy-nya keliru/],
  ])("is refused by it, for questions and for photos: login %j", async (login, anonymous, sentence) => {
    const wants = { "proxy-authenticate": "Basic", "content-type": "text/html" };
    const server = http.createServer((_request, response) => response.writeHead(407, wants).end());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    vi.stubEnv("http_proxy", `http://${login}127.0.0.1:${port}`);
    const plain = origin.replace("https", "http");
    const signal = new AbortController().signal;
    const client = createNewsroomClient({ origin: plain, version: "1.0.0", language: "id", signal });
    const error = await client.me().catch((thrown: unknown) => thrown as KominfoError);
    expect(error).toMatchObject({
      code: "proxy-refused",
      exit: 1,
      params: { variable: "http_proxy", ...(anonymous && { anonymous }) },
    });
    expect(explain(error as KominfoError, await loadMessages("id")).message).toMatch(sentence);
    await new Promise((resolve) => server.close(resolve));
  });

  it("is none of ours where it speaks SOCKS, and that is said", async () => {
    vi.stubEnv("ALL_PROXY", "socks5h://127.0.0.1:1080");
    const messages = await loadMessages("id");
    let said = "";
    try {
      proxyOf(origin);
    } catch (error) {
      said = explain(error as KominfoError, messages).message;
    }
    expect(said).toBe(
      "Variabel ALL_PROXY menyebut proxy SOCKS (socks5h://127.0.0.1:1080); kominfo hanya dapat memakai proxy HTTP.",
    );
  });
});
