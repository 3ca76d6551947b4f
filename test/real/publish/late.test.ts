import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Computer } from "../../support/kominfo.js";
import { instagramId, pageId } from "../stand-ins/meta/world.mjs";
import { type Channel, type Office, openOffice } from "./office.js";

// Meta shows a post later than any lookup waits for: it is thought absent and sent again, by a machine that knows nothing of the first
// one's journal. Readers see it once, and the newsroom learns its address as soon as Meta tells.

const minute = 60_000;
const commits: Readonly<Partial<Record<Channel, string>>> = {
  facebook: `/v25.0/${pageId}/feed`,
  instagram: `/v25.0/${instagramId}/media_publish`,
};

let office: Office;
beforeAll(async () => {
  office = await openOffice("stand-in");
}, 120_000);
afterAll(async () => {
  await office?.close();
});

const laptop = (token: string) => office.laptop(token);

describe.each(["facebook", "instagram"] as const)("a post on %s that shows late", (channel) => {
  const commit = { method: "POST", path: commits[channel]!, times: 1 };

  async function publish(computer: Computer, id: string) {
    const { stdout } = await computer.run(["post", "publish", id, "--to", channel, "--yes", "--json"]);
    return JSON.parse(stdout).publications[0] as { state: string; found: boolean };
  }

  it.each(["the same machine", "another machine", "another machine for each run"])(
    "is seen once and found in the end, by %s",
    { timeout: 120_000 },
    async (where) => {
      const first = await laptop(office.operator);
      const id = await office.approve([channel]);
      const before = (await office.visible(channel)).length;
      await office.lines[channel].control("PUT", "/lag", { ms: 70 * minute });
      await office.lines[channel].faults({ ...commit, do: "cut-after" });
      expect(await publish(first, id)).toMatchObject({ state: "unclear" });
      expect(await office.lines[channel].pendingFaults()).toEqual([]);

      const other = where === "the same machine" ? first : await laptop(office.colleague);
      const states = [];
      for (let run = 0; run < 8 && states.at(-1) !== "published"; run += 1) {
        await office.advance(16 * minute);
        const machine = where.endsWith("each run") ? await laptop(office.colleague) : other;
        states.push((await publish(machine, id)).state);
        expect((await office.visible(channel)).length - before, states.join()).toBe(1);
      }
      expect(states.at(-1), states.join()).toBe("published");
      expect(states.length, "it was sent again meanwhile, in vain").toBeGreaterThan(2);
      await office.lines[channel].control("PUT", "/lag", { ms: 0 });
    },
  );

  it("that never came out is sent with what was prepared, by another machine", async () => {
    const id = await office.approve([channel]);
    const before = (await office.visible(channel)).length;
    await office.lines[channel].faults({ ...commit, do: "cut-before" });
    expect(await publish(await laptop(office.operator), id)).toMatchObject({ state: "unclear" });
    await office.advance(16 * minute);
    await office.lines[channel].forgetLog();
    expect(await publish(await laptop(office.colleague), id)).toMatchObject({ state: "published" });
    const made = (await office.lines[channel].log()).filter(({ effect }) => effect !== null);
    expect(made, "nothing but the commit").toMatchObject([{ path: commit.path }]);
    expect((await office.visible(channel)).length - before).toBe(1);
  });
});
