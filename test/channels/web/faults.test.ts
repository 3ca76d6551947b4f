import { afterEach, describe, expect, it } from "vitest";
import type { Job, Session } from "../../../src/channels/publishing.js";
import { pictureName } from "../../../src/channels/web/picture-name.js";
import {
  account,
  commit,
  follow,
  lookup,
  prepare,
  storePicture,
  takeDown,
} from "../../../src/channels/web/publish.js";
import type { RenderingWarning } from "../../../src/contract/contract.js";
import { KominfoError } from "../../../src/errors/errors.js";
import { createHttp } from "../../../src/http/client.js";
import { renderOn, revision } from "../revision.js";
import { type Reply, type Seen, type Service, startService } from "../services.js";

/**
 * What a site answers when something is wrong with it or before it. That publishing works is shown against real WordPress
 * (test/real/publish/web.test.ts); this stand-in knows one post and no more than its faults need.
 */
const photo = {
  ...{ sha256: "a".repeat(64), lead: false, alt: "", caption: "", credit: "", crop: null },
  ...{ width: 10, height: 10 },
};
let service: Service;
afterEach(() => service?.close());

const settled = 3 * 60_000;
const post = (status: string, more: object = {}) => ({
  id: 47,
  status,
  slug: "kominfo-p",
  link: status === "publish" ? `${service.url}/musrenbang/` : `${service.url}/?p=47`,
  title: { raw: "", rendered: "" },
  content: { raw: "", rendered: "" },
  ...more,
});
const user = (capabilities: object) => ({
  json: { id: 5, name: "Penulis", slug: "penulis", capabilities },
});
const author = { edit_posts: true, publish_posts: true, upload_files: true, edit_published_posts: true };
const refused = (status: number, code: string): Reply => ({
  status,
  json: { code, message: "Sorry.", data: { status } },
});
const html = (status: number): Reply => ({ status, text: "<h1>Forbidden</h1>" });

type Answering = (asked: Seen & { url: URL; at: string }) => Reply | undefined;

async function open(answer: Answering): Promise<Session> {
  service = await startService((asked) => {
    const at = `${asked.line.split(" ")[0]} ${asked.url.pathname.replace("/wp-json/wp/v2", "")}`;
    return answer({ ...asked, at }) ?? (at === "GET /users/me" ? user(author) : { json: [] });
  });
  const http = createHttp({ origin: service.url, headers: {}, signal: new AbortController().signal });
  return {
    http,
    origin: service.url,
    now: new Date(0),
    secret: { user: "penulis", app_password: "abcdefgh" },
    newsroomNow: () => new Date(0),
    wait: async () => {},
  };
}

async function jobWith(more: Partial<Job> = {}): Promise<Job & { warnings: RenderingWarning[] }> {
  const warnings: RenderingWarning[] = [];
  return {
    publication: "p",
    rendering: await renderOn("web", revision({ body: "Isi." })),
    link: null,
    corrects: null,
    earlier: null,
    photo: async () => Buffer.from("x"),
    once: (_, effect) => effect(),
    onWarning: (warning) => warnings.push(warning),
    ...more,
    warnings,
  };
}

const intent = { user: "5", post: "47", mode: "publish" };
const problem = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof KominfoError ? `${error.code} ${error.exit}` : error),
  );

