import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { as } from "../../newsroom/support/newsroom.js";
import type { Computer } from "../../support/kominfo.js";
import { type Channel, type Office, openOffice } from "./office.js";

// A person's word about what is planned counts until it is sent: what an editor has cancelled is sent by no machine that had planned it
// before, and what gets another time is not sent now.

const minute = 60_000;
const hour = 60 * minute;

let office: Office;
let laptop: Computer;
let publisher: Computer;
beforeAll(async () => {
  office = await openOffice("stand-in");
  laptop = await office.laptop(office.operator);
  publisher = await office.laptop(await office.newsroom.token("publisher"));
  // The accounts are the kecamatan's: its laptop announces them first. A time needs a publisher.
  expect((await laptop.run(argv(await office.approve(["web", "facebook"])))).code).toBe(0);
  await runPublisher();
}, 120_000);
afterAll(() => office?.close());
beforeEach(async () => {
  await office.lines.web.latency(0);
  await office.lines.web.faults();
});

const argv = (id: string, ...more: string[]) => ["post", "publish", id, "--yes", "--max-cost", "1", ...more];
const runPublisher = () => publisher.run(["publisher", "--once", "--url", office.newsroom.url]);
const editor = () => as(office.newsroom, office.editor);
async function rowOf(id: string, channel: Channel) {
  const { publications } = (await editor().get(`/submissions/${id}`)).body;
  return publications.find((row: { channel: Channel }) => row.channel === channel);
}
const seen = async (channel: Channel) => (await office.visible(channel)).length;
/** Cancels it as the desk does, as soon as it is in this state. */
async function cancelOnce(id: string, channel: Channel, state: string) {
  await expect.poll(async () => (await rowOf(id, channel))?.state, { timeout: 20_000 }).toBe(state);
  const address = `/submissions/${id}/publications/${(await rowOf(id, channel)).id}`;
  const { status, body } = await editor().put(address, { state: "failed", reason: "cancelled" });
  expect(status, JSON.stringify(body)).toBe(200);
}
/** A time as people type it. */
const later = (ms: number) =>
  new Date(office.newsroom.clock.now.getTime() + ms).toISOString().replace(/\.\d+/, "");

it("what an editor cancels while the article is sent is not sent after it; whoever types it again sends it", async () => {
  const id = await office.approve(["web", "facebook"]);
  const before = await seen("facebook");
  await office.lines.web.latency(1500);
  const running = laptop.start(argv(id));
  await cancelOnce(id, "facebook", "planned");
  await office.lines.web.latency(0);
  const { code, stdout } = await running.ended;
  expect(stdout).toMatch(/✓ Web .*: terbit/);
  expect(stdout).toMatch(/✗ Facebook .*: Rencana ini dibatalkan editor, jadi tidak dikirim\./);
  expect([code, await seen("facebook")]).toEqual([1, before]);
  expect((await laptop.run(["sync"])).code).toBe(0);
  expect(await rowOf(id, "facebook")).toMatchObject({ state: "failed", reason: "cancelled" });
  const again = await laptop.run(argv(id));
  expect([again.code, await seen("facebook")], again.stdout + again.stderr).toEqual([0, before + 1]);
});

it("a publisher does not send what an editor cancels while it sends what was due before", async () => {
  const ids = [await office.approve(["web"]), await office.approve(["web"])] as const;
  for (const id of ids) {
    const ended = await laptop.run(argv(id, "--at", later(hour)));
    expect(ended.code, ended.stdout + ended.stderr).toBe(0);
  }
  await office.advance(hour + minute);
  await office.lines.web.latency(1500);
  const running = publisher.start(["publisher", "--once", "--url", office.newsroom.url]);
  await expect.poll(async () => (await rowOf(ids[0], "web")).state, { timeout: 20_000 }).toBe("publishing");
  await cancelOnce(ids[1], "web", "scheduled");
  await office.lines.web.latency(0);
  const { code, stdout } = await running.ended;
  expect(stdout).toMatch(/✓ .*: terbit[\s\S]*✗ .*: Rencana ini dibatalkan editor/);
  expect([code, (await rowOf(ids[1], "web")).state]).toEqual([1, "failed"]);
  expect((await runPublisher()).stdout).not.toContain("dibatalkan");
});

