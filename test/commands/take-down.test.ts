import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Service, startService } from "../channels/services.js";
import { announce, granted, type Scene, setScene } from "../newsroom/publishing/scene.js";
import { cibitung } from "../newsroom/support/newsroom.js";
import type { HostOptions } from "../support/host.js";
import { type Laptop, openLaptop } from "../support/laptop.js";

// What `post unpublish`, `sync` and `post status` say and ask. That things are gone is shown in test/real/publish/take-down.test.ts.

const account = "1583012345678901234";
const keys = {
  KOMINFO_X_API_KEY: "k".repeat(25),
  KOMINFO_X_API_SECRET: "s".repeat(50),
  KOMINFO_X_ACCESS_TOKEN: `${account}-${"t".repeat(40)}`,
  KOMINFO_X_ACCESS_SECRET: "a".repeat(45),
};

let scene: Scene;
let laptop: Laptop;
let x: Service;
/** Posts of X that are still there. */
const there = new Set<string>();
let serial = 0;

beforeAll(async () => {
  scene = await setScene();
  await announce(scene.editor, account, { kecamatan: cibitung }, "x");
  laptop = await openLaptop(scene.newsroom.url);
  x = await startService(({ line, url }) => {
    const id = url.pathname.split("/").at(-1) ?? "";
    if (line.startsWith("DELETE")) there.delete(id);
    if (line.startsWith("DELETE")) return { json: { data: { deleted: true } } };
    if (there.has(id)) return { json: { data: { id, text: "" } } };
    return { json: { errors: [{ type: "https://api.x.com/2/problems/resource-not-found" }] } };
  });
}, 60_000);
beforeEach(() => {
  x.seen.length = 0;
});
/** What a test left to be taken down concerns the next one too. */
afterEach(async () => {
  for (const { id, submission } of (await scene.editor.get("/publications?take_down=true")).body.items) {
    const gone = { state: "unpublished", reason: "Sudah dilihat." };
    await scene.editor.put(`/submissions/${submission.id}/publications/${id}`, gone);
  }
});
afterAll(async () => {
  await x.close();
  await laptop.remove();
  await scene.remove();
});

const run = (argv: string[], options: Partial<HostOptions> = {}) =>
  laptop.run(argv, {
    env: { KOMINFO_NEWSROOM_TOKEN: scene.operatorToken, ...keys },
    channelOrigins: { x: x.url },
    now: () => scene.newsroom.clock.now,
    ...options,
  });

/** A post that is out on X. */
async function onX() {
  serial += 1;
  const remote_id = `15830123456789${serial}`;
  there.add(remote_id);
  const id = await scene.approved();
  const address = await scene.planned(id, { channel: "x", account });
  const attempt = await granted(scene.operator, address);
  await attempt.intend();
  await attempt.tell("published", { remote_id, url: `https://x.com/i/status/${remote_id}` });
  return { id, address, remote_id };
}
const states = async (id: string) =>
  (await scene.editor.get(`/submissions/${id}`)).body.publications.map(
    ({ channel, state }: { channel: string; state: string }) => `${channel} ${state}`,
  );

describe("post unpublish", () => {
  const why = ["--reason", "keliru"];

  it("names the price in its question, and does nothing without a yes", async () => {
    const { id, remote_id } = await onX();
    const ended = await run(["post", "unpublish", id, ...why], {
      typed: [["Turunkan 1 terbitan sekarang (US$0.010)?", "n\r"]],
    });
    expect(ended.code).toBe(130);
    expect(ended.stderr).toContain("dari komputer ini · US$0.010");
    expect(await states(id)).toEqual(["x published"]);
    expect(there).toContain(remote_id);
  });

  it("takes nothing down for an empty --from", async () => {
    const { id } = await onX();
    const ended = await run(["post", "unpublish", id, ...why, "--from", "", "--yes", "--max-cost", "1"]);
    expect([ended.code, await states(id)]).toEqual([2, ["x published"]]);
  });

  it("takes a price that is below --max-cost for agreed", async () => {
    const { id } = await onX();
    const unagreed = await run(["post", "unpublish", id, ...why, "--yes"]);
    expect([unagreed.code, unagreed.stderr]).toEqual([2, expect.stringContaining("--max-cost 0.010")]);
    const over = await run(["post", "unpublish", id, ...why, "--yes", "--max-cost", "0.005"]);
    expect([over.code, over.stderr]).toEqual([2, expect.stringContaining("US$0.010")]);
    expect(await states(id)).toEqual(["x published"]);
    const ended = await run(["post", "unpublish", id, ...why, "--yes", "--max-cost", "0,01", "--json"]);
    expect(JSON.parse(ended.stdout)).toMatchObject({
      publications: [{ how: "here", state: "unpublished", cost_usd: 0.01 }],
      cost_usd: 0.01,
    });
  });

  it("costs nothing where another computer removes it, or nothing is out yet", async () => {
    const { id } = await onX();
    const planned = await scene.approved();
    await scene.planned(planned, { channel: "x", account });
    const env = { KOMINFO_NEWSROOM_TOKEN: scene.operatorToken };
    const plan = await run(["post", "unpublish", id, ...why, "--dry-run", "--json"], { env });
    expect(JSON.parse(plan.stdout)).toMatchObject({ plan: [{ how: "elsewhere", cost_usd: 0 }], cost_usd: 0 });
    const stopped = await run(["post", "unpublish", planned, ...why, "--yes"]);
    expect(stopped).toMatchObject({ code: 0, stdout: expect.stringContaining("tidak jadi dikirim") });
    expect(await states(planned)).toEqual(["x failed"]);
    const again = await run(["post", "publish", planned, "--yes", "--max-cost", "1"]);
    expect(again.code).toBe(3);
    expect(again.stdout).toContain("sebelum editor mengizinkannya");
  });
});