describe("a site that does not let itself be published on", () => {
  it.each<[string, Reply, string]>([
    ["an application password that was withdrawn", refused(401, "incorrect_password"), "channel-refused 4"],
    ["REST turned off for users", refused(404, "rest_no_route"), "channel-not-there 1"],
    ["no WordPress at all", html(404), "channel-not-there 1"],
    ["a firewall's page", html(403), "web-firewall 1"],
    ["a plugin that forbids it", refused(403, "rest_forbidden"), "web-role 4"],
    [
      "a page that wants a login",
      { status: 302, headers: { location: "/wp-login.php" } },
      "server-redirects 1",
    ],
    ["a hotspot's page", html(200), "channel-hidden 5"],
    [
      "a picture in place of an answer",
      { text: "x", headers: { "content-type": "image/png" } },
      "channel-hidden 5",
    ],
    [
      "warnings printed around its answer",
      { text: "<br>Warning: x {}", headers: { "content-type": "application/json" } },
      "web-answer-broken 1",
    ],
    ["a crash", refused(500, "internal_server_error"), "server-failing 5"],
    ["too many requests", { status: 429, headers: { "retry-after": "30" } }, "server-busy 5"],
  ])("says so of %s", async (_, reply, expected) => {
    const session = await open(() => reply);
    expect(await problem(account(session))).toBe(expected);
    expect(await problem(prepare(session, await jobWith()))).toBe(expected);
    expect(service.seen.filter(({ line }) => line.startsWith("POST"))).toEqual([]);
  });

  it("takes a user without capabilities, as PHP writes them, for one who may not write", async () => {
    const session = await open(({ at }) => (at === "GET /users/me" ? user([]) : undefined));
    expect(await account(session)).toMatchObject({ mode: "pending" });
    expect(await problem(prepare(session, await jobWith()))).toBe("web-role 4");
  });

  it.each<[string, Reply, string]>([
    ["413 of the server", html(413), "web-upload-refused 1"],
    ["WordPress's own limit", refused(500, "rest_upload_unknown_error"), "web-upload-refused 1"],
    ["a field that it does not take", refused(400, "rest_invalid_param"), "web-refused 1"],
  ])("says of an upload: %s", async (_, reply, expected) => {
    const session = await open(({ at }) => (at === "POST /media" ? reply : undefined));
    const picture = { bytes: async () => Buffer.from("x"), photo, alt: "", caption: "" };
    expect(await problem(storePicture(session, picture))).toBe(expected);
  });

  it("publishes nothing whose text the site has changed when it stored it", async () => {
    const session = await open(({ at }) =>
      at === "POST /posts"
        ? { status: 201, json: post("draft", { content: { raw: "<p>Isi lain.</p>" } }) }
        : undefined,
    );
    expect(await problem(prepare(session, await jobWith()))).toBe("web-text-changed 1");
  });
});

describe("a request whose answer is lost", () => {
  it("is not sent again where the photo is found to be there, and its smaller sizes are made", async () => {
    const item = {
      id: 9,
      slug: `kominfo-${pictureName(photo)}`,
      source_url: "https://site.example/a.jpg",
      alt_text: "",
      caption: { rendered: "" },
    };
    let isThere = false;
    const session = await open(({ at }) => {
      if (at === "POST /media") {
        isThere = true;
        return html(500);
      }
      if (at === "GET /media") return { json: isThere ? [item] : [] };
      return at === "POST /media/9/post-process"
        ? { json: { ...item, media_details: { width: 10 } } }
        : undefined;
    });
    const picture = { bytes: async () => Buffer.from("x"), photo, alt: "", caption: "" };
    expect(await storePicture(session, picture)).toBe(item.source_url);
    expect(service.seen.filter(({ line }) => /^POST \/wp-json\/wp\/v2\/media\?/.test(line))).toHaveLength(1);
    expect(service.seen.filter(({ line }) => line.includes("post-process"))).toHaveLength(1);
  });

  it("is followed by a look for the draft", async () => {
    let drafts = 0;
    const job = await jobWith();
    const texts = () =>
      post("draft", {
        title: { raw: job.rendering.article!.title },
        content: { raw: job.rendering.text.join("") },
      });
    const session = await open(({ at }) => {
      if (at === "GET /posts") return { json: drafts > 0 ? [texts()] : [] };
      if (at === "POST /posts") {
        drafts += 1;
        return html(502);
      }
      return at === "POST /posts/47" ? { json: texts() } : undefined;
    });
    expect(await prepare(session, job)).toMatchObject({ post: "47", user: "5", mode: "publish" });
    expect(drafts).toBe(1);
  });
});

describe("a commit", () => {
  it.each<[string, Reply]>([
    ["a crash", html(500)],
    ["a refusal", refused(403, "rest_cannot_publish")],
    ["a login that is gone", refused(401, "incorrect_password")],
    ["a firewall", html(403)],
    ["a hotspot", html(200)],
    ["a redirect", { status: 302, headers: { location: "/wp-login.php" } }],
    [
      "another post",
      { json: { id: 48, status: "publish", slug: "a", link: "https://a.example/", title: {}, content: {} } },
    ],
    ["a broken answer", { text: "{", headers: { "content-type": "application/json" } }],
  ])("that is answered by %s is unclear, and never sent twice", async (_, reply) => {
    const session = await open(({ at }) => (at === "POST /posts/47" ? reply : undefined));
    const outcome = await commit(session, await jobWith(), intent);
    expect(outcome).toMatchObject({ state: "unclear", again_ms: 120_000, code: expect.any(String) });
    expect(service.seen).toHaveLength(1);
  });

  it("that is left a draft by the site is unclear", async () => {
    const session = await open(() => ({ json: post("draft") }));
    expect(await commit(session, await jobWith(), intent)).toMatchObject({ state: "unclear" });
  });

  it("has failed only where nothing could be sent", async () => {
    const session = await open(() => undefined);
    await service.close();
    const outcome = await commit(session, await jobWith(), intent);
    expect(outcome).toEqual({ state: "failed", code: "server-unreachable", reason: "ECONNREFUSED" });
  });

  it("cleans what the site says, and records no address that is none", async () => {
    const session = await open(() => ({ status: 400, json: { code: "x\u001b[31m", message: "a\u202e\nb" } }));
    expect(await commit(session, await jobWith(), intent)).toMatchObject({ code: "x", reason: "a b" });
    await service.close();
    const other = await open(() => ({ json: post("publish", { link: "javascript:alert(1)" }) }));
    expect(await commit(other, await jobWith(), intent)).toEqual({
      state: "published",
      remote_id: "47",
      url: null,
    });
  });
});

