import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Secret } from "../../../../src/channels/login/types.js";
import { signature } from "../../../../src/channels/x/login.js";
import { type StandIn, startStandIn } from "../control-client.js";
import { appOnlyBearer, office, other, readOnlyBearer } from "./accounts.mjs";

let x: StandIn;
let jpeg: Buffer;
beforeAll(async () => {
  x = await startStandIn("x/serve.mjs");
  jpeg = await sharp({ create: { width: 64, height: 48, channels: 3, background: "#a33" } })
    .jpeg()
    .toBuffer();
});
beforeEach(() => x.reset());
afterAll(() => x?.stop());

interface Item {
  id: string;
  text: string;
  attachments?: unknown;
  entities?: { urls: { expanded_url: string }[] };
}
/** One of the many shapes of X's answers. */
interface Answered {
  data: Item & Item[];
  meta: { result_count: number; next_token?: string };
  errors: { title: string }[];
}
type Method = "GET" | "POST" | "DELETE";
interface Request {
  json?: unknown;
  form?: Record<string, string | Blob>;
  secret?: Secret;
  authorization?: string;
  type?: string;
}

async function ask(method: Method, path: string, request: Request = {}) {
  const { json, form, secret = office.keys, type = "application/json" } = request;
  const { authorization = signature({ method, url: x.origin + path, secret, now: new Date() }) } = request;
  const parts = new FormData();
  for (const [name, value] of Object.entries(form ?? {})) parts.append(name, value);
  const answer = await fetch(x.origin + path, {
    method,
    headers: { authorization, ...(json !== undefined && { "content-type": type }) },
    ...(json !== undefined && { body: JSON.stringify(json) }),
    ...(form && { body: parts }),
  });
  const body = (await answer.json()) as Answered;
  return { status: answer.status, body, headers: answer.headers };
}

const post = (json: Record<string, unknown>, more: Request = {}) =>
  ask("POST", "/2/tweets", { json, ...more });
const picture = (bytes: Uint8Array = jpeg) => new Blob([new Uint8Array(bytes)], { type: "image/jpeg" });
const upload = (form: Request["form"] = {}, more: Request = {}) =>
  ask("POST", "/2/media/upload", {
    form: { media: picture(), media_category: "tweet_image", ...form },
    ...more,
  });
const uploaded = async (more: Request = {}) => (await upload({}, more)).body.data.id;
const describePhoto = (id: string, metadata: unknown, more: Request = {}) =>
  ask("POST", "/2/media/metadata", { json: { id, metadata }, ...more });
const timeline = (query = "", user = office.id, more: Request = {}) =>
  ask("GET", `/2/users/${user}/tweets${query}`, more);
const visible = () => x.control<{ id: string; text: string }[]>("GET", "/posts");
const billed = async () => (await x.control<{ total: number }>("GET", "/billing")).total;

