import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { as, setu, startNewsroom, type TestNewsroom } from "../../newsroom/support/newsroom.js";
import { type Computer, type Ended, openComputer } from "../../support/kominfo.js";
import { type StandIn, startStandIn } from "../stand-ins/control-client.js";
import { pageId, tokens as pageTokens } from "../stand-ins/meta/world.mjs";
import { office } from "../stand-ins/x/accounts.mjs";

// The built program as processes of its own, with accounts of Facebook and X at the stand-ins.

const program = path.join(import.meta.dirname, "kominfo.mjs");
const hour = 60 * 60_000;
let newsroom: TestNewsroom;
let meta: StandIn;
let x: StandIn;
let tokens: Record<"operator" | "neighbour" | "editor" | "publisher", string>;
const computers: Computer[] = [];

beforeAll(async () => {
  [newsroom, meta, x] = await Promise.all([
    startNewsroom(),
    startStandIn("meta/serve.mjs"),
    startStandIn("x/serve.mjs"),
  ]);
  const [operator, neighbour, editor, publisher] = await Promise.all([
    newsroom.token("operator"),
    newsroom.token("operator", setu),
    newsroom.token("editor"),
    newsroom.token("publisher"),
  ]);
  tokens = { operator, neighbour, editor, publisher };
  await setClocks();
}, 120_000);
afterAll(async () => {
  await Promise.all(computers.map((computer) => computer.remove()));
  await Promise.all([meta.stop(), x.stop()]);
  await newsroom.remove();
});
beforeEach(() => meta.control("PUT", "/token", { state: "valid" }));

async function setClocks() {
  await x.control("PUT", "/clock", { offset_ms: newsroom.clock.now.getTime() - Date.now() });
  await meta.control("PUT", "/clock", { now: newsroom.clock.now.toISOString() });
}

/** A computer with the logins of the page and of X. */
async function computerOf(who: keyof typeof tokens, more: Record<string, string> = {}): Promise<Computer> {
  const computer = await openComputer({ origin: newsroom.url, token: tokens[who] });
  computers.push(computer);
  const env = {
    KOMINFO_TEST_ORIGINS: JSON.stringify({ facebook: meta.origin, x: x.origin }),
    KOMINFO_FACEBOOK_PAGE_ID: pageId,
    KOMINFO_FACEBOOK_TOKEN: pageTokens[0]!,
    KOMINFO_X_API_KEY: office.keys.api_key,
    KOMINFO_X_API_SECRET: office.keys.api_secret,
    KOMINFO_X_ACCESS_TOKEN: office.keys.access_token,
    KOMINFO_X_ACCESS_SECRET: office.keys.access_secret,
    ...more,
  };
  return { ...computer, run: (argv) => computer.run(argv, { program, env }) };
}

let serial = 0;
/** An approved submission of whoever sends it. */
async function approved(who: "operator" | "neighbour", channels: string[], destinations = ["kecamatan"]) {
  serial += 1;
  const id = await as(newsroom, tokens[who]).submit({
    slug: `panen-${serial}`,
    title: `Panen Raya ke-${serial}`,
    channel_texts: {},
  });
  const desk = as(newsroom, tokens.editor);
  await desk.post(`/submissions/${id}/transitions`, { step: "claim" });
  const approval = { destinations, channels };
  const headers = { "if-match": '"r1"' };
  const done = await desk.post(`/submissions/${id}/transitions`, { step: "approve", approval }, headers);
  if (done.status !== 200) throw new Error(JSON.stringify(done.body));
  return id;
}
const publish = (id: string, ...more: string[]) => [
  ...["post", "publish", id, "--yes", "--max-cost", "1", "--json"],
  ...more,
];
const said = ({ code, stdout, stderr }: Ended) => `${code} ${stdout}${stderr}`;
async function outlet(channel: string) {
  const { items } = (await as(newsroom, tokens.editor).get("/outlets")).body;
  return items.find((item: { channel: string }) => item.channel === channel);
}

