import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { browser } from "../../src/channels/x/oauth2.js";
import { secretValues } from "../../src/credentials/environment.js";
import { createCredentials } from "../../src/credentials/store.js";
import {
  metaReply,
  pageId,
  pageToken,
  type Reply,
  type Seen,
  type Service,
  startService,
  xKeys,
  xReply,
} from "../channels/services.js";
import { hashQuickly } from "../support/hashing.js";
import { kominfo } from "../support/host.js";
import { type Laptop, openLaptop } from "../support/laptop.js";

hashQuickly();

let laptop: Laptop;
let service: Service;
beforeEach(async () => {
  laptop = await openLaptop();
});
afterEach(async () => {
  await service?.close();
  await laptop.remove();
});

const metaPage = metaReply({ node: pageId, nodeFields: { name: "Kecamatan Cibitung" }, token: pageToken });
const page = JSON.stringify({ page_id: pageId, token: pageToken });
const password = "abcd EFGH 1234 ijkl MNOP 5678";
const tidyPassword = password.replaceAll(" ", "");

async function serve(reply: (asked: Seen & { url: URL }) => Reply): Promise<void> {
  service = await startService(reply);
}

const serveMeta = () => serve(metaPage);
const serveX = () => serve(xReply(xKeys));
const wordpress = ({ headers }: Seen): Reply =>
  headers.authorization === `Basic ${Buffer.from(`kecamatan:${tidyPassword}`).toString("base64")}`
    ? { json: { id: 3, name: "Kecamatan Cibitung", slug: "kecamatan" } }
    : { status: 401, json: { code: "incorrect_password", data: { status: 401 } } };

/** With the stand-in at the place of every channel. */
function run(argv: string[], options: Parameters<Laptop["run"]>[1] = {}) {
  const { url } = service;
  return laptop.run(argv, { channelOrigins: { facebook: url, instagram: url, x: url }, ...options });
}

async function accounts() {
  return (await laptop.json<{ accounts: Record<string, unknown>[] }>(["auth", "status"])).accounts;
}

describe("auth login facebook|instagram|x --with-token", () => {
  it("reads one JSON object, asks the service, and keeps the account as the office's, bound to its address", async () => {
    await serveMeta();
    const ran = await run(["auth", "login", "facebook", "--with-token"], { stdin: page });
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(ran.stdout).toContain(`Kecamatan Cibitung: akun facebook di ${service.url} berlaku dan disimpan.`);
    expect(ran.stdout).not.toContain(pageToken);
    expect(await laptop.filesWith(pageToken)).toEqual([]);
    expect(await accounts()).toMatchObject([
      { service: "facebook", account: "default", origin: service.url, kind: "office", source: "vault" },
    ]);
  });

  it("prints account and name with --json", async () => {
    await serveX();
    const argv = ["auth", "login", "x", "--with-token", "--account", "humas", "--json"];
    const ran = await run(argv, { stdin: JSON.stringify(xKeys) });
    expect(JSON.parse(ran.stdout)).toEqual({
      account: {
        service: "x",
        account: "humas",
        origin: service.url,
        kind: "office",
        source: "vault",
        expires_at: null,
      },
      name: "@kec_cibitung",
    });
  });

  it("keeps nothing that the service refuses", async () => {
    await serveX();
    const ran = await run(["auth", "login", "x", "--with-token"], {
      stdin: JSON.stringify({ ...xKeys, api_secret: "tertukar1234567890" }),
    });
    expect(ran).toMatchObject({ code: 4, stdout: "" });
    await expect(readFile(laptop.vault)).rejects.toThrow("ENOENT");
  });

  it.each([
    ["a token alone", "EAAGtokenWithoutItsPage", "page_id, token"],
    ["a field too few", JSON.stringify({ page_id: pageId }), "page_id, token"],
    ["a field too many", JSON.stringify({ page_id: pageId, token: pageToken, url: "x" }), "page_id, token"],
    ["a list", JSON.stringify([pageId, pageToken]), "page_id, token"],
    ["an id that is none", JSON.stringify({ page_id: "../me", token: pageToken }), "page_id"],
    ["an empty token", JSON.stringify({ page_id: pageId, token: " " }), "token"],
    [
      "a token that no header carries",
      JSON.stringify({ page_id: pageId, token: `${pageToken}\nX: y` }),
      "token",
    ],
  ])("refuses %s with exit 2 and the field's name, and repeats nothing of it", async (_, stdin, named) => {
    await serveMeta();
    const ran = await run(["auth", "login", "facebook", "--with-token"], { stdin });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(named);
    expect(ran.stderr).not.toContain(pageToken);
    expect(service.seen).toEqual([]);
  });

  it("takes an id that was written as a number", async () => {
    await serveMeta();
    const stdin = `{"page_id": ${pageId}, "token": "${pageToken}"}`;
    expect(await run(["auth", "login", "facebook", "--with-token"], { stdin })).toMatchObject({ code: 0 });
  });

  it("sends nothing to another address than the service's", async () => {
    await serveMeta();
    const argv = ["auth", "login", "facebook", "--with-token", "--url"];
    const ran = await run([...argv, "https://jahat.example"], { stdin: page });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(`selalu di ${service.url}`);
    expect(service.seen).toEqual([]);
  });

  it("shows nothing of what a bad server echoes of the login", async () => {
    await serve(({ headers, line, url }) => {
      const echo = `${headers.authorization} ${line} ${Buffer.from(pageToken).toString("base64")}`;
      if (url.pathname.endsWith("debug_token")) return { json: { data: { is_valid: true } } };
      return { json: { id: pageId, name: echo } };
    });
    for (const flag of ["--verbose", "--json"]) {
      const ran = await run(["auth", "login", "facebook", "--with-token", flag], { stdin: page });
      expect(ran.code).toBe(0);
      expect(ran.stdout + ran.stderr).not.toContain(pageToken);
      expect(ran.stdout + ran.stderr).not.toContain(Buffer.from(pageToken).toString("base64"));
    }
  });

  it("says that the environment stands before what was stored", async () => {
    await serveMeta();
    const env = { KOMINFO_FACEBOOK_PAGE_ID: pageId, KOMINFO_FACEBOOK_TOKEN: "EAAGlain1234567890123" };
    const ran = await run(["auth", "login", "facebook", "--with-token"], { stdin: page, env });
    expect(ran.stderr).toContain("KOMINFO_FACEBOOK_PAGE_ID, KOMINFO_FACEBOOK_TOKEN terisi");
  });
});

