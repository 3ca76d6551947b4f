import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addPerson } from "../../../src/newsroom/local-people.js";
import { endings, endingsFor } from "../support/endings.js";
import { as, startNewsroom, type TestNewsroom } from "../support/newsroom.js";
import { rowsOf } from "../support/rows.js";
import { type Scene, samplesOf, setScene } from "../support/samples.js";
import { sendSlowly } from "../support/slow-request.js";
import { deskOf } from "./browser.js";
import { routesOfDesk } from "./routes.js";

/*
 * Permission is checked where the work is done: every form of the desk, its headers sent while the editor is in, and its
 * last byte after they are out. A new form is among them without being asked.
 */
let newsroom: TestNewsroom;
let scene: Scene;
let approved: () => Promise<string>;
const { enter } = deskOf(() => newsroom);

beforeAll(async () => {
  newsroom = await startNewsroom({ token_per_minute: 100_000, activations_per_minute: 1000 });
  scene = await setScene(newsroom);
  ({ approved } = samplesOf(scene));
}, 60_000);
afterAll(() => newsroom.remove());

/** Forms of who has logged in. */
async function formsOfDesk(): Promise<string[]> {
  const routes = await routesOfDesk();
  return routes.filter(({ method, roles }) => method === "POST" && roles !== null).map(({ url }) => url);
}

interface Form {
  path: string;
  fields: Record<string, string>;
}
const ofSubmission =
  (path: string, fields: Record<string, string>) =>
  async (id: string): Promise<Form> => ({ path: path.replace(":id", id), fields });
const ofPerson = (path: string) => async (): Promise<Form> => {
  const { user } = await scene.person("editor");
  if (path.endsWith("resume")) await scene.admin.post(`/users/${user.id}/suspend`, {});
  return { path: path.replace(":id", user.id), fields: {} };
};

const site = "https://bekasikab.go.id";
/** By a publisher, as the office's machine does. */
async function announceSite(): Promise<void> {
  const publisher = as(newsroom, await newsroom.token("publisher"));
  const outlet = { label: "bekasikab.go.id", destination: "kabupaten", mode: "publish" };
  await publisher.put(`/outlets/web/${encodeURIComponent(site)}`, outlet);
}