describe("post publish of what somebody wants gone", () => {
  async function stopped() {
    const id = await scene.approved();
    await scene.planned(id, { channel: "x", account });
    await run(["post", "unpublish", id, "--reason", "keliru", "--yes"]);
    return id;
  }
  async function takenDown() {
    const made = await onX();
    await scene.editor.put(made.address, { state: "unpublished", reason: "Fotonya keliru." });
    return made.id;
  }

  it("is refused before a channel is asked who the login is, and before any question", async () => {
    const id = await stopped();
    x.seen.length = 0;
    const ended = await run(["post", "publish", id], { typed: [] });
    expect(ended).toMatchObject({ code: 1, stdout: "" });
    expect(ended.stderr).toContain("sebelum editor mengizinkannya");
    expect(ended.stderr).not.toContain("?");
    expect(x.seen).toEqual([]);
  });

  it("never says to publish by hand what was taken down, also without an account", async () => {
    const id = await takenDown();
    const withoutAccount = { KOMINFO_NEWSROOM_TOKEN: scene.operatorToken };
    for (const [env, flags] of [
      [withoutAccount, []],
      [withoutAccount, ["--yes"]],
      [{ ...withoutAccount, ...keys }, []],
    ] as const) {
      const ended = await run(["post", "publish", id, ...flags], { env });
      expect(ended.code).toBe(1);
      expect(ended.stderr).toContain("lalu diturunkan");
      expect(ended.stderr).toContain("post new --copy");
      expect(ended.stderr).not.toContain("post record");
    }
  });

  it("is not to be published by hand while it is out and shall be taken down", async () => {
    const { id, address } = await onX();
    await scene.editor.post(`${address}/take-down`, { cause: "mistake" });
    const ended = await run(["post", "publish", id], {
      env: { KOMINFO_NEWSROOM_TOKEN: scene.operatorToken },
    });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain("sebelum editor mengizinkannya");
    expect(ended.stderr).not.toContain("post record");
  });

  it("is an editor's to decide, and a revision that was approved since may go out", async () => {
    const { id, address } = await onX();
    const { content } = (await scene.operator.get(`/submissions/${id}`)).body;
    const corrected = { content: { ...content, body: "Ralat." } };
    await scene.operator.put(`/submissions/${id}`, corrected, { "if-match": '"r1"' });
    await scene.editor.put(address, { state: "unpublished", reason: "Fotonya keliru." });
    await scene.editor.post(`/submissions/${id}/transitions`, { step: "claim" });
    const approval = { destinations: ["kecamatan"], channels: ["x"] };
    const headers = { "if-match": '"r2"' };
    scene.pass(1000);
    await scene.editor.post(`/submissions/${id}/transitions`, { step: "approve", approval }, headers);
    const env = { KOMINFO_NEWSROOM_TOKEN: scene.operatorToken };
    const operator = await run(["post", "publish", id, "--yes"], { env });
    expect(operator).toMatchObject({ code: 4, stderr: expect.stringContaining("auth login x") });
    const byEditor = { KOMINFO_NEWSROOM_TOKEN: await scene.newsroom.token("editor") };
    const editor = await run(["review", "publish", await takenDown(), "--yes"], { env: byEditor });
    expect(editor.code).toBe(4);
  });
});

