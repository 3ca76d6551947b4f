import { afterAll, beforeAll, expect, it } from "vitest";
import { as } from "../../newsroom/support/newsroom.js";
import type { Computer, Ended } from "../../support/kominfo.js";
import { type Channel, type Office, openOffice } from "./office.js";

// Two laptops and the office's publisher, as processes of their own, send the same publication at once: one commit.
// 200 times by KOMINFO_PUBLISH_RACES=200 (npm run test:publish-kills).

const races = Number(process.env.KOMINFO_PUBLISH_RACES ?? 4);
/** In turn: those without WordPress behind them are quicker, and the lease is the newsroom's. */
const channels: readonly Channel[] = ["x", "facebook"];

let office: Office;
let machines: Computer[];
beforeAll(async () => {
  office = await openOffice();
  const publisher = await office.newsroom.token("publisher");
  machines = await Promise.all([office.operator, office.colleague, publisher].map((of) => office.laptop(of)));
}, 120_000);
afterAll(async () => {
  await office?.close();
});

it(`commits once when two laptops and a publisher start at once, ${races} times`, {
  timeout: races * 30_000,
}, async () => {
  const [first, second, publisher] = machines;
  // The accounts are known before the race: whoever announces one first is no part of it.
  for (const channel of channels) {
    const id = await office.approve([channel]);
    expect(await first!.run(argv(id, channel))).toMatchObject({ code: 0 });
  }
  // A time is taken only where a publisher has the account.
  expect((await publisher!.run(["publisher", "--once", "--url", office.newsroom.url])).code).toBe(0);
  let held = 0;
  for (let race = 0; race < races; race += 1) {
    // The newsroom's clock stands still, X's does not: after five minutes it would refuse what is signed by the newsroom's.
    // And X takes a hundred posts in fifteen minutes.
    await office.advance(20_000);
    const channel = channels[race % channels.length]!;
    const id = await office.approve([channel]);
    const before = (await office.visible(channel)).length;
    await schedule(id, channel);
    const ended = await Promise.all([
      first!.run(argv(id, channel)),
      second!.run(argv(id, channel)),
      publisher!.run(["publisher", "--once", "--json", "--url", office.newsroom.url]),
    ]);
    expect((await office.visible(channel)).length - before, said(ended)).toBe(1);
    expect(await office.publications(id)).toMatchObject([{ state: "published" }]);
    for (const { code, stdout } of ended) {
      // Whoever comes late finds it published; whoever comes meanwhile is told who has it.
      expect([0, 5], said(ended)).toContain(code);
      if (code === 5) {
        held += 1;
        expect(stdout).toMatch(/(operator|publisher) [0-9a-f]{8} sedang/);
      }
    }
  }
  if (races >= 20) expect(held).toBeGreaterThan(0);
});

function argv(id: string, channel: Channel): string[] {
  return ["post", "publish", id, "--to", channel, "--yes", "--max-cost", "1", "--json"];
}

/** Due now, so that the publisher sends it too. */
async function schedule(id: string, channel: Channel): Promise<void> {
  const { operator, newsroom } = office;
  const outlets = (await as(newsroom, operator).get("/outlets")).body.items;
  const { account } = outlets.find((outlet: { channel: Channel }) => outlet.channel === channel);
  const planned = { channel, account, state: "scheduled", scheduled_for: newsroom.clock.now.toISOString() };
  const answer = await as(newsroom, operator).post(`/submissions/${id}/publications`, planned);
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
}

function said(ended: readonly Ended[]): string {
  return ended.map(({ code, stdout, stderr }) => `${code} ${stdout}${stderr}`).join("\n");
}
