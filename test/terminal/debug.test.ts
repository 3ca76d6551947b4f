import { describe, expect, it } from "vitest";
import { temporary, usage } from "../../src/errors/errors.js";
import { createDebug, debugSections, logTransfer, traceCalls } from "../../src/terminal/debug.js";
import { createScrubber } from "../../src/terminal/scrubber.js";
import { testHost } from "../support/host.js";

const secret = "kominfo_kenari-token-debug-1234";

function debugOf(KOMINFO_DEBUG?: string) {
  const host = testHost({ cwd: "/", env: { KOMINFO_DEBUG } });
  const scrubber = createScrubber([secret]);
  return { debug: createDebug(host, scrubber), host };
}

describe("the sections of KOMINFO_DEBUG", () => {
  it.each<[string | undefined, string[], string[]]>([
    [undefined, [], []],
    ["", [], []],
    ["http", ["http"], []],
    ["HTTP, vault,", ["http", "vault"], []],
    ["*", [...debugSections], []],
    ["http,jaringan", ["http"], ["jaringan"]],
    ["htt*", [], ["htt*"]],
  ])("of %j are read as a list, whatever its case", (value, on, unknown) => {
    const { debug } = debugOf(value);
    expect(debugSections.filter((section) => debug.log(section))).toEqual(on);
    expect(debug.unknown).toEqual(unknown);
  });

  it("name each line with the number of the process", () => {
    const { debug, host } = debugOf("http");
    debug.log("http")?.("GET https://a.id/api/v1/me 200 35 ms");
    expect(host.written).toEqual({
      stdout: "",
      stderr: "HTTP 12345: GET https://a.id/api/v1/me 200 35 ms\n",
    });
  });
});

describe("a line of KOMINFO_DEBUG", () => {
  it.each([
    secret,
    Buffer.from(`siti:${secret}`).toString("base64"),
    // An invisible character in its middle.
    `${secret.slice(0, 9)}\u200b${secret.slice(9)}`,
  ])("never shows a token, as in %j", (text) => {
    const { debug, host } = debugOf("*");
    for (const section of debugSections) debug.log(section)?.(`sebelum ${text} sesudah`);
    expect(host.written.stderr).toContain("••••");
    expect(host.written.stderr).not.toContain(secret);
    expect(host.written.stderr).not.toContain(Buffer.from(`siti:${secret}`).toString("base64"));
  });

  it("stays one line and moves no cursor", () => {
    const { debug, host } = debugOf("photo");
    debug.log("photo")?.("render a\u001b[2J\nHTTP 1: b\u202e.jpg");
    expect(host.written.stderr).toBe("PHOTO 12345: render a HTTP 1: b.jpg\n");
  });
});

describe("traced calls", () => {
  const service = {
    version: "1",
    names: () => ["a"],
    save: async (token: string) => token.length,
    get: async (): Promise<string> => {
      throw usage("account-name-invalid");
    },
    crash: async () => {
      throw new Error(secret);
    },
  };

  it("log how they ended and how long they took, and give or throw the same", async () => {
    const lines: string[] = [];
    const traced = traceCalls(
      service,
      (line) => lines.push(line),
      (method) => method,
    );
    expect(traced.version).toBe("1");
    expect(traced.names()).toEqual(["a"]);
    expect(await traced.save(secret)).toBe(secret.length);
    await expect(traced.get()).rejects.toMatchObject({ code: "account-name-invalid" });
    await expect(traced.crash()).rejects.toThrow(secret);
    expect(lines.map((line) => line.replace(/\d+ ms$/, "0 ms"))).toEqual([
      "save: done, 0 ms",
      "get: account-name-invalid, 0 ms",
      "crash: bug, 0 ms",
    ]);
  });

  it("are the object itself where the section is off", () => {
    expect(traceCalls(service, undefined, String)).toBe(service);
  });
});

describe("a traced transfer", () => {
  it("has a line for each step, item and wait, and none for the bytes in between", () => {
    const lines: string[] = [];
    const log = logTransfer((line) => lines.push(line));
    const error = temporary("server-unreachable", {
      origin: "https://a.id",
      path: "/",
      reason: "ECONNRESET",
    });
    log({ step: "asking" });
    log({ step: "uploading", done: 0, total: 2, sent: 10, size: 100 });
    log({ step: "uploading", done: 0, total: 2, sent: 20, size: 100 });
    log({ step: "uploading", done: 0, total: 2, sent: 20, size: 100, waiting: { error, ms: 400 } });
    log({ step: "uploading", done: 1, total: 2, sent: 60, size: 100 });
    log({ step: "listing", done: 1, total: 2 });
    expect(lines).toEqual([
      "asking",
      "uploading 0/2, 10/100 bytes",
      "uploading 0/2 waits 400 ms after server-unreachable, 20/100 bytes",
      "uploading 1/2, 60/100 bytes",
      "listing 1/2",
    ]);
  });
});
