import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { limits } from "../../../src/contract/contract.js";
import { buildApp } from "../../../src/newsroom/app.js";
import { defaultRates } from "../../../src/newsroom/options.js";
import { openStore } from "../../../src/newsroom/store/database/open.js";
import { secretsKeyOf } from "../../../src/newsroom/store/secrets-key.js";
import { openStorage } from "../../../src/newsroom/uploads/storage.js";
import { as, images, startNewsroom, type TestNewsroom } from "../support/newsroom.js";
import { deskOf, rates } from "./browser.js";

// What editors may send at the desk is bounded like that of the API: every form of the desk is tried.

/** Forms that take something away, let in somebody who will, or change only the browser. */
const goOn = [
  "/activate",
  "/language",
  "/login",
  "/login/link",
  "/logout",
  "/logout/everywhere",
  "/people/:id/revoke",
  "/people/:id/sessions",
  "/people/:id/suspend",
  "/people/:id/tokens/:token/revoke",
  "/submissions/:id/redact",
];

let newsroom: TestNewsroom;
let free = 1;
beforeAll(async () => {
  newsroom = await startNewsroom({ ...rates, activations_per_minute: 1000 }, async () => free);
});
afterAll(() => newsroom.remove());
const { join, enter } = deskOf(() => newsroom);

/** The addresses of all forms, by the routes of the service itself. */
async function formsOfDesk(): Promise<string[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "kominfo-desk-"));
  const store = await openStore(folder, new Date());
  const { app } = await buildApp({
    freeSpace: async () => 1,
    store,
    upkeep: store,
    ...(await openStorage({ data: folder }, store)),
    images,
    version: "0.1.0",
    now: () => new Date(),
    rates: defaultRates,
    data: folder,
    transport: "local",
    secretsKey: secretsKeyOf(randomBytes(32)),
    stopping: new AbortController().signal,
  });
  await app.ready();
  const all = app.printRoutes({ commonPrefix: false }).split("\n");
  await app.close();
  await store.destroy();
  await rm(folder, { recursive: true, force: true });
  const forms: string[] = [];
  const parents: string[] = [];
  for (const line of all) {
    const [, indent = "", part = "", methods = ""] = /^([│ ]*)[├└]── (\S+) ?(?:\((.*)\))?/.exec(line) ?? [];
    parents.length = indent.length / 4;
    parents.push(part);
    if (/\bPOST\b/.test(methods)) forms.push(parents.join(""));
  }
  return forms.filter((form) => !form.startsWith("/api/") && form !== "/csp").sort();
}

describe("on a disk with less than a tenth free", () => {
  it("every form is refused that brings something to keep, and no other", async () => {
    await join("Ani", "admin");
    const desk = await enter("Ani");
    const forms = await formsOfDesk();
    expect(forms).toEqual(expect.arrayContaining([...goOn, "/submissions/:id/edit", "/people/new"]));
    const outcomes = new Map<string, number>();
    const id = "0193b3a0-0000-7000-8000-000000000000";
    free = 0.09;
    // Logging out last: the others need the session.
    for (const form of forms.sort((a, b) => Number(/^\/logout/.test(a)) - Number(/^\/logout/.test(b)))) {
      if (/^\/logout/.test(form)) await desk.get("/");
      outcomes.set(
        form,
        (await desk.post(form.replace(/:\w+/g, id), { text: "Naskah yang panjang sekali" })).status,
      );
    }
    free = 1;
    const refused = [...outcomes].filter(([, status]) => status === 507).map(([form]) => form);
    expect(refused.sort()).toEqual(forms.filter((form) => !goOn.includes(form)).sort());
  });

  it("gives back what was typed", async () => {
    await join("Budi", "editor");
    const desk = await enter("Budi");
    const id = await as(newsroom, await newsroom.token("operator")).submit();
    await desk.get(`/submissions/${id}`);
    free = 0.09;
    const body = "Catatan yang panjang untuk pengirim.";
    const refused = await desk.post(`/submissions/${id}/comments`, { body });
    free = 1;
    expect([refused.status, refused.text.includes(body)]).toEqual([507, true]);
  });

  it("lets an admin log in, redact and suspend", async () => {
    await join("Cici", "admin");
    const id = await as(newsroom, await newsroom.token("operator")).submit();
    const { user } = await join("Dedi", "editor");
    free = 0.01;
    const desk = await enter("Cici");
    await desk.get(`/submissions/${id}/redact`);
    const why = { reason: "Diminta", legal_basis: "UU 27/2022", sure: "1" };
    const redacted = await desk.post(`/submissions/${id}/redact`, { what: "revision-1", ...why });
    await desk.get(`/people/${user.id}`);
    const suspended = await desk.post(`/people/${user.id}/suspend`);
    free = 1;
    expect([redacted.location, suspended.location]).toEqual([
      `/submissions/${id}?done=redact#tombstones`,
      `/people/${user.id}?done=suspendPerson`,
    ]);
  });
});

it("who has written too much in a day is told so, with what was typed", async () => {
  const { user } = await join("Eka", "editor");
  const desk = await enter("Eka");
  const id = await as(newsroom, await newsroom.token("operator")).submit();
  await desk.get(`/submissions/${id}`);
  const used = { owner: user.id, name: "text_bytes_per_day", amount: limits.text_bytes_per_day };
  const at = new Date(newsroom.clock.now.getTime() - 1000).toISOString();
  await newsroom.stores(({ store }) =>
    store
      .insertInto("allowances")
      .values({ ...used, at })
      .execute(),
  );
  const body = "Catatan yang panjang untuk pengirim.";
  const refused = await desk.post(`/submissions/${id}/comments`, { body });
  expect([refused.status, refused.text.includes(body)]).toEqual([413, true]);
  expect(refused.text).toContain("24 jam terakhir");
});

it("a saved form that changes nothing leaves no row", async () => {
  await join("Fani", "editor");
  const desk = await enter("Fani");
  const id = await as(newsroom, await newsroom.token("operator")).submit();
  await desk.get(`/submissions/${id}`);
  expect((await desk.post(`/submissions/${id}/steps/claim`, { revision: "1" })).status).toBe(303);
  const rows = () =>
    newsroom.stores(
      async ({ store }) => (await store.selectFrom("idempotency_keys").select("key").execute()).length,
    );
  /** Sends the form as it is on the page. */
  const save = async () => {
    const page = await desk.get(`/submissions/${id}/edit`);
    const field = /<(?:input|textarea)[^>]* name="([\w.-]+)"(?:[^>]* value="([^"]*)")?[^>]*>([^<]*)/g;
    const fields = [...page.text.matchAll(field)].map(([, name, value, text]) => [
      name,
      value ?? text?.replace(/^\n/, ""),
    ]);
    const { csrf: _csrf, form: _form, ...typed } = Object.fromEntries(fields);
    return (await desk.post(`/submissions/${id}/edit`, typed)).location;
  };
  const before = await rows();
  expect(await save()).toBe(`/submissions/${id}?done=unchanged`);
  expect(await rows()).toBe(before);
});
