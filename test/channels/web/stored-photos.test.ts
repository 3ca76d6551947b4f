import { afterEach, describe, expect, it } from "vitest";
import type { Removal, Session } from "../../../src/channels/publishing.js";
import { removePictures, takeDown } from "../../../src/channels/web/take-down.js";
import { KominfoError } from "../../../src/errors/errors.js";
import { createHttp } from "../../../src/http/client.js";
import { type Reply, type Service, startService } from "../services.js";

/** Photos that a site has stored, has lost or lies about. That removing works is shown against real WordPress (test/real/publish). */
let service: Service;
afterEach(() => service?.close());

const name = "/wp-content/uploads/musrenbang-1.jpg";
const missing: Reply = { status: 404, json: { code: "rest_post_invalid_id", message: "Invalid." } };
const item = (more: object = {}) => ({
  ...{ id: 12, date: "2026-11-29T08:00:00", slug: "kominfo-0123456789abcdef" },
  ...{ source_url: service.url + name, media_details: {} },
  ...more,
});
const page = () => ({
  ...{ id: 47, status: "draft", slug: "kominfo-p", link: `${service.url}/?p=47` },
  ...{ title: {}, content: {}, featured_media: 0 },
});

interface Site {
  /** What the list of media says, and a medium that is asked for by its id. */
  media?: () => object[];
  medium?: () => Reply;
  deleted?: Reply;
  /** What visitors get of the file. */
  file?: Reply;
  /** @param query of the list */
  posts?: (query: URLSearchParams) => object[];
  pages?: () => object[];
  /** Of its lists, and whether a proxy has taken that number away. */
  pageCount?: number;
  hidesPages?: boolean;
}

async function open(site: Site): Promise<Session> {
  service = await startService(({ line, url }) => {
    const at = `${line.split(" ")[0]} ${url.pathname.replace("/wp-json/wp/v2", "")}`;
    if (at === "GET /media") return { json: site.media?.() ?? [] };
    if (at === "GET /media/12") return site.medium?.() ?? missing;
    if (at === "DELETE /media/12") return site.deleted ?? missing;
    if (at === `GET ${name}`) return site.file ?? { status: 404, text: "" };
    const headers = site.hidesPages ? undefined : { "x-wp-totalpages": String(site.pageCount ?? 1) };
    const isBehind = Number(url.searchParams.get("page") ?? 1) > (site.pageCount ?? 1);
    if (isBehind) return { status: 400, json: { code: "rest_post_invalid_page_number", message: "No." } };
    if (at === "GET /posts")
      return { json: site.posts?.(url.searchParams) ?? [], ...(headers && { headers }) };
    if (at === "GET /pages") return { json: site.pages?.() ?? [], ...(headers && { headers }) };
    if (at === "GET /posts/47" || at === "POST /posts/47") return { json: page() };
    return { status: 404, text: "" };
  });
  return {
    http: createHttp({ origin: service.url, headers: {}, signal: new AbortController().signal }),
    ...{ origin: service.url, now: new Date(0), newsroomNow: () => new Date(0), wait: async () => {} },
    secret: { user: "penulis", app_password: "abcdefgh" },
  };
}

const problem = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof KominfoError ? `${error.code} ${error.exit}` : error),
  );
const removal = (): Removal => ({
  ...{ photos: true, once: (_, effect) => effect() },
  announced: [{ media: [`12 ${service.url}${name}`] }],
});
const deletions = () => service.seen.filter(({ line }) => line.startsWith("DELETE")).length;
const served: Reply = { text: "x", headers: { "content-type": "image/jpeg" } };

