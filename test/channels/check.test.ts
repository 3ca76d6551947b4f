import { afterEach, describe, expect, it } from "vitest";
import type { Secret } from "../../src/channels/login/types.js";
import { defaultGraphVersion as graphVersion } from "../../src/channels/meta/versions.js";
import { type AccountChannel, loginOf } from "../../src/channels/registry.js";
import { signature } from "../../src/channels/x/login.js";
import { createHttp } from "../../src/http/client.js";
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
} from "./services.js";

let service: Service;
afterEach(() => service?.close());

async function check(name: AccountChannel, secret: Secret, reply: (asked: Seen & { url: URL }) => Reply) {
  service = await startService(reply);
  const http = createHttp({ origin: service.url, headers: {}, signal: new AbortController().signal });
  return (await loginOf(name).load()).check({ http, origin: service.url, now: new Date() }, secret);
}

const answers = (status: number, json: unknown, headers?: Record<string, string>) => () => ({
  status,
  json,
  ...(headers && { headers }),
});

describe("the check of facebook", () => {
  const secret = { page_id: pageId, token: pageToken };
  const nodeFields = { name: "Kecamatan Cibitung" };
  const meta = (debug: Record<string, unknown> = {}, node = pageId) =>
    metaReply({ node, nodeFields, token: pageToken, debug });

  it("asks debug_token about the token, then names the page that the token opens", async () => {
    expect(await check("facebook", secret, meta({ profile_id: pageId }))).toEqual({
      name: "Kecamatan Cibitung",
    });
    expect(service.seen.map(({ line }) => line)).toEqual([
      `GET /${graphVersion}/debug_token?input_token=${pageToken}`,
      `GET /${graphVersion}/${pageId}?fields=id%2Cname`,
    ]);
  });

  it("tells when the token ends", async () => {
    const expires_at = Date.UTC(2027, 0, 2, 3, 4, 5) / 1000;
    expect(await check("facebook", secret, meta({ expires_at }))).toMatchObject({
      expires_at: "2027-01-02T03:04:05.000Z",
    });
  });

  it("refuses a token that Meta calls invalid", async () => {
    const code = "channel-refused";
    await expect(check("facebook", secret, meta({ is_valid: false }))).rejects.toMatchObject({
      code,
      exit: 4,
    });
  });

  it("refuses a token that Meta does not know", async () => {
    const other = { ...secret, token: "EAAGanotherTokenAltogether" };
    await expect(check("facebook", other, meta())).rejects.toMatchObject({
      code: "channel-refused",
      exit: 4,
    });
  });

  it.each([
    ["debug_token names another page", meta({ profile_id: "99887766554433" })],
    ["the token does not open the page", meta({}, "99887766554433")],
  ])("refuses the token of another page: %s", async (_, reply) => {
    const problem = { code: "channel-other-account", exit: 4, params: { service: "facebook", id: pageId } };
    await expect(check("facebook", secret, reply)).rejects.toMatchObject(problem);
  });

  it("does without debug_token where Meta does not let the token look at itself", async () => {
    const full = meta();
    const reply = (asked: Seen & { url: URL }) =>
      asked.url.pathname.endsWith("/debug_token")
        ? {
            status: 400,
            json: { error: { message: "(#100) You must provide an app access token", code: 100 } },
          }
        : full(asked);
    expect(await check("facebook", secret, reply)).toEqual({ name: "Kecamatan Cibitung" });
  });

  it.each([
    ["too many calls", 400, 4, "server-busy"],
    ["a fault of Meta's own", 500, 2, "server-failing"],
  ])("takes %s for temporary", async (_, status, code, wanted) => {
    const reply = answers(status, { error: { message: "later", code } });
    await expect(check("facebook", secret, reply)).rejects.toMatchObject({ code: wanted, exit: 5 });
  });
});

describe("the check of instagram", () => {
  const account = "17841405822304914";
  const secret = { account_id: account, token: pageToken };
  const meta = (node: string) =>
    metaReply({
      ...{ node, nodeFields: { username: "kec.cibitung" }, token: pageToken },
      debug: { type: "PAGE", profile_id: pageId },
    });

  it("takes a page's token, which opens the account too: it is what publishes", async () => {
    expect(await check("instagram", secret, meta(account))).toEqual({ name: "kec.cibitung" });
  });

  it("refuses the token of a page that does not open the account", async () => {
    const problem = { code: "channel-other-account", exit: 4, params: { service: "instagram", id: account } };
    await expect(check("instagram", secret, meta("17841400000000000"))).rejects.toMatchObject(problem);
  });
});

it("instagram is checked like facebook, by its account and user name", async () => {
  const reply = metaReply({
    node: "17841405822304914",
    nodeFields: { username: "kec.cibitung" },
    token: pageToken,
  });
  const secret = { account_id: "17841405822304914", token: pageToken };
  expect(await check("instagram", secret, reply)).toEqual({ name: "kec.cibitung" });
});

