import { afterEach, describe, expect, it } from "vitest";
import type { Session } from "../../../src/channels/publishing.js";
import { accountOf } from "../../../src/channels/web/home.js";
import { account } from "../../../src/channels/web/publish.js";
import { cancelled, type KominfoError, temporary } from "../../../src/errors/errors.js";
import { createHttp } from "../../../src/http/client.js";
import { type Reply, type Service, startService } from "../services.js";

let service: Service;
afterEach(() => service?.close());

/** A site whose index is this. */
async function open(index: () => Reply): Promise<Session> {
  const me = { id: 5, name: "Penulis", slug: "penulis", capabilities: { publish_posts: true } };
  service = await startService(({ url }) => (url.pathname === "/wp-json/" ? index() : { json: me }));
  const { url: origin } = service;
  return {
    http: createHttp({ origin, headers: {}, signal: new AbortController().signal }),
    ...{ origin, now: new Date(0), secret: { user: "penulis", app_password: "abcdefgh" } },
    ...{ newsroomNow: () => new Date(0), wait: async () => {} },
  };
}

describe("the account of a website", () => {
  it("is named as the site calls itself, asked with the login for nothing but that", async () => {
    const session = await open(() => ({
      json: { home: `${service.url.replace("127.0.0.1", "localhost")}/` },
    }));
    const home = session.origin.replace("127.0.0.1", "localhost");
    expect(await account(session)).toMatchObject({ account: home, label: new URL(home).host, home });
    const index = service.seen.find(({ line }) => line.startsWith("GET /wp-json/?"));
    expect(index?.line).toBe("GET /wp-json/?_fields=home");
    expect(index?.headers.authorization).toMatch(/^Basic /);
  });

  it.each<[string, string | undefined, string]>([
    ["https://cibitung.go.id", "https://www.cibitung.go.id", "https://www.cibitung.go.id"],
    ["https://www.cibitung.go.id", "https://cibitung.go.id", "https://cibitung.go.id"],
    // Behind a proxy WordPress may not know of its https, in which case nobody could log in at what it says.
    ["https://cibitung.go.id", "http://cibitung.go.id", "https://cibitung.go.id"],
    ["https://cibitung.go.id", "http://www.cibitung.go.id", "https://www.cibitung.go.id"],
    ["http://localhost:8080", "http://127.0.0.1:8080", "http://127.0.0.1:8080"],
    ["https://wp.internal", "https://cibitung.go.id", "https://wp.internal"],
    ["https://cibitung.go.id", undefined, "https://cibitung.go.id"],
  ])("at %s, which says it is %s, is %s", (origin, home, expected) =>
    expect(accountOf(origin, home)).toBe(expected),
  );

  it.each<[string, Reply]>([
    ["forbids it", { status: 401, json: { code: "rest_cannot_access" } }],
    ["has a firewall's page", { status: 403, text: "<html>" }],
    ["hides it", { status: 404, json: { code: "rest_no_route" } }],
    ["sends readers elsewhere", { status: 302, headers: { location: "/wp-login.php" } }],
    ["crashes over it", { status: 500, json: {} }],
    ["names no address", { json: { home: "" } }],
    ["names something else", { json: { home: "javascript:alert(1)" } }],
    ["names no text", { json: { home: ["https://cibitung.go.id"] } }],
  ])("is its address here where the site %s", async (_, index) => {
    const session = await open(() => index);
    const { origin } = session;
    const label = new URL(origin).host;
    expect(await account(session)).toEqual({ account: origin, label, mode: "publish" });
  });

  it("is its address here where the line breaks over that question; Ctrl-C ends it", async () => {
    const session = await open(() => ({ json: {} }));
    const breaking = (error: KominfoError): Session => ({
      ...session,
      http: (request) =>
        request.path.startsWith("/wp-json/?") ? Promise.reject(error) : session.http(request),
    });
    const { origin } = session;
    const slow = temporary("server-slow", { origin, path: "/", reason: "timeout" });
    expect(await account(breaking(slow))).toMatchObject({ account: origin });
    const stopped = account(breaking(cancelled("cancelled")));
    await expect(stopped).rejects.toMatchObject({ code: "cancelled" });
  });
});