describe("who asks the stand-in for X", () => {
  const url = () => `${x.origin}/2/users/me`;
  const signed = (more: Partial<Parameters<typeof signature>[0]> = {}) =>
    signature({ method: "GET", url: url(), secret: office.keys, now: new Date(), ...more });
  const me = (authorization: string) => ask("GET", "/2/users/me", { authorization });

  it("knows a signature and a bearer token", async () => {
    expect((await me(signed())).body.data).toMatchObject({ id: office.id, username: office.username });
    expect((await me(`Bearer ${other.bearer}`)).body.data.id).toBe(other.id);
  });

  it.each<[string, () => string]>([
    ["nobody", () => ""],
    ["an unknown bearer token", () => "Bearer unknown"],
    ["a wrong secret", () => signed({ secret: { ...office.keys, access_secret: "wrong" } })],
    ["another app's key", () => signed({ secret: { ...office.keys, api_key: "another" } })],
    ["a signature of another method", () => signed({ method: "POST" })],
    ["a signature of another query", () => signed({ url: `${url()}?user.fields=id` })],
    ["a time six minutes ago", () => signed({ now: new Date(Date.now() - 6 * 60_000) })],
    ["a time in six minutes", () => signed({ now: new Date(Date.now() + 6 * 60_000) })],
  ])("refuses %s", async (_, authorization) => {
    expect(await me(authorization())).toMatchObject({ status: 401, body: { title: "Unauthorized" } });
  });

  it("refuses a nonce that was there already", async () => {
    const once = signed({ nonce: "0123456789abcdef" });
    expect([(await me(once)).status, (await me(once)).status]).toEqual([200, 401]);
  });

  it("signs the parameters of the query, whatever is in them", async () => {
    const query = `?start_time=${encodeURIComponent("2026-01-01T00:00:00.000Z")}&post.fields=attachments%2Centities`;
    expect((await timeline(query)).status).toBe(200);
  });

  it("refuses a token from when it was withdrawn", async () => {
    await x.control("POST", "/revoke", { token: office.keys.access_token });
    expect((await me(signed())).status).toBe(401);
    expect((await me(`Bearer ${office.bearer}`)).status).toBe(200);
  });

  it("lets an app alone do nothing, and an app that may read only read", async () => {
    expect((await post({ text: "a" }, { authorization: `Bearer ${appOnlyBearer}` })).status).toBe(403);
    const readOnly = { authorization: `Bearer ${readOnlyBearer}` };
    expect((await post({ text: "a" }, readOnly)).status).toBe(403);
    expect((await timeline("", office.id, readOnly)).status).toBe(200);
  });
});

describe("pictures at the stand-in for X", () => {
  it("are taken with their size, and their description is kept", async () => {
    const { body } = await upload();
    expect(body.data).toMatchObject({
      media_key: `3_${body.data.id}`,
      expires_after_secs: 86_400,
      image: { image_type: "image/jpeg", w: 64, h: 48 },
    });
    await describePhoto(body.data.id, { alt_text: { text: "Camat berdiri" } });
    await post({ text: "a", media: { media_ids: [body.data.id] } });
    expect(await visible()).toMatchObject([{ media: [{ alt: "Camat berdiri" }] }]);
  });

  it.each<[string, () => Request["form"]]>([
    ["without a category", () => ({ media_category: "" })],
    ["of a video's category", () => ({ media_category: "tweet_video" })],
    ["with a field that X does not know", () => ({ alt_text: "a" })],
    ["as text", () => ({ media: "a" })],
    ["that is not a picture", () => ({ media: picture(Buffer.from("GIF89a, not really")) })],
    ["that is cut in its middle", () => ({ media: picture(jpeg.subarray(0, jpeg.length - 60)) })],
    ["of more than 5 MB", () => ({ media: picture(Buffer.concat([jpeg, Buffer.alloc(5 * 1024 * 1024)])) })],
  ])("are refused %s", async (_, form) => {
    expect((await upload(form())).status).toBe(400);
  });

  it.each<[string, unknown]>([
    ["a thousand and one characters", { alt_text: { text: "a".repeat(1001) } }],
    ["nothing", { alt_text: { text: "" } }],
    ["a field that X does not know", { alt_text: { text: "a", lang: "id" } }],
  ])("are not described with %s", async (_, metadata) => {
    expect((await describePhoto(await uploaded(), metadata)).status).toBe(400);
  });

  it("are described and used only by who uploaded them", async () => {
    const id = await uploaded();
    expect((await describePhoto(id, { alt_text: { text: "a" } }, { secret: other.keys })).status).toBe(400);
    expect((await post({ text: "a", media: { media_ids: [id] } }, { secret: other.keys })).status).toBe(400);
  });

  it("are gone after a day", async () => {
    const id = await uploaded();
    await x.control("PUT", "/clock", { offset_ms: 25 * 3600_000 });
    const authorization = `Bearer ${office.bearer}`;
    expect((await post({ text: "a", media: { media_ids: [id] } }, { authorization })).status).toBe(400);
  });
});

