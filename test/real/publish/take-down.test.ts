import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { as } from "../../newsroom/support/newsroom.js";
import type { Computer } from "../../support/kominfo.js";
import { hasShared } from "../../support/shared.js";
import { type Channel, type Office, openOffice } from "./office.js";

// What an operator takes down is gone for readers, once, also when the machine is killed at a request of the take-down and goes on.

const minute = 60_000;
const reason = ["--reason", "anak: orang tuanya meminta"];

describe.skipIf(!hasShared)("what is taken down", () => {
  let office: Office;
  const laptops: Computer[] = [];
  beforeAll(async () => {
    office = await openOffice();
  }, 120_000);
  afterAll(async () => {
    await Promise.all(laptops.map((laptop) => laptop.remove()));
    await office?.close();
  });

  const laptop = async (token: string) => {
    const opened = await office.laptop(token);
    laptops.push(opened);
    return opened;
  };
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
});