describe("auth login web", () => {
  const stdin = JSON.stringify({ user: "kecamatan", app_password: password });

  it("goes to the site that kominfo.yaml names, and keeps the password without its gaps", async () => {
    await serve(wordpress);
    const settings = path.join(laptop.workspace, "kominfo.yaml");
    await writeFile(settings, `kecamatan: Cibitung\nweb: { url: "${service.url}" }\n`);
    const ran = await run(["auth", "login", "web", "--with-token"], { stdin });
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(ran.stdout).toContain(`Kecamatan Cibitung: akun web di ${service.url}`);
    expect(service.seen[0]?.line).toBe("GET /wp-json/wp/v2/users/me?context=edit");
  });

  it("needs an address: without one exit 2 names --url", async () => {
    await serve(wordpress);
    const ran = await run(["auth", "login", "web", "--with-token"], { stdin });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain("--url");
  });

  it("shows nothing of the login that a bad site echoes, neither as it was sent nor in base64", async () => {
    await serve(({ headers }) => ({ json: { name: `${headers.authorization} ${tidyPassword}`, slug: "x" } }));
    const ran = await run(["auth", "login", "web", "--with-token", "--url", service.url], { stdin });
    expect(ran.code).toBe(0);
    expect(ran.stdout).not.toContain(tidyPassword);
    expect(ran.stdout).not.toContain(Buffer.from(`kecamatan:${tidyPassword}`).toString("base64"));
  });

  it("asks in a terminal, says where the password is made, and hides it", async () => {
    await serve(wordpress);
    const ran = await run(["auth", "login", "web", "--url", service.url], {
      typed: [
        ["Nama pengguna WordPress", "kecamatan\r"],
        ["Sandi aplikasi", `${password}\r`],
      ],
    });
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain(`${service.url}/wp-admin/profile.php#application-passwords-section`);
    expect(ran.stderr).toContain("kecamatan");
    expect(ran.stderr).not.toContain("MNOP");
  });

  it("finds a wrong address before a login is typed for it, and asks for the address again", async () => {
    await serve(wordpress);
    const elsewhere = await startService(() => ({ status: 404, json: {} }));
    const ran = await run(["auth", "login", "web", "--url", elsewhere.url], {
      typed: [
        ["Alamat situs WordPress", `${service.url}\r`],
        ["Nama pengguna WordPress", "kecamatan\r"],
        ["Sandi aplikasi", `${password}\r`],
      ],
    });
    await elsewhere.close();
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.stderr).toContain(`Tidak ada REST API WordPress di ${elsewhere.url}`);
    expect(elsewhere.seen.every(({ headers }) => headers.authorization === undefined)).toBe(true);
    expect(ran.stdout).toContain(`akun web di ${service.url}`);
  });

  it("where nobody can be asked the other way is named", async () => {
    await serve(wordpress);
    const ran = await run(["auth", "login", "web", "--url", service.url]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain("--with-token");
  });
});

