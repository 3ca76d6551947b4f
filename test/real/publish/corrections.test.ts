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
    const desk = await office.laptop(office.editor);
    const anew = await desk.run(["review", "publish", id, "--to", "facebook", "--yes"]);
    expect(anew, anew.stdout + anew.stderr).toMatchObject({ code: 0 });
    expect((await onFacebook()).map(({ photos }) => photos.length)).toEqual([1]);
    const settled = JSON.parse((await machine.run(["post", "status", id, "--json"])).stdout);
    expect(settled.kept_photos).toEqual([]);
  });
});