describe("posts at the stand-in for X", () => {
  it.each<[string, () => Promise<Record<string, unknown>>, number]>([
    ["a field that X does not know", async () => ({ text: "a", status: "a" }), 400],
    ["a field inside media that X does not know", async () => ({ text: "a", media: { ids: ["1"] } }), 400],
    ["neither text nor photos", async () => ({ text: " " }), 400],
    ["281 characters", async () => ({ text: "a".repeat(281) }), 400],
    ["141 characters that count twice", async () => ({ text: "漢".repeat(141) }), 400],
    ["an empty list of photos", async () => ({ text: "a", media: { media_ids: [] } }), 400],
    ["an unknown photo", async () => ({ text: "a", media: { media_ids: ["1"] } }), 400],
    [
      "five photos",
      async () => ({
        text: "a",
        media: { media_ids: await Promise.all([1, 2, 3, 4, 5].map(() => uploaded())) },
      }),
      400,
    ],
    [
      "the same photo twice",
      async () => {
        const id = await uploaded();
        return { text: "a", media: { media_ids: [id, id] } };
      },
      400,
    ],
    ["a quote of nothing", async () => ({ text: "a", quote_tweet_id: "1" }), 400],
    [
      "a quote of somebody else's post",
      async () => ({
        text: "a",
        quote_tweet_id: (await post({ text: "theirs" }, { secret: other.keys })).body.data.id,
      }),
      403,
    ],
  ])("are refused with %s", async (_, body, status) => {
    const json = await body();
    const before = (await visible()).length;
    expect((await post(json)).status).toBe(status);
    expect(await visible()).toHaveLength(before);
  });

  it("are refused as a form", async () => {
    expect((await post({ text: "a" }, { type: "text/plain" })).status).toBe(400);
  });

  it("are refused twice, in X's own words, also when the first was deleted", async () => {
    const { body } = await post({ text: "sama" });
    const duplicate = {
      detail: "You are not allowed to create a Tweet with duplicate content.",
      status: 403,
    };
    expect(await post({ text: "sama" })).toMatchObject({ status: 403, body: duplicate });
    await ask("DELETE", `/2/tweets/${body.data.id}`);
    expect((await post({ text: "sama" })).status).toBe(403);
    expect((await post({ text: "sama" }, { secret: other.keys })).status).toBe(201);
  });

  it("count 280 with a link as 23 and a dot that is no link", async () => {
    expect(
      (await post({ text: `${"a".repeat(256)} https://bekasikab.go.id/${"b".repeat(200)}` })).status,
    ).toBe(201);
  });

  it("are shown as X shows them: entities, t.co, and a link for photos at the end", async () => {
    const id = await uploaded();
    await post({ text: "A & B https://bekasikab.go.id/a", media: { media_ids: [id] } });
    const { body } = await timeline("?post.fields=entities,attachments");
    expect(body.data[0]?.text).toMatch(/^A &amp; B https:\/\/t\.co\/\w+ https:\/\/t\.co\/\w+$/);
    expect(body.data[0]?.attachments).toEqual({ media_keys: [`3_${id}`] });
    expect(body.data[0]?.entities?.urls[0]?.expanded_url).toBe("https://bekasikab.go.id/a");
  });

  it("are deleted by their author only, and are then not there", async () => {
    const { id } = (await post({ text: "a" })).body.data;
    expect((await ask("DELETE", `/2/tweets/${id}`, { secret: other.keys })).status).toBe(403);
    expect((await ask("DELETE", `/2/tweets/${id}`)).body).toEqual({ data: { deleted: true } });
    expect((await ask("GET", `/2/tweets/${id}`)).body.errors[0]?.title).toBe("Not Found Error");
    expect((await timeline()).body).toEqual({ meta: { result_count: 0 } });
  });
});

