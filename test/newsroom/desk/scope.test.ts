import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  as,
  cibitung,
  jpeg,
  photo,
  setu,
  startNewsroom,
  type TestNewsroom,
  uploadPhoto,
} from "../support/newsroom.js";
import { rowsOf } from "../support/rows.js";
import { deskOf } from "./browser.js";
import { routesOfDesk } from "./routes.js";

/*
 * An operator at the desk, and what another kecamatan has: at every route, also at those that come later. They see neither a title
 * nor a photo of it, and whatever the others do, no page of theirs changes by a letter: there is no count to read.
 */

let newsroom: TestNewsroom;
let browser: Awaited<ReturnType<ReturnType<typeof deskOf>["enter"]>>;
/** Every route behind a login. */
let routes: Awaited<ReturnType<typeof routesOfDesk>>;
/** Pages of the operator, before the others did anything, and after. */
const pages = { before: {} as Record<string, string>, after: {} as Record<string, string> };
const theirs = { ids: [] as string[], publication: "", photo: "", comment: "", person: "", token: "" };
const ours = { id: "", photo: "" };
const secret = {
  title: "Posyandu Setu yang Rahasia",
  author: "Sutarjo dari Setu",
  body: "Isi milik Setu saja.",
  comment: "Catatan untuk Setu saja.",
};

const { join, enter } = deskOf(() => newsroom);
const approval = {
  destinations: ["kecamatan", "kabupaten"],
  channels: ["web", "facebook", "instagram", "x"],
};
const first = { "if-match": '"r1"' };

beforeAll(async () => {
  newsroom = await startNewsroom({ token_per_minute: 100_000, activations_per_minute: 100_000 });
  routes = (await routesOfDesk()).filter(({ roles }) => roles !== null);
  await join("Siti", "operator", cibitung);
  const token = await newsroom.token("operator", cibitung);
  ours.photo = await uploadPhoto(newsroom, token, await jpeg(1));
  const editor = as(newsroom, await newsroom.token("editor"));
  const own = as(newsroom, token);
  ours.id = await own.submit({ title: "Posyandu Cibitung", photos: [photo(ours.photo)] });
  await editor.post(`/submissions/${ours.id}/transitions`, { step: "claim" });
  await editor.post(`/submissions/${ours.id}/transitions`, { step: "approve", approval }, first);
  await own.submit({ title: "Panen Cibitung" });
  browser = await enter("Siti");
  pages.before = await ownPages();
  await work(editor);
  pages.after = await ownPages();
}, 60_000);
afterAll(() => newsroom.remove());

/** What the operator may open without naming anything of the others, with every filter that there is. */
async function ownPages(): Promise<Record<string, string>> {
  const views = ["waiting", "mine", "returned", "approved", "closed", "all"];
  const queues = views.flatMap((view) => [
    `/?view=${view}`,
    `/?view=${view}&kecamatan=${setu}`,
    `/?view=${view}&q=Posyandu`,
    `/?view=${view}&q=Posyandu&kecamatan=${setu}`,
    `/?view=${view}&urgent=1&kind=info-darurat`,
  ]);
  const addresses = [
    "/",
    ...queues,
    "/news",
    "/news?since=0",
    "/ready",
    ...["open", "out", "all"].flatMap((view) => [
      `/ready?view=${view}`,
      `/ready?view=${view}&q=Posyandu&channel=web&kecamatan=${setu}`,
    ]),
    `/ready?kecamatan=${setu}`,
    `/ready/${ours.id}`,
    `/submissions/${ours.id}`,
    "/account",
    "/week",
    "/people",
    "/audit",
  ];
  const found: Record<string, string> = {};
  for (const address of addresses) found[address] = seen((await browser.get(address)).text);
  return found;
}

/** A page without what is another one each time it is asked for. */
function seen(page: string): string {
  return page.replace(/name="(csrf|form)" value="[^"]*"/g, "");
}

