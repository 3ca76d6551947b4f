import { describe, expect, it } from "vitest";
import type { Session } from "../../../src/channels/publishing.js";
import { renewal } from "../../../src/channels/x/oauth2.js";
import { account, commit, lookup, takeDown } from "../../../src/channels/x/publish.js";
import { xProblem } from "../../../src/channels/x/requests.js";
import { postText, textKey } from "../../../src/channels/x/text.js";
import type { Rendering } from "../../../src/contract/contract.js";
import { cancelled, type KominfoError, temporary } from "../../../src/errors/errors.js";
import type { HttpAnswer, HttpRequest } from "../../../src/http/client.js";

const now = new Date("2026-11-30T01:00:00Z");
const keys = { api_key: "k", api_secret: "s", access_token: "1583012345678901234-t", access_secret: "a" };

function answerOf(status: number, body: unknown, headers: Record<string, string> = {}): HttpAnswer {
  return { status, body, type: "application/json", header: (name) => headers[name] };
}

/** A session whose X gives these answers, in their order. */
function sessionOf(answers: (HttpAnswer | Error)[], secret: Record<string, string> = keys) {
  const asked: HttpRequest[] = [];
  const session: Session = {
    async http(request) {
      asked.push(request);
      const answer = answers.shift();
      if (!answer) throw new Error(`X was asked: ${request.method} ${request.path}`);
      if (answer instanceof Error) throw answer;
      return answer;
    },
    ...{ origin: "https://api.x.com", now, secret, newsroomNow: () => now, wait: async () => {} },
  };
  return { session, asked };
}

const rendering: Rendering = {
  ...{ channel: "x", text: ["Judul & isi.\n\nLagi"], length: 18, limit: 280, photos: [], left_out: [] },
  ...{ link: { when: "asked", at: 12, before: " " }, article: null, warnings: [] },
};
const job = {
  ...{ publication: "p", rendering, link: null, corrects: null, earlier: null },
  photo: async () => new Uint8Array(),
  once: <T>(_: string, effect: () => Promise<T>) => effect(),
};

describe("the text of a post on X", () => {
  it("is exactly the rendering's, with the address where its place is", () => {
    expect(postText({ rendering, link: null })).toBe("Judul & isi.\n\nLagi");
    expect(postText({ rendering, link: "https://a.go.id/b" })).toBe("Judul & isi. https://a.go.id/b\n\nLagi");
  });

  it("counts an address as 23, whatever its length", () => {
    const full = {
      ...rendering,
      text: ["a".repeat(256)],
      link: { when: "asked" as const, at: 256, before: " " },
    };
    const link = `https://bekasikab.go.id/${"b".repeat(500)}`;
    expect(postText({ rendering: full, link })).toHaveLength(257 + link.length);
    const over = { ...full, text: ["a".repeat(257)], link: { ...full.link, at: 257 } };
    expect(() => postText({ rendering: over, link })).toThrow(
      expect.objectContaining({ code: "x-text-too-long", params: { length: 281, limit: 280 } }),
    );
  });

  it.each<[string, string, string, { url: string; expanded_url: string }[]]>([
    ["entities", "A & B <c>", "A &amp; B &lt;c&gt;", []],
    [
      "a link",
      "Baca https://bekasikab.go.id/a?b=1&c=2",
      "Baca https://t.co/abc",
      [{ url: "https://t.co/abc", expanded_url: "https://bekasikab.go.id/a?b=1&c=2" }],
    ],
    [
      "photos",
      "A",
      "A https://t.co/abc",
      [{ url: "https://t.co/abc", expanded_url: "https://x.com/kec/status/12/photo/1" }],
    ],
    [
      "a quote",
      "RALAT: A",
      "RALAT: A https://t.co/abc",
      [{ url: "https://t.co/abc", expanded_url: "https://twitter.com/kec/status/12" }],
    ],
    ["a joiner that X has removed", "Siti, M.\u200cSi", "Siti, M.Si", []],
    ["another form of the same letters", "e\u0301", "\u00e9", []],
  ])("is known again with %s", (_, sent, shown, links) => {
    expect(textKey(shown, links)).toBe(textKey(sent));
  });

  it("is not another one", () => {
    expect(textKey("A")).not.toBe(textKey("B"));
    expect(textKey("A https://t.co/abc", [])).not.toBe(textKey("A"));
  });
});