describe("an account that another kecamatan has announced", () => {
  it("is left out with whose it is; the others go out", { timeout: 60_000 }, async () => {
    const first = await computerOf("operator");
    const mine = await approved("operator", ["facebook"]);
    const done = await first.run(publish(mine));
    expect(done.code, said(done)).toBe(0);
    const second = await computerOf("neighbour");
    const theirs = await approved("neighbour", ["facebook", "x"]);
    const ended = await second.run(publish(theirs));
    expect(ended.code, said(ended)).toBe(3);
    const { publications } = JSON.parse(ended.stdout);
    expect(publications).toMatchObject([
      { channel: "facebook", code: "account-taken", message: expect.stringContaining("Kecamatan Cibitung") },
      { channel: "x", state: "published" },
    ]);
    // An editor says that it is Setu's after all: now it is Cibitung that may not.
    const editor = await computerOf("editor");
    const account = ["review", "account", "facebook", pageId];
    const moved = await editor.run([...account, "--kecamatan", "Setu", "--reason", "Halaman Setu"]);
    expect(moved.code, said(moved)).toBe(0);
    expect((await second.run(publish(theirs))).code).toBe(0);
    const again = await first.run(publish(await approved("operator", ["facebook"])));
    expect(JSON.parse(again.stdout).publications).toMatchObject([{ code: "account-taken" }]);
    expect((await editor.run([...account, "--kabupaten", "--reason", "Milik bersama"])).code).toBe(0);
    await editor.run(["review", "account", "x", office.id, "--kabupaten", "--reason", "Milik bersama"]);
  });
});

describe("a time", () => {
  it("needs a publisher with the account, which then sends", { timeout: 60_000 }, async () => {
    const editor = await computerOf("editor");
    const id = await approved("operator", ["x"], ["kabupaten"]);
    const at = new Date(Date.now() + 24 * hour).toISOString();
    const argv = ["review", "publish", id, "--at", at, "--yes", "--max-cost", "1", "--json"];
    const refused = await editor.run(argv);
    expect([refused.code, JSON.parse(refused.stderr).error], said(refused)).toMatchObject([
      1,
      { code: "account-unwatched", message: expect.stringContaining(`X ${office.id}`) },
    ]);
    expect((await as(newsroom, tokens.editor).get(`/submissions/${id}`)).body.publications).toEqual([]);
    const publisher = await computerOf("publisher");
    const round = await publisher.run(["publisher", "--once", "--json"]);
    expect(round.code, said(round)).toBe(0);
    expect(await outlet("x")).toMatchObject({ publisher_seen_at: newsroom.clock.now.toISOString() });
    const linked = await editor.run([...argv, "--link"]);
    expect([linked.code, JSON.parse(linked.stderr).error.code], said(linked)).toEqual([
      2,
      "publish-link-timed",
    ]);
    expect((await as(newsroom, tokens.editor).get(`/submissions/${id}`)).body.publications).toEqual([]);
    const scheduled = await editor.run(argv);
    expect(scheduled.code, said(scheduled)).toBe(0);
    newsroom.clock.now = new Date(Date.parse(at) + 60_000);
    await setClocks();
    const sent = await publisher.run(["publisher", "--once", "--json"]);
    expect(sent.code, said(sent)).toBe(0);
    expect((await as(newsroom, tokens.editor).get(`/submissions/${id}`)).body.publications).toMatchObject([
      { channel: "x", state: "published" },
    ]);
  });
});

