import { afterEach, expect, it } from "vitest";
import type { Session } from "../../../src/channels/publishing.js";
import { pictureName } from "../../../src/channels/web/picture-name.js";
import { findPictures, storePicture } from "../../../src/channels/web/publish.js";
import type { RenderedPhoto } from "../../../src/contract/contract.js";
import { createHttp } from "../../../src/http/client.js";
import { type Service, startService } from "../services.js";

let service: Service;
afterEach(() => service?.close());

const photo = (n: number, more: Partial<RenderedPhoto> = {}): RenderedPhoto => ({
  sha256: String(n).padStart(64, "0"),
  ...{ lead: false, alt: `Foto ${n}`, caption: "", credit: "", crop: null, width: 1080, height: 1080 },
  ...more,
});

/** A site that has pictures by these names. */
async function siteWith(
  names: readonly string[],
  isBroken = () => false,
  changed: object = {},
): Promise<Session> {
  service = await startService(({ line, url }) => {
    if (url.pathname.endsWith("/users/me")) {
      return { json: { id: 5, name: "Siti", slug: "siti", capabilities: { upload_files: true } } };
    }
    if (isBroken()) return { status: 500, json: { code: "internal_server_error", message: "" } };
    const item = (slug: string, at: number) => ({
      ...{ id: at + 1, slug, source_url: `https://site.example/${slug}.jpg`, caption: { rendered: "" } },
      ...{ alt_text: "Foto 1", media_details: { width: 1080, height: 1080, filesize: 90_000 } },
    });
    if (line.startsWith("POST")) return { status: 201, json: item("kominfo-new", 99) };
    const wanted = url.searchParams.get("slug")?.split(",") ?? [];
    return {
      json: names
        .map((name, at) => ({ ...item(name, at), ...changed }))
        .filter(({ slug }) => wanted.includes(slug)),
    };
  });
  const answers = new Map<string, Promise<unknown>>();
  return {
    http: createHttp({ origin: service.url, headers: {}, signal: new AbortController().signal }),
    ...{ origin: service.url, now: new Date(0), newsroomNow: () => new Date(0), wait: async () => {} },
    secret: { user: "siti", app_password: "abcdefgh" },
    remember<T>(key: string, ask: () => Promise<T>) {
      const answer = (answers.get(key) as Promise<T> | undefined) ?? ask();
      answers.set(key, answer);
      answer.catch(() => answers.delete(key));
      return answer;
    },
  };
}

const asked = () => service.seen.filter(({ line }) => line.startsWith("GET /wp-json/wp/v2/media"));
const store = (session: Session, of: RenderedPhoto, made: string[]) =>
  storePicture(session, {
    bytes: async () => {
      made.push(of.sha256);
      return Buffer.from("jpeg");
    },
    photo: of,
    ...{ alt: of.alt, caption: of.caption, credit: of.credit },
  });

it("asks once for each picture, and what is there is neither asked for again nor made", async () => {
  const photos = [photo(1), photo(2)];
  const session = await siteWith([`kominfo-${pictureName(photo(1))}`]);
  await findPictures(session, [...photos, photo(1)]);
  expect(asked()).toHaveLength(2);
  const made: string[] = [];
  expect(await store(session, photo(1), made)).toContain(pictureName(photo(1)));
  expect(await store(session, photo(2), made)).toContain("kominfo-new");
  expect(made).toEqual([photo(2).sha256]);
  expect(asked()).toHaveLength(2);
});

it("asks for thirty photos in eight questions, and for three hundred in none that a server finds too long", async () => {
  const session = await siteWith([]);
  const many = (count: number) => Array.from({ length: count }, (_, n) => photo(n));
  await findPictures(session, many(30));
  expect(asked()).toHaveLength(8);
  await service.close();
  await findPictures(await siteWith([]), many(300));
  for (const { line } of asked()) expect(line.length).toBeLessThan(4000);
});

it("asks again where the first question was not answered", async () => {
  let isBroken = true;
  const session = await siteWith([`kominfo-${pictureName(photo(1))}`], () => isBroken);
  await expect(findPictures(session, [photo(1)])).rejects.toMatchObject({ code: "server-failing" });
  isBroken = false;
  expect(await store(session, photo(1), [])).toContain(pictureName(photo(1)));
});

it("names a picture by all that is in it", () => {
  const crop = { left: 0, top: 0, width: 10, height: 10 };
  const others = [
    photo(2),
    photo(1, { crop }),
    photo(1, { crop: { ...crop, left: 1 } }),
    photo(1, { width: 1440 }),
    photo(1, { alt: "Lain" }),
    photo(1, { caption: "Lain" }),
    photo(1, { credit: "Lain" }),
  ];
  const names = new Set([photo(1), ...others].map(pictureName));
  expect(names.size).toBe(others.length + 1);
  for (const name of names) expect(name).toMatch(/^[0-9a-f]{16}$/);
  // Whether it leads is not in the picture.
  expect(pictureName(photo(1, { lead: true }))).toBe(pictureName(photo(1)));
});

it.each([
  ["cropped", { media_details: { width: 1080, height: 720 } }],
  ["cropped, and named so", { source_url: "https://site.example/a-e1764500000123.jpg" }],
  ["turned", { media_details: { width: 720, height: 1080 } }],
  ["replaced by a larger one", { media_details: { width: 2000, height: 2000 } }],
  ["lost by a full disk", { media_details: { width: 1080, height: 1080, filesize: 0 } }],
])("stores a picture anew that was %s at the site: what was approved goes out", async (_, changed) => {
  const session = await siteWith([`kominfo-${pictureName(photo(1))}`], undefined, changed);
  await findPictures(session, [photo(1)]);
  const made: string[] = [];
  expect(await store(session, photo(1), made)).toContain("kominfo-new");
  expect(made).toEqual([photo(1).sha256]);
});

it.each([
  ["as it was sent", {}],
  ["smaller, as the site keeps pictures", { media_details: { width: 799, height: 800 } }],
  [
    "of other bytes, as plugins write them",
    { media_details: { width: 1080, height: 1080, filesize: 31_000 } },
  ],
  [
    "of an older WordPress, which tells no size of the file",
    { media_details: { width: 1080, height: 1080 } },
  ],
])("takes a picture %s", async (_, changed) => {
  const session = await siteWith([`kominfo-${pictureName(photo(1))}`], undefined, changed);
  const made: string[] = [];
  expect(await store(session, photo(1), made)).toContain(pictureName(photo(1)));
  expect(made).toEqual([]);
});
