import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Service, startService } from "../channels/services.js";
import { deskOf } from "../newsroom/desk/browser.js";
import { announce, granted, hour, type Scene, setScene } from "../newsroom/publishing/scene.js";
import { cibitung, jpeg, photo, uploadPhoto } from "../newsroom/support/newsroom.js";
import { type Laptop, openLaptop } from "../support/laptop.js";

// What `post status` and `review show` say of a publication that does not go on by itself, and what to type.

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
beforeAll(async () => {
  scene = await setScene();
  for (const client of [scene.editor, scene.publisher]) {
    await announce(client, account, { label: "@kec", kecamatan: cibitung }, "x");
  }
  laptop = await openLaptop(scene.newsroom.url);
  // A timeline on which nothing is.
  x = await startService(() => ({ json: { meta: { result_count: 0 } } }));
}, 60_000);
afterAll(async () => {
  await x.close();
  await laptop.remove();
  await scene.remove();
});

const run = (argv: string[], more: object = {}) =>
  laptop.run(argv, {
    env: { KOMINFO_NEWSROOM_TOKEN: scene.operatorToken, ...keys },
    channelOrigins: { x: x.url },
    // Half a day off.
    now: () => new Date(scene.newsroom.clock.now.getTime() - 12 * hour),
    ...more,
  });
const next = async (id: string) =>
  JSON.parse((await run(["post", "status", id, "--json"])).stdout).next as string[];
const byHand = /ponsel|tunggu|kominfo desk/i;

/** A submission that is announced on X, of which nobody knows what has become. */
async function announcedOnX() {
  const id = await scene.approved();
  const address = await scene.planned(id, { channel: "x", account });
  const attempt = await granted(scene.operator, address);
  await attempt.intend(keysOnX());
  return { id, address, attempt };
}

const keysOnX = () => ({
  ...{ user: account, since: scene.newsroom.clock.now.toISOString(), text: "Apa?", media: [] },
});

describe("a channel that has failed beside one that is out", () => {
  it("has its next step, before and after, until it is planned again", async () => {
    const id = await scene.approved();
    const article = await granted(scene.operator, await scene.planned(id));
    await article.intend();
    await article.tell("published", { remote_id: "7", url: "https://cibitung.example.go.id/gagal" });
    const step = `kominfo post publish ${id} --to x`;
    // Approved, and nothing of it is there.
    expect(await next(id)).toContain(step);
    const post = await granted(scene.operator, await scene.planned(id, { channel: "x", account }));
    await post.tell("failed", { code: "server-failing", reason: "server-failing" });
    expect(await next(id)).toContain(step);
    await scene.planned(id, { channel: "x", account });
    expect(await next(id)).not.toContain(step);
  });
});

