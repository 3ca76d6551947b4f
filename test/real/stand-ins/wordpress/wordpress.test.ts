import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  account,
  commit,
  lookup,
  prepare,
  storePicture,
  takeDown,
} from "../../../../src/channels/web/publish.js";
import { pictureOf, type TestArticle, testPhoto } from "../../publish/article.js";
import { jobOf, seatOf } from "../../publish/seat.js";
import { type StandIn, startStandIn } from "../control-client.js";

const settled = 3 * 60_000;
type Users = Readonly<Record<string, { id: number; app_password: string }>>;

describe("the stand-in for WordPress", () => {
  let site: StandIn;
  let users: Users;
  beforeAll(async () => {
    site = await startStandIn("wordpress/serve.mjs");
    users = site.ready.users as Users;
  });
  beforeEach(() => site.reset());
  afterAll(() => site?.stop());

  const at = (user: string) => seatOf({ url: site.origin, users }, user).session;
  const article = (more: Partial<TestArticle> = {}): TestArticle => ({
    title: `Warga & "relawan" kerja bakti`,
    slug: "kerja-bakti",
    category: "ekonomi & pembangunan",
    tags: ["kerja & bakti", "Cibitung"],
    photos: [],
    body: "CIBITUNG – Warga berkumpul pukul 07.00 WIB.",
    ...more,
  });
  const page = async (url: string) => {
    const response = await fetch(url, { redirect: "manual" });
    return { status: response.status, html: await response.text() };
  };
  const api = async (path: string, body?: object, user = "redaktur") => {
    const login = Buffer.from(`${user}:${users[user]!.app_password}`).toString("base64");
    const response = await fetch(`${site.origin}/wp-json/wp/v2${path}`, {
      headers: { authorization: `Basic ${login}`, "content-type": "application/json" },
      ...(body && { method: "POST", body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  };

  it("takes photos and an article, and shows readers the page and the pictures", async () => {
    const photos = [await testPhoto(1), await testPhoto(2)];
    const session = at("redaktur");
    const job = await jobOf(article({ photos }));
    const here = { account: site.origin, home: site.origin, mode: "publish" };
    expect(await account(session)).toMatchObject(here);
    const alias = seatOf({ url: site.origin.replace("127.0.0.1", "localhost"), users }, "redaktur").session;
    expect(await account(alias)).toMatchObject(here);
    const intent = await prepare(session, job);
    expect((await page(`${site.origin}/kerja-bakti/`)).status).toBe(404);
    const outcome = await commit(session, job, intent);
    expect(outcome).toMatchObject({ state: "published", url: `${site.origin}/kerja-bakti/` });
    expect(await commit(session, job, intent)).toEqual(outcome);
    expect(await lookup(session, intent, settled)).toEqual(outcome);
    expect(job.warnings).toEqual([]);

    const media = await site.control<{ path: string; alt: string }[]>("GET", "/media");
    expect(media.map(({ alt }) => alt)).toEqual(photos.map(({ alt }) => alt));
    const { html } = await page(`${site.origin}/kerja-bakti/`);
    for (const { path } of media) expect(html).toContain(path);
    const picture = await fetch(site.origin + media[0]!.path, { redirect: "error" });
    expect(picture.headers.get("content-type")).toBe("image/jpeg");
    expect(Buffer.from(await picture.arrayBuffer()).equals(photos[0]!.bytes)).toBe(true);
    expect(html).not.toContain("<!-- wp:");
    const stored = await site.control<unknown[]>("GET", "/posts");
    expect(stored).toMatchObject([
      { status: "publish", categories: [3], tags: [expect.any(Number), expect.any(Number)] },
    ]);

    await takeDown(session, (outcome as { remote_id: string }).remote_id);
    expect((await page(`${site.origin}/kerja-bakti/`)).status).toBe(404);
  });

  it("deletes the photos of what is taken down, but what another post shows", async () => {
    const session = at("penulis");
    const photos = [await testPhoto(11), await testPhoto(12)];
    const job = await jobOf(article({ photos }));
    const intent = await prepare(session, job);
    const { remote_id } = (await commit(session, job, intent)) as { remote_id: string };
    const other = await jobOf(article({ photos: photos.slice(1) }));
    const shown = await commit(session, other, await prepare(session, other));
    const removal = { photos: true, announced: [intent], once: job.once };
    await expect(takeDown(session, remote_id, removal)).rejects.toMatchObject({ code: "web-photos-visible" });
    expect(await site.control("GET", "/media")).toHaveLength(1);
    await takeDown(session, (shown as { remote_id: string }).remote_id);
    await takeDown(session, remote_id, removal);
    expect(await site.control("GET", "/media")).toEqual([]);
  });

  it("stores a picture once, and gives a second post another address", async () => {
    const picture = pictureOf(await testPhoto(3));
    const session = at("penulis");
    const address = await storePicture(session, { ...picture, alt: "Satu" });
    expect(await storePicture(session, { ...picture, alt: "Dua" })).toBe(address);
    expect(await site.control("GET", "/media")).toMatchObject([{ alt: "Dua" }]);
    const urls = [];
    for (const _ of [1, 2]) {
      const job = await jobOf(article());
      urls.push(await commit(session, job, await prepare(session, job)));
    }
    expect(urls).toMatchObject([
      { url: expect.stringMatching(/bakti\/$/) },
      { url: expect.stringMatching(/bakti-2\/$/) },
    ]);
  });

  it("keeps to the roles", async () => {
    const operator = at("operator");
    const job = await jobOf(article());
    expect(await account(operator)).toMatchObject({ mode: "pending" });
    const intent = await prepare(operator, job);
    expect(await lookup(at("penulis"), intent, settled)).toEqual({ state: "unclear", code: "other-user" });
    expect(await api(`/posts/${intent.post}`, { status: "publish" }, "operator")).toMatchObject({
      status: 403,
      body: { code: "rest_cannot_publish" },
    });
    expect(await api(`/posts/${intent.post}`, { title: "x" }, "penulis")).toMatchObject({ status: 403 });
    expect(await commit(operator, job, intent)).toMatchObject({ state: "handed_over" });
    await api(`/posts/${intent.post}`, { status: "publish", slug: "judul-redaksi" });
    expect(await lookup(operator, intent, settled)).toMatchObject({ url: `${site.origin}/judul-redaksi/` });
    const wrong = { ...operator, secret: { user: "operator", app_password: "salah" } };
    await expect(account(wrong)).rejects.toMatchObject({ code: "channel-refused", exit: 4 });
  });

  it.each([
    ["/posts?slug=a&nonsense=1", undefined, "rest_invalid_param"],
    ["/posts?per_page=101", undefined, "rest_invalid_param"],
    ["/posts?status=secret", undefined, "rest_invalid_param"],
    ["/posts/999?context=edit", undefined, "rest_post_invalid_id"],
    ["/pages?nonsense=1", undefined, "rest_invalid_param"],
    ["/blocks", undefined, "rest_no_route"],
    ["/posts", { title: "a", date: "2026-11-30T00:00:00" }, "rest_invalid_param"],
    ["/posts", { title: 7 }, "rest_invalid_param"],
    ["/posts", { title: "a", tags: [99] }, "rest_invalid_param"],
    ["/posts", { title: "a", featured_media: 99 }, "rest_invalid_featured_media"],
    ["/posts", { status: "draft" }, "empty_content"],
    ["/media", { slug: "a" }, "rest_upload_no_data"],
    ["/tags", { name: "" }, "rest_missing_callback_param"],
  ])("refuses %s %j", async (path, body, code) => {
    const answer = await api(path, body);
    expect(answer.body).toMatchObject({ code });
    expect(await site.control("GET", "/posts")).toEqual([]);
  });

  it("refuses what is no JPEG or larger than PHP takes", async () => {
    const photo = await testPhoto(4);
    const { bytes } = photo;
    const large = Buffer.concat([bytes, Buffer.alloc(2 * 2 ** 20)]);
    for (const wrong of [Buffer.from("no picture"), large]) {
      await expect(
        storePicture(at("penulis"), { ...pictureOf(photo), bytes: async () => wrong }),
      ).rejects.toMatchObject({
        code: "web-upload-refused",
      });
    }
    expect(await site.control("GET", "/media")).toEqual([]);
  });
});
