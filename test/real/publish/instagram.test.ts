import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as instagram from "../../../src/channels/instagram/publish.js";
import type { Job } from "../../../src/channels/publishing.js";
import type { RenderedPhoto } from "../../../src/contract/contract.js";
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

const caption =
  'Musrenbang Cibitung\n\nWarga mengusulkan 12 kegiatan – "M.Si" & lainnya.\n\n#Cibitung #Bekasi';
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
  seatOf(world, machine, renderingOf("instagram", caption, shown), shown, more);
const run = (more?: More, shown?: TestPhoto[]) =>
  runOnce(instagram, seat(more, shown), record, world.advance);

async function expectOneMedia(shown: readonly TestPhoto[] = photos) {
  const media = (await world.visible()).instagram;
  expect(media).toHaveLength(1);
  expect(media[0]!.caption).toBe(caption);
  expect(media[0]!.photos.map(({ alt, sha256 }) => [alt, sha256])).toEqual(
    shown.map(({ alt, sha256 }) => [alt, sha256]),
  );
  return media[0]!;
}
const expectNothing = async () => expect((await world.visible()).instagram).toEqual([]);
const publishPath = () => `/v25.0/${world.meta.ready.account_id}/media_publish`;

describe.skipIf(!hasShared)("publishing on Instagram", () => {
  it("names the account by its own id", async () => {
    expect(await instagram.account(seat().session)).toEqual({
      account: world.meta.ready.account_id,
      label: "@kec.cibitung",
      mode: "publish",
    });
  });

  it("shows nothing before the commit, then one carousel with each alternative text, and its link", async () => {
    const { session, job } = seat();
    const intent = await instagram.prepare(session, job);
    await expectNothing();
    const outcome = await instagram.commit(session, job, intent);
    const media = await expectOneMedia();
    expect(outcome).toEqual({
      state: "published",
      remote_id: media.id,
      url: expect.stringMatching(/^https:\/\/www\.instagram\.com\/p\/\w+\/$/),
    });
    // Read back as Meta shows it.
    const path = `/v25.0/${media.id}?fields=caption,children{alt_text}`;
    const headers = { authorization: `Bearer ${session.secret.token}` };
    expect((await session.http({ method: "GET", path, headers })).body).toMatchObject({
      caption,
      children: { data: photos.map(({ alt }) => ({ alt_text: alt })) },
    });
  });

  it.each([1, 2, 10])("shows %i photos", async (count) => {
    const shown = await Promise.all(Array.from({ length: count }, (_, n) => testPhoto(n + 1)));
    await run({}, shown);
    expect(record.outcome).toMatchObject({ state: "published" });
    await expectOneMedia(shown);
  });

  it("asks for each picture as Meta does, before Meta does", async () => {
    await instagram.prepare(seat().session, seat().job);
    const agents = new Set(world.site.asked.map(({ agent }) => agent));
    expect([...agents]).toEqual([expect.stringMatching(/^facebookexternalhit\/1\.1 /)]);
    expect(world.site.asked[0]!.path).toBe("/robots.txt");
  });

  describe.each([
    ["on the same machine", true],
    ["on another one", false],
  ])("continued %s", (_, isSame) => {
    // Quota, three items with a question each, the carousel with its question, the commit, the link.
    const requests = Array.from({ length: 11 }, (__, n) => n + 1);
    it.each(requests.flatMap((at) => faults.map(([name, fault]) => [at, name, fault] as const)))(
      "after request %i goes wrong (%s) ends with one publication",
      async (at, _name, fault) => {
        await world.meta.faults({ ...fault, at });
        await run();
        if (fault.do !== "refuse") expect(await world.meta.pendingFaults()).toEqual([]);
        await world.meta.faults();
        if (!isSame) machine = { journal: new Map() };
        const outcome = await bringOut(instagram, seat, record, world);
        const media = await expectOneMedia();
        expect(outcome).toMatchObject({ state: "published", remote_id: media.id });
      },
    );
  });

  it.each(["hang-before", "hang-after"] as const)(
    "a commit without an answer (%s) is looked up",
    async (what) => {
      await world.meta.faults({ method: "POST", path: publishPath(), do: what });
      await run({ timeoutMs: 1500 });
      expect(record.outcome).toMatchObject({ state: "unclear" });
      expect(await bringOut(instagram, seat, record, world)).toMatchObject({ state: "published" });
      await expectOneMedia();
    },
  );

  it("a container that is still ready after five minutes was not published, and is sent again itself", async () => {
    const { session, job } = seat();
    const intent = await instagram.prepare(session, job);
    const look = (minutes: number) => instagram.lookup(session, intent, minutes * minuteMs);
    expect(await look(0.5)).toMatchObject({ state: "unclear", again_ms: minuteMs });
    expect(await look(2)).toMatchObject({ state: "unclear", again_ms: 5 * minuteMs });
    expect(await look(5)).toEqual({ state: "absent" });
    await instagram.commit(session, job, intent);
    expect(await look(6)).toMatchObject({ state: "published" });
  });

  it.each([4, 12])("one that shows only after %i minutes is one publication", async (lag) => {
    await world.meta.control("PUT", "/lag", { ms: lag * minuteMs });
    await world.meta.faults({ method: "POST", path: publishPath(), do: "answer-after", status: 500 });
    expect(await bringOut(instagram, seat, record, world)).toMatchObject({ state: "published" });
    await expectOneMedia();
  });

  it("gives no link where two publications have the same caption, and cannot take that down by itself", async () => {
    await world.meta.faults({ method: "POST", path: publishPath(), do: "cut-after" });
    await run();
    await world.meta.control("POST", "/media", { caption });
    const outcome = await bringOut(instagram, seat, record, world);
    const { container } = record.intent as { container: string };
    expect(outcome).toEqual({ state: "published", remote_id: `container:${container}`, url: null });
    await expect(instagram.takeDown(seat().session, `container:${container}`)).rejects.toMatchObject({
      code: "channel-post-unknown",
    });
  });

  it("does not call failed what is out, whatever its container says", async () => {
    await world.meta.faults({ method: "POST", path: publishPath(), do: "cut-after" });
    await run();
    const { container: id } = record.intent as { container: string };
    await world.meta.control("PUT", "/container", { id, status: "EXPIRED", evenPublished: true });
    const found = await instagram.lookup(seat().session, record.intent!, 2 * minuteMs);
    expect(found).toMatchObject({ state: "published", url: expect.stringContaining("instagram.com/p/") });
  });

  it.each(["EXPIRED", "ERROR"])(
    "a container that became %s failed; the next attempt makes a new one",
    async (status) => {
      await world.meta.faults({ method: "POST", path: publishPath(), do: "cut-before" });
      await run();
      const { container: id } = record.intent as { container: string };
      await world.meta.control("PUT", "/container", { id, status });
      const found = await instagram.lookup(seat().session, record.intent!, 2 * minuteMs);
      expect(found).toMatchObject({ state: "failed", code: status });
      record.outcome = found;
      expect(await bringOut(instagram, seat, record, world)).toMatchObject({ state: "published" });
      await expectOneMedia();
    },
  );

  it("a person decides about a container that Meta has forgotten, unless its publication is found", async () => {
    await world.meta.faults({ method: "POST", path: publishPath(), do: "cut-after" });
    await run();
    const forgotten = { ...record.intent!, container: "17889450099999999" };
    const look = () => instagram.lookup(seat().session, forgotten, 2 * minuteMs);
    expect(await look()).toMatchObject({ state: "published" });
    const { id } = await expectOneMedia();
    const permissions = ["instagram_basic", "instagram_manage_contents"];
    await world.meta.control("PUT", "/permissions", permissions);
    await instagram.takeDown(seat().session, id);
    expect(await look()).toEqual({ state: "unclear", code: "FORGOTTEN", reason: "" });
  });

  it("makes a new container where Meta has forgotten the announced one, and somebody has said that it is not out", async () => {
    await world.meta.faults({ method: "POST", path: publishPath(), do: "cut-before" });
    await run();
    const { session, job } = seat();
    const earlier = { ...record.intent!, container: "17889450099999999" };
    const intent = await instagram.prepare(session, { ...job, earlier });
    expect(intent.container).not.toBe(earlier.container);
    expect(await instagram.commit(session, job, intent)).toMatchObject({ state: "published" });
    await expectOneMedia();
  });

  it("starts over where everything that was prepared has expired", async () => {
    await instagram.prepare(seat().session, seat().job);
    await world.advance(25 * 60 * minuteMs);
    expect(await bringOut(instagram, seat, record, world)).toMatchObject({ state: "published" });
    await expectOneMedia();
  });

  it("waits while Meta processes, and a later run goes on with the same containers", async () => {
    await world.meta.control("PUT", "/processing", { ms: 8000 });
    await run();
    expect(record.outcome).toMatchObject({ state: "published" });
    await world.reset();
    machine.journal.clear();
    record = { intent: undefined, intentAt: undefined, outcome: undefined };
    await world.meta.control("PUT", "/processing", { ms: 12 * minuteMs });
    expect(await run()).toMatchObject({ code: "channel-processing", exit: 5 });
    await world.advance(12 * minuteMs);
    expect(await bringOut(instagram, seat, record, world)).toMatchObject({ state: "published" });
    await expectOneMedia();
    const made = (await world.meta.log()).filter(({ effect }) => effect?.startsWith("container"));
    expect(made).toHaveLength(photos.length + 1);
  });

  it("notes every address of a picture, of a post that never comes out, too", async () => {
    await world.meta.control("PUT", "/container", { status: "ERROR" });
    await run();
    await expectNothing();
    const pictures = () => [...machine.journal].filter(([key]) => key.startsWith("picture "));
    const first = (photo: TestPhoto) => `${world.site.origin}/${photo.sha256}.jpg`;
    expect(new Map(pictures())).toEqual(
      new Map(photos.map((photo) => [`picture ${photo.sha256}`, first(photo)])),
    );
    // The site's editors have removed one, and it was stored anew.
    const moved = `/${photos[0]!.sha256}-1.jpg`;
    const pictureAddress = async ({ sha256 }: RenderedPhoto) => {
      const photo = photos.find((one) => one.sha256 === sha256)!;
      if (photo !== photos[0]) return first(photo);
      world.site.files.set(moved, { body: photo.bytes });
      return world.site.origin + moved;
    };
    for (let again = 0; again < 2; again += 1) {
      expect(await run({ pictureAddress })).toBeUndefined();
      expect(record.intent?.pictures).toContain(world.site.origin + moved);
      expect(pictures()).toHaveLength(photos.length + 1);
      record = { intent: undefined, intentAt: undefined, outcome: undefined };
      for (const key of [...machine.journal.keys()]) {
        if (!key.startsWith("picture ")) machine.journal.delete(key);
      }
    }
  });

  it("tells what Meta says of a container that fails, and nothing is out", async () => {
    await world.meta.control("PUT", "/container", { status: "ERROR" });
    const error = await run();
    expect(error).toMatchObject({ code: "channel-rejects", exit: 2, params: { code: "ERROR" } });
    await expectNothing();
  });

  describe("before anything is made", () => {
    const broken = async (error: object, more?: More) => {
      expect(await run(more)).toMatchObject(error);
      await expectNothing();
      const made = (await world.meta.log()).filter(({ effect }) => effect !== null);
      expect(made).toEqual([]);
    };
    const serve = (file: Parameters<MetaWorld["site"]["files"]["set"]>[1]) =>
      world.site.files.set(`/${photos[1]!.sha256}.jpg`, file);

    it("says that there is no site", async () => {
      const { session, job } = seat();
      const { pictureAddress: _, ...without } = job;
      const error = await runOnce(instagram, { session, job: without as Job }, record, world.advance);
      expect(error).toMatchObject({ code: "instagram-needs-site", exit: 2 });
    });

    it("says that there is no photo", async () => {
      expect(await run({}, [])).toMatchObject({ code: "instagram-needs-photo", exit: 2 });
    });

    it("says that what is out cannot be corrected", async () => {
      const corrects = { remote_id: "17900000000000001", url: "https://www.instagram.com/p/C1/" };
      await broken({ code: "instagram-not-correctable", exit: 1 }, { corrects });
    });

    it("says that the quota is spent", async () => {
      await world.meta.control("PUT", "/quota", { total: 50, usedBefore: 50 });
      expect(await instagram.quota(seat().session)).toEqual({ used: 50, total: 50 });
      await broken({ code: "channel-quota-spent", exit: 5 });
    });

    it.each([
      ["a picture that is not there", { status: 404, type: "text/html", body: "<p>404" }],
      ["a firewall's page", { status: 403, type: "text/html", body: "<p>403" }],
      ["a PNG", { type: "image/png", body: "x" }],
    ])("says that Meta will not get %s", async (_, file) => {
      serve(file);
      await broken({ code: "picture-not-public", exit: 1 });
    });

    it("says that a picture redirects", async () => {
      serve({ status: 301, body: "", location: "https://www.kec.example/a.jpg" });
      await broken({ code: "picture-redirects", exit: 1, params: { to: "https://www.kec.example/a.jpg" } });
    });

    it("says that a picture is too large", async () => {
      serve({ body: Buffer.alloc(8 * 2 ** 20 + 1) });
      await broken({ code: "picture-too-large", exit: 1 });
    });

    it.each([
      ["User-agent: *\nDisallow: /", false],
      ["User-agent: facebookexternalhit\nDisallow: /", false],
      ["User-agent: *\nDisallow: /\n\nUser-agent: facebookexternalhit\nAllow: /", true],
      ["User-agent: *\nDisallow: /wp-admin/", true],
      ["", true],
    ])("obeys robots.txt as Meta does: %j", async (body, isAllowed) => {
      world.site.files.set("/robots.txt", { type: "text/plain", body });
      if (!isAllowed) return broken({ code: "picture-kept-from-robots", exit: 1 });
      await run();
      await expectOneMedia();
    });

    it("takes a site whose robots.txt fails for one that allows nothing", async () => {
      world.site.files.set("/robots.txt", { status: 503, type: "text/plain", body: "" });
      await broken({ code: "picture-kept-from-robots" });
    });

    it.each([
      ["expired", "channel-refused"],
      ["no-role", "channel-refused"],
      ["no-admin", "channel-forbidden"],
    ])("asks for another login where the token is %s", async (state, code) => {
      await world.meta.control("PUT", "/token", { state });
      await broken({ code, exit: 4 });
    });

    it("waits as long as Meta says when too many calls were made", async () => {
      await world.meta.control("PUT", "/usage", { call_count: 100, regain_minutes: 3 });
      await broken({ code: "server-busy", exit: 5, params: { wait: "180" } });
    });
  });

  it("what only Meta can see is refused by Meta, and nothing is out", async () => {
    const wide = await sharp({ create: { width: 1200, height: 400, channels: 3, background: "red" } })
      .jpeg()
      .toBuffer();
    world.site.files.set(`/${photos[1]!.sha256}.jpg`, { body: wide });
    const error = await run();
    expect(error).toMatchObject({ code: "channel-rejects", exit: 2, params: { code: "36003/2207009" } });
    await expectNothing();
  });

  describe("taking down", () => {
    it("says that the login may not delete", async () => {
      await run();
      const { id } = await expectOneMedia();
      await expect(instagram.takeDown(seat().session, id)).rejects.toMatchObject({
        code: "instagram-not-removable",
        exit: 1,
      });
      await expectOneMedia();
    });

    it.each(faults)("deletes where it may, and says so only when that is proved: %s", async (_, fault) => {
      await run();
      const { id } = await expectOneMedia();
      const permissions = ["instagram_basic", "instagram_manage_contents"];
      await world.meta.control("PUT", "/permissions", permissions);
      await world.meta.forgetLog();
      await world.meta.faults({ ...fault, at: 1 });
      const first = await instagram.takeDown(seat().session, id).then(
        () => "gone",
        () => "not proved",
      );
      expect([first, (await world.visible()).instagram.length]).not.toEqual(["gone", 1]);
      await world.meta.faults();
      await instagram.takeDown(seat().session, id);
      await expectNothing();
    });
  });
});