describe("post unpublish of what is down already", () => {
  it("says that its photos may be left where they had to go too", async () => {
    const id = await scene.approved();
    const address = await scene.planned(id);
    const attempt = await granted(scene.operator, address);
    await attempt.intend();
    await attempt.tell("published", { remote_id: "41", url: "https://cibitung.example.go.id/a" });
    await scene.operator.post(`${address}/take-down`, { cause: "mistake" });
    await (await granted(scene.publisher, address)).tell("unpublished");
    const lighter = await run(["post", "unpublish", id, "--reason", "keliru", "--yes"]);
    expect(lighter).toMatchObject({ code: 0, stdout: expect.stringContaining("sudah diturunkan") });
    const ended = await run(["post", "unpublish", id, "--reason", "anak", "--yes"]);
    expect(ended).toMatchObject({ code: 3, stdout: expect.stringContaining("fotonya mungkin masih ada") });
    expect(ended.stdout).not.toContain("sudah diturunkan");
  });
});

describe("review show", () => {
  it("says who asked for a take-down, and why it is not gone yet", async () => {
    const { id, address } = await onX();
    await scene.editor.post(`${address}/take-down`, { cause: "mistake" });
    const removal = await granted(scene.operator, address);
    await removal.tell("failed", { code: "channel-refused", reason: "channel-refused" });
    const env = { KOMINFO_NEWSROOM_TOKEN: await scene.newsroom.token("editor") };
    const { stdout } = await run(["review", "show", id], { env });
    expect(stdout).toContain("masih terbit, menunggu komputer yang punya akunnya");
    expect(stdout).toContain("akunnya ditolak; perlu masuk lagi");
  });
});

describe("what an editor has cancelled", () => {
  it("has not failed, and a code has its sentence", async () => {
    const id = await scene.approved();
    const address = await scene.planned(id, { channel: "x", account });
    await scene.editor.put(address, { state: "failed", reason: "cancelled" });
    const env = { KOMINFO_NEWSROOM_TOKEN: await scene.newsroom.token("editor") };
    const { stdout } = await run(["review", "show", id], { env });
    expect(stdout).toContain("dibatalkan");
    expect(stdout).not.toMatch(/cancelled|gagal/);
    await scene.editor.put(address, { state: "planned" });
    await scene.editor.put(address, { state: "failed", reason: "too-late" });
    const late = (await run(["review", "show", id], { env })).stdout;
    expect(late).toContain("tertidur sesudah ruang redaksi setuju");
    expect(late).not.toContain("too-late");
  });
});

describe("sync", () => {
  async function wanted() {
    const made = await onX();
    await scene.editor.post(`${made.address}/take-down`, { cause: "mistake" });
    return made;
  }

  it("asks a person at a terminal, with the price, and takes down what others asked for", async () => {
    const { id, remote_id } = await wanted();
    const question = "Turunkan 1 terbitan sekarang (US$0.010)?";
    const declined = await run(["sync"], { typed: [[question, "n\r"]] });
    expect(declined).toMatchObject({ code: 0, stdout: "" });
    expect(await states(id)).toEqual(["x published"]);
    const agreed = await run(["sync"], { typed: [[question, "y\r"]] });
    expect(agreed, agreed.stderr).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("sudah diturunkan"),
    });
    expect(await states(id)).toEqual(["x unpublished"]);
    expect(there).not.toContain(remote_id);
    const clean = await run(["sync"]);
    expect(clean.code).toBe(0);
  });

  it.each([[[]], [["--yes"]]])(
    "pays for nothing without a person (%s), and names the command",
    async (flags) => {
      const { id } = await wanted();
      const ended = await run(["sync", ...flags]);
      expect(ended).toMatchObject({
        code: 3,
        stdout: expect.stringContaining(`kominfo post unpublish ${id} --max-cost 0.010`),
      });
      expect(x.seen).toEqual([]);
      const json = JSON.parse((await run(["sync", "--json"])).stdout);
      expect(json.publications).toMatchObject([{ state: "published", code: "take-down-cost-unagreed" }]);
    },
  );

  it("asks the newsroom for nothing on a computer without an account of a channel", async () => {
    await wanted();
    const before = scene.newsroom.clock.now;
    const env = { KOMINFO_NEWSROOM_TOKEN: "" };
    expect((await run(["sync"], { env, now: () => before })).code).toBe(0);
  });

  it("says when the newsroom cannot be asked, and ends with its code", async () => {
    const env = { KOMINFO_NEWSROOM_TOKEN: "nr_salah", ...keys };
    const ended = await run(["sync", "--json"], { env });
    expect(ended.code).toBe(4);
    expect(JSON.parse(ended.stdout)).toMatchObject({ publications: [], error: { exit: 4 } });
  });
});