describe("an account on X", () => {
  it("is known by its token or what the login kept, without asking", async () => {
    const id = "1583012345678901234";
    const { session, asked } = sessionOf([]);
    expect(await account(session)).toEqual({ account: id, label: id, mode: "publish" });
    const kept = { client_id: "c", access_token: "t", user_id: "12", username: "kec_cibitung" };
    expect(await account(sessionOf([], kept).session)).toMatchObject({
      account: "12",
      label: "@kec_cibitung",
    });
    expect(asked).toEqual([]);
  });

  it("is asked for where nothing tells, and no bearer token is taken for an id", async () => {
    const answer = answerOf(200, { data: { id: "12", username: "kec" } });
    const { session, asked } = sessionOf([answer], { client_id: "c", access_token: "99-t" });
    expect(await account(session)).toMatchObject({ account: "12", label: "@kec" });
    expect(asked.map(({ path }) => path)).toEqual(["/2/users/me"]);
  });

  it("stays known when its login is renewed", async () => {
    const { session } = sessionOf([
      answerOf(200, {
        ...{
          token_type: "bearer",
          access_token: "aksesBaru12345",
          refresh_token: "segarBaru12345",
          expires_in: 7200,
        },
      }),
    ]);
    const old = { client_id: "c", access_token: "a", refresh_token: "r", user_id: "12", username: "kec" };
    const { mkdtemp, rm } = await import("node:fs/promises");
    const { tmpdir } = await import("node:os");
    const folder = await mkdtemp(`${tmpdir()}/kominfo-x-`);
    const saved: unknown[] = [];
    const storage = {
      lock: `${folder}/lock`,
      read: async () => old,
      save: async (next: unknown) => void saved.push(next),
    };
    const renewed = await renewal.renewed(session, old, storage);
    await rm(folder, { recursive: true });
    expect(renewed).toMatchObject({ access_token: "aksesBaru12345", user_id: "12", username: "kec" });
    expect(saved).toEqual([renewed]);
  });
});

