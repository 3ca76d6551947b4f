import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasShared } from "../../support/shared.js";
import { pageId } from "../stand-ins/meta/world.mjs";
import { type Office, openOffice } from "./office.js";

// What shall be taken down while nobody knows whether it is out: any machine with the account looks. The website is its stand-in.

const minute = 60_000;

describe.skipIf(!hasShared)("a take-down of what is unclear", { timeout: 90_000 }, () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice("stand-in");
  }, 120_000);
  afterAll(() => office?.close());

  const down = (id: string) => ["post", "unpublish", id, "--reason", "anak", "--yes", "--json"];
  const states = async (id: string) =>
    (await office.publications(id)).map(({ channel, state }) => `${channel} ${state}`);

  /** Asked for on the laptop whose line died, which nobody opens any more. */
  async function askedFor(fault: "cut-after" | "cut-before") {
    const id = await office.approve(["web", "facebook"]);
    const laptop = await office.laptop(office.operator);
    const web = await laptop.run(["post", "publish", id, "--to", "web", "--yes"]);
    expect(web, web.stdout + web.stderr).toMatchObject({ code: 0 });
    await office.lines.facebook.faults({ method: "POST", path: `/v25.0/${pageId}/feed`, do: fault });
    const lost = await laptop.run(["post", "publish", id, "--to", "facebook", "--yes"]);
    expect(lost, lost.stdout + lost.stderr).toMatchObject({ code: 5 });
    await office.lines.facebook.faults();
    const asked = await laptop.run(down(id));
    expect(asked, asked.stdout + asked.stderr).toMatchObject({ code: 5 });
    expect(await states(id)).toEqual(["web unpublished", "facebook unclear"]);
    const status = await laptop.run(["post", "status", id]);
    expect(status.stdout.split("\n")[1], "something may be out").not.toContain("diturunkan");
    await office.advance(20 * minute);
    return id;
  }

  it.each([
    ["sync", () => ["sync", "--yes", "--json"]],
    ["post unpublish", down],
  ])("%s on a colleague's laptop finds it and removes it in the same run", async (_, argv) => {
    const before = await office.visible("facebook");
    const id = await askedFor("cut-after");
    expect(await office.visible("facebook")).toHaveLength(before.length + 1);
    const colleague = await office.laptop(office.colleague);
    const ended = await colleague.run(argv(id));
    expect(ended, ended.stdout + ended.stderr).toMatchObject({ code: 0 });
    const facebook = (JSON.parse(ended.stdout).publications as { channel: string; state: string }[]).filter(
      ({ channel }) => channel === "facebook",
    );
    expect(facebook).toMatchObject([{ state: "unpublished" }]);
    expect(await office.visible("facebook")).toEqual(before);
    expect(await states(id)).toEqual(["web unpublished", "facebook unpublished"]);
  });

  it.each(["operator", "editor"] as const)(
    "is stopped where it is proved that nothing came: by an %s too",
    async (role) => {
      const before = await office.visible("facebook");
      const id = await askedFor("cut-before");
      const machine = await office.laptop(role === "editor" ? office.editor : office.colleague);
      const ended = await machine.run(["sync", "--yes"]);
      expect(ended, ended.stdout + ended.stderr).toMatchObject({ code: 0 });
      expect(ended.stdout).toContain("tidak jadi dikirim");
      expect(await office.visible("facebook"), "nothing is sent").toEqual(before);
      expect(await states(id)).toEqual(["web unpublished", "facebook failed"]);
    },
  );
});
