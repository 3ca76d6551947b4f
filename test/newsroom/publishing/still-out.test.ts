import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Caller } from "../../../src/newsroom/services/caller.js";
import { countStillOutOf, stillOutOf } from "../../../src/newsroom/services/publishing/still-out.js";
import { photosMadeOf } from "../../../src/newsroom/store/submissions/originals.js";
import { as, jpeg, photo, setu, uploadPhoto } from "../support/newsroom.js";
import { granted, kabupaten, type Scene, setScene, site, siteOfSetu, uuid } from "./scene.js";

let scene: Scene;
let hash: string;
let seed = 1700;
beforeAll(async () => {
  scene = await setScene();
});
afterAll(() => scene.remove());
beforeEach(async () => {
  hash = await uploadPhoto(scene.newsroom, scene.operatorToken, await jpeg(seed++));
});

const shown = () => ({ photos: [photo(hash)] });
const link = (name: string) => ({ url: `https://bekasikab.example.go.id/${name}` });
const why = { reason: "Diminta", legal_basis: "UU 27/2022" };
const addressOfPhoto = () => `/photos/${hash}/publications`;

/** Brings a publication into a state by an attempt; its address. */
async function attempted(
  id: string,
  state: "published" | "unclear" | "handed_over" | "failed",
  account = site,
) {
  const address = await scene.planned(id, { account });
  const attempt = await granted(scene.editor, address);
  await attempt.intend();
  const told = await attempt.tell(state, state === "failed" ? {} : { remote_id: uuid(), ...link(state) });
  expect(told.status).toBe(200);
  return address;
}

const facts = (items: { channel: string; account: string; state: string; label: string | null }[]) =>
  items.map(({ channel, account, state, label }) => [channel, account, state, label]);

