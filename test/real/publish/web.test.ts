import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  account,
  commit,
  follow,
  lookup,
  prepare,
  removePictures,
  storePicture,
  takeDown,
} from "../../../src/channels/web/publish.js";
import type { LookupKeys, Rendering } from "../../../src/contract/contract.js";
import { anyRevision } from "../../channels/revision.js";
import { startWordPress, type WordPress, type WordPressVersion } from "../servers/wordpress.js";
import {
  articleRendering,
  everyBlock,
  pictureOf,
  type TestArticle,
  type TestPhoto,
  testPhoto,
} from "./article.js";
import { jobOf, seatOf } from "./seat.js";

/** What the site answers of its own things. */
// biome-ignore lint/suspicious/noExplicitAny: whatever the site has
type Stored = any;
const settled = 3 * 60_000;
let serial = 0;

describe.each<WordPressVersion>(["6.1", "6.5"])("WordPress %s", (version) => {
  let site: WordPress;
  let photos: TestPhoto[];

  beforeAll(async () => {
    site = await startWordPress(version);
    photos = await Promise.all([101, 102, 103].map((shade) => testPhoto(shade)));
    await api("/categories", { name: "Ekonomi & Pembangunan" });
    await api("/tags", { name: "Kerja & Bakti" });
  });
  afterAll(() => site?.stop());

  /** As a user of the site does it, without kominfo. */
  async function api(path: string, body?: object, user = "redaktur"): Promise<Stored> {
    const password = site.users[user]!.app_password;
    const response = await fetch(`${site.url}/wp-json/wp/v2${path}`, {
      headers: {
        authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`,
        "content-type": "application/json",
      },
      ...(body && { method: "POST", body: JSON.stringify(body) }),
    });
    return response.json();
  }
  const postsWith = (slug: string) => api(`/posts?slug=${slug}&status=any&context=edit`, undefined, "admin");
  const rawOf = (id: unknown) => api(`/posts/${id}?context=edit`, undefined, "admin");
  const page = async (url: string) => {
    const response = await fetch(url, { redirect: "manual" });
    return { status: response.status, html: await response.text() };
  };

  function article(more: Partial<TestArticle> = {}): TestArticle {
    serial += 1;
    return {
      title: `Warga & "relawan" Cibitung kerja bakti <ke-${serial}>`,
      slug: `kerja-bakti-${version.replace(".", "-")}-${serial}`,
      category: "ekonomi & pembangunan",
      tags: ["kerja & bakti", "Cibitung"],
      photos: [],
      body: `CIBITUNG – Warga berkumpul pukul 07.00 WIB, kegiatan ke-${serial}.\n\n${everyBlock}`,
      ...more,
    };
  }

  async function publish(user: string, about: TestArticle) {
    const { session } = seatOf(site, user);
    const job = await jobOf(about);
    const intent = await prepare(session, job);
    const outcome = await commit(session, job, intent);
    return { session, job, intent, outcome };
  }

  /** The exact text that was approved, with the places of the photos filled in as the site has them. */
  function expectedContent(
    { text }: Rendering,
    media: Map<string, { id: number; source_url: string }>,
  ): string {
    return text
      .map((part) => {
        if (typeof part === "string") return part;
        const item = media.get(part.photo)!;
        return part.as === "id" ? String(item.id) : item.source_url;
      })
      .join("");
  }
  async function mediaBySlug(): Promise<Stored[]> {
    return api("/media?per_page=100&context=edit&orderby=id&order=asc", undefined, "admin");
  }

  describe.each(["penulis", "redaktur"])("for %s, who may publish", (user) => {
    it("publishes exactly what was approved, and readers see it", async () => {
      const about = article({ photos });
      const { session, job, outcome } = await publish(user, about);
      expect(await account(session)).toEqual({
        account: site.url,
        label: new URL(site.url).host,
        mode: "publish",
        home: site.url,
      });
      // However a laptop writes it, it is the account that the site itself names.
      const url = site.url.replace("127.0.0.1", "localhost");
      const alias = seatOf({ ...site, url }, user).session;
      expect(await account(alias)).toMatchObject({ account: site.url, home: site.url });
      expect(outcome).toEqual({
        state: "published",
        remote_id: expect.stringMatching(/^\d+$/),
        url: `${site.url}/${about.slug}/`,
      });
      const stored = await rawOf((outcome as { remote_id: string }).remote_id);
      const media = new Map<string, Stored>();
      for (const photo of photos) {
        const item = (await mediaBySlug()).find(({ caption }) => caption.raw.startsWith(photo.caption));
        media.set(photo.sha256, item);
        expect(item.alt_text).toBe(photo.alt);
        expect(item.caption.raw).toBe(`${photo.caption} (Foto: ${photo.credit})`);
        expect(item.description.raw).toBe(`${photo.caption} (Foto: ${photo.credit})`);
        expect(item.mime_type).toBe("image/jpeg");
        expect(item.media_details.sizes.thumbnail).toBeDefined();
        const bytes = Buffer.from(await (await fetch(item.source_url)).arrayBuffer());
        expect(bytes.equals(photo.bytes)).toBe(true);
      }
      expect(stored.content.raw).toBe(expectedContent(job.rendering, media));
      expect(stored.featured_media).toBe(media.get(photos[0]!.sha256).id);
      expect(stored.status).toBe("publish");
      const categories = await api(`/categories?include=${stored.categories.join(",")}`);
      expect(categories.map((one: Stored) => one.name)).toEqual(["Ekonomi &amp; Pembangunan"]);
      const tags = await api(`/tags?include=${stored.tags.join(",")}&orderby=id`);
      expect(tags.map((one: Stored) => one.name)).toEqual(["Kerja &amp; Bakti", "Cibitung"]);
      expect(job.warnings).toEqual([]);

      const { status, html } = await page(`${site.url}/${about.slug}/`);
      expect(status).toBe(200);
      expect(html).toContain(`kegiatan ke-${serial}.`);
      expect(html).toContain(`kerja bakti &lt;ke-${serial}&gt;`);
      const order = [
        ...html.matchAll(/<figcaption[^>]*>Kerja bakti di Desa Wanasari, (\d+)\. \(Foto: Diskominfo/g),
      ];
      expect(order.map(([, shade]) => shade)).toEqual(["102", "103"]);
      expect(html).toContain('alt="Warga &amp; &quot;relawan&quot; mengangkat karung, foto 102"');
    });
  });

  it.each(["operator", "penulis", "redaktur"])("keeps what %s sends, byte for byte", async (user) => {
    const { session } = seatOf(site, user);
    const samples = fc.sample(anyRevision, { seed: 13, numRuns: 8 });
    for (const [index, { content }] of samples.entries()) {
      const about = { ...article(), title: content.title, body: content.body };
      const job = await jobOf({ ...about, tags: [], slug: `${about.slug}-${index}` });
      const { post } = await prepare(session, job);
      const stored = await rawOf(post);
      expect(stored.content.raw, JSON.stringify(content.body)).toBe(job.rendering.text.join(""));
    }
  });

  it("stores photos, tags, draft and post once, however often it starts again", async () => {
    const about = article({ photos: await Promise.all([201, 202].map((shade) => testPhoto(shade))) });
    const { session } = seatOf(site, "penulis");
    const first = await jobOf(about);
    const before = (await mediaBySlug()).length;
    const intent = await prepare(session, first);
    // Another machine, which has no journal; and this one, which has.
    const again = await jobOf(about, { publication: first.publication });
    expect(await prepare(session, again)).toEqual(intent);
    expect(await prepare(session, first)).toEqual(intent);
    expect((await mediaBySlug()).length).toBe(before + 2);
    expect(await postsWith(`kominfo-${first.publication}`)).toHaveLength(1);
    expect((await page(`${site.url}/${about.slug}/`)).status).toBe(404);

    const outcome = await commit(session, first, intent);
    expect(await commit(session, first, intent)).toEqual(outcome);
    expect(await lookup(session, intent, settled)).toEqual(outcome);
    expect(await postsWith(about.slug)).toHaveLength(1);
    expect(await postsWith(`${about.slug}-2`)).toHaveLength(0);
  });

  it("goes on after a request is lost, before or after its effect, and publishes once", async () => {
    const photo = await testPhoto(300);
    const about = article({ photos: [photo], tags: [`Baru ${version}`] });
    const whole = seatOf(site, "penulis");
    const rehearsal = await jobOf(about);
    await commit(whole.session, rehearsal, await prepare(whole.session, rehearsal));
    const count = whole.requests.length;
    expect(count).toBeGreaterThan(6);

    for (let at = 1; at <= count; at += 1) {
      // A lost read has no effect to come before or after.
      const isRead = whole.requests[at - 1]!.method === "GET";
      for (const when of isRead ? (["before"] as const) : (["before", "after"] as const)) {
        const one = article({ photos: [await testPhoto(1000 + serial)], tags: [`Tag ${version} ${serial}`] });
        const faulty = seatOf(site, "penulis", { at, when });
        const job = await jobOf(one);
        let intent: LookupKeys | undefined;
        const outcome = await (async () => {
          intent = await prepare(faulty.session, job);
          return commit(faulty.session, job, intent);
        })().catch((error: { exit: number }) => {
          expect(error.exit).toBe(5);
          return undefined;
        });
        const other = seatOf(site, "penulis");
        const there = await jobOf(one, { publication: job.publication });
        if (outcome?.state !== "published") {
          // An intent that was told is looked up first, and sent again only where nothing is.
          const seen = intent && outcome ? await lookup(other.session, intent, settled) : undefined;
          if (seen?.state !== "published") {
            expect(seen === undefined || seen.state === "absent").toBe(true);
            const next = await prepare(other.session, there);
            expect(await commit(other.session, there, next)).toMatchObject({ state: "published" });
          }
        }
        const posts = await api(
          `/posts?search=${encodeURIComponent(`ke-${serial}.`)}&status=any`,
          undefined,
          "admin",
        );
        const ours = posts.filter(
          (each: Stored) => each.slug.startsWith("kerja") || each.slug.startsWith("kominfo"),
        );
        expect(
          ours.map((each: Stored) => each.slug),
          `${when} ${at}`,
        ).toEqual([one.slug]);
        const media = await api(`/media?search=foto%20${1000 + serial - 1}`, undefined, "admin");
        expect(media.length, `${when} ${at}`).toBeLessThanOrEqual(1);
      }
    }
  });

  describe("for operator, who may upload and not publish", () => {
    async function handedOver() {
      const about = article({ photos: photos.slice(0, 1) });
      const { session, intent, outcome, job } = await publish("operator", about);
      const id = (outcome as { remote_id: string }).remote_id;
      return { about, session, intent, outcome, job, id };
    }

    it("hands over, and finds what an editor has published under another address", async () => {
      const { session, intent, outcome, job, id } = await handedOver();
      expect(await account(session)).toMatchObject({ mode: "pending" });
      expect(outcome).toEqual({ state: "handed_over", remote_id: id, url: null });
      expect(await commit(session, job, intent)).toEqual(outcome);
      expect(await lookup(session, intent, settled)).toEqual(outcome);
      expect(await follow(session, id)).toEqual(outcome);
      const media = new Map((await mediaBySlug()).map((item) => [item.slug, item]));
      expect((await rawOf(id)).content.raw).toBe(expectedContent(job.rendering, media));

      const slug = `judul-redaksi-${serial}`;
      await api(`/posts/${id}`, { status: "publish", slug, title: "Judul redaksi" });
      const published = { state: "published", remote_id: id, url: `${site.url}/${slug}/` };
      expect(await follow(session, id)).toEqual(published);
      expect(await lookup(session, intent, settled)).toEqual(published);
      expect((await page(published.url)).status).toBe(200);
      // A correction, a take-down: the site's editors do them.
      await expect(takeDown(session, id)).rejects.toMatchObject({ code: "web-role", exit: 4 });
      const correction = await jobOf(article(), { corrects: { remote_id: id, url: published.url } });
      await expect(prepare(session, correction)).rejects.toMatchObject({ code: "web-not-editable", exit: 4 });
      expect((await page(published.url)).status).toBe(200);
    });

    it("learns that it was returned, thrown away or deleted", async () => {
      const { session, id } = await handedOver();
      await api(`/posts/${id}`, { status: "draft" });
      expect(await follow(session, id)).toEqual({ state: "failed", code: "returned", reason: "" });
      const remove = async (path: string) => {
        const login = Buffer.from(`redaktur:${site.users.redaktur!.app_password}`).toString("base64");
        await fetch(`${site.url}/wp-json/wp/v2${path}`, {
          method: "DELETE",
          headers: { authorization: `Basic ${login}` },
        });
      };
      await remove(`/posts/${id}`);
      expect(await follow(session, id)).toEqual({ state: "failed", code: "trashed", reason: "" });
      await remove(`/posts/${id}?force=true`);
      expect(await follow(session, id)).toEqual({ state: "failed", code: "deleted", reason: "" });
    });
  });

  it("names what the role of a contributor lacks before anything is sent, and hands over a text alone", async () => {
    const { session, requests } = seatOf(site, "kecamatan");
    await expect(prepare(session, await jobOf(article({ photos })))).rejects.toMatchObject({
      code: "web-role",
      exit: 4,
      params: { lacks: "upload_files", account: "kecamatan" },
    });
    expect(requests.filter(({ method }) => method === "POST")).toEqual([]);
    const { outcome } = await publish("kecamatan", article());
    expect(outcome).toMatchObject({ state: "handed_over" });
  });

  describe("a correction", () => {
    it("changes the same post in place: id, address and date stay, and readers see it", async () => {
      const about = article({ photos: photos.slice(0, 2) });
      const { session, outcome } = await publish("penulis", about);
      const { remote_id, url } = outcome as { remote_id: string; url: string };
      const old = await rawOf(remote_id);
      const corrected = article({
        photos: photos.slice(1, 3),
        body: "CIBITUNG – Warga berkumpul pukul 08.00 WIB.",
        correction: "Kegiatan berlangsung pukul 08.00 WIB, bukan 07.00.",
      });
      const job = await jobOf(corrected, { corrects: { remote_id, url } });
      const intent = await prepare(session, job);
      expect((await rawOf(remote_id)).content.raw).toBe(old.content.raw);
      expect(await lookup(session, intent, 1000)).toEqual({ state: "unclear", again_ms: 120_000 });
      expect(await lookup(session, intent, settled)).toEqual({ state: "absent" });

      const done = { state: "published", remote_id, url };
      expect(await commit(session, job, intent)).toEqual(done);
      expect(await commit(session, job, intent)).toEqual(done);
      expect(await lookup(session, intent, settled)).toEqual(done);
      const now = await rawOf(remote_id);
      expect(now).toMatchObject({ slug: about.slug, date_gmt: old.date_gmt, status: "publish" });
      expect(now.featured_media).not.toBe(old.featured_media);
      const { html } = await page(url);
      expect(html).toContain("<strong>Ralat:</strong> Kegiatan berlangsung pukul 08.00 WIB");
      expect(html).not.toContain("Warga berkumpul pukul 07.00");
      expect(await postsWith(`kominfo-${job.publication}`)).toEqual([]);

      await api(`/posts/${remote_id}`, { content: "<p>Diubah redaksi.</p>" });
      expect(await lookup(session, intent, settled)).toMatchObject({
        state: "unclear",
        code: "edited-there",
      });
    });

    it("finds a post that was recorded by its address alone", async () => {
      const { outcome } = await publish("redaktur", article());
      const { remote_id, url } = outcome as { remote_id: string; url: string };
      const { session } = seatOf(site, "redaktur");
      const job = await jobOf(article(), { corrects: { remote_id: null, url } });
      const intent = await prepare(session, job);
      expect(intent.corrects).toBe(remote_id);
      expect(await commit(session, job, intent)).toMatchObject({ state: "published", remote_id, url });
    });

    it("is refused for a colleague's post and for one that is not published", async () => {
      const { outcome } = await publish("redaktur", article());
      const { remote_id, url } = outcome as { remote_id: string; url: string };
      const { session } = seatOf(site, "penulis");
      const job = await jobOf(article(), { corrects: { remote_id, url } });
      await expect(prepare(session, job)).rejects.toMatchObject({ code: "web-not-editable" });
      await api(`/posts/${remote_id}`, { status: "draft" });
      const editor = seatOf(site, "redaktur");
      await expect(prepare(editor.session, job)).rejects.toMatchObject({ code: "web-not-live" });
    });
  });

  it("takes a post down: its page answers 404, and doing it again is fine", async () => {
    const { session, outcome } = await publish("penulis", article());
    const { remote_id, url } = outcome as { remote_id: string; url: string };
    // WordPress would send readers of the old address to this one.
    await publish("penulis", article({ slug: `${new URL(url).pathname.slice(1, -1)}-lanjutan` }));
    await takeDown(session, remote_id);
    await takeDown(session, remote_id);
    const { status, html } = await page(url);
    expect(status === 404 || status === 301).toBe(true);
    expect(html).not.toContain(`kegiatan ke-${serial - 1}.`);
    expect((await rawOf(remote_id)).status).toBe("draft");
  });

  describe("taking the photos with it", () => {
    const status = async (url: string) => (await fetch(url, { redirect: "manual" })).status;
    const allGone = async (urls: readonly string[]) => {
      for (const url of urls) expect([404, 410], url).toContain(await status(url));
    };
    const addressesOf = (item: Stored): string[] => [
      item.source_url,
      ...Object.values<Stored>(item.media_details.sizes).map(({ source_url }) => source_url),
    ];
    /** Publishes with photos of its own, and what the site has of them. */
    async function withPhotos(user: string, shades: readonly number[]) {
      const own = await Promise.all(shades.map((shade) => testPhoto(shade)));
      const made = await publish(user, article({ photos: own }));
      const { remote_id, url } = made.outcome as { remote_id: string; url: string };
      const ids = [made.intent.media ?? []].flat().map((key) => Number.parseInt(key, 10));
      // In the order of the photos: they are uploaded two at a time.
      const stored = await mediaBySlug();
      const media = ids.flatMap((id) => stored.find((item) => item.id === id) ?? []);
      expect(media).toHaveLength(shades.length);
      const removal = { photos: true, announced: [made.intent], once: made.job.once };
      return { ...made, own, remote_id, url, media, removal };
    }

    it.each(["penulis", "redaktur"])("leaves none of their sizes to visitors, as %s", async (user) => {
      const shade = user === "penulis" ? 401 : 411;
      const made = await withPhotos(user, [shade, shade + 1, shade + 2]);
      const urls = made.media.flatMap(addressesOf);
      expect(urls.length).toBeGreaterThan(made.media.length);
      for (const url of urls) expect(await status(url)).toBe(200);
      await takeDown(made.session, made.remote_id, made.removal);
      expect((await page(made.url)).status).not.toBe(200);
      await allGone(urls);
      const ids = made.media.map(({ id }) => id);
      expect((await mediaBySlug()).filter(({ id }) => ids.includes(id))).toEqual([]);
      // Again, on a machine that knows nothing of the first time.
      const again = { ...made.removal, once: (_: string, effect: () => Promise<never>) => effect() };
      await takeDown(made.session, made.remote_id, again as never);
    });

    it("finds them by what the post shows, where no attempt tells, and leaves others' pictures alone", async () => {
      const made = await withPhotos("redaktur", [421, 422]);
      const { body } = await upload("redaksi.jpg", await testPhoto(423));
      const raw = (await rawOf(made.remote_id)).content.raw;
      const theirs = `${raw}\n<img src="${body.source_url}" class="wp-image-${body.id}" />`;
      await api(`/posts/${made.remote_id}`, { content: theirs });
      await takeDown(made.session, made.remote_id, { ...made.removal, announced: [] });
      await allGone(made.media.flatMap(addressesOf));
      expect(await status(body.source_url)).toBe(200);
    });

    it("finds what a correction has replaced", async () => {
      const made = await withPhotos("redaktur", [431, 432]);
      const [, kept] = made.own;
      const corrects = { remote_id: made.remote_id, url: made.url };
      const corrected = article({ photos: [kept!], correction: "Fotonya diganti." });
      const job = await jobOf(corrected, { corrects });
      const intent = await prepare(made.session, job);
      expect(await commit(made.session, job, intent)).toMatchObject({ state: "published" });
      await takeDown(made.session, made.remote_id, { ...made.removal, announced: [made.intent, intent] });
      await allGone(made.media.flatMap(addressesOf));
    });

    it("keeps what another published post or page shows, and names both", async () => {
      const made = await withPhotos("redaktur", [441, 442, 443]);
      const [lead, second, third] = made.media;
      // The same photo in another post of ours is the same file, as lead here.
      const other = await publish("redaktur", article({ photos: [made.own[0]!] }));
      const { url } = other.outcome as { url: string };
      const shown = await api("/pages", {
        status: "publish",
        title: "Galeri",
        content: `<img src="${second.source_url}" class="wp-image-${second.id}">`,
      });
      expect(shown, JSON.stringify(shown)).toMatchObject({ status: "publish" });
      const work = takeDown(made.session, made.remote_id, made.removal);
      await expect(work).rejects.toMatchObject({
        code: "web-photos-visible",
        exit: 1,
        params: { isKept: false, isServed: false },
      });
      const { params } = (await work.catch((error) => error)) as { params: Record<string, string[]> };
      expect(params.links?.toSorted()).toEqual([lead.source_url, second.source_url].toSorted());
      expect(params.pages?.toSorted()).toEqual([url, shown.link].toSorted());
      expect((await page(made.url)).status).not.toBe(200);
      expect([await status(lead.source_url), await status(second.source_url)]).toEqual([200, 200]);
      await allGone(addressesOf(third));

      await api(`/pages/${shown.id}`, { status: "draft" });
      await takeDown(other.session, (other.outcome as { remote_id: string }).remote_id);
      await takeDown(made.session, made.remote_id, made.removal);
      await allGone(made.media.flatMap(addressesOf));
    });

    it("keeps what a post shows behind a page of a colleague's drafts, which this login does not see", async () => {
      const made = await withPhotos("penulis", [445]);
      for (let n = 0; n < 100; n += 1) await api("/posts", { status: "draft", title: `Rancangan ${n}` });
      const other = await publish("penulis", article({ photos: [made.own[0]!] }));
      await expect(takeDown(made.session, made.remote_id, made.removal)).rejects.toMatchObject({
        code: "web-photos-visible",
        params: { pages: [(other.outcome as { url: string }).url] },
      });
      expect(await status(made.media[0].source_url)).toBe(200);
      await takeDown(other.session, (other.outcome as { remote_id: string }).remote_id);
      await takeDown(made.session, made.remote_id, made.removal);
      await allGone(made.media.flatMap(addressesOf));
    });

    it("says so where the login may not delete a colleague's", async () => {
      const own = await testPhoto(451);
      const written = article({ photos: [own] });
      const [photo] = (await articleRendering(written)).photos;
      const { alt, caption, credit } = own;
      const picture = { bytes: async () => own.bytes, photo: photo!, alt, caption, credit };
      const stored = await storePicture(seatOf(site, "redaktur").session, picture);
      const made = await publish("penulis", written);
      const { remote_id } = made.outcome as { remote_id: string };
      const removal = { photos: true, announced: [made.intent], once: made.job.once };
      await expect(takeDown(made.session, remote_id, removal)).rejects.toMatchObject({
        code: "web-photos-visible",
        params: { links: [stored], isKept: true, account: "penulis", pages: [] },
      });
      expect(await status(stored)).toBe(200);
      // An editor of the site may.
      await takeDown(seatOf(site, "redaktur").session, remote_id, removal);
      await allGone([stored]);
    });

    it("removes the pictures that Instagram had fetched", async () => {
      const own = await testPhoto(461);
      const { session } = seatOf(site, "penulis");
      const stored = await storePicture(session, pictureOf(own));
      const other = await storePicture(session, pictureOf(await testPhoto(462)));
      await removePictures(session, [stored]);
      await removePictures(session, [stored]);
      await allGone([stored]);
      expect(await status(other)).toBe(200);
    });
  });

  /** As an editor of the site does it. */
  async function upload(name: string, { bytes }: TestPhoto) {
    const login = Buffer.from(`redaktur:${site.users.redaktur!.app_password}`).toString("base64");
    const response = await fetch(`${site.url}/wp-json/wp/v2/media`, {
      method: "POST",
      headers: {
        authorization: `Basic ${login}`,
        "content-type": "image/jpeg",
        "content-disposition": `attachment; filename="${name}"`,
      },
      body: new Uint8Array(bytes),
    });
    return { body: (await response.json()) as Stored };
  }

  it("proves to another user what is published, and leaves a colleague's draft to a person", async () => {
    const { session, job, intent } = await (async () => {
      const { session } = seatOf(site, "penulis");
      const job = await jobOf(article());
      return { session, job, intent: await prepare(session, job) };
    })();
    const colleague = seatOf(site, "operator");
    expect(await lookup(session, intent, settled)).toEqual({ state: "absent" });
    expect(await lookup(colleague.session, intent, settled)).toEqual({
      state: "unclear",
      code: "other-user",
    });
    const outcome = await commit(session, job, intent);
    expect(await lookup(colleague.session, intent, settled)).toEqual(outcome);
  });

  it("warns of a category that the site does not have, and does not make it", async () => {
    const { session } = seatOf(site, "redaktur");
    const job = await jobOf(article({ category: "Tidak Ada" }));
    await prepare(session, job);
    expect(job.warnings).toEqual([{ code: "web-category-unknown", params: { category: "Tidak Ada" } }]);
    expect(await api("/categories?search=Tidak%20Ada")).toEqual([]);
  });

  it("stores a picture once at a public address, gives it a new alt text, and copies what is a colleague's", async () => {
    const photo = await testPhoto(77);
    const { session } = seatOf(site, "penulis");
    const picture = { ...pictureOf(photo), alt: "Satu", caption: "Keterangan" };
    const address = await storePicture(session, picture);
    expect(await storePicture(session, { ...picture, alt: "Dua" })).toBe(address);
    const response = await fetch(address, { redirect: "error" });
    expect(response.headers.get("content-type")).toBe("image/jpeg");
    expect(Buffer.from(await response.arrayBuffer()).equals(photo.bytes)).toBe(true);
    const of = async () => (await mediaBySlug()).filter(({ source_url }) => source_url === address);
    expect((await of()).map(({ alt_text }) => alt_text)).toEqual(["Dua"]);

    const colleague = seatOf(site, "operator");
    const theirs = await storePicture(colleague.session, { ...picture, alt: "Tiga" });
    expect(theirs).not.toBe(address);
    expect(await storePicture(colleague.session, { ...picture, alt: "Tiga" })).toBe(theirs);
    expect((await of()).map(({ alt_text }) => alt_text)).toEqual(["Dua"]);
  });

  it("says so when the site's limit refuses a photo", async () => {
    const { session } = seatOf(site, "penulis");
    const photo = await testPhoto(78);
    const bytes = Buffer.concat([photo.bytes, Buffer.alloc(2.5 * 1024 * 1024)]);
    await expect(
      storePicture(session, { ...pictureOf(photo), bytes: async () => bytes }),
    ).rejects.toMatchObject({
      code: "web-upload-refused",
      exit: 1,
    });
  });

  it("tells a wrong application password from a wrong role", async () => {
    const { session } = seatOf(site, "penulis");
    const wrong = { ...session, secret: { user: "penulis", app_password: "abcdEFGH1234ijklMNOP5678" } };
    await expect(prepare(wrong, await jobOf(article()))).rejects.toMatchObject({
      code: "channel-refused",
      exit: 4,
    });
    await expect(takeDown(wrong, "1")).rejects.toMatchObject({ code: "channel-refused" });
    const before = await prepare(session, await jobOf(article()));
    await expect(lookup(wrong, before, settled)).rejects.toMatchObject({ code: "channel-refused" });
    expect(await commit(wrong, await jobOf(article()), before)).toMatchObject({ state: "unclear" });
  });
});