it("auth login x keeps whose account it is, so that X, which bills the question, need not be asked again", async () => {
  await serveX();
  await run(["auth", "login", "x", "--with-token"], { stdin: JSON.stringify(xKeys) });
  const credentials = createCredentials({
    vaultPath: laptop.vault,
    environment: { KOMINFO_PASSPHRASE_FILE: laptop.passphraseFile },
    now: () => new Date(),
    onSecret: () => {},
  });
  const { secret } = await credentials.get("x", service.url);
  expect(secret).toEqual({ ...xKeys, user_id: "2244994945", username: "kec_cibitung" });
  // Open names: scrubbed, they would garble what is printed.
  expect(secretValues(secret)).toEqual(Object.values(xKeys));
});

describe("auth login x in the browser", () => {
  const issued = { access: "aksesPertama1234567890", refresh: "segarkanPertama1234567890" };
  /** X: its token page and users/me; each refresh token works once. */
  function oauth2(...lifetimes: number[]) {
    let access = "";
    let refresh = "";
    let count = 0;
    const me = xReply(xKeys, () => access);
    return (asked: Seen & { url: URL }): Reply => {
      if (asked.line !== "POST /2/oauth2/token") return me(asked);
      const isForm = asked.headers["content-type"] === "application/x-www-form-urlencoded";
      const form = new URLSearchParams(isForm ? asked.body : "");
      const known =
        form.get("grant_type") === "refresh_token"
          ? form.get("refresh_token") === refresh
          : form.get("code") === "kode-sekali" && (form.get("code_verifier") ?? "").length >= 43;
      if (!known || form.get("client_id") !== "klienKominfo") {
        return { status: 400, json: { error: "invalid_request" } };
      }
      access = `${issued.access}${++count}`;
      refresh = `${issued.refresh}${count}`;
      return {
        json: {
          token_type: "bearer",
          expires_in: lifetimes.shift() ?? 7200,
          access_token: access,
          refresh_token: refresh,
        },
      };
    };
  }

  /** What the browser does once the person agreed (or did not): it comes back to this machine. */
  async function comeBack(shown: string, answer: (state: string) => string): Promise<string> {
    const state = /[?&]state=([\w-]+)/.exec(shown)?.[1] ?? "";
    const response = await fetch(`http://127.0.0.1:${browser.port}/callback?${answer(state)}`);
    return response.text();
  }

  async function logIn(answers: ((state: string) => string)[]) {
    const pages: string[] = [];
    const typed = [
      ["Masuk ke X dengan cara apa?", "\u001b[B\r"],
      [/Callback URI[\s\S]*Client ID/, "klienKominfo\r"],
    ] as const;
    const { testHost } = await import("../support/host.js");
    const { main } = await import("../../src/main.js");
    const env = { KOMINFO_PASSPHRASE_FILE: laptop.passphraseFile };
    const host = testHost({ cwd: laptop.workspace, home: laptop.home, env, typed });
    const ended = main(["auth", "login", "x"], host, { channelOrigins: { x: service.url } });
    const deadline = Date.now() + 10_000;
    while (!host.written.stderr.includes("code_challenge=") && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    for (const answer of answers) pages.push(await comeBack(host.written.stderr, answer));
    return { code: await ended, pages, ...host.written };
  }

  const agreed = (state: string) => `state=${state}&code=kode-sekali`;

  it("sends the person to X with PKCE, takes the answer on this machine, and keeps what renews itself", async () => {
    await serve(oauth2());
    const ran = await logIn([agreed]);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain("@kec_cibitung");
    expect(ran.pages).toEqual(["Selesai. Tutup halaman ini dan kembali ke terminal.\n"]);
    const url = new URL(/https:\/\/x\.com\/i\/oauth2\/authorize\?\S+/.exec(ran.stderr)?.[0] ?? "");
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: "code",
      client_id: "klienKominfo",
      redirect_uri: `http://127.0.0.1:${browser.port}/callback`,
      code_challenge_method: "S256",
      scope: expect.stringContaining("offline.access"),
    });
    expect(ran.stdout + ran.stderr).not.toContain(issued.access);
    expect(await laptop.filesWith(issued.refresh)).toEqual([]);
  });

  it("turns away an answer that is not to its question, and goes on waiting", async () => {
    await serve(oauth2());
    const ran = await logIn([() => "state=tebakan&code=kode-penyerang", agreed]);
    expect(ran.pages[0]).toContain("hanya untuk jawaban");
    expect(ran.code).toBe(0);
  });

  it("that was declined is exit 4, and nothing is kept", async () => {
    await serve(oauth2());
    const ran = await logIn([(state) => `state=${state}&error=access_denied`]);
    expect(ran.code).toBe(4);
    expect(ran.stderr).toContain("tidak diberikan");
    expect(await accounts()).toEqual([]);
  });

  it("renews an access token that ends soon, once for several commands at a time, and keeps the new one first", async () => {
    await serve(oauth2(60));
    expect((await logIn([agreed])).code).toBe(0);
    const checks = await Promise.all(
      [1, 2, 3].map(() =>
        run(["auth", "status", "--check", "--json"], { channelOrigins: { x: service.url } }),
      ),
    );
    expect(checks.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(service.seen.filter(({ body }) => body.includes("grant_type=refresh_token"))).toHaveLength(1);
    const log = await readFile(path.join(path.dirname(laptop.vault), "audit.jsonl"), "utf8");
    expect(log).toContain('"action":"renew","service":"x","account":"default","result":"done"');
    expect(log).not.toContain(issued.refresh);
  });
});