describe("a lookup", () => {
  it.each<[string, Reply, object | string]>([
    ["the draft", { json: {} }, { state: "absent" }],
    ["a deleted post", refused(404, "rest_post_invalid_id"), { state: "failed", code: "deleted" }],
    ["another's draft", refused(403, "rest_forbidden"), { state: "unclear", code: "other-user" }],
    // None of these says anything about the post.
    ["no REST", refused(404, "rest_no_route"), "channel-not-there 1"],
    ["a page for 404", html(404), "channel-not-there 1"],
    ["a firewall", html(403), "web-firewall 1"],
    ["a login that is gone", refused(401, "rest_forbidden"), "channel-refused 4"],
  ])("that meets %s", async (what, reply, expected) => {
    const session = await open(() => (what === "the draft" ? { json: post("draft") } : reply));
    const outcome = await lookup(session, intent, settled).catch(
      (error: KominfoError) => `${error.code} ${error.exit}`,
    );
    if (typeof expected === "string") expect(outcome).toBe(expected);
    else expect(outcome).toMatchObject(expected);
  });

  it("takes no draft for an answer while the commit may still be on its way", async () => {
    const session = await open(() => ({ json: post("draft") }));
    expect(await lookup(session, intent, 119_000)).toEqual({ state: "unclear", again_ms: 120_000 });
    expect(await lookup(session, intent, 120_000)).toEqual({ state: "absent" });
  });

  it("leaves to a person what nobody but the site's editors can read", async () => {
    const session = await open(() => ({ json: post("private") }));
    expect(await lookup(session, intent, settled)).toEqual({ state: "unclear", code: "status-private" });
  });
});

describe("following what was handed over", () => {
  it("brings the note of the site's editors, where the site has notes", async () => {
    const notes = [{ content: { raw: "<p>Lengkapi nama &amp; gelar.</p>", rendered: "" } }];
    const session = await open(({ at }) =>
      at === "GET /comments" ? { json: notes } : { json: post("draft") },
    );
    const note = "Lengkapi nama & gelar.";
    expect(await follow(session, "47")).toEqual({ state: "failed", code: "returned", reason: note, note });
  });

  it("does without, where the site refuses to tell", async () => {
    const session = await open(({ at }) =>
      at === "GET /comments" ? refused(400, "rest_invalid_param") : { json: post("draft") },
    );
    expect(await follow(session, "47")).toEqual({ state: "failed", code: "returned", reason: "" });
  });
});

describe("taking down", () => {
  const withPage = (page: Reply) =>
    open(({ at }) => {
      if (at === "GET /musrenbang/") return page;
      return at.startsWith("POST") ? { json: post("draft") } : { json: post("publish") };
    });

  it("is done when readers get 404, and asks for the page without the login", async () => {
    const session = await withPage(html(404));
    await takeDown(session, "47");
    expect(service.seen.at(-1)).toMatchObject({ line: "GET /musrenbang/" });
    expect(service.seen.at(-1)!.headers.authorization).toBeUndefined();
  });

  it("is not done while a cache shows the page, nor proved by a server that fails", async () => {
    expect(await problem(takeDown(await withPage(html(200)), "47"))).toBe("web-still-visible 5");
    await service.close();
    expect(await problem(takeDown(await withPage(html(503)), "47"))).toBe("server-failing 5");
    await service.close();
    const same = { status: 301, headers: { location: "https://www.example/musrenbang/" } };
    expect(await problem(takeDown(await withPage(same), "47"))).toBe("server-redirects 1");
  });

  it("is done where WordPress sends readers of the old address to another post", async () => {
    await takeDown(await withPage({ status: 301, headers: { location: "/musrenbang-2/" } }), "47");
  });
});