describe("a timeline of the stand-in for X", () => {
  it("is the newest first, of one user, a page at a time", async () => {
    for (const text of ["1", "2", "3", "4", "5", "6"]) await post({ text });
    await post({ text: "theirs" }, { secret: other.keys });
    const first = (await timeline("?max_results=5")).body;
    expect(first.data.map(({ text }) => text)).toEqual(["6", "5", "4", "3", "2"]);
    const rest = (await timeline(`?max_results=5&pagination_token=${first.meta.next_token}`)).body;
    expect(rest.data.map(({ text }) => text)).toEqual(["1"]);
    expect(rest.meta.next_token).toBeUndefined();
  });

  it("begins at start_time and after since_id", async () => {
    const { id } = (await post({ text: "1" })).body.data;
    await post({ text: "2" });
    expect((await timeline(`?since_id=${id}`)).body.meta.result_count).toBe(1);
    await x.control("PUT", "/clock", { offset_ms: 60_000 });
    const start = encodeURIComponent(new Date(Date.now() + 30_000).toISOString());
    expect((await timeline(`?start_time=${start}`)).body.meta.result_count).toBe(0);
  });

  it.each([
    "?max_results=4",
    "?max_results=101",
    "?tweet.fields=text",
    "?post.fields=texts",
    "?start_time=yesterday",
    "?start_time=2999-01-01T00:00:00Z",
    "?expansions=media",
  ])("refuses %s", async (query) => {
    expect((await timeline(query)).status).toBe(400);
  });

  it("shows a new post only after some readings, where it is told to", async () => {
    await x.control("PUT", "/lag", { readings: 2 });
    await post({ text: "a" });
    const counts = [await timeline(), await timeline(), await timeline()];
    expect(counts.map(({ body }) => body.meta.result_count)).toEqual([0, 0, 1]);
  });
});

describe("limits and prices of the stand-in for X", () => {
  it("bills each thing as the price list has it, and nothing that was refused", async () => {
    const id = await uploaded();
    expect(await billed()).toBe(0);
    const steps: [() => Promise<unknown>, number][] = [
      [() => describePhoto(id, { alt_text: { text: "a" } }), 5],
      [() => post({ text: "a", media: { media_ids: [id] } }), 15],
      [() => post({ text: "b https://bekasikab.go.id" }), 200],
      [() => post({ text: "Camat M.Si" }), 200],
      [() => post({ text: "a" }), 0],
      [() => timeline(), 3],
      [() => timeline("", office.id, { secret: other.keys }), 15],
      [() => ask("GET", "/2/users/me"), 10],
      [async () => ask("DELETE", `/2/tweets/${(await visible())[0]?.id}`), 10],
    ];
    for (const [step, price] of steps) {
      const before = await billed();
      await step();
      expect((await billed()) - before).toBe(price);
    }
  });

  it("answers 402 from when the credits are spent", async () => {
    await x.control("PUT", "/credits", { thousandths: 15 });
    expect((await post({ text: "a" })).status).toBe(201);
    expect(await post({ text: "b" })).toMatchObject({ status: 402, body: { title: "CreditsDepleted" } });
  });

  it("says what is left, and answers 429 until the window ends", async () => {
    await x.control("PUT", "/limits", { "POST /2/tweets": 1 });
    const first = await post({ text: "a" });
    expect(first.headers.get("x-rate-limit-remaining")).toBe("0");
    const second = await post({ text: "b" });
    expect(second.status).toBe(429);
    const reset = Number(second.headers.get("x-rate-limit-reset")) * 1000;
    expect(reset - Date.now()).toBeLessThanOrEqual(901_000);
    await x.control("PUT", "/clock", { offset_ms: 16 * 60_000 });
    expect((await post({ text: "b" }, { authorization: `Bearer ${office.bearer}` })).status).toBe(201);
  });

  it("knows no other address", async () => {
    expect((await ask("POST", "/2/media/upload/initialize", { json: {} })).status).toBe(404);
    expect((await ask("GET", "/1.1/account/verify_credentials.json")).status).toBe(404);
  });
});
