import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as facebook from "../../../src/channels/facebook/publish.js";
import type { Outcome, Removal } from "../../../src/channels/publishing.js";
import type { LookupKeys } from "../../../src/contract/contract.js";
import { createHttp } from "../../../src/http/client.js";
import { hasShared } from "../../support/shared.js";
import { faults } from "./faults.js";
import {
  bringOut,
  type Machine,
  type MetaWorld,
  type Record,
  renderingOf,
  runOnce,
  seatOf,
  startMeta,
  type TestPhoto,
  testPhoto,
} from "./meta-seat.js";

const text =
  'Musrenbang Cibitung\n\nWarga mengusulkan 12 kegiatan – "M.Si" & lainnya.\n\nFoto: Siti\n\n#Cibitung';
const minuteMs = 60_000;

let world: MetaWorld;
let photos: TestPhoto[];
let machine: Machine;
let record: Record;
beforeAll(async () => {
  world = await startMeta();
  photos = await Promise.all([1, 2, 3].map((shade) => testPhoto(shade)));
});
beforeEach(async () => {
  await world.reset();
  machine = { journal: new Map() };
  record = { intent: undefined, intentAt: undefined, outcome: undefined };
});
afterAll(() => world?.stop());

type More = Parameters<typeof seatOf>[4];
const seat = (more?: More, shown = photos) =>
  seatOf(world, machine, renderingOf("facebook", text, shown), shown, more);
const run = (more?: More, shown?: TestPhoto[]) => runOnce(facebook, seat(more, shown), record, world.advance);

async function expectOnePost(shown: readonly TestPhoto[] = photos) {
  const posts = (await world.visible()).facebook;
  expect(posts).toHaveLength(1);
  expect(posts[0]!.message).toBe(text);
  expect(posts[0]!.photos.map(({ alt, sha256 }) => [alt, sha256])).toEqual(
    shown.map(({ alt, sha256 }) => [alt, sha256]),
  );
  return posts[0]!;
}