describe("a publication that is unclear", () => {
  it("is looked for by a command, and is never advised to be sent by hand", async () => {
    const { id, attempt } = await announcedOnX();
    const sending = await run(["post", "status", id]);
    expect(sending.stdout).toMatch(
      /X @kec · sedang diterbitkan.*\n {4}Sedang dikirim .*, paling lama sampai /,
    );
    expect(sending.stdout).not.toMatch(byHand);
    await attempt.tell("unclear");
    const unclear = await run(["post", "status", id]);
    expect(unclear.stdout).toContain("Diperiksa dengan kominfo sync");
    expect(unclear.stdout).not.toMatch(byHand);
    // Another computer has begun it; this one's `sync` would know nothing of it.
    expect(await next(id)).toEqual([
      `kominfo post publish ${id}`,
      expect.stringContaining("Jangan terbitkan dengan tangan"),
    ]);
    scene.pass(20 * 60_000);
    const looked = await run(["post", "publish", id, "--to", "x", "--yes", "--max-cost", "0.001"]);
    expect(looked.stdout).toContain("belum jelas");
    expect(await next(id), "this computer has looked").toContain("kominfo sync");
  });

  it("is not looked for again, which X bills, by a run that nobody has asked: an editor decides", async () => {
    const { id, attempt } = await announcedOnX();
    await attempt.tell("unclear");
    scene.pass(20 * 60_000);
    const publish = ["post", "publish", id, "--to", "x", "--yes"];
    const asks = () => x.seen.length;
    const before = asks();
    const unagreed = await run(publish);
    expect([unagreed.code, unagreed.stderr, asks()]).toEqual([2, expect.stringContaining("0.001"), before]);
    const dry = await run([...publish, "--dry-run"]);
    expect(dry.stdout).toContain("US$0.001 untuk tiap terbitan yang dibaca");
    await run([...publish, "--max-cost", "0.001"]);
    const looked = asks();
    expect(looked).toBeGreaterThan(before);
    for (const argv of [["sync"], ["sync"]]) {
      const { code, stdout } = await run(argv);
      expect([code, stdout]).toEqual([1, expect.stringMatching(/X .*: belum jelas/)]);
      expect(stdout).toContain(`${scene.newsroom.url}/submissions/${id}`);
    }
    expect(asks(), "requests to X").toBe(looked);
    await run([...publish, "--max-cost", "0.001"]);
    expect(asks(), "a person has agreed").toBeGreaterThan(looked);
  });

  it("is looked for again where another machine has sent since, once: what was found out before is not about that", async () => {
    const { id, address, attempt } = await announcedOnX();
    await attempt.tell("unclear");
    scene.pass(20 * 60_000);
    await run(["post", "publish", id, "--to", "x", "--yes", "--max-cost", "0.001"]);
    const before = x.seen.length;
    expect((await run(["sync"])).code).toBe(1);
    expect(x.seen.length, "nothing new is known").toBe(before);
    // An editor decides, and another machine sends.
    await scene.editor.put(address, { state: "failed", reason: "Tidak ada." });
    const other = await granted(scene.editor, address);
    await other.intend(keysOnX());
    const meanwhile: { submission: { id: string } }[] = JSON.parse(
      (await run(["sync", "--json"])).stdout,
    ).publications;
    const ours = meanwhile.filter(({ submission }) => submission.id === id);
    expect(ours, "somebody is at it").toMatchObject([{ state: "publishing", code: "publication-held" }]);
    await other.tell("unclear");
    scene.pass(20 * 60_000);
    await run(["sync"]);
    const looked = x.seen.length;
    expect(looked, "requests to X").toBeGreaterThan(before);
    await run(["sync"]);
    expect(x.seen.length).toBe(looked);
  });

  it("gets no second row beside it by a link that is recorded", async () => {
    const { id, attempt } = await announcedOnX();
    await attempt.tell("unclear");
    const { code, stderr } = await run(["post", "record", id, "--url", "https://x.com/kec/status/1"]);
    expect([code, stderr]).toEqual([1, expect.stringContaining(`${scene.newsroom.url}/submissions/${id}`)]);
    expect(stderr).toContain("kominfo sync");
    const { publications } = (await scene.editor.get(`/submissions/${id}`)).body;
    expect(publications).toMatchObject([{ state: "unclear" }]);
    // What the newsroom takes is the newsroom's to say: a link on another channel is no news of this one.
    const other = await run(["post", "record", id, "--url", "https://www.tiktok.com/@kec/video/1"]);
    expect(other.code, other.stderr).toBe(0);
  });

  it("is decided by an editor at an address that opens, wherever it is named", async () => {
    const { join, enter } = deskOf(() => scene.newsroom);
    await join("Rina Editor", "editor");
    const browser = await enter("Rina Editor");
    const { id, attempt } = await announcedOnX();
    await attempt.tell("unclear");
    scene.pass(20 * 60_000);
    for (const argv of [
      ["post", "publish", id, "--to", "x", "--yes", "--max-cost", "0.001"],
      ["sync"],
      ["post", "status", id],
    ]) {
      const { stdout } = await run(argv);
      const [, page = ""] = /meja redaksi:? \(?(http[^\s)]+)/.exec(stdout) ?? [];
      expect(page, stdout).toMatch(scene.newsroom.url);
      const opened = await browser.get(page.slice(scene.newsroom.url.length));
      expect([opened.status, opened.headers.get("content-type")], page).toEqual([
        200,
        "text/html; charset=utf-8",
      ]);
      expect(opened.text).toContain("Putuskan");
    }
  });
});

describe("what may not be out yet", () => {
  it("names its time and the command that schedules it, and that command works", async () => {
    const until = new Date(scene.newsroom.clock.now.getTime() + 30 * hour + 12_345).toISOString();
    const id = await scene.approved({}, { not_before: until });
    const steps = await next(id);
    expect(steps.join("\n")).not.toMatch(byHand);
    expect(steps[1]).toMatch(/^Belum boleh terbit sebelum /);
    const [, at = ""] = /^kominfo post publish \S+ --at "(.+)"$/.exec(steps[2]!)!;
    const publish = ["post", "publish", id, "--to", "x", "--yes", "--max-cost", "1"];
    const dry = await run([...publish, "--dry-run"]);
    expect([dry.code, dry.stderr]).toEqual([5, expect.stringContaining(`--at "${at}"`)]);
    const early = await run([...publish, "--at", "besok 00.00"]);
    expect([early.code, early.stderr]).toEqual([2, expect.stringContaining(`--at "${at}"`)]);
    const scheduled = await run([...publish, "--at", at]);
    expect([scheduled.code, scheduled.stdout], scheduled.stderr).toEqual([
      0,
      expect.stringContaining("dijadwalkan untuk "),
    ]);
    scene.pass(31 * hour);
  });

  it("is not what shall be taken down: nothing advises to publish that again", async () => {
    const id = await scene.approved();
    const address = await scene.planned(id, { channel: "x", account });
    const attempt = await granted(scene.operator, address);
    await attempt.intend({
      user: account,
      since: scene.newsroom.clock.now.toISOString(),
      text: "Apa?",
      media: [],
    });
    const asked = await scene.editor.post(`${address}/take-down`, {
      cause: "child",
      reason: "Orang tuanya meminta.",
    });
    expect(asked.status, JSON.stringify(asked.body)).toBeLessThan(300);
    const { stdout } = await run(["post", "status", id]);
    expect(stdout).toContain("jangan terbitkan lagi");
    expect(stdout).not.toMatch(/kominfo post publish|kominfo desk/);
  });
});

