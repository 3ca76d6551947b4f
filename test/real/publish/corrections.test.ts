import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { as } from "../../newsroom/support/newsroom.js";
import { hasShared } from "../../support/shared.js";
import { type Channel, type Office, openOffice } from "./office.js";

// Corrections that take a photo away: a child's, perhaps. The website is its stand-in.

describe.skipIf(!hasShared)("a correction that takes a photo away", { timeout: 90_000 }, () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice("stand-in");
  }, 120_000);
  afterAll(() => office?.close());

  const laptop = () => office.laptop(office.operator);
  const publish = (id: string, to: string, ...more: string[]) => [
    ...["post", "publish", id, "--to", to, "--yes", "--max-cost", "1"],
    ...more,
  ];

  /** Approves a next revision without its second photo. */
  async function correct(id: string, channels: readonly Channel[], photos = 1): Promise<string> {
    const operator = as(office.newsroom, office.operator);
    const desk = as(office.newsroom, office.editor);
    const at = `/submissions/${id}`;
    const { content, revision } = (await operator.get(at)).body;
    const corrected = {
      ...content,
      correction_note: "Foto anak diganti.",
      photos: content.photos.slice(0, photos),
    };
    await operator.put(at, { content: corrected }, { "if-match": `"r${revision}"` });
    await desk.post(`${at}/transitions`, { step: "claim" });
    const step = { step: "approve", approval: { destinations: ["kecamatan"], channels } };
    const done = await desk.post(`${at}/transitions`, step, { "if-match": `"r${revision + 1}"` });
    expect(done.status, JSON.stringify(done.body)).toBe(200);
    return content.photos.at(-1).filename;
  }

  const onFacebook = async () =>
    (
      await office.lines.facebook.control<{ facebook: { message: string; photos: unknown[] }[] }>(
        "GET",
        "/visible",
      )
    ).facebook;

  it("is said before, with what is sent, and after, until the post is taken down and published anew", async () => {
    const id = await office.approve(["facebook"]);
    const machine = await laptop();
    const first = await machine.run(publish(id, "facebook"));
    expect(first, first.stdout + first.stderr).toMatchObject({ code: 0 });
    const taken = await correct(id, ["facebook"]);

    const preview = await machine.run(["post", "preview", id]);
    expect(preview.stdout).toContain("hanya mengganti teks kiriman");
    expect(preview.stdout).toContain(taken);
    const desk = await office.laptop(office.editor);

    const dry = await machine.run(["post", "publish", id, "--to", "facebook", "--dry-run", "--json"]);
    expect(JSON.parse(dry.stdout)).toMatchObject({
      bytes: 0,
      plan: [{ photos: [], corrects: { revision: 1 }, warnings: [{ code: "photos-kept" }] }],
    });
    const words = await machine.run(["post", "publish", id, "--to", "facebook", "--dry-run"]);
    expect(words.stdout).toContain("ralat di tempat");
    expect(words.stdout).toContain(taken);

    const ended = await machine.run(publish(id, "facebook", "--json"));
    expect(ended, ended.stdout + ended.stderr).toMatchObject({ code: 3 });
    const [said] = JSON.parse(ended.stdout).publications;
    expect(said).toMatchObject({ state: "published", code: "photos-kept" });
    expect(said.message).toContain(taken);
    const [shown] = await onFacebook();
    expect(shown?.message).toMatch(/^RALAT/);
    expect(shown?.photos, "which is why it is said").toHaveLength(2);

    const again = await machine.run(publish(id, "facebook"));
    expect(again, again.stdout).toMatchObject({ code: 3, stdout: expect.stringContaining(taken) });
    const status = await machine.run(["post", "status", id]);
    expect(status.stdout).toContain(taken);
    expect(status.stdout).toContain("revisi 2, ralat");
    expect(status.stdout).toContain(`kominfo post unpublish ${id} --from facebook`);

    const down = ["post", "unpublish", id, "--from", "facebook", "--reason", "anak", "--yes", "--json"];
    const removed = await machine.run(down);
    expect(removed, removed.stdout + removed.stderr).toMatchObject({ code: 0 });
    expect(await onFacebook()).toEqual([]);
    // Only an editor publishes again what was taken down.
    const anew = await desk.run(["review", "publish", id, "--to", "facebook", "--yes"]);
    expect(anew, anew.stdout + anew.stderr).toMatchObject({ code: 0 });
    expect((await onFacebook()).map(({ photos }) => photos.length)).toEqual([1]);
    const settled = JSON.parse((await machine.run(["post", "status", id, "--json"])).stdout);
    expect(settled.kept_photos).toEqual([]);
  });

  describe("on the website", () => {
    const opens = async (address: string) => (await fetch(address)).status === 200;
    const api = async <T>(path: string): Promise<T> =>
      (await fetch(`${office.site.url}/wp-json/wp/v2${path}`)).json() as Promise<T>;
    /** The addresses of the photos of an article, with the one that is taken away last. */
    const photosOf = async (title: string) => {
      const posts: { title: { rendered: string }; content: { rendered: string } }[] =
        await api("/posts?per_page=100");
      const post = posts.find((one) => one.title.rendered === title);
      return [...(post?.content.rendered ?? "").matchAll(/<img[^>]* src="([^"]+)"/g)].map(([, src]) => src!);
    };

    it.each(["", "cut-after"] as const)(
      "removes the file of the photo that the article does not show any more %s",
      async (fault) => {
        const id = await office.approve(["web"], {}, 3);
        const machine = await laptop();
        const first = await machine.run(publish(id, "web"));
        expect(first, first.stdout + first.stderr).toMatchObject({ code: 0 });
        const { title } = (await as(office.newsroom, office.operator).get(`/submissions/${id}`)).body;
        const before = await photosOf(title);
        expect(before).toHaveLength(2);
        await correct(id, ["web"], 2);
        if (fault !== "") {
          await office.lines.web.faults({ method: "POST", path: "/wp-json/wp/v2/posts/*", do: fault });
          expect((await machine.run(publish(id, "web"))).code).toBe(5);
          await office.lines.web.faults();
          await office.advance(20 * 60_000);
        }
        const ended = await machine.run(publish(id, "web", "--json"));
        expect(ended, ended.stdout + ended.stderr).toMatchObject({ code: 0 });
        expect(await photosOf(title)).toEqual(before.slice(0, 1));
        expect(await Promise.all(before.map(opens))).toEqual([true, false]);
      },
    );
  });
});