describe("besok", () => {
  it("is the day after the newsroom's in WIB, is said with its weekday before and after, and is asked of no laptop's clock", async () => {
    const editor = await computerOf("editor");
    const publisher = await computerOf("publisher");
    const id = await approved("operator", ["x"], ["kabupaten"]);
    // 05.00 WIB on a Thursday: in UTC it is Wednesday still. The laptop's own clock is somewhere else.
    newsroom.clock.now = new Date("2026-12-23T22:00:00Z");
    await setClocks();
    await editor.run(["review", "publish", id, "--at", "hari ini 23.00", "--yes", "--max-cost", "1"]);
    expect((await publisher.run(["publisher", "--once"])).code).toBe(0);
    const argv = ["review", "publish", id, "--at", "besok 07.00 WIB", "--yes", "--max-cost", "1"];
    const when = "Jumat, 25 Desember 2026 07.00 WIB";
    const dry = await editor.run([...argv, "--dry-run"]);
    expect(dry.code, said(dry)).toBe(0);
    expect(dry.stdout).toContain(when);
    const scheduled = await editor.run(argv);
    expect(scheduled.stdout, said(scheduled)).toContain(`: dijadwalkan untuk ${when}`);
    expect((await as(newsroom, tokens.editor).get(`/submissions/${id}`)).body.publications).toMatchObject([
      { channel: "x", state: "scheduled", scheduled_for: "2026-12-25T00:00:00.000Z" },
    ]);
    const past = await editor.run(["review", "publish", id, "--at", "hari ini 04.59", "--yes"]);
    expect(past.code).toBe(2);
    expect(past.stderr).toContain("sekarang 24 Desember 2026 05.00 WIB");
    expect(past.stderr).toContain('--at "25 Desember 2026 07.00 WIB"');
    const { publications } = JSON.parse((await editor.run([...argv, "--json"])).stdout);
    expect(publications).toMatchObject([{ state: "scheduled", scheduled_for: "2026-12-25T00:00:00.000Z" }]);
  });
});

describe("a login that the channel refuses", () => {
  it("pauses the account, rests at the publisher, and is taken up again with the next that works", {
    timeout: 90_000,
  }, async () => {
    const publisher = await computerOf("publisher");
    expect((await publisher.run(["publisher", "--once"])).code).toBe(0);
    expect(await outlet("facebook")).toMatchObject({ paused: null });
    await meta.control("PUT", "/token", { state: "revoked" });
    const operator = await computerOf("editor");
    const id = await approved("operator", ["facebook"], ["kabupaten"]);
    // Nothing but GETs: the newsroom is not told.
    const dry = await operator.run(["review", "publish", id, "--dry-run"]);
    expect(dry.code, said(dry)).toBe(4);
    expect((await outlet("facebook")).paused).toBeNull();
    const ended = await operator.run(["review", "publish", id, "--yes", "--json"]);
    expect(ended.code, said(ended)).toBe(4);
    expect(await outlet("facebook")).toMatchObject({ paused: { code: "channel-refused" } });
    await meta.forgetLog();
    const first = await publisher.run(["publisher", "--once"]);
    expect(first.stderr).toContain("kominfo auth login facebook");
    const asked = (await meta.log()).length;
    expect(asked).toBeGreaterThan(0);
    const second = await publisher.run(["publisher", "--once"]);
    expect(second.stderr).toContain("dicoba lagi dalam satu jam");
    expect((await meta.log()).length, "it is left alone").toBe(asked);
    // Another machine, whose login works.
    await meta.control("PUT", "/token", { state: "valid", index: 1 });
    const other = await computerOf("publisher", { KOMINFO_FACEBOOK_TOKEN: pageTokens[1]! });
    expect((await other.run(["publisher", "--once"])).code).toBe(0);
    expect((await outlet("facebook")).paused).toBeNull();
  });

  it("on X, which tells it only when something is sent", { timeout: 60_000 }, async () => {
    const dead = { KOMINFO_X_ACCESS_SECRET: "standInAccessSecretThatWasWithdrawn000000000001" };
    const editor = await computerOf("editor", dead);
    const id = await approved("operator", ["x"], ["kabupaten"]);
    const argv = ["review", "publish", id, "--yes", "--max-cost", "1", "--json"];
    const ended = await editor.run(argv);
    expect(ended.code, said(ended)).toBe(4);
    expect(await outlet("x")).toMatchObject({ paused: { code: "channel-refused" } });
    const { publications } = (await as(newsroom, tokens.editor).get(`/submissions/${id}`)).body;
    expect(publications).toMatchObject([{ state: "failed", reason: "channel-refused" }]);
    // The same dead login again does not say that it works, although opening it asks nobody.
    await editor.run(argv);
    expect((await outlet("x")).paused).not.toBeNull();
    const sound = await computerOf("editor");
    const sent = await sound.run(argv);
    expect(sent.code, said(sent)).toBe(0);
    expect((await outlet("x")).paused).toBeNull();
  });
});