/** A form of each kind that is right in everything. @param id of a submission that waits for an editor */
const forms: Record<string, (id: string) => Promise<Form>> = {
  "/submissions/:id/comments": ofSubmission("/submissions/:id/comments", { body: "Siapa narasumbernya?" }),
  "/submissions/:id/steps/:step": ofSubmission("/submissions/:id/steps/claim", { revision: "1" }),
  "/submissions/:id/redact": ofSubmission("/submissions/:id/redact", {
    what: "revision-1",
    reason: "Diminta",
    legal_basis: "UU 27/2022",
    sure: "1",
  }),
  "/submissions/:id/edit": async (id) => {
    await scene.editor.post(`/submissions/${id}/transitions`, { step: "claim" });
    return {
      path: `/submissions/${id}/edit`,
      fields: { revision: "1", title: "Judul yang lain sama sekali" },
    };
  },
  "/submissions/:id/publications": async () => ({
    path: `/submissions/${await approved()}/publications`,
    fields: { channel: "web", url: "https://bekasikab.go.id/berita/1" },
  }),
  "/submissions/:id/publications/:publication/unpublish": async () => {
    const id = await approved();
    const publication = { channel: "web", state: "published", url: "https://bekasikab.go.id/berita/2" };
    const { body } = await scene.editor.post(`/submissions/${id}/publications`, publication);
    return { path: `/submissions/${id}/publications/${body.id}/unpublish`, fields: { reason: "Keliru" } };
  },
  "/submissions/:id/publications/:publication/cancel": async () => {
    const id = await approved();
    const plan = { channel: "web", account: site, state: "planned" };
    const { body } = await scene.editor.post(`/submissions/${id}/publications`, plan);
    return { path: `/submissions/${id}/publications/${body.id}/cancel`, fields: {} };
  },
  "/submissions/:id/plan": async () => {
    await announceSite();
    return { path: `/submissions/${await approved()}/plan`, fields: { account: `web ${site}` } };
  },
  "/accounts/decide": async () => {
    await announceSite();
    const fields = { channel: "web", account: site, owner: "kabupaten", reason: "Tetap" };
    return { path: "/accounts/decide", fields };
  },
  "/submissions/:id/publications/:publication/decide": async () => {
    const { url, body } = await samplesOf(scene).requests.updateAttempt("operator", undefined);
    const { fence } = body as { fence: string };
    await scene.operator.put(url, { fence, intent: {} });
    await scene.operator.put(url, { fence, outcome: { state: "unclear" } });
    return {
      path: url.replace(/\/attempts\/.*/, "/decide"),
      fields: { decision: "failed", reason: "Tidak ada di situs" },
    };
  },
  "/ready/:id/freeze": async () => {
    const id = await approved();
    await newsroom.stores(({ store }) =>
      store.updateTable("approvals").set({ renderings: null }).where("submission_id", "=", id).execute(),
    );
    return { path: `/ready/${id}/freeze`, fields: {} };
  },
  "/ready/:id/:channel/publications": async () => ({
    path: `/ready/${await approved()}/web/publications`,
    fields: { url: "https://bekasikab.go.id/berita/3" },
  }),
  "/people/new": async () => ({ path: "/people/new", fields: { name: "Baru", role: "editor" } }),
  "/people/:id/tokens/:token/revoke": async () => {
    const { user } = await scene.person("editor");
    const token = await newsroom.stores(({ store }) =>
      store.selectFrom("tokens").select("id").where("user_id", "=", user.id).executeTakeFirstOrThrow(),
    );
    return { path: `/people/${user.id}/tokens/${token.id}/revoke`, fields: {} };
  },
  ...Object.fromEntries(
    ["code", "link", "token", "suspend", "resume", "revoke", "sessions"].map((name) => {
      const path = `/people/:id/${name}`;
      return [path, ofPerson(path)];
    }),
  ),
  "/account/news": async () => ({ path: "/account/news", fields: { seq: "1" } }),
  "/logout/everywhere": async () => ({ path: "/logout/everywhere", fields: {} }),
};

async function send(form: string, meanwhile: (userId: string) => Promise<void>) {
  const { path, fields } = await forms[form]!(await scene.operator.submit());
  const name = `Ratna ${path}${Math.random()}`;
  const { user } = await addPerson(newsroom.place, { name, role: "admin" }, newsroom.clock.now);
  const browser = await enter(name);
  const { csrf = "", form: token = "" } = browser.hidden();
  return sendSlowly(
    newsroom.url + path,
    {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", cookie: browser.cookie },
      body: Buffer.from(new URLSearchParams({ csrf, form: token, ...fields }).toString()),
    },
    () => meanwhile(user.id),
  );
}
const rows = () => newsroom.stores(({ store }) => rowsOf(store));

test("every form of the desk is tried here", async () => {
  expect(Object.keys(forms).sort()).toEqual((await formsOfDesk()).sort());
});

describe.each(Object.keys(forms).map((form, n) => [form, n] as const))("%s, sent slowly", (form, n) => {
  test("is done when the editor stays", async () => {
    let before = {};
    const { status, text } = await send(form, async () => {
      before = await rows();
    });
    expect(status, text).toBeLessThan(400);
    expect(await rows()).not.toEqual(before);
  });

  test.each(endingsFor(n))("writes nothing when the editor %s meanwhile", async (ending) => {
    let before = {};
    const { status, text } = await send(form, async (userId) => {
      await newsroom.stores(({ store }) =>
        store
          .transaction()
          .execute((transaction) => endings[ending]!(transaction, userId, newsroom.clock.now)),
      );
      before = await rows();
    });
    expect([401, 403], text).toContain(status);
    expect(await rows()).toEqual(before);
  });
});