describe("where a photo is still out", () => {
  it("names every submission, account and state in which readers may see it, and no other", async () => {
    const [first, second, third, without] = [
      await scene.approved(shown()),
      await scene.approved(shown()),
      await scene.approved(shown()),
      await scene.approved(),
    ];
    await attempted(first, "published");
    await attempted(first, "unclear", kabupaten);
    await attempted(second, "handed_over");
    await attempted(second, "failed", kabupaten);
    const running = await scene.planned(third);
    await granted(scene.editor, running);
    await scene.planned(third, { account: kabupaten });
    const byHand = { channel: "youtube", state: "published", url: "https://www.youtube.com/watch?v=1" };
    expect((await scene.editor.post(`/submissions/${third}/publications`, byHand)).status).toBe(201);
    await attempted(without, "published");
    const { status, body } = await scene.editor.get(addressOfPhoto());
    expect([status, body.next_cursor]).toEqual([200, null]);
    expect(facts(body.items)).toEqual([
      ["web", site, "published", site],
      ["web", kabupaten, "unclear", kabupaten],
      ["web", site, "handed_over", site],
      ["web", site, "publishing", site],
      ["youtube", "", "published", null],
    ]);
    expect(body.items[0]).toMatchObject({
      ...link("published"),
      submission: { id: first, kecamatan: "32.16.07" },
    });
  });

  it("is told a page at a time", async () => {
    const id = await scene.approved(shown());
    await attempted(id, "published");
    await attempted(id, "published", kabupaten);
    const { body } = await scene.editor.get(`${addressOfPhoto()}?limit=1`);
    const rest = (await scene.editor.get(`${addressOfPhoto()}?limit=1&cursor=${body.next_cursor}`)).body;
    expect([...facts(body.items), ...facts(rest.items)].map(([, account]) => account)).toEqual([
      site,
      kabupaten,
    ]);
    expect(rest.next_cursor).toBeNull();
  });

  it("is told to operators of their own kecamatan's submissions, and of no photo that they may not see", async () => {
    await attempted(await scene.approved(shown()), "published");
    expect((await scene.neighbour.get(addressOfPhoto())).status).toBe(404);
    const ofSetu = as(scene.newsroom, await scene.newsroom.token("operator", setu));
    const setuToken = await scene.newsroom.token("operator", setu);
    await uploadPhoto(scene.newsroom, setuToken, await jpeg(seed - 1));
    const id = await as(scene.newsroom, setuToken).submit(shown());
    await scene.editor.post(`/submissions/${id}/transitions`, { step: "claim" });
    const approval = { destinations: ["kecamatan"], channels: ["web"] };
    const step = { step: "approve", approval };
    await scene.editor.post(`/submissions/${id}/transitions`, step, { "if-match": '"r1"' });
    await attempted(id, "published", siteOfSetu);
    const accounts = async (client: ReturnType<typeof as>) =>
      facts((await client.get(addressOfPhoto())).body.items).map(([, account]) => account);
    expect(await accounts(ofSetu)).toEqual([siteOfSetu]);
    expect(await accounts(scene.colleague)).toEqual([site]);
    expect(await accounts(scene.editor)).toEqual([site, siteOfSetu]);
    expect((await scene.editor.get(`/photos/${"e".repeat(64)}/publications`)).status).toBe(404);
  });

  it("is told of a photo that was redacted too, and by the redaction, also when it is repeated", async () => {
    const id = await scene.approved(shown());
    await attempted(id, "published");
    const redact = () => scene.admin.post("/redactions", { sha256: hash, ...why });
    const first = await redact();
    expect([first.status, facts(first.body.publications)]).toEqual([201, [["web", site, "published", site]]]);
    expect(first.body).toMatchObject({ sha256: hash, reason: "Diminta" });
    const again = await redact();
    expect([again.status, again.body.publications]).toEqual([200, first.body.publications]);
    expect((await scene.colleague.get(addressOfPhoto())).body.items).toEqual(first.body.publications);
    expect((await scene.neighbour.get(addressOfPhoto())).status).toBe(404);
  });

  it("is told of all redactions of a submission by one question, each publication once", async () => {
    const id = await scene.approved(shown());
    await attempted(id, "published");
    const elsewhere = await scene.approved(shown());
    await attempted(elsewhere, "published", kabupaten);
    const other = await uploadPhoto(scene.newsroom, scene.operatorToken, await jpeg(seed++));
    await attempted(await scene.approved({ photos: [photo(other)] }), "published");
    await scene.correct(id, 2);
    await attempted(id, "published", kabupaten);
    const taken = { submission: null, revision: null, sha256: null };
    const redactions = [
      ...[hash, "f".repeat(64)].map((sha256) => ({ ...taken, sha256 })),
      ...[null, 1, 7].map((revision) => ({ ...taken, submission: id, revision })),
    ];
    const caller = { id: uuid(), name: "", role: "editor", kecamatan: null } as unknown as Caller;
    const now = scene.newsroom.clock.now;
    await scene.newsroom.stores(async ({ store }) => {
      let questions = 0;
      const counted = store.withPlugin({
        transformQuery: ({ node }) => {
          questions += 1;
          return node;
        },
        transformResult: async ({ result }) => result,
      });
      const found = await stillOutOf(counted, caller, redactions, now);
      expect(found.map((row) => [row.submission.id, row.account])).toEqual([
        [id, site],
        [elsewhere, kabupaten],
        [id, kabupaten],
      ]);
      const of = (...some: typeof redactions) =>
        stillOutOf(counted, caller, some, now).then((rows) => rows.length);
      const spent = questions;
      for (const redaction of redactions) await of(redaction);
      expect(questions - spent).toBeGreaterThan(spent);
      expect(await of(redactions[3]!)).toBe(1);
      expect([await of(redactions[1]!), await of(redactions[2]!), await of(redactions[4]!)]).toEqual([
        0, 0, 0,
      ]);
      expect(await countStillOutOf(counted, caller, [hash, other, "f".repeat(64)])).toEqual(
        new Map([
          [hash, 3],
          [other, 1],
        ]),
      );
    });
  });

  it("is told of a redacted revision, and of no other; of what was said there is nothing", async () => {
    const id = await scene.approved(shown());
    await attempted(id, "published");
    await scene.correct(id, 2);
    await attempted(id, "unclear", kabupaten);
    const redacted = async (part: object) =>
      facts((await scene.admin.post("/redactions", { submission: id, ...part, ...why })).body.publications);
    const { id: comment } = (await scene.editor.post(`/submissions/${id}/comments`, { body: "Baik." })).body;
    expect(await redacted({ comment })).toEqual([]);
    expect(await redacted({ revision: 1 })).toEqual([["web", site, "published", site]]);
    expect(await redacted({ revision: 2 })).toEqual([["web", kabupaten, "unclear", kabupaten]]);
    const { items } = (await scene.editor.get(`/submissions/${id}/publications`)).body;
    expect(items[0].url).toBe(link("published").url);
  });
});

describe("the photos of one original", () => {
  it("are found up to a limit, those of the oldest submissions first", async () => {
    const original = hash;
    const made: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      const rendition = await uploadPhoto(scene.newsroom, scene.operatorToken, await jpeg(seed++));
      made.push(rendition);
      await scene.operator.submit({ photos: [{ ...photo(rendition), source_sha256: original }] });
    }
    const find = (limit?: number) =>
      scene.newsroom.stores(({ store }) => photosMadeOf(store, original, { all: true }, limit));
    expect(await find()).toEqual(made);
    expect(await find(2)).toEqual(made.slice(0, 2));
  });
});