describe("a commit on X", () => {
  const intent = { user: "12", since: now.toISOString(), text: "", media_ids: ["7", "8"], quotes: "5" };
  const unreachable = (reason: string) =>
    temporary("server-unreachable", { origin: "https://api.x.com", path: "/2/tweets", reason });

  it("sends the text, the photos of the intent and what it corrects, once", async () => {
    const { session, asked } = sessionOf([answerOf(201, { data: { id: "99", text: "…" } })]);
    const url = "https://x.com/i/status/99";
    expect(await commit(session, job, intent)).toEqual({ state: "published", remote_id: "99", url });
    expect(asked.map(({ json }) => JSON.parse(json ?? ""))).toEqual([
      { text: "Judul & isi.\n\nLagi", media: { media_ids: ["7", "8"] }, quote_tweet_id: "5" },
    ]);
  });

  it.each(["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "CERT_HAS_EXPIRED", "ERR_TLS_CERT_ALTNAME_INVALID"])(
    "that met %s has not left",
    async (reason) => {
      const { session, asked } = sessionOf([unreachable(reason)]);
      expect(await commit(session, job, intent)).toEqual({
        state: "failed",
        code: "server-unreachable",
        reason,
      });
      expect(asked).toHaveLength(1);
    },
  );

  it.each<[string, HttpAnswer | KominfoError]>([
    ["a reset", unreachable("ECONNRESET")],
    ["an end in the middle of TLS", unreachable("EPROTO")],
    ["silence", temporary("server-slow", { origin: "", path: "", reason: "ECONNABORTED" })],
    ["Ctrl-C", cancelled("cancelled")],
    ["201 without an id", answerOf(201, {})],
    ["201 with an odd id", answerOf(201, { data: { id: "../1" } })],
    ["400", answerOf(400, {})],
    ["401", answerOf(401, {})],
    ["402", answerOf(402, {})],
    ["403", answerOf(403, {})],
    ["429", answerOf(429, {})],
    ["500", answerOf(500, undefined)],
  ])("that ended in %s may have arrived", async (_, answer) => {
    const { session, asked } = sessionOf([answer]);
    expect(await commit(session, job, intent)).toMatchObject({ state: "unclear", again_ms: 120_000 });
    expect(asked).toHaveLength(1);
  });
});

describe("a lookup on X", () => {
  const intent = { user: "12", since: "2026-11-30T00:54:00.000Z", text: textKey("A"), media: ["3_7"] };
  const found = (id: string, post: object) => answerOf(200, { data: [{ id, text: "?", ...post }] });

  it("reads the posts since the intent, and a page after another", async () => {
    const { session, asked } = sessionOf([
      answerOf(200, { data: [{ id: "1", text: "B" }], meta: { next_token: "n&1" } }),
      found("99", { attachments: { media_keys: ["3_1", "3_7"] } }),
    ]);
    expect(await lookup(session, intent, 180_000)).toMatchObject({ state: "published", remote_id: "99" });
    const [first, second] = asked.map(({ path }) => new URL(path, "https://api.x.com"));
    expect(first?.pathname).toBe("/2/users/12/tweets");
    expect(Object.fromEntries(first!.searchParams)).toEqual({
      ...{ start_time: intent.since, max_results: "100", "post.fields": "attachments,entities" },
    });
    expect(second?.searchParams.get("pagination_token")).toBe("n&1");
  });

  it("knows the post by its text too, and never calls it absent", async () => {
    expect(await lookup(sessionOf([found("9", { text: "A" })]).session, intent, 180_000)).toMatchObject({
      remote_id: "9",
    });
    const nothing = () => sessionOf([answerOf(200, { meta: { result_count: 0 } })]).session;
    expect(await lookup(nothing(), intent, 180_000)).toEqual({ state: "unclear", again_ms: 300_000 });
    expect(await lookup(nothing(), intent, 300_000)).toEqual({ state: "unclear" });
  });

  it("asks nothing by an intent that is none of ours", async () => {
    const strange = { ...intent, user: "12/../../tweets" };
    expect(await lookup(sessionOf([]).session, strange, 180_000)).toEqual({ state: "unclear" });
  });
});

describe("taking down from X", () => {
  const gone = answerOf(200, { errors: [{ type: "https://api.x.com/2/problems/resource-not-found" }] });

  it.each([
    ["404", answerOf(404, {}), answerOf(404, {})],
    ["an error that says so", answerOf(200, { data: { deleted: true } }), gone],
  ])("is proved by %s", async (_, deleted, read) => {
    const { session, asked } = sessionOf([deleted, read]);
    await takeDown(session, "99");
    expect(asked.map(({ method }) => method)).toEqual(["DELETE", "GET"]);
  });

  it("is not proved by an answer that says nothing", async () => {
    const { session } = sessionOf([answerOf(200, {}), answerOf(200, {})]);
    await expect(takeDown(session, "99")).rejects.toMatchObject({ exit: 5 });
  });

  it("sends no id that is none", async () => {
    await expect(takeDown(sessionOf([]).session, "99/../1")).rejects.toMatchObject({ code: "x-refuses" });
  });
});

describe("what X says no with", () => {
  const { session } = sessionOf([]);

  it.each<[number, unknown, string, number]>([
    [401, {}, "channel-refused", 4],
    [403, {}, "channel-forbidden", 4],
    [402, { title: "CreditsDepleted" }, "x-credits-spent", 1],
    [400, {}, "x-refuses", 1],
    [429, {}, "server-busy", 5],
    [503, undefined, "server-failing", 5],
  ])("%i is an error of its own", (status, body, code, exit) => {
    expect(xProblem(answerOf(status, body), session)).toMatchObject({ code, exit });
  });

  it("names the seconds until the window ends, by X's own clock", () => {
    const at = (headers: Record<string, string>) => xProblem(answerOf(429, {}, headers), session).params;
    const reset = String(Date.parse("2026-11-30T01:10:00Z") / 1000);
    expect(at({ "x-rate-limit-reset": reset })).toEqual({ origin: "https://api.x.com", wait: "600" });
    expect(at({ "x-rate-limit-reset": reset, date: "Mon, 30 Nov 2026 01:09:00 GMT" })).toMatchObject({
      wait: "60",
    });
    expect(at({ "x-rate-limit-reset": "soon" })).toEqual({ origin: "https://api.x.com" });
  });

  it("is told in X's words, on one line and without what moves a cursor", () => {
    const body = { errors: [{ message: "\u001b[2JYour media IDs\nare invalid." }], detail: "One or more…" };
    const { params } = xProblem(answerOf(400, body), session);
    expect(params).toEqual({ status: 400, reason: "Your media IDs are invalid." });
  });
});