describe("a photo that the media library has lost", () => {
  it("is not said to be gone while a cache still serves it", async () => {
    const session = await open({ file: served, posts: () => [page()] });
    expect(await problem(takeDown(session, "47", removal()))).toBe("web-photos-visible 5");
    expect(await problem(removePictures(session, [service.url + name]))).toBe("web-photos-visible 5");
    await service.close();
    const empty = await open({});
    expect(await problem(takeDown(empty, "47", removal()))).toBeUndefined();
    expect(await problem(removePictures(empty, [service.url + name, "", "http://["]))).toBeUndefined();
  });

  it("is removed with care where only the list has lost it", async () => {
    const shows = () => ({ ...page(), id: 48, status: "publish", featured_media: 12 });
    const session = await open({
      medium: () => ({ json: item() }),
      posts: () => [page(), shows()],
    });
    expect(await problem(takeDown(session, "47", removal()))).toBe("web-photos-visible 1");
    expect(deletions()).toBe(0);
  });

  it.each([true, false])(
    "is kept by a post behind a page that is not full; number of pages: %s",
    async (isTold) => {
      const shows = () => ({ ...page(), id: 48, status: "publish", featured_media: 12 });
      const session = await open({
        medium: () => ({ json: item() }),
        // The other 99 are colleagues' drafts.
        posts: (query) => (query.get("page") === "1" ? [page()] : query.get("page") === "3" ? [shows()] : []),
        ...{ pageCount: 3, hidesPages: !isTold },
      });
      expect(await problem(takeDown(session, "47", removal()))).toBe("web-photos-visible 1");
      expect(deletions()).toBe(0);
    },
  );

  it("and stored again under the same address is asked for once, after that is deleted", async () => {
    let isThere = true;
    const again = () => item({ id: 13 });
    service = await startService(({ line, url }) => {
      if (line.startsWith("DELETE") && url.pathname.endsWith("/media/13")) {
        isThere = false;
        return { json: {} };
      }
      if (url.pathname === name) return isThere ? served : { status: 404, text: "" };
      if (url.pathname.endsWith("/media")) return { json: isThere ? [again()] : [] };
      const headers = { "x-wp-totalpages": "1" };
      if (url.pathname.endsWith("/posts")) return { json: [page()], headers };
      if (url.pathname.endsWith("/posts/47")) return { json: page() };
      return url.pathname.endsWith("/pages") ? { json: [], headers } : missing;
    });
    const http = createHttp({ origin: service.url, headers: {}, signal: new AbortController().signal });
    const session: Session = {
      ...{
        http,
        origin: service.url,
        now: new Date(0),
        newsroomNow: () => new Date(0),
        wait: async () => {},
      },
      secret: { user: "penulis", app_password: "abcdefgh" },
    };
    const media = [12, 13].map((id) => `${id} ${service.url}${name}`);
    await takeDown(session, "47", { ...removal(), announced: [{ media }] });
    expect(service.seen.filter(({ line }) => line === `GET ${name}`)).toHaveLength(1);
  });
});

describe("a site that answers with nonsense", () => {
  it.each(["2026-99-99T99:99:99", "2026-02-03T25:00:00"])("is not believed a date: %s", async (date) => {
    const session = await open({ media: () => [item({ date })], posts: () => [page()] });
    expect(await problem(takeDown(session, "47", removal()))).toMatch(/^[a-z-]+ [15]$/);
    expect(deletions()).toBe(0);
  });

  it.each(["http://[", "//["])("is not asked for an original: %s", async (original) => {
    const media_details = { original_image: original };
    const session = await open({ media: () => [item({ media_details })], posts: () => [page()] });
    expect(await problem(takeDown(session, "47", removal()))).toBeUndefined();
    expect(deletions()).toBe(1);
  });
});

describe("pictures of a channel without a post at the site", () => {
  const old = { id: 3, modified: "2026-01-01T00:00:00" };
  const isAfter = (query: URLSearchParams) => (query.get("modified_after") ?? "") > old.modified;
  const remove = (site: Site) =>
    open({ media: () => [item()], ...site }).then((session) =>
      problem(removePictures(session, [service.url + name])),
    );

  it("are not deleted while the site's lists are empty", async () => {
    expect(await remove({})).toBe("server-failing 5");
    expect(deletions()).toBe(0);
  });

  it("are not deleted where a list leaves out the newest post", async () => {
    expect(await remove({ posts: (query) => (query.has("modified_after") ? [] : [old]) })).toBe(
      "server-failing 5",
    );
    expect(deletions()).toBe(0);
  });

  it("are deleted where no post was changed since, and where the site has pages only", async () => {
    const posts = (query: URLSearchParams) => (isAfter(query) ? [] : [{ ...page(), ...old }]);
    expect(await remove({ posts })).toBeUndefined();
    expect(deletions()).toBe(1);
    await service.close();
    expect(await remove({ pages: () => [page()] })).toBeUndefined();
    expect(deletions()).toBe(1);
  });
});