describe.skipIf(!hasShared)("publishing on Facebook", () => {
  it("names the page by its own id", async () => {
    expect(await facebook.account(seat().session)).toEqual({
      account: world.meta.ready.page_id,
      label: "Kecamatan Cibitung",
      mode: "publish",
    });
  });

  it("shows nothing before the commit, then one post with its photos in order, each with its alternative text", async () => {
    const { session, job } = seat();
    const intent = await facebook.prepare(session, job);
    expect((await world.visible()).facebook).toEqual([]);
    const outcome = await facebook.commit(session, job, intent);
    const post = await expectOnePost();
    expect(outcome).toEqual({
      state: "published",
      remote_id: post.id,
      url: `https://www.facebook.com/${post.id}`,
    });
    const log = await world.meta.log();
    expect(log.map(({ method, path }) => `${method} ${path.replace(/\d{6,}/g, "…")}`)).toEqual([
      ...Array<string>(3).fill("POST /v25.0/…/photos"),
      "POST /v25.0/…/feed",
    ]);
    // Read back as Meta shows it.
    const alts = await Promise.all(
      post.photos.map(async ({ id }) => {
        const path = `/v25.0/${id}?fields=alt_text_custom`;
        const headers = { authorization: `Bearer ${session.secret.token}` };
        return (await session.http({ method: "GET", path, headers })).body;
      }),
    );
    expect(alts).toMatchObject(photos.map(({ alt }) => ({ alt_text_custom: alt })));
  });

  it("inserts the article's address where the rendering has a place for it", async () => {
    const rendering = renderingOf("facebook", "Judul\n\n#Tag", []);
    rendering.link = { when: "known", at: 5, before: "\n\nBaca: " };
    const { session, job } = seatOf(world, machine, rendering, [], { link: "https://kec.example/a" });
    await facebook.commit(session, job, await facebook.prepare(session, job));
    const [post] = (await world.visible()).facebook;
    expect(post?.message).toBe("Judul\n\nBaca: https://kec.example/a\n\n#Tag");
  });

  describe.each([
    ["on the same machine", true],
    ["on another one", false],
  ])("continued %s", (_, isSame) => {
    const requests = [1, 2, 3, 4];
    it.each(requests.flatMap((at) => faults.map(([name, fault]) => [at, name, fault] as const)))(
      "after request %i goes wrong (%s) ends with one post",
      async (at, _name, fault) => {
        await world.meta.faults({ ...fault, at });
        await run();
        if (fault.do !== "refuse") expect(await world.meta.pendingFaults()).toEqual([]);
        expect((await world.meta.log()).length).toBeGreaterThanOrEqual(fault.do === "refuse" ? at - 1 : at);
        await world.meta.faults();
        if (!isSame) machine = { journal: new Map() };
        const outcome = await bringOut(facebook, seat, record, world);
        const post = await expectOnePost();
        expect(outcome).toMatchObject({ state: "published", remote_id: post.id });
      },
    );
  });

  it.each(["hang-before", "hang-after"] as const)(
    "a commit without an answer (%s) is looked up",
    async (what) => {
      await world.meta.faults({ method: "POST", path: `/v25.0/${world.meta.ready.page_id}/feed`, do: what });
      await run({ timeoutMs: 1500 });
      expect(record.outcome).toMatchObject({ state: "unclear" });
      expect(await bringOut(facebook, seat, record, world)).toMatchObject({ state: "published" });
      await expectOnePost();
    },
  );

  it("a connection that never stood is the only failure that is certain", async () => {
    const { session, job } = seat();
    const intent = await facebook.prepare(session, job);
    const at = (origin: string) => {
      const http = createHttp({ origin, headers: {}, signal: new AbortController().signal });
      return facebook.commit({ ...session, http }, job, intent);
    };
    expect(await at("http://127.0.0.1:1")).toMatchObject({ state: "failed", reason: "ECONNREFUSED" });
    expect(await at("http://nowhere.invalid")).toMatchObject({ state: "failed" });
    await world.meta.faults({ at: 4, do: "cut-before" });
    expect(await facebook.commit(session, job, intent)).toMatchObject({ state: "unclear" });
  });

  it("a post that shows late is waited for: only after 15 minutes it is absent", async () => {
    const { session, job } = seat();
    const intent = await facebook.prepare(session, job);
    const look = async (minutes: number) => facebook.lookup(session, intent, minutes * minuteMs);
    expect(await look(0.5)).toEqual({ state: "unclear", again_ms: minuteMs });
    expect(await look(2)).toEqual({ state: "unclear", again_ms: 5 * minuteMs });
    expect(await look(6)).toEqual({ state: "unclear", again_ms: 15 * minuteMs });
    expect(await look(15)).toEqual({ state: "absent" });
  });

  it.each([
    [10, 1],
    [40, 2],
  ])(
    "a post that Facebook lists only after %i minutes is one post, although %i were sent",
    async (lag, sent) => {
      await world.meta.control("PUT", "/lag", { ms: lag * minuteMs });
      await world.meta.faults({ at: 4, do: "answer-after", status: 500 });
      expect(await bringOut(facebook, seat, record, world)).toMatchObject({ state: "published" });
      await expectOnePost();
      const feeds = (await world.meta.log()).filter(({ path }) => path.endsWith("/feed"));
      // The second one names the same photos, and Facebook refuses it.
      expect(feeds.length).toBeGreaterThanOrEqual(sent);
      expect(feeds.filter(({ effect }) => effect !== null)).toHaveLength(1);
    },
  );

  describe.each([10 * minuteMs, 40 * 60 * minuteMs])(
    "with a newsroom's clock that is %i ms ahead",
    (ahead) => {
      it.each([
        ["with photos", () => photos],
        ["without", () => []],
      ])("a post %s that came out is found", async (_, shown) => {
        const late = { now: new Date(world.clock.now.getTime() - ahead).toISOString() };
        await world.meta.control("PUT", "/clock", late);
        await world.meta.faults({ at: shown().length + 1, do: "answer-after", status: 400 });
        await run({}, shown());
        expect(record.outcome).toMatchObject({ state: "unclear" });
        const found = await facebook.lookup(seat({}, shown()).session, record.intent!, 20 * minuteMs);
        expect(found).toMatchObject({ state: "published" });
        await expectOnePost(shown());
      });
    },
  );

  it("uploads photos anew that Meta has removed, once no post can show them", async () => {
    await world.meta.faults({ at: 4, do: "cut-before" });
    await run();
    await world.meta.control("POST", "/forget-photos");
    expect(await bringOut(facebook, seat, record, world)).toMatchObject({ state: "published" });
    await expectOnePost();
  });

  it("takes photos that a login does not see for removed only after a day: the post may be out, and listed late", async () => {
    await world.meta.faults({ at: 4, do: "cut-after" });
    await run();
    await world.meta.control("PUT", "/lag", { ms: 25 * minuteMs });
    const [id = ""] = [record.intent!.photos ?? []].flat();
    const error = {
      ...{ message: "Unsupported get request.", type: "GraphMethodException" },
      ...{ code: 100, error_subcode: 33 },
    };
    const hidden = { do: "answer-before" as const, status: 400, body: { error } };
    await world.meta.faults({ method: "GET", path: `/v25.0/${id.slice(0, 4)}*`, times: 20, ...hidden });
    const found = await facebook.lookup(seat().session, record.intent!, 17 * minuteMs);
    expect(found).toMatchObject({
      state: "unclear",
      code: "channel-photos-hidden",
      again_ms: 24 * 60 * minuteMs,
    });
    const { session, job } = seat({ earlier: record.intent! });
    await expect(facebook.prepare(session, job)).rejects.toMatchObject({
      code: "channel-photos-hidden",
      exit: 5,
    });
    await world.meta.faults();
    await expectOnePost();
  });

  describe("without a photo", () => {
    it("a post is found by its text", async () => {
      await world.meta.faults({ at: 1, do: "cut-after" });
      await run({}, []);
      const outcome = await bringOut(facebook, () => seat({}, []), record, world);
      expect(outcome).toMatchObject({ state: "published" });
      await expectOnePost([]);
    });

    it("a person decides about one that is not found: nothing proves that it will not come", async () => {
      await world.meta.faults({ at: 1, do: "cut-before" });
      await run({}, []);
      const outcome = await bringOut(facebook, () => seat({}, []), record, world);
      expect(outcome).toEqual({ state: "unclear" });
      expect((await world.visible()).facebook).toEqual([]);
    });

    it("a post of somebody else is not taken for ours", async () => {
      await world.meta.faults({ at: 1, do: "cut-before" });
      await run({}, []);
      await world.meta.control("POST", "/post", { message: "Kabar lain" });
      const found = await facebook.lookup(seat({}, []).session, record.intent!, minuteMs);
      expect(found.state).toBe("unclear");
    });
  });

  it("reads every page of a busy page's posts before it calls ours absent", async () => {
    await world.meta.faults({ at: 4, do: "cut-after" });
    await run();
    for (let n = 0; n < 120; n++) await world.meta.control("POST", "/post", { message: `Kabar ${n}` });
    const found = await facebook.lookup(seat().session, record.intent!, 2 * minuteMs);
    expect(found).toMatchObject({ state: "published" });
  });

  describe("a correction", () => {
    const corrected = "RALAT: jumlahnya 13.\n\nMusrenbang Cibitung";
    const correction = (remote_id: string | null) =>
      seatOf(world, machine, renderingOf("facebook", corrected, photos), photos, {
        corrects: { remote_id, url: "https://www.facebook.com/1" },
      });
    const original = async () => {
      await run();
      return (record.outcome as Extract<Outcome, { state: "published" }>).remote_id;
    };

    it.each(faults)("changes the text in place, also when %s", async (_, fault) => {
      const id = await original();
      record = { intent: undefined, intentAt: undefined, outcome: undefined };
      await world.meta.forgetLog();
      await world.meta.faults({ ...fault, at: 1 });
      await runOnce(facebook, correction(id), record, world.advance);
      await world.meta.faults();
      const outcome = await bringOut(facebook, () => correction(id), record, world);
      expect(outcome).toMatchObject({ state: "published", remote_id: id });
      const posts = (await world.visible()).facebook;
      expect(posts.map(({ message }) => message)).toEqual([corrected]);
      expect(posts[0]!.photos).toHaveLength(3);
    });

    it("of a post that was deleted has failed, if the login still sees the page", async () => {
      const id = await original();
      const { session, job } = correction(id);
      const intent = await facebook.prepare(session, job);
      await facebook.takeDown(session, id);
      expect(await facebook.lookup(session, intent, minuteMs)).toMatchObject({ code: "post-gone" });
      await world.meta.control("PUT", "/permissions", []);
      const look = facebook.lookup(session, intent, minuteMs);
      await expect(look).rejects.toMatchObject({ code: "channel-forbidden" });
    });

    it("of a post whose id nobody knows is not possible", async () => {
      const error = await runOnce(facebook, correction(null), record, world.advance);
      expect(error).toMatchObject({ code: "channel-post-unknown", exit: 1 });
    });
  });

  describe("taking down", () => {
    it.each(faults)("deletes the post, and says so only when that is proved: %s", async (_, fault) => {
      await run();
      const { id } = await expectOnePost();
      await world.meta.forgetLog();
      await world.meta.faults({ ...fault, at: 1 });
      const { session } = seat();
      const first = await facebook.takeDown(session, id).then(
        () => "gone",
        () => "not proved",
      );
      const isThere = (await world.visible()).facebook.length > 0;
      expect([first, isThere]).not.toEqual(["gone", true]);
      await world.meta.faults();
      await facebook.takeDown(session, id);
      expect((await world.visible()).facebook).toEqual([]);
    });

    const photosThere = () => world.meta.control<string[]>("GET", "/photos");
    const removalOf = (announced: LookupKeys[], photos = true): Removal => ({
      ...{ photos, announced, once: (_, effect) => effect() },
    });

    it.each(faults)("deletes its photos too, where they have to go: %s", async (_, fault) => {
      await run();
      const { id, photos: shown } = await expectOnePost();
      // An attempt before it had uploaded a photo that no post has shown.
      const unused = await testPhoto(9);
      const { session, job } = seat({}, [unused]);
      const intents = [
        record.intent!,
        await facebook.prepare(session, job),
        { page: "1", photos: ["x/../1"] },
      ];
      expect(await photosThere()).toHaveLength(4);
      await facebook.takeDown(session, id, removalOf(intents, false));
      expect(await photosThere(), "another cause").toHaveLength(4);
      for (let at = 1; at <= 6; at += 1) {
        await world.meta.faults({ ...fault, at });
        const ended = await facebook.takeDown(session, id, removalOf(intents)).then(
          () => "gone",
          () => "not proved",
        );
        if (ended === "gone") expect(await photosThere()).toEqual([]);
        await world.meta.faults();
      }
      await facebook.takeDown(session, id, removalOf(intents));
      expect(await photosThere()).toEqual([]);
      expect(shown).toHaveLength(3);
      expect((await world.visible()).facebook).toEqual([]);
    });

    it("does not say that photos are gone which the login may not delete", async () => {
      await run();
      const { id } = await expectOnePost();
      await facebook.takeDown(seat().session, id);
      await world.meta.control("PUT", "/permissions", ["pages_read_engagement"]);
      await expect(facebook.takeDown(seat().session, id, removalOf([record.intent!]))).rejects.toMatchObject({
        code: "channel-forbidden",
        exit: 4,
      });
      expect(await photosThere()).toHaveLength(3);
    });

    it("does not take a login that sees nothing any more for a post that is gone", async () => {
      await run();
      const { id } = await expectOnePost();
      await world.meta.control("PUT", "/permissions", []);
      await expect(facebook.takeDown(seat().session, id)).rejects.toMatchObject({
        code: "channel-forbidden",
        exit: 4,
      });
    });
  });

  it.each([
    ["expired", "channel-refused"],
    ["revoked", "channel-refused"],
    ["no-role", "channel-refused"],
    ["no-admin", "channel-forbidden"],
  ])("a token that is %s ends before anything is sent, and asks for another login", async (state, code) => {
    await world.meta.control("PUT", "/token", { state });
    expect(await run()).toMatchObject({ code, exit: 4 });
    expect((await world.visible()).facebook).toEqual([]);
  });

  it("a token that ends just before the commit leaves it unclear; the next look asks for another login", async () => {
    const { session, job } = seat();
    record.intent = await facebook.prepare(session, job);
    record.intentAt = session.newsroomNow();
    await world.meta.control("PUT", "/token", { state: "expired" });
    expect(await facebook.commit(session, job, record.intent)).toMatchObject({
      state: "unclear",
      code: "190/463",
    });
    expect(await run()).toMatchObject({ code: "channel-refused", exit: 4 });
    await world.meta.control("PUT", "/token", { state: "valid" });
    expect(await bringOut(facebook, seat, record, world)).toMatchObject({ state: "published" });
    await expectOnePost();
  });

  it("waits when too many calls were made, as long as Meta says", async () => {
    await world.meta.control("PUT", "/usage", { call_count: 100, regain_minutes: 7 });
    expect(await run()).toMatchObject({ code: "server-busy", exit: 5, params: { wait: "420" } });
  });

  it.each([
    ["v20.0", "graph-version-refused"],
    ["v99.0", "graph-version-refused"],
    ["v27.0", undefined],
  ])("speaks the version that kominfo.yaml names: %s", async (graphVersion, code) => {
    const error = await run({ graphVersion });
    expect(error?.code).toBe(code);
    expect((await world.meta.log())[0]!.path).toContain(`/${graphVersion}/`);
  });

  it("what Facebook does not take is refused before anything is out", async () => {
    const broken = { ...photos[0]!, bytes: Buffer.from("no picture") };
    const error = await run({}, [broken]);
    expect(error).toMatchObject({ code: "channel-rejects", exit: 2, params: { code: "100/1366046" } });
  });

  it("looks for nothing with another page's login", async () => {
    await run();
    const other = { ...record.intent!, page: "998877665544" };
    await expect(facebook.lookup(seat().session, other, 0)).rejects.toMatchObject({
      code: "channel-other-account",
    });
  });
});