describe("what a take-down has stopped before it was out", () => {
  it.each(["planned", "scheduled"] as const)(
    "is not advised to be published, when it was %s",
    async (state) => {
      const id = await scene.approved();
      const time = new Date(scene.newsroom.clock.now.getTime() + hour).toISOString();
      const more = state === "scheduled" ? { state, scheduled_for: time } : {};
      const address = await scene.planned(id, { channel: "x", account, ...more });
      expect((await next(id)).join(), "before").not.toContain("jangan terbitkan lagi");
      const asked = await scene.editor.post(`${address}/take-down`, { cause: "child" });
      expect(asked.body, JSON.stringify(asked.body)).toMatchObject({ state: "failed" });
      expect(await next(id)).toEqual([expect.stringContaining("jangan terbitkan lagi")]);
      const tried = await run(["post", "publish", id, "--to", "x", "--yes", "--max-cost", "1"]);
      expect(tried.code, "the newsroom refuses it, too").not.toBe(0);
      // An editor's word is what is waited for.
      const editor = await scene.editor.put(address, { state: "planned" });
      expect(editor.status, JSON.stringify(editor.body)).toBe(200);
      expect((await next(id)).join()).toContain(`kominfo post publish ${id}`);
    },
  );
});

describe("a publication whose time is gone by hours", () => {
  it("is said to be sent by nobody, by the newsroom's clock, with the commands that send it", async () => {
    const id = await scene.approved();
    const at = new Date(scene.newsroom.clock.now.getTime() + hour);
    await scene.planned(id, { channel: "x", account, state: "scheduled", scheduled_for: at.toISOString() });
    expect(await next(id)).toEqual(["Tunggu jadwal terbitnya."]);
    scene.pass(3.9 * hour);
    expect(await next(id)).toEqual(["Tunggu jadwal terbitnya."]);
    scene.pass(0.2 * hour);
    const { stdout } = await run(["post", "status", id]);
    expect(stdout).toContain("Jadwalnya lewat lebih dari 3 jam, jadi tidak ada yang mengirimnya lagi.");
    expect(stdout).not.toContain("Tunggu");
    const [again, later] = await next(id);
    expect(again).toBe(`kominfo post publish ${id} --to x --again x`);
    const [, ...argv] = /^kominfo (post publish \S+ --to x --at) "(.+)"$/.exec(later!)!;
    const planned = await run([...argv[0]!.split(" "), argv[1]!, "--yes", "--max-cost", "1"]);
    expect(planned.stdout, planned.stderr).toContain("dijadwalkan untuk ");
    expect(await next(id)).toEqual(["Tunggu jadwal terbitnya."]);
  });
});

describe("what was redacted since it was approved", () => {
  const why = { reason: "Diminta", legal_basis: "UU 27/2022" };
  const publish = (id: string, ...more: string[]) =>
    run(["post", "publish", id, "--to", "x", "--yes", "--max-cost", "1", ...more]);

  it("is said before anything is planned or asked of a channel, for a revision and for a photo", async () => {
    const hash = await uploadPhoto(scene.newsroom, scene.operatorToken, await jpeg(2710));
    const [revision, picture] = [await scene.approved(), await scene.approved({ photos: [photo(hash)] })];
    await scene.admin.post("/redactions", { submission: revision, revision: 1, ...why });
    await scene.admin.post("/redactions", { sha256: hash, ...why });
    const before = x.seen.length;
    for (const [id, more] of [
      [revision, []],
      [revision, ["--dry-run"]],
      [picture, []],
    ] as const) {
      const { code, stderr } = await publish(id, ...more);
      expect([code, stderr]).toEqual([1, expect.stringContaining("sudah dihapus dari ruang redaksi")]);
      expect(stderr).not.toContain("--to");
      expect((await scene.editor.get(`/submissions/${id}`)).body.publications).toEqual([]);
    }
    expect(x.seen.length).toBe(before);
  });

  it("keeps nobody from looking for what was sent before", async () => {
    const { id, attempt } = await announcedOnX();
    await attempt.tell("unclear");
    await scene.admin.post("/redactions", { submission: id, revision: 1, ...why });
    scene.pass(20 * 60_000);
    expect((await publish(id)).stdout).toContain("belum jelas");
  });
});