describe("the check of x", () => {
  it("signs as X's own example does", () => {
    // https://docs.x.com/resources/fundamentals/authentication/oauth-1-0a/creating-a-signature
    const secret = {
      api_key: "xvz1evFS4wEEPTGEFPHBog",
      api_secret: "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
      access_token: "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
      access_secret: "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
    };
    // The example sends `status` in a form; signed in the query it gives the same.
    const url =
      "https://api.twitter.com/1.1/statuses/update.json?include_entities=true&status=Hello%20Ladies%20%2B%20Gentlemen%2C%20a%20signed%20OAuth%20request%21";
    const now = new Date(1318622958 * 1000);
    const nonce = "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg";
    expect(signature({ method: "POST", url, secret, now, nonce })).toContain(
      'oauth_signature="hCtSmYh%2BiHYCEqBWrE7C7hYmtUk%3D"',
    );
  });

  it("signs with any characters in the keys, and gives the account's handle", async () => {
    expect(await check("x", xKeys, xReply(xKeys))).toEqual({
      name: "@kec_cibitung",
      keep: { user_id: "2244994945", username: "kec_cibitung" },
    });
    expect(service.seen[0]?.headers.authorization).not.toContain(encodeURIComponent(xKeys.api_secret));
  });

  it("never uses a nonce twice", async () => {
    const asked = {
      method: "GET",
      url: "https://api.x.com/2/users/me",
      secret: xKeys,
      now: new Date(0),
    } as const;
    expect(signature(asked)).not.toBe(signature(asked));
  });

  it("says that this computer's clock is wrong, where X's own says so, and not that the keys are", async () => {
    const date = (ms: number) => ({ date: new Date(Date.now() + ms).toUTCString() });
    const refused = (ms: number) => answers(401, { title: "Unauthorized" }, date(ms));
    for (const ms of [-7 * 3_600_000, 6 * 60_000]) {
      const problem = { code: "x-clock-off", exit: 1 };
      await expect(check("x", xKeys, refused(ms))).rejects.toMatchObject(problem);
      await service.close();
    }
    await expect(check("x", xKeys, refused(60_000))).rejects.toMatchObject({ code: "channel-refused" });
    await service.close();
    const bearer = { ...xKeys, access_token: "b", refresh_token: "r", client_id: "c" };
    await expect(check("x", bearer, refused(-7 * 3_600_000))).rejects.toMatchObject({
      code: "channel-refused",
    });
  });

  it("refuses keys that do not belong together", async () => {
    const mixed = { ...xKeys, access_secret: "another1234567890" };
    await expect(check("x", mixed, xReply(xKeys))).rejects.toMatchObject({
      code: "channel-refused",
      exit: 4,
    });
  });
});

describe("the check of web", () => {
  const secret = { user: "kecamatan", app_password: "abcdEFGH1234" };

  it("says that the address is not WordPress's", async () => {
    const reply = () => ({ status: 404, text: "<h1>Not found</h1>" });
    await expect(check("web", secret, reply)).rejects.toMatchObject({ code: "channel-not-there", exit: 1 });
  });
});

describe("every check", () => {
  const secrets: Partial<Record<AccountChannel, Secret>> = {
    web: { user: "kecamatan", app_password: "abcdEFGH1234" },
    facebook: { page_id: pageId, token: pageToken },
    instagram: { account_id: pageId, token: pageToken },
    x: xKeys,
  };
  const all = Object.entries(secrets) as [AccountChannel, Secret][];

  it.each(all)("of %s takes a hotspot's page for temporary, not for a wrong login", async (name, secret) => {
    const reply = () => ({ text: "<h1>Wi-Fi</h1>" });
    await expect(check(name, secret, reply)).rejects.toMatchObject({ code: "channel-hidden", exit: 5 });
  });

  it.each(all)("of %s waits as long as the service says", async (name, secret) => {
    const reply = answers(429, {}, { "retry-after": "77" });
    await expect(check(name, secret, reply)).rejects.toMatchObject({ exit: 5, params: { wait: "77" } });
  });

  it.each(all)("of %s follows no redirect", async (name, secret) => {
    const reply = () => ({ status: 302, headers: { location: "https://jahat.example/" } });
    await expect(check(name, secret, reply)).rejects.toMatchObject({ code: "server-redirects" });
    expect(service.seen).toHaveLength(1);
  });

  it.each(all)("of %s tells a missing permission from a wrong login", async (name, secret) => {
    await expect(check(name, secret, answers(403, {}))).rejects.toMatchObject({
      code: "channel-forbidden",
      exit: 4,
    });
  });
});