/** What Setu and the editors do: submissions in every state, one of them urgent and due, with photo, comment, publication and merger. */
async function work(editor: ReturnType<typeof as>): Promise<void> {
  const { user } = await join(secret.author, "operator", setu);
  theirs.person = user.id;
  const token = await newsroom.anotherToken(user.id);
  const other = as(newsroom, token);
  theirs.photo = await uploadPhoto(newsroom, token, await jpeg(2));
  const submit = async (step?: string, more: object = {}) => {
    const id = await other.submit({
      title: secret.title,
      body: secret.body,
      photos: [photo(theirs.photo)],
      priority: "urgent",
      needed_by: "2026-11-17T10:00:00Z",
    });
    theirs.ids.push(id);
    const send = (wanted: object, headers = {}) =>
      editor.post(`/submissions/${id}/transitions`, wanted, headers);
    if (step) await send({ step: "claim" });
    if (step && step !== "claim") expect((await send({ step, ...more }, first)).status, step).toBe(200);
    return id;
  };
  await submit();
  await submit("claim");
  await submit("return", { reason: secret.comment });
  await submit("reject", { reason: secret.comment });
  const approved = await submit("approve", { approval });
  const commented = await other.post(`/submissions/${approved}/comments`, { body: secret.comment });
  theirs.comment = commented.body.id;
  const made = await editor.post(`/submissions/${approved}/publications`, {
    channel: "web",
    state: "published",
    url: "https://setu.example.go.id/rahasia",
  });
  theirs.publication = made.body.id;
  const merged = await submit();
  const into = { step: "merge", merged_into: approved, reason: secret.comment };
  expect((await editor.post(`/submissions/${merged}/transitions`, into)).status).toBe(200);
}

describe("without naming anything of theirs", () => {
  test("an operator's pages say the same whatever another kecamatan does", () => {
    expect(Object.keys(pages.before).length).toBeGreaterThan(35);
    for (const [address, page] of Object.entries(pages.before)) {
      expect(pages.after[address], address).toBe(page);
    }
  });

  test("and they do say something of the operator's own", () => {
    expect(pages.after["/"]).toContain("Panen Cibitung");
    expect(pages.after["/?view=all"]).toContain("Posyandu Cibitung");
    expect(pages.after[`/?view=all&kecamatan=${setu}`]).toContain("Posyandu Cibitung");
    expect(pages.after["/ready"]).toContain("Posyandu Cibitung");
    expect(JSON.parse(pages.after["/news?since=0"]!).text).toContain("Panen Cibitung");
    expect(pages.after["/"]).not.toContain('name="kecamatan"');
    for (const closed of ["/week", "/people", "/audit"]) expect(pages.after[closed]).toContain("Peran Anda");
  });

  test("an editor sees it all, so there is something to hide", async () => {
    await join("Edi", "editor");
    const edi = await enter("Edi");
    expect((await edi.get("/?view=all")).text).toContain(secret.title);
    expect((await edi.get("/ready")).text).toContain(secret.title);
    expect((await edi.get(`/ready?kecamatan=${setu}`)).text).not.toContain("Posyandu Cibitung");
  });
});

/** What stands for each parameter of a route when somebody names the things of another kecamatan. */
const values: Record<string, () => string[]> = {
  id: () => [...theirs.ids, theirs.person],
  step: () => ["claim", "approve"],
  sha256: () => [theirs.photo],
  publication: () => [theirs.publication],
  token: () => [randomUUID()],
  channel: () => ["web", "instagram"],
  file: () => ["1.jpg"],
};

function addressesOf(url: string): string[] {
  const [, name] = /:(\w+)/.exec(url) ?? [];
  if (name === undefined) return [url];
  const known = values[name];
  if (!known)
    throw new Error(`no value for :${name} of ${url}; add one that names what another kecamatan has`);
  return known().flatMap((value) => addressesOf(url.replace(`:${name}`, value)));
}