it.each([
  ["before its intent, on the same machine", { path: "/wp-json/wp/v2/posts", do: "kill-before" }, "same"],
  ["before its intent, on another machine", { path: "/wp-json/wp/v2/posts", do: "kill-before" }, "other"],
  ["at its commit, on the same machine", { path: "/wp-json/wp/v2/posts/*", do: "kill-before" }, "same"],
  ["at its commit, on another machine", { path: "/wp-json/wp/v2/posts/*", do: "kill-before" }, "other"],
] as const)(
  "--at of what was interrupted %s looks for it, and sends it at its time only",
  { timeout: 60_000 },
  async (_when, fault, where) => {
    const id = await office.approve(["web"]);
    const before = await seen("web");
    await office.lines.web.faults({ method: "POST", times: 1, ...fault });
    const running = laptop.start(argv(id));
    await office.lines.web.client(running.process.pid ?? 0);
    expect((await running.ended).code, "was not killed").toBe(null);
    await office.advance(13 * minute);
    const machine = where === "same" ? laptop : await office.laptop(office.colleague);
    const at = ["--at", later(10 * hour)];

    const dry = await machine.run(argv(id, ...at, "--dry-run"));
    expect(dry.stdout).toMatch(/Web .*: diperiksa dulu; .*tidak dikirim sekarang/);
    expect(dry.stdout).toMatch(/Jadwal 1 kanal: /);
    expect([dry.code, await seen("web")]).toEqual([0, before]);

    const { code, stdout, stderr } = await machine.run(argv(id, ...at));
    expect([code, await seen("web")], stdout + stderr).toEqual([0, before]);
    expect(stdout).toMatch(/✓ Web .*: dijadwalkan untuk /);
    expect((await rowOf(id, "web")).state).toBe("scheduled");
    expect((await laptop.run(["sync"])).code).toBe(0);
    expect(await seen("web"), "agreed to by the run before, and not any more").toBe(before);
    await office.advance(10 * hour + minute);
    await runPublisher();
    expect([(await rowOf(id, "web")).state, await seen("web")]).toEqual(["published", before + 1]);
  },
);

it("--at of what is out after all finds it, and schedules nothing", async () => {
  await runPublisher();
  const id = await office.approve(["web"]);
  const before = await seen("web");
  await office.lines.web.faults({
    method: "POST",
    path: "/wp-json/wp/v2/posts/*",
    times: 1,
    do: "cut-after",
  });
  expect((await laptop.run(argv(id))).code).toBe(5);
  await office.advance(3 * minute);
  const { code, stdout } = await laptop.run(argv(id, "--at", later(10 * hour)));
  expect([code, await seen("web")], stdout).toEqual([0, before + 1]);
  expect((await rowOf(id, "web")).state).toBe("published");
});

it("a passing failure at its time does not end a schedule: the publisher tries again, also after a restart", {
  timeout: 120_000,
}, async () => {
  const id = await office.approve(["web"]);
  const before = await seen("web");
  expect((await laptop.run(argv(id, "--at", later(hour)))).code).toBe(0);
  await office.advance(hour + minute);
  const fails = { method: "POST", path: "/wp-json/wp/v2/posts", do: "answer-before", status: 503 } as const;
  await office.lines.web.faults({ ...fails, times: 20, type: "text/html", body: "maintenance" });
  const first = await runPublisher();
  expect([first.code, (await rowOf(id, "web")).state], first.stdout).toEqual([5, "scheduled"]);
  expect(first.stdout).toContain("Jadwalnya tetap: penerbit mencobanya lagi sendiri");
  const status = await laptop.run(["review", "show", id]);
  expect(status.stdout + status.stderr).not.toContain("server-failing");
  await office.lines.web.faults();

  // Stopped as systemd stops it, in the middle of the next attempt.
  await office.lines.web.latency(3000);
  const running = publisher.start(["publisher", "--url", office.newsroom.url]);
  await expect.poll(async () => (await rowOf(id, "web")).state, { timeout: 30_000 }).toBe("publishing");
  running.kill("SIGTERM");
  await office.lines.web.latency(0);
  await running.ended;
  // What it could not tell any more, it tells at its next start.
  expect(["publishing", "scheduled"]).toContain((await rowOf(id, "web")).state);

  await office.advance(12 * minute);
  const next = await runPublisher();
  expect([next.code, await seen("web")], next.stdout).toEqual([0, before + 1]);
  expect((await rowOf(id, "web")).state).toBe("published");
});
