import { afterAll, beforeAll, expect, it } from "vitest";
import { as } from "../../newsroom/support/newsroom.js";
import type { Computer } from "../../support/kominfo.js";
import { type Channel, type Office, openOffice } from "./office.js";

// What a person has agreed to once goes out: `sync` goes on with all of it, also with what had not begun when the run ended.

const all: Channel[] = ["web", "facebook", "instagram", "x"];
const minute = 60_000;

let office: Office;
let laptop: Computer;
beforeAll(async () => {
  office = await openOffice("stand-in");
  laptop = await office.laptop(office.operator);
}, 120_000);
afterAll(async () => {
  await office?.close();
});

const publish = (id: string, ...more: string[]) => [
  "post",
  "publish",
  id,
  "--yes",
  "--max-cost",
  "1",
  ...more,
];
const statesOf = async (id: string) =>
  Object.fromEntries((await office.publications(id)).map(({ channel, state }) => [channel, state]));

it("Facebook, and X with the link, wait for an article of which nothing is known, and follow it", async () => {
  const id = await office.approve(all);
  const before = await Promise.all(all.map((channel) => office.visible(channel)));
  await office.lines.web.faults({
    ...{ method: "POST", path: "/wp-json/wp/v2/posts/*", times: 1, do: "cut-after" },
  });
  const first = await laptop.run(publish(id, "--link"));
  expect(await office.lines.web.pendingFaults()).toEqual([]);
  expect(first.stdout).toMatch(
    /! Facebook .*: menunggu tautan berita di web\n {2}Sesudah berita itu terbit: kominfo sync/,
  );
  expect(first.code).toBe(5);
  expect(await statesOf(id)).toMatchObject({ web: "unclear", facebook: "planned", x: "planned" });
  await office.advance(3 * minute);
  const next = await laptop.run(["sync"]);
  expect(next.code, next.stdout + next.stderr).toBe(0);
  expect(new Set(Object.values(await statesOf(id)))).toEqual(new Set(["published"]));
  const after = await Promise.all(all.map((channel) => office.visible(channel)));
  expect(after.map((seen, n) => seen.length - before[n]!.length)).toEqual([1, 1, 1, 1]);
  expect(
    after[3]!.some((text) => /https?:\/\//.test(text)),
    "the link that was asked for",
  ).toBe(true);
  expect(JSON.parse((await laptop.run(["sync", "--json"])).stdout).publications).toEqual([]);
});

it("a run that is killed at its first request leaves none out", async () => {
  const id = await office.approve(all);
  await office.lines.web.forgetLog();
  const before = await Promise.all(all.map(async (channel) => (await office.visible(channel)).length));
  await office.lines.web.faults({
    method: "POST",
    path: "/wp-json/wp/v2/media",
    times: 1,
    do: "kill-before",
  });
  const running = laptop.start(publish(id));
  await office.lines.web.client(running.process.pid ?? 0);
  expect((await running.ended).code, "was not killed").toBe(null);
  await office.lines.web.faults();
  await office.advance(16 * minute);
  for (let run = 0; run < 4; run += 1) {
    await laptop.run(["sync"]);
    await office.advance(16 * minute);
  }
  expect(await statesOf(id)).toEqual(Object.fromEntries(all.map((channel) => [channel, "published"])));
  const after = await Promise.all(all.map(async (channel) => (await office.visible(channel)).length));
  expect(after.map((count, n) => count - before[n]!)).toEqual([1, 1, 1, 1]);
});

it("X is sent with the link that was agreed to, also when it had begun", async () => {
  const id = await office.approve(["web", "x"]);
  const before = await office.visible("x");
  await office.lines.x.faults({ method: "POST", path: "/2/media/upload", times: 1, do: "kill-before" });
  const running = laptop.start(publish(id, "--link"));
  await office.lines.x.client(running.process.pid ?? 0);
  expect((await running.ended).code, "was not killed").toBe(null);
  await office.lines.x.faults();
  for (let run = 0; run < 4; run += 1) {
    await office.advance(16 * minute);
    await laptop.run(["sync"]);
  }
  expect(await statesOf(id)).toEqual({ web: "published", x: "published" });
  const added = (await office.visible("x")).filter((text) => !before.includes(text));
  expect(added).toEqual([expect.stringMatching(/https?:\/\//)]);
});

it("X that another machine has left behind is sent for its price, to which somebody agrees", {
  timeout: 120_000,
}, async () => {
  const other = await office.laptop(office.colleague);
  const leave = async () => {
    const id = await office.approve(["x"]);
    await office.lines.x.faults({ method: "POST", path: "/2/media/upload", times: 1, do: "kill-before" });
    const running = laptop.start(publish(id, "--to", "x"));
    await office.lines.x.client(running.process.pid ?? 0);
    expect((await running.ended).code, "was not killed").toBe(null);
    await office.lines.x.faults();
    await office.advance(11 * minute);
    expect(await statesOf(id)).toEqual({ x: "publishing" });
    return id;
  };
  const before = (await office.visible("x")).length;
  const id = await leave();
  const at = ["post", "publish", id, "--to", "x"];
  const dry = await other.run([...at, "--dry-run", "--json"]);
  // A post and two alternative texts.
  expect(JSON.parse(dry.stdout), dry.stderr).toMatchObject({ cost_usd: 0.025, plan: [{ cost_usd: 0.025 }] });
  const words = await other.run([...at, "--dry-run"]);
  expect(words.stdout).toMatch(
    /^X .*: dilanjutkan dari yang terputus · US\$0\.025\nSeluruhnya 1 kanal, .*, US\$0\.025\./,
  );
  for (const more of [[], ["--max-cost", "0.01"]]) {
    const refused = await other.run([...at, "--yes", ...more]);
    expect(refused, refused.stdout).toMatchObject({ code: 2 });
    expect(refused.stderr).toContain("0.025");
  }
  expect((await office.visible("x")).length).toBe(before);
  expect((await other.run([...at, "--yes", "--max-cost", "0.025"])).code).toBe(0);
  expect((await office.visible("x")).length).toBe(before + 1);

  // Whoever has agreed on the machine that began it is not asked again.
  const own = await laptop.run(["post", "publish", await leave(), "--to", "x", "--yes"]);
  expect(own, own.stdout + own.stderr).toMatchObject({ code: 0 });
  expect((await office.visible("x")).length).toBe(before + 2);
  // But for a link, which costs more.
  const linked = await laptop.run(["post", "publish", await leave(), "--to", "x", "--yes", "--link"]);
  expect(linked, linked.stdout).toMatchObject({ code: 2 });
});

it("is not agreed to for ever: what a person has cancelled stays cancelled", async () => {
  const id = await office.approve(["web", "facebook"]);
  await office.lines.web.faults({
    ...{ method: "POST", path: "/wp-json/wp/v2/posts/*", times: 1, do: "cut-before" },
  });
  await laptop.run(publish(id));
  expect(await statesOf(id)).toMatchObject({ facebook: "planned" });
  const editor = as(office.newsroom, office.editor);
  const rows: { id: string; channel: string }[] = (await editor.get(`/submissions/${id}`)).body.publications;
  const facebook = rows.find(({ channel }) => channel === "facebook")!;
  const cancelled = { state: "failed", reason: "cancelled" };
  expect((await editor.put(`/submissions/${id}/publications/${facebook.id}`, cancelled)).status).toBe(200);
  await office.advance(3 * minute);
  await laptop.run(["sync"]);
  await laptop.run(["sync"]);
  expect(await statesOf(id)).toEqual({ web: "published", facebook: "failed" });
});
