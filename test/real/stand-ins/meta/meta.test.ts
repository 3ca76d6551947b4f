import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hasShared } from "../../../support/shared.js";
import { type MetaWorld, startMeta, testPhoto } from "../../publish/meta-seat.js";

let world: MetaWorld;
let page: string;
let user: string;
let tokens: string[];
let picture: string;
beforeAll(async () => {
  world = await startMeta();
  const { ready } = world.meta;
  [page, user, tokens] = [ready.page_id as string, ready.account_id as string, ready.tokens as string[]];
});
beforeEach(async () => {
  await world.reset();
  picture = await serve("/a.jpg", (await testPhoto(1)).bytes);
});
afterAll(() => world?.stop());

async function serve(path: string, body: Buffer | string, more: object = {}) {
  world.site.files.set(path, { body, ...more });
  return world.site.origin + path;
}

type Form = Readonly<{ [name: string]: string }>;

/** The answer, as "code/subcode" where it is an error. */
async function call(method: string, path: string, form?: Form | FormData, token = tokens[0]) {
  const body = form instanceof FormData ? form : form && new URLSearchParams(form);
  const answer = await fetch(`${world.meta.origin}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body && { body }),
  });
  const found = (await answer.json()) as {
    id: string;
    data: { [key: string]: unknown }[];
    error?: { code: number; error_subcode?: number; message: string };
  };
  const { error } = found;
  const code = error && [error.code, error.error_subcode].filter((part) => part !== undefined).join("/");
  return { status: answer.status, headers: answer.headers, code, message: error?.message ?? "", ...found };
}

const post = (edge: string, form: Form, version = "v25.0") => call("POST", `/${version}/${edge}`, form);
const get = (path: string) => call("GET", `/v25.0/${path}`);

async function addPhoto(fields: Form = { published: "false" }, bytes?: Buffer) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  const source = new Uint8Array(bytes ?? (await testPhoto(1)).bytes);
  form.set("source", new Blob([source], { type: "image/jpeg" }), "a.jpg");
  return call("POST", `/v25.0/${page}/photos`, form);
}
const attach = (id: string, index = 0) => ({
  [`attached_media[${index}]`]: JSON.stringify({ media_fbid: id }),
});
const container = (form: Form = {}) => post(`${user}/media`, { image_url: picture, ...form });
const publish = (id: string) => post(`${user}/media_publish`, { creation_id: id });
const item = async () => (await container({ is_carousel_item: "true" })).id;

describe.skipIf(!hasShared)("the stand-in for Meta", () => {
  it("has Meta's own specs before it", () => expect(world.meta.ready.specs).toBe(true));

  describe("refuses as Meta does", () => {
    it.each<[string, () => ReturnType<typeof call>, string]>([
      ["a parameter that a page's feed does not take", () => post(`${page}/feed`, { massage: "a" }), "100"],
      ["a parameter that media does not take", () => container({ alt: "a" }), "100"],
      ["a parameter of another type", () => addPhoto({ published: "nein" }), "100"],
      ["a field that a post does not have", () => get(`${page}/published_posts?fields=id,link`), "100"],
      ["fields that are no list", () => get(`${page}?fields=id,`), "2500"],
      ["a version that never was", () => post(`${page}/feed`, { message: "a" }, "v99.0"), "2500"],
      ["a version that has ended", () => post(`${page}/feed`, { message: "a" }, "v20.0"), "2635"],
      ["a token that nobody has", () => call("GET", `/v25.0/${page}`, undefined, "EAAGx"), "190"],
      ["an edge that is not there", () => post(`${page}/posts2`, {}), "100"],
      ["a page that is not there", () => get("99887766554433"), "100/33"],
      ["a post without anything", () => post(`${page}/feed`, {}), "100/1349125"],
      ["photos without a file", () => post(`${page}/photos`, { published: "false" }), "324"],
      ["a file that is no picture", () => addPhoto({ published: "false" }, Buffer.from("x")), "100/1366046"],
      ["a photo that is not there", () => post(`${page}/feed`, attach("1220968")), "100/33"],
      ["a list of photos with a gap", () => post(`${page}/feed`, attach("1", 1)), "100"],
      ["publishing what is no container", () => publish("17889450000000001"), "24/2207008"],
      ["publishing without naming what", () => post(`${user}/media_publish`, {}), "100"],
      ["a container without a picture", () => post(`${user}/media`, { caption: "a" }), "100"],
      ["a video", () => container({ media_type: "VIDEO" }), "100/2207023"],
      ["a long caption", () => container({ caption: "a".repeat(2201) }), "36004/2207010"],
      ["six hashtags", () => container({ caption: "#a #b #c #d #e #f" }), "100/2207040"],
      ["21 mentions", () => container({ caption: "@a ".repeat(21) }), "100/2207040"],
      ["a long alternative text", () => container({ alt_text: "a".repeat(1001) }), "100"],
      ["an item with a caption", () => container({ is_carousel_item: "true", caption: "a" }), "100"],
      [
        "a carousel of nothing",
        () => post(`${user}/media`, { media_type: "CAROUSEL", children: "" }),
        "100/2207028",
      ],
      [
        "a carousel with an alternative text",
        () => post(`${user}/media`, { media_type: "CAROUSEL", children: "1,2", alt_text: "a" }),
        "100",
      ],
    ])("%s", async (_, ask, code) => {
      expect((await ask()).code).toBe(code);
      expect(await world.visible()).toEqual({ facebook: [], instagram: [] });
    });

    const jpeg = (width: number, height: number) =>
      sharp({ create: { width, height, channels: 3, background: "red" } }).jpeg();
    it.each<[string, () => Promise<string>, string]>([
      ["that is not there", async () => `${world.site.origin}/b.jpg`, "9004/2207052"],
      ["behind a redirect", () => serve("/b", "", { status: 302, location: "/a.jpg" }), "9004/2207052"],
      ["at no address", async () => "/a.jpg", "100"],
      ["of another type", () => serve("/b.jpg", "x", { type: "text/html" }), "36001/2207005"],
      [
        "that is a PNG by name of a JPEG",
        async () => serve("/b.jpg", await jpeg(640, 480).png().toBuffer()),
        "36001/2207005",
      ],
      [
        "that is cut off",
        async () => serve("/b.jpg", (await jpeg(640, 480).toBuffer()).subarray(0, 900)),
        "36001/2207005",
      ],
      ["that is too large", () => serve("/b.jpg", Buffer.alloc(8 * 2 ** 20 + 1)), "36000/2207004"],
      [
        "that is too wide for its height",
        async () => serve("/b.jpg", await jpeg(1000, 500).toBuffer()),
        "36003/2207009",
      ],
      [
        "that is too high for its width",
        async () => serve("/b.jpg", await jpeg(500, 640).toBuffer()),
        "36003/2207009",
      ],
      ["that is too small", async () => serve("/b.jpg", await jpeg(319, 319).toBuffer()), "36001/2207005"],
      ["that is too big", async () => serve("/b.jpg", await jpeg(1441, 1441).toBuffer()), "36001/2207005"],
    ])("a picture %s", async (_, address, code) => {
      expect((await container({ image_url: await address() })).code).toBe(code);
    });

    it("a picture that robots.txt keeps from it", async () => {
      await serve("/robots.txt", "User-agent: facebookexternalhit\nDisallow: /a.jpg", { type: "text/plain" });
      expect(await container()).toMatchObject({ code: "9004/2207052" });
      expect(await world.meta.control("GET", "/downloads")).toEqual([]);
    });

    it("photos that a post shows already", async () => {
      const { id } = await addPhoto();
      expect((await post(`${page}/feed`, attach(id))).code).toBeUndefined();
      expect((await post(`${page}/feed`, { message: "a", ...attach(id) })).code).toBe("100/1366051");
      expect((await world.visible()).facebook).toHaveLength(1);
    });

    it("the same text twice in a row", async () => {
      await post(`${page}/feed`, { message: "a" });
      expect((await post(`${page}/feed`, { message: "a" })).code).toBe("506/1455006");
    });

    it("a container a second time", async () => {
      const { id } = await container();
      expect((await publish(id)).code).toBeUndefined();
      expect((await publish(id)).code).toBe("24/2207008");
      expect((await world.visible()).instagram).toHaveLength(1);
    });

    it("a container that is not ready, has failed, has expired or is an item", async () => {
      await world.meta.control("PUT", "/processing", { ms: 60_000 });
      const { id } = await container();
      expect((await publish(id)).code).toBe("9007/2207027");
      await world.meta.control("POST", "/clock", { ms: 60_000 });
      expect(await get(`${id}?fields=status_code`)).toMatchObject({ status_code: "FINISHED" });
      await world.meta.control("POST", "/clock", { ms: 24 * 3_600_000 });
      expect(await get(`${id}?fields=status_code`)).toMatchObject({ status_code: "EXPIRED" });
      expect((await publish(id)).code).toBe("24/2207008");
      await world.meta.control("PUT", "/container", { status: "ERROR" });
      const failed = await container();
      expect((await publish(failed.id)).code).toBe("9007/2207027");
      expect((await publish(await item())).code).toBe("24/2207008");
    });

    it("a carousel of one, of eleven, and of what is no item", async () => {
      const carousel = (ids: string[]) =>
        post(`${user}/media`, { media_type: "CAROUSEL", children: ids.join(",") });
      const items = await Promise.all(Array.from({ length: 11 }, item));
      expect((await carousel(items.slice(0, 1))).code).toBe("100/2207028");
      expect((await carousel(items)).code).toBe("100/2207028");
      expect((await carousel([items[0]!, (await container()).id])).code).toBe("100/2207028");
      expect((await carousel(items.slice(1))).code).toBeUndefined();
    });

    it("more than the quota", async () => {
      await world.meta.control("PUT", "/quota", { total: 1 });
      await publish((await container()).id);
      expect((await publish((await container()).id)).code).toBe("9/2207042");
      const [limit] = (await get(`${user}/content_publishing_limit?fields=quota_usage,config`)).data;
      expect(limit).toMatchObject({ quota_usage: 1, config: { quota_total: 1 } });
    });

    it("what the token has no permission for", async () => {
      const { id } = await container();
      await publish(id);
      const [media] = (await get(`${user}/media?fields=id`)).data;
      expect((await call("DELETE", `/v25.0/${media!.id}`)).code).toBe("10");
      await world.meta.control("PUT", "/permissions", []);
      expect((await container()).code).toBe("10");
      expect((await post(`${page}/feed`, { message: "a" })).code).toBe("200");
    });

    it.each([
      ["expired", "190/463"],
      ["revoked", "190/460"],
      ["no-role", "190/492"],
      ["no-admin", "200"],
    ])("a token that is %s, and not the colleague's", async (state, code) => {
      await world.meta.control("PUT", "/token", { state, index: 0 });
      expect((await get(page)).code).toBe(code);
      expect((await call("GET", `/v25.0/${page}`, undefined, tokens[1])).code).toBeUndefined();
    });

    it("calls beyond the app's limit", async () => {
      await world.meta.control("PUT", "/usage", { call_count: 100, regain_minutes: 5 });
      const { code, headers } = await get(page);
      expect(code).toBe("80001");
      expect(headers.get("x-business-use-case-usage")).toContain('"estimated_time_to_regain_access":5');
      expect((await get(user)).code).toBe("80002");
    });
  });

  it("shows what one photo and several photos are attached to, newest first, since a moment, in pages", async () => {
    const ids = [await addPhoto(), await addPhoto(), await addPhoto()].map(({ id }) => id);
    await post(`${page}/feed`, { message: "satu", ...attach(ids[0]!) });
    await world.advance(60_000);
    await post(`${page}/feed`, { message: "dua", ...attach(ids[1]!), ...attach(ids[2]!, 1) });
    const fields = "message,attachments{target{id},subattachments{target{id}}}";
    const { data } = await get(`${page}/published_posts?fields=${fields}`);
    const target = (id: string) => ({ target: { id } });
    expect(data).toMatchObject([
      {
        message: "dua",
        attachments: { data: [{ subattachments: { data: ids.slice(1).map(target) } }] },
      },
      { message: "satu", attachments: { data: [target(ids[0]!)] } },
    ]);
    const since = Math.floor((world.clock.now.getTime() - 30_000) / 1000);
    expect((await get(`${page}/published_posts?since=${since}`)).data).toHaveLength(1);
    const first = (await get(`${page}/published_posts?limit=1`)) as unknown as {
      paging: { next?: string; cursors: { after: string } };
    };
    expect(first.paging.next).toBeDefined();
    const after = encodeURIComponent(first.paging.cursors.after);
    const second = await get(`${page}/published_posts?limit=1&fields=message&after=${after}`);
    expect(second.data).toMatchObject([{ message: "satu" }]);
    expect(second).not.toHaveProperty("paging.next");
  });

  it("publishes a photo at once that is not said to be unpublished", async () => {
    await addPhoto({ caption: "langsung" });
    expect((await world.visible()).facebook).toMatchObject([{ message: "langsung" }]);
  });

  it("edits and deletes a post; what is deleted is not there any more", async () => {
    const { id } = await post(`${page}/feed`, { message: "a" });
    expect(await post(id, { message: "RALAT: b" })).toMatchObject({ success: true });
    expect(await get(`${id}?fields=message`)).toMatchObject({ message: "RALAT: b" });
    expect(await call("DELETE", `/v25.0/${id}`)).toMatchObject({ success: true });
    expect((await get(id)).code).toBe("100/33");
  });

  it("fetches pictures by Meta's own name", async () => {
    await container();
    const agents = world.site.asked.map(({ path, agent }) => `${path} ${agent.split("/")[0]}`);
    expect(agents).toEqual(["/robots.txt facebookexternalhit", "/a.jpg facebookexternalhit"]);
  });
});