describe("auth status --check", () => {
  it("asks every service, and exit 4 tells that one refuses", async () => {
    const [facebook, x] = [metaPage, xReply({ ...xKeys, api_secret: "yangLain1234567890" })];
    await serve((asked) => (asked.url.pathname.startsWith("/v") ? facebook(asked) : x(asked)));
    await run(["auth", "login", "facebook", "--with-token"], { stdin: page });
    const env = Object.fromEntries(
      Object.entries(xKeys).map(([field, value]) => [`KOMINFO_X_${field.toUpperCase()}`, value]),
    );
    const ran = await run(["auth", "status", "--check", "--json"], { env });
    expect(ran.code).toBe(4);
    expect(JSON.parse(ran.stdout).accounts).toMatchObject([
      { service: "x", source: "env", kind: "office", valid: false, problem: "channel-refused" },
      { service: "facebook", source: "vault", valid: true, problem: null },
    ]);
  });

  it("remembers the end that the service names now", async () => {
    const debug: Record<string, unknown> = {};
    await serve(metaReply({ node: pageId, nodeFields: { name: "K" }, token: pageToken, debug }));
    await run(["auth", "login", "facebook", "--with-token"], { stdin: page });
    expect(await accounts()).toMatchObject([{ expires_at: null }]);
    debug.expires_at = Date.UTC(2099, 0, 1) / 1000;
    await run(["auth", "status", "--check"]);
    expect(await accounts()).toMatchObject([{ expires_at: "2099-01-01T00:00:00.000Z" }]);
  });

  it("of a site from the environment goes where kominfo.yaml says; without one it is not checked", async () => {
    await serve(wordpress);
    const env = { KOMINFO_WEB_USER: "kecamatan", KOMINFO_WEB_APP_PASSWORD: password };
    const without = await run(["auth", "status", "--check", "--json"], { env });
    expect(JSON.parse(without.stdout).accounts).toMatchObject([{ origin: null, valid: null }]);
    const settings = path.join(laptop.workspace, "kominfo.yaml");
    await writeFile(settings, `kecamatan: Cibitung\nweb: { url: "${service.url}" }\n`);
    const checked = await run(["auth", "status", "--check", "--json"], { env });
    expect(JSON.parse(checked.stdout).accounts).toMatchObject([{ origin: service.url, valid: true }]);
  });

  it("sends an account that was brought along for a false address nowhere", async () => {
    await serveMeta();
    const other = await startService(metaPage);
    await run(["auth", "login", "facebook", "--with-token"], { stdin: page });
    const ran = await laptop.run(["auth", "status", "--check", "--json"], {
      channelOrigins: { facebook: other.url },
    });
    const sent = other.seen.length;
    await other.close();
    expect(sent).toBe(0);
    expect(JSON.parse(ran.stdout).accounts).toMatchObject([{ problem: "credential-other-origin" }]);
  });
});

it("auth logout takes the account from this computer and says where it lives on", async () => {
  await serveX();
  await run(["auth", "login", "x", "--with-token"], { stdin: JSON.stringify(xKeys) });
  const ran = await run(["auth", "logout", "x"]);
  expect(ran.code).toBe(0);
  expect(ran.stderr).toContain("https://x.com/settings/connected_apps");
  expect(await accounts()).toEqual([]);
});

it("no flag and no variable leads a channel elsewhere: without the tests' own way in, X's address is asked", async () => {
  await serveX();
  const ran = await kominfo(["auth", "login", "x", "--with-token", "--url", service.url], {
    cwd: laptop.workspace,
    stdin: JSON.stringify(xKeys),
    env: { KOMINFO_X_URL: service.url, KOMINFO_X_ORIGIN: service.url },
  });
  expect(ran.code).toBe(2);
  expect(ran.stderr).toContain("https://api.x.com");
  expect(service.seen).toEqual([]);
});
