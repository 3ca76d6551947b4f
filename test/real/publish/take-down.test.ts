import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { as } from "../../newsroom/support/newsroom.js";
import { hasShared } from "../../support/shared.js";
import { pageId } from "../stand-ins/meta/world.mjs";
import { type Channel, type Office, openOffice } from "./office.js";

// What an operator takes down is gone for readers, once, also when the machine is killed at a request of the take-down and goes on.

const minute = 60_000;
const reason = ["--reason", "anak: orang tuanya meminta"];

describe.skipIf(!hasShared)("what is taken down", () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
  }, 120_000);
  afterAll(async () => {
    await office?.close();
  });

  const laptop = (token: string) => office.laptop(token);
  const down = (id: string) => ["post", "unpublish", id, ...reason, "--yes", "--max-cost", "0.01", "--json"];

  async function publish(channel: Channel) {
    const id = await office.approve([channel]);
    const machine = await laptop(office.operator);
    const ended = await machine.run([
      ...["post", "publish", id, "--to", channel, "--yes", "--max-cost", "1", "--json"],
    ]);
    expect(ended, ended.stdout + ended.stderr).toMatchObject({ code: 0 });
    return { id, machine };
  }

  describe.each<Channel>(["web", "facebook", "x"])("on %s", (channel) => {
    it("is gone, and the row says so only then", { timeout: 60_000 }, async () => {
      const before = await office.visible(channel);
      const { id, machine } = await publish(channel);
      expect(await office.visible(channel)).toHaveLength(before.length + 1);
      const [published] = await office.publications(id);
      const plan = await machine.run([...down(id), "--dry-run"]);
      expect(JSON.parse(plan.stdout)).toMatchObject({ plan: [{ channel, how: "here" }] });
      expect(await office.publications(id)).toEqual([published]);
      const ended = await machine.run(down(id));
      expect(ended, ended.stdout + ended.stderr).toMatchObject({ code: 0 });
      expect(JSON.parse(ended.stdout)).toMatchObject({ publications: [{ channel, state: "unpublished" }] });
      expect(await office.visible(channel)).toEqual(before);
      expect(await office.publications(id)).toMatchObject([{ state: "unpublished" }]);
      if (channel === "web") expect((await fetch(published!.url!)).status).toBe(404);
      const again = await machine.run(down(id));
      expect(again, again.stdout + again.stderr).toMatchObject({ code: 0 });
    });

    it.each(["kill-before", "kill-after"] as const)(
      "and goes on after a %s",
      { timeout: 120_000 },
      async (kill) => {
        const before = await office.visible(channel);
        const { id, machine } = await publish(channel);
        const line = office.lines[channel];
        // The request that removes it is the first that is no GET.
        const count = await removalOf(channel);
        await line.forgetLog();
        await line.faults({ at: count, do: kill });
        const running = machine.start(down(id));
        await line.client(running.process.pid ?? 0);
        const killed = await running.ended;
        expect(killed.code, killed.stdout + killed.stderr).toBeNull();
        await line.faults();
        expect(await office.publications(id), "not said to be gone").toMatchObject([{ state: "published" }]);
        await office.advance(16 * minute);
        const ended = await machine.run(["sync", "--json"]);
        expect(ended, ended.stdout + ended.stderr).toMatchObject({ code: 0 });
        expect(await office.publications(id)).toMatchObject([{ state: "unpublished" }]);
        expect(await office.visible(channel)).toEqual(before);
      },
    );
  });

  const removals = new Map<Channel, number>();
  /** Which request of a take-down removes, of a run that nobody kills. */
  async function removalOf(channel: Channel): Promise<number> {
    const known = removals.get(channel);
    if (known !== undefined) return known;
    const { id, machine } = await publish(channel);
    await office.lines[channel].forgetLog();
    const ended = await machine.run(down(id));
    expect(ended, ended.stdout + ended.stderr).toMatchObject({ code: 0 });
    const at = (await office.lines[channel].log()).findIndex(({ method }) => method !== "GET") + 1;
    expect(at).toBeGreaterThan(0);
    removals.set(channel, at);
    return at;
  }

  it("waits for a person on Instagram without instagram_manage_contents", { timeout: 60_000 }, async () => {
    const { id, machine } = await publish("instagram");
    const shown = await office.visible("instagram");
    const ended = await machine.run(down(id));
    expect(ended, ended.stdout + ended.stderr).toMatchObject({ code: 3 });
    const said = { state: "published", code: "instagram-not-removable" };
    expect(JSON.parse(ended.stdout)).toMatchObject({ publications: [said] });
    expect(await office.visible("instagram")).toEqual(shown);
    const [row] = (await as(office.newsroom, office.editor).get(`/submissions/${id}`)).body.publications;
    expect(row).toMatchObject({ state: "published", take_down: { cause: "child" }, held: null });
    const confirmed = { state: "unpublished", reason: "Sudah dihapus di aplikasi." };
    const desk = as(office.newsroom, office.editor);
    expect((await desk.put(`/submissions/${id}/publications/${row.id}`, confirmed)).status).toBe(200);
  });

  it("by the editors' step is taken down by the office's machine", { timeout: 60_000 }, async () => {
    const before = await office.visible("x");
    const { id } = await publish("x");
    const step = { step: "unpublish", reason: "Keliru" };
    await as(office.newsroom, office.editor).post(`/submissions/${id}/transitions`, step);
    expect(await office.publications(id)).toMatchObject([{ state: "published", reason: "Keliru" }]);
    const machine = await laptop(office.editor);
    const ended = await machine.run(["publisher", "--once", "--json"]);
    expect(ended, ended.stdout + ended.stderr).toMatchObject({ code: 0 });
    expect(await office.publications(id)).toMatchObject([{ state: "unpublished", reason: "Keliru" }]);
    expect(await office.visible("x")).toEqual(before);
  });

  async function storedAtSite(): Promise<string[]> {
    const items = await fetch(`${office.site.url}/wp-json/wp/v2/media?per_page=100&_fields=source_url`);
    return ((await items.json()) as { source_url: string }[]).map(({ source_url }) => source_url);
  }

  /** The photos of an article, in every size that the site has of them. */
  async function photosOf(url: string): Promise<string[]> {
    const { content, featured_media } = (
      (await fetch(
        `${office.site.url}/wp-json/wp/v2/posts?slug=${new URL(url).pathname.split("/").at(-2)}`,
      ).then((answer) => answer.json())) as { content: { rendered: string }; featured_media: number }[]
    )[0]!;
    const inText = [...content.rendered.matchAll(/wp-image-(\d+)/g)].map(([, id]) => id);
    const ids = [...new Set([String(featured_media), ...inText])].join(",");
    const media = (await fetch(`${office.site.url}/wp-json/wp/v2/media?include=${ids}`).then((answer) =>
      answer.json(),
    )) as { source_url: string; media_details: { sizes: Record<string, { source_url: string }> } }[];
    return media.flatMap(({ source_url, media_details }) => [
      source_url,
      ...Object.values(media_details.sizes).map((size) => size.source_url),
    ]);
  }
  const statuses = async (urls: readonly string[]) =>
    [...new Set(await Promise.all(urls.map(async (url) => (await fetch(url)).status)))].sort();

  it("for a child takes the photos with it, also after a kill at each request", {
    timeout: 300_000,
  }, async () => {
    const { id, machine } = await publish("web");
    const photos = await photosOf((await office.publications(id))[0]!.url!);
    expect(photos.length).toBeGreaterThan(2);
    expect(await statuses(photos)).toEqual([200]);
    await office.lines.web.forgetLog();
    const whole = await machine.run(down(id));
    expect(whole, whole.stdout + whole.stderr).toMatchObject({ code: 0 });
    expect(await statuses(photos)).toEqual([404]);
    const removing = (await office.lines.web.log()).flatMap(({ method }, at) =>
      method === "GET" ? [] : [at + 1],
    );
    // The page, and two photos.
    expect(removing).toHaveLength(3);
    for (const at of removing) {
      for (const kill of ["kill-before", "kill-after"] as const) {
        const next = await publish("web");
        const shown = await photosOf((await office.publications(next.id))[0]!.url!);
        await office.lines.web.forgetLog();
        await office.lines.web.faults({ at, do: kill });
        const running = next.machine.start(down(next.id));
        await office.lines.web.client(running.process.pid ?? 0);
        expect((await running.ended).code).toBeNull();
        await office.lines.web.faults();
        expect(await office.publications(next.id)).toMatchObject([{ state: "published" }]);
        await office.advance(16 * minute);
        // On another machine, which has no journal of it.
        const other = await laptop(office.colleague);
        const ended = await other.run(["sync", "--json"]);
        expect(ended, ended.stdout + ended.stderr).toMatchObject({ code: 0 });
        expect(await office.publications(next.id), `${kill} ${at}`).toMatchObject([{ state: "unpublished" }]);
        expect(await statuses(shown), `${kill} ${at}`).toEqual([404]);
      }
    }
  });

  it("keeps the photos for another cause, and says that they stay", { timeout: 60_000 }, async () => {
    const { id, machine } = await publish("web");
    const photos = await photosOf((await office.publications(id))[0]!.url!);
    const ended = await machine.run(["post", "unpublish", id, "--reason", "keliru", "--yes"]);
    expect(ended, ended.stdout + ended.stderr).toMatchObject({ code: 0 });
    expect(ended.stdout).toContain("masih ada di pustaka media");
    expect(await statuses(photos)).toEqual([200]);
  });

  it("removes Instagram's pictures from the site, though Instagram lets nobody delete", {
    timeout: 60_000,
  }, async () => {
    const { id, machine } = await publish("instagram");
    const [row] = (await as(office.newsroom, office.editor).get(`/submissions/${id}/publications`)).body
      .items;
    const before = (await mediaAddresses()).length;
    const ended = await machine.run(down(id));
    expect(ended, ended.stdout + ended.stderr).toMatchObject({ code: 3 });
    expect((await mediaAddresses()).length).toBe(before - 2);
    const desk = as(office.newsroom, office.editor);
    const confirmed = { state: "unpublished", reason: "Sudah dihapus di aplikasi." };
    expect((await desk.put(`/submissions/${id}/publications/${row.id}`, confirmed)).status).toBe(200);
  });

  it("removes what was stored at the site for a post that never came out on Instagram", {
    timeout: 90_000,
  }, async () => {
    const before = await mediaAddresses();
    const id = await office.approve(["instagram"]);
    const machine = await laptop(office.operator);
    await office.lines.instagram.control("PUT", "/container", { status: "ERROR" });
    const failing = await machine.run(["post", "publish", id, "--yes", "--json"]);
    expect(failing.code, failing.stdout).not.toBe(0);
    expect(await office.publications(id)).toMatchObject([{ state: "failed" }]);
    expect((await mediaAddresses()).length).toBeGreaterThan(before.length);
    const ended = await machine.run(down(id));
    expect(ended, ended.stdout + ended.stderr).toMatchObject({ code: 1 });
    expect(ended.stdout + ended.stderr).toContain("nothing-published");
    expect(await mediaAddresses()).toEqual(before);
  });

  async function mediaAddresses(): Promise<string[]> {
    const media = await fetch(`${office.site.url}/wp-json/wp/v2/media?per_page=100`);
    return ((await media.json()) as { source_url: string }[]).map(({ source_url }) => source_url);
  }

  it("says what X bills before it is asked, and bills no more", { timeout: 60_000 }, async () => {
    const { id, machine } = await publish("x");
    const billed = async () => (await office.lines.x.control<{ total: number }>("GET", "/billing")).total;
    const before = await billed();
    const plan = JSON.parse((await machine.run([...down(id), "--dry-run"])).stdout);
    expect(plan).toMatchObject({ cost_usd: 0.01, plan: [{ channel: "x", cost_usd: 0.01 }] });
    const unagreed = await machine.run(["post", "unpublish", id, ...reason, "--yes", "--json"]);
    expect(unagreed).toMatchObject({ code: 2 });
    expect(unagreed.stdout + unagreed.stderr).toContain("publish-cost-unagreed");
    const over = await machine.run([
      "post",
      "unpublish",
      id,
      ...reason,
      "--max-cost",
      "0.009",
      "--yes",
      "--json",
    ]);
    expect(over).toMatchObject({ code: 2 });
    expect((await office.publications(id))[0]).toMatchObject({ state: "published", take_down: null });
    expect(await billed()).toBe(before);
    const ended = await machine.run(down(id));
    expect(JSON.parse(ended.stdout)).toMatchObject({ cost_usd: 0.01, publications: [{ cost_usd: 0.01 }] });
    expect(((await billed()) - before) / 1000).toBe(plan.cost_usd);
  });

  it("that costs is left to a person by sync, with the command; what costs nothing goes", {
    timeout: 90_000,
  }, async () => {
    const both = await office.approve(["web", "x"]);
    const machine = await laptop(office.operator);
    const out = await machine.run(["post", "publish", both, "--yes", "--max-cost", "1", "--json"]);
    expect(out, out.stdout + out.stderr).toMatchObject({ code: 0 });
    for (const { id } of (await office.publications(both)) as unknown as { id: string }[]) {
      const asked = { cause: "mistake" };
      await as(office.newsroom, office.editor).post(
        `/submissions/${both}/publications/${id}/take-down`,
        asked,
      );
    }
    const colleague = await laptop(office.colleague);
    const ended = await colleague.run(["sync"]);
    expect(ended, ended.stdout + ended.stderr).toMatchObject({ code: 3 });
    expect(ended.stdout).toContain(`kominfo post unpublish ${both} --max-cost 0.010`);
    expect((await office.publications(both)).map(({ channel, state }) => [channel, state])).toEqual([
      ["web", "unpublished"],
      ["x", "published"],
    ]);
    const agree = ["post", "unpublish", both, "--max-cost", "0.010", "--yes", "--json"];
    const agreed = await colleague.run([...agree, "--reason", "keliru"]);
    expect(agreed, agreed.stdout + agreed.stderr).toMatchObject({ code: 0 });
    // The website's post went without its photos: a graver cause takes them too, from any computer with the site's login.
    const without = await colleague.run([...agree, ...reason], { env: { KOMINFO_WEB_APP_PASSWORD: "" } });
    expect(without, without.stdout + without.stderr).toMatchObject({ code: 3 });
    expect(without.stdout).toContain("fotonya mungkin masih ada di situsnya");
    const stored = await storedAtSite();
    const graver = await colleague.run([...agree, ...reason]);
    expect(graver, graver.stdout + graver.stderr).toMatchObject({ code: 0 });
    expect(stored.length - (await storedAtSite()).length).toBe(2);
  });

  it("stops what was scheduled, and names what is unclear", { timeout: 90_000 }, async () => {
    const id = await office.approve(["web", "facebook", "x"]);
    const machine = await laptop(office.operator);
    const out = await machine.run(["post", "publish", id, "--to", "web", "--yes", "--json"]);
    expect(out, out.stdout + out.stderr).toMatchObject({ code: 0 });
    // Times may be set for an account that a publisher has.
    const seeing = await laptop(await office.newsroom.token("publisher"));
    const seen = await seeing.run(["publisher", "--once", "--url", office.newsroom.url]);
    expect(seen, seen.stdout + seen.stderr).toMatchObject({ code: 0 });
    const later = {
      ...{ channel: "facebook", account: pageId, state: "scheduled" },
      scheduled_for: new Date(office.newsroom.clock.now.getTime() + 30 * minute).toISOString(),
    };
    const planned = await as(office.newsroom, office.editor).post(`/submissions/${id}/publications`, later);
    expect(planned.status).toBe(201);
    await office.lines.x.faults({ method: "POST", path: "/2/tweets", do: "cut-after" });
    const lost = await machine.run([
      "post",
      "publish",
      id,
      "--to",
      "x",
      "--yes",
      "--max-cost",
      "1",
      "--json",
    ]);
    expect(lost, lost.stdout + lost.stderr).toMatchObject({ code: 5 });
    await office.lines.x.faults();
    const shown = await office.visible("facebook");

    // This computer has the account, so it looks: later, because X may not show it yet.
    const ended = await machine.run([...down(id), "--max-cost", "0.02"]);
    expect(ended, ended.stdout + ended.stderr).toMatchObject({ code: 5 });
    const said = JSON.parse(ended.stdout).publications as { channel: string; how: string; state: string }[];
    expect(said.map(({ channel, how, state }) => [channel, how, state])).toEqual([
      ["web", "here", "unpublished"],
      ["facebook", "stop", "failed"],
      ["x", "undecided", "unclear"],
    ]);
    await office.advance(60 * minute);
    const publisher = await laptop(office.editor);
    const round = await publisher.run(["publisher", "--once", "--json"]);
    expect(await office.visible("facebook"), round.stdout).toEqual(shown);
    // X was out after all: it was found, and taken down in the same round.
    expect((await office.publications(id)).map(({ channel, state }) => [channel, state])).toEqual([
      ["web", "unpublished"],
      ["facebook", "failed"],
      ["x", "unpublished"],
    ]);
    const again = await machine.run(["post", "publish", id, "--to", "facebook", "--yes", "--json"]);
    expect(again.code, again.stdout).toBe(3);
    expect(again.stdout).toContain("publication-refused");
  });

  it("takes the photos of an article that a computer had stored before it died, from another computer", {
    timeout: 90_000,
  }, async () => {
    const before = await storedAtSite();
    const id = await office.approve(["web"]);
    await office.lines.web.faults({
      ...{ method: "POST", path: "/wp-json/wp/v2/posts", times: 1, do: "kill-before" },
    });
    const running = (await laptop(office.operator)).start(["post", "publish", id, "--yes", "--json"]);
    await office.lines.web.client(running.process.pid ?? 0);
    expect((await running.ended).code, "was not killed").toBeNull();
    const stored = (await storedAtSite()).filter((url) => !before.includes(url));
    expect(stored).toHaveLength(2);
    await office.advance(16 * minute);
    const colleague = await laptop(office.colleague);
    const ended = await colleague.run(down(id));
    expect(ended, ended.stdout + ended.stderr).toMatchObject({ code: 0 });
    expect(JSON.parse(ended.stdout)).toMatchObject({
      publications: [{ how: "stop", state: "failed" }],
      left: [],
    });
    expect(await Promise.all(stored.map(async (url) => (await fetch(url)).status))).toEqual([404, 404]);
    expect(await storedAtSite()).toEqual(before);
  });

  describe("a correction on Instagram", () => {
    it("is a caption to paste: nothing is sent, the run says so, and a recorded link ends it", {
      timeout: 90_000,
    }, async () => {
      const { id, machine } = await publish("instagram");
      const desk = as(office.newsroom, office.editor);
      const operator = as(office.newsroom, office.operator);
      const { content } = (await operator.get(`/submissions/${id}`)).body;
      const corrected = { content: { ...content, correction_note: "Posyandu digelar pukul 08.00." } };
      await operator.put(`/submissions/${id}`, corrected, { "if-match": '"r1"' });
      await desk.post(`/submissions/${id}/transitions`, { step: "claim" });
      const approval = { destinations: ["kecamatan"], channels: ["instagram"] };
      const read = { "if-match": '"r2"' };
      await desk.post(`/submissions/${id}/transitions`, { step: "approve", approval }, read);
      const shown = await office.visible("instagram");
      const publishIt = ["post", "publish", id, "--yes", "--json"];
      const ended = await machine.run(publishIt);
      expect(ended, ended.stdout + ended.stderr).toMatchObject({ code: 3 });
      const [said] = JSON.parse(ended.stdout).publications;
      expect(said).toMatchObject({ state: "uncorrected", code: "instagram-not-correctable" });
      expect(said.text).toContain("Posyandu digelar pukul 08.00.");
      expect(await office.visible("instagram")).toEqual(shown);
      expect(await office.publications(id), "no row has failed").toMatchObject([{ state: "published" }]);
      const words = await machine.run(["post", "publish", id, "--yes"]);
      expect(words.stdout).toContain("belum diralat");
      expect(words.stdout).toContain("Tidak ada yang gagal");
      expect(words.stdout).toContain("Posyandu digelar pukul 08.00.");
      const recorded = { channel: "instagram", state: "published", url: said.url };
      expect((await operator.post(`/submissions/${id}/publications`, recorded)).status).toBe(201);
      const done = await machine.run(publishIt);
      expect(done, done.stdout + done.stderr).toMatchObject({ code: 0 });
    });
  });

  it("an operator is told that the kabupaten's newsroom sends what is approved for the kabupaten", {
    timeout: 60_000,
  }, async () => {
    const id = await office.approve(["web"], {}, 1, ["kabupaten"]);
    const machine = await laptop(office.operator);
    const ended = await machine.run(["post", "publish", id, "--yes"]);
    expect(ended, ended.stdout + ended.stderr).toMatchObject({ code: 1 });
    expect(ended.stderr).toContain("redaksi kabupaten yang menerbitkannya");
    expect(ended.stderr).toContain("kominfo post status");
    expect(await office.publications(id)).toEqual([]);
  });
});
