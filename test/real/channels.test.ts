import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as x from "../../src/channels/x/login.js";
import { createHttp } from "../../src/http/client.js";
import { type Laptop, openLaptop } from "../support/laptop.js";
import { hasShared, sharedFolder } from "../support/shared.js";
import { freePort } from "./servers/process.js";
import { startWordPress, type WordPress } from "./servers/wordpress.js";

let laptop: Laptop;
beforeEach(async () => {
  laptop = await openLaptop();
});
afterEach(() => laptop.remove());

describe("a real WordPress", () => {
  let site: WordPress;

  beforeAll(async () => {
    site = await startWordPress("6.1");
  });
  afterAll(() => site?.stop());

  const logIn = (user: string, app_password: string) =>
    laptop.run(["auth", "login", "web", "--with-token", "--url", site.url], {
      stdin: JSON.stringify({ user, app_password }),
    });

  it("lets a contributor in by an application password, as WordPress shows it", async () => {
    const password = site.users.kecamatan?.app_password ?? "";
    expect(password).toMatch(/^(\w{4} ){5}\w{4}$/);
    const ran = await logIn("kecamatan", password);
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(ran.stdout).toContain(`kecamatan: akun web di ${site.url} berlaku dan disimpan.`);
    const status = await laptop.run(["auth", "status", "--check", "--json"]);
    expect(status.code).toBe(0);
    expect(JSON.parse(status.stdout).accounts).toMatchObject([
      { service: "web", valid: true, problem: null },
    ]);
    expect(await laptop.filesWith(password.replaceAll(" ", ""))).toEqual([]);
  });

  it.each([
    ["a wrong application password", "kecamatan", "abcd EFGH 1234 ijkl MNOP 5678"],
    ["the password of the account itself", "kecamatan", "kecamatan-pass"],
    ["a user who is not there", "camat", "abcd EFGH 1234 ijkl MNOP 5678"],
  ])("refuses %s", async (_, user, password) => {
    const ran = await logIn(user, password);
    expect(ran).toMatchObject({ code: 4, stdout: "" });
    expect(ran.stderr).toContain("menolak akun web ini");
  });
});

describe.skipIf(!hasShared)("X by its own OpenAPI document", () => {
  let prism: ChildProcess;
  let origin: string;

  beforeAll(async () => {
    const port = await freePort();
    const document = path.join(sharedFolder, "specs/x-openapi.json");
    const words = [
      "--yes",
      "@stoplight/prism-cli@5.14.2",
      "mock",
      "-h",
      "127.0.0.1",
      "-p",
      String(port),
      document,
    ];
    prism = spawn("npx", words, { detached: true, stdio: ["ignore", "pipe", "pipe"] });
    await new Promise<void>((resolve, reject) => {
      prism.stdout?.on("data", (text) => String(text).includes("is listening on") && resolve());
      prism.on("exit", () => reject(new Error("Prism ended")));
    });
    origin = `http://127.0.0.1:${port}`;
  });
  afterAll(() => {
    if (prism?.pid) process.kill(-prism.pid, "SIGTERM");
  });

  it("takes the request as one of its own, and its answer is understood", async () => {
    const http = createHttp({ origin, headers: {}, signal: new AbortController().signal });
    // Prism knows the document's bearer; the "OAuth" of 1.0a it takes for no login at all.
    const secret = { client_id: "klien", access_token: "aksesKantor1234567890" };
    const { name } = await x.check({ http, origin, now: new Date() }, secret);
    expect(name).toMatch(/^@\w{1,15}$/);
    await expect(x.check({ http, origin, now: new Date() }, { api_key: "a" })).rejects.toMatchObject({
      code: "channel-refused",
    });
  });
});