const marks = () => [
  ...Object.values(secret),
  "setu.example.go.id",
  theirs.photo,
  theirs.comment,
  ...theirs.ids,
];

function expectNothing(text: string, address: string): void {
  // What the address itself says is given back by the form that changes the language.
  for (const mark of marks())
    if (!address.includes(mark)) expect(text, `${address}: ${mark}`).not.toContain(mark);
}

describe("naming what is theirs", () => {
  test("at every page, also in its query, an operator is told nothing", async () => {
    const queries = [
      "",
      `?revision=1&about=photo-${theirs.photo}`,
      `?from=1&to=1&since=0&about=${theirs.ids[0]}`,
      `?kecamatan=${setu}&view=all&after=1.${theirs.ids.at(-1)}&q=Rahasia`,
      `?person=${theirs.person}&cursor=${theirs.person}&after=${theirs.ids.at(-1)}`,
    ];
    let asked = 0;
    for (const { url } of routes.filter(({ method }) => method === "GET")) {
      for (const address of addressesOf(url)) {
        for (const query of queries) {
          const { status, text } = await browser.get(address + query);
          expectNothing(text, address + query);
          if (url.includes(":")) expect([403, 404], address + query).toContain(status);
          asked += 1;
        }
      }
    }
    expect(asked).toBeGreaterThan(200);
  });

  test("a photo of theirs is not told to be there: not by its tag, a range, HEAD or as one of ours", async () => {
    const ask = (address: string, init: RequestInit) =>
      fetch(newsroom.url + address, { ...init, headers: { cookie: browser.cookie, ...init.headers } });
    const conditional = { headers: { "if-none-match": `"${theirs.photo}", *` } };
    for (const init of [conditional, { method: "HEAD" }, { headers: { range: "bytes=0-9" } }]) {
      expect((await ask(`/photos/${theirs.photo}`, init)).status).toBe(404);
      expect((await ask(`/ready/${theirs.ids[4]}/web/photos/1.jpg`, init)).status).toBe(404);
      expect((await ask(`/ready/${theirs.ids[4]}/web/photos.zip`, init)).status).toBe(404);
    }
    expect((await ask(`/ready/${ours.id}/web/photos/1.jpg`, {})).status).toBe(200);
    for (const file of ["0.jpg", "2.jpg", "-1.jpg", "01.jpg", "1.png", "1", "999.jpg", "..%2f1.jpg"]) {
      expect((await ask(`/ready/${ours.id}/web/photos/${file}`, {})).status, file).toBe(404);
    }
  });

  test("at every form an operator changes nothing of theirs", async () => {
    const rows = () => newsroom.stores(({ store }) => rowsOf(store));
    const changing = ["desk_sessions", "audit_entries", "audit_details", "allowances"];
    const without = (all: Record<string, string>) =>
      Object.fromEntries(Object.entries(all).filter(([name]) => !changing.includes(name)));
    const before = without(await rows());
    const fields = {
      body: "Halo",
      revision: "1",
      url: "https://setu.example.go.id/lain",
      reason: "Iseng",
      decision: "failed",
      destination: "kecamatan",
      channel: "web",
      title: "Diganti",
      name: "Siti",
      role: "operator",
      what: "revision-1",
      legal_basis: "UU",
      sure: "1",
    };
    const own = ["/account/news", "/logout/everywhere"];
    const forms = routes.filter(({ method, url }) => method === "POST" && !own.includes(url));
    expect(forms.length).toBeGreaterThan(15);
    for (const { url } of forms) {
      for (const address of addressesOf(url)) {
        await browser.get("/account");
        const { status, text } = await browser.post(address, fields);
        expect([403, 404], address).toContain(status);
        expectNothing(text.replaceAll(fields.url, ""), address);
      }
    }
    expect(without(await rows())).toEqual(before);
  });
});
