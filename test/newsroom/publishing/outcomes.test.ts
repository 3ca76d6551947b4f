import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cibitung, jpeg, photo, uploadPhoto } from "../support/newsroom.js";
import {
  announce,
  grant,
  granted,
  hour,
  kabupaten,
  minute,
  read,
  type Scene,
  setScene,
  site,
  uuid,
  why,
} from "./scene.js";

let scene: Scene;
beforeAll(async () => {
  scene = await setScene();
}, 60_000);
afterAll(() => scene.remove());

const now = () => scene.newsroom.clock.now.toISOString();
const link = { url: "https://cibitung.example.go.id/berita/7", remote_id: "7" };

/** A new publication with an attempt at it. */
async function begun(changes = {}) {
  const id = await scene.approved(changes);
  const address = await scene.planned(id);
  return { id, address, attempt: await granted(scene.operator, address) };
}

/** One of which nobody knows whether it was sent, and an attempt that looks for it. */
async function unclear() {
  const { id, address, attempt } = await begun();
  await attempt.intend();
  await attempt.tell("unclear", { code: "timeout" });
  return { id, address, attempt, look: await granted(scene.publisher, address) };
}

describe("an intent", () => {
  it("is stored once with its time, and may be told again when the answer was lost", async () => {
    const { attempt } = await begun();
    const intent = { slug: "kominfo-1", photos: ["11", "12"] };
    const told = await attempt.intend(intent);
    expect([told.status, told.body]).toMatchObject([200, { intent, intent_at: now(), outcome: null }]);
    scene.pass(minute);
    expect((await attempt.intend(intent)).body).toEqual(told.body);
    expect(why(await attempt.intend({ slug: "lain" }))).toEqual([409, "intent"]);
  });

  it("is refused with another fence, and after the lease", async () => {
    const { attempt } = await begun();
    expect(why(await attempt.put({ fence: uuid(), intent: {} }))).toEqual([409, "fence"]);
    expect((await attempt.put({ fence: "x", intent: {} })).status).toBe(422);
    await attempt.intend();
    scene.pass(10 * minute);
    expect(why(await attempt.intend())).toEqual([409, "fence"]);
    const second = await begun();
    scene.pass(10 * minute);
    expect(why(await second.attempt.intend())).toEqual([409, "fence"]);
    expect((await second.attempt.renew()).status, "nobody has taken it over").toBe(200);
    expect((await second.attempt.intend()).status).toBe(200);
  });

  it("is refused when the approval has gone since the grant", async () => {
    const { id, attempt } = await begun();
    const { content } = (await scene.operator.get(`/submissions/${id}`)).body;
    const revised = { content: { ...content, body: "Ralat." } };
    expect((await scene.operator.put(`/submissions/${id}`, revised, { "if-match": '"r1"' })).status).toBe(
      200,
    );
    expect(why(await attempt.intend())).toEqual([409, "not-approved"]);
  });

  it("is refused when a photo or the text was redacted since the grant", async () => {
    const sent = await jpeg(9);
    await uploadPhoto(scene.newsroom, scene.operatorToken, sent);
    const [first, second] = [await begun({ photos: [photo(sent.hash)] }), await begun()];
    const legal = { reason: "Diminta", legal_basis: "UU 27/2022" };
    await scene.admin.post("/redactions", { sha256: sent.hash, ...legal });
    await scene.admin.post("/redactions", { submission: second.id, revision: 1, ...legal });
    for (const { attempt } of [first, second]) expect(why(await attempt.intend())).toEqual([409, "redacted"]);
  });

  it("is refused when somebody has put it out by hand since the grant, and not for the link that was agreed to", async () => {
    const { id, attempt } = await begun();
    scene.pass(minute);
    const byHand = { channel: "web", state: "published", url: "https://c.example/tangan" };
    await scene.colleague.post(`/submissions/${id}/publications`, byHand);
    expect(why(await attempt.intend())).toEqual([409, "already-out"]);
    const second = await scene.approved();
    await scene.colleague.post(`/submissions/${second}/publications`, byHand);
    scene.pass(minute);
    const agreed = await granted(scene.operator, await scene.planned(second), { again: true });
    expect((await agreed.intend()).status).toBe(200);
  });

  it.each([
    ["in the same millisecond", 0],
    ["after the clock was put back", -minute],
  ])("is refused for a link that was recorded %s, also when its answer was lost", async (_, ms) => {
    const byHand = { channel: "web", state: "published", url: "https://c.example/tangan" };
    const first = await begun();
    const intended = await begun();
    expect((await intended.attempt.intend()).status).toBe(200);
    // It was planned before the grant, as links were before accounts had ids.
    const old = await begun();
    const plan = await scene.planned(old.id, { account: "" });
    for (const { id } of [first, intended]) {
      scene.pass(ms);
      expect((await scene.colleague.post(`/submissions/${id}/publications`, byHand)).status).toBe(201);
      scene.pass(-ms);
    }
    expect((await scene.colleague.put(plan, { state: "published", url: byHand.url })).status).toBe(200);
    for (const { attempt } of [first, intended, old]) {
      expect(why(await attempt.intend())).toEqual([409, "already-out"]);
    }
    // A link on another known account of the channel, or of another channel, says nothing.
    const other = await begun();
    await scene.editor.post(`/submissions/${other.id}/publications`, { ...byHand, account: kabupaten });
    await scene.editor.post(`/submissions/${other.id}/publications`, {
      ...{ ...byHand, channel: "x", url: "https://x.com/a/status/1" },
    });
    expect((await other.attempt.intend()).status).toBe(200);
  });

  it("is not refused for a link that was agreed to, whatever the clocks say", async () => {
    const id = await scene.approved();
    const byHand = { channel: "web", state: "published", url: "https://c.example/tangan" };
    await scene.colleague.post(`/submissions/${id}/publications`, byHand);
    scene.pass(-minute);
    const agreed = await granted(scene.operator, await scene.planned(id), { again: true });
    expect((await agreed.intend()).status).toBe(200);
    scene.pass(minute);
  });

  it("is refused when an editor has taken everything down meanwhile: nothing leaves", async () => {
    const { id, address, attempt } = await begun();
    const down = { step: "unpublish", reason: "Keliru" };
    expect((await scene.editor.post(`/submissions/${id}/transitions`, down)).status).toBe(200);
    expect(await read(scene.editor, address)).toMatchObject({ state: "failed", reason: "Keliru" });
    expect(why(await attempt.intend())).toEqual([409, "stopped"]);
    expect(why(await attempt.renew())).toEqual([409, "stopped"]);
    expect((await attempt.tell("failed", { code: "publication-refused" })).status).toBe(200);
    expect(await read(scene.editor, address)).toMatchObject({ state: "failed", reason: "Keliru" });
  });

  it("stays when everything is taken down after it: what may be out is not said to be gone", async () => {
    const { id, address, attempt } = await begun();
    await attempt.intend();
    const down = { step: "unpublish", reason: "Keliru" };
    expect((await scene.editor.post(`/submissions/${id}/transitions`, down)).status).toBe(200);
    expect(await read(scene.editor, address)).toMatchObject({
      state: "publishing",
      take_down: { cause: null },
    });
    expect((await attempt.tell("published", link)).status).toBe(200);
    expect(await read(scene.editor, address)).toMatchObject({
      state: "published",
      take_down: { cause: null },
    });
  });

  it("and outcome are two requests, and one of another attempt is not found", async () => {
    const { address, attempt } = await begun();
    expect((await attempt.put({ intent: {}, outcome: { state: "failed" } })).status).toBe(422);
    expect((await scene.operator.put(`${address}/attempts/9`, { fence: attempt.fence })).status).toBe(404);
    expect((await scene.neighbour.put(`${address}/attempts/1`, { fence: attempt.fence })).status).toBe(404);
  });
});

describe("a link without an account", () => {
  it("is news of what was handed over on that website, and of no other one", async () => {
    const origin = "https://cibitung.example.go.id";
    const announced = { label: "Cibitung", destination: "kecamatan", mode: "pending" };
    await scene.operator.put(`/outlets/web/${encodeURIComponent(origin)}`, announced);
    const id = await scene.approved();
    const address = await scene.planned(id, { account: origin });
    const attempt = await granted(scene.operator, address);
    await attempt.intend();
    await attempt.tell("handed_over", { remote_id: "7" });
    const record = (url: string) =>
      scene.editor.post(`/submissions/${id}/publications`, { channel: "web", state: "published", url });
    expect((await record("https://www.bekasikab.go.id/berita/1")).body.account).toBe("");
    expect(await read(scene.editor, address)).toMatchObject({ state: "handed_over" });
    expect((await record(`${origin}/berita/7`)).body.account).toBe(origin);
    expect(await read(scene.editor, address)).toMatchObject({
      state: "published",
      url: `${origin}/berita/7`,
    });
  });
});

describe("what was handed over", () => {
  const ours = "https://cibitung.example.go.id";
  const theirs = "https://bekasikab.example.go.id";
  const handedTo = async (account: string, more: object) => {
    await announce(scene.editor, account, { mode: "pending", ...more });
    const id = await scene.approved();
    const address = await scene.planned(id, { account });
    const attempt = await granted(scene.editor, address);
    await attempt.intend();
    await attempt.tell("handed_over", { remote_id: "7" });
    const record = (client: Scene["editor"], wanted: object) =>
      client.post(`/submissions/${id}/publications`, { channel: "web", state: "published", ...wanted });
    return { id, address, record };
  };

  it.each([
    ["names no account", {}],
    ["names it", { account: theirs }],
  ])(
    "to the kabupaten's site is published by an editor's word, not by an operator's link that %s",
    async (_, named) => {
      const { address, record } = await handedTo(theirs, { destination: "kabupaten" });
      const url = `${theirs}/berita/7`;
      expect(why(await record(scene.operator, { url, ...named }))).toEqual([403, "handed-over"]);
      expect((await read(scene.editor, address)).state).toBe("handed_over");
      expect((await record(scene.editor, { url, ...named })).body).toMatchObject({ state: "published", url });
      expect((await read(scene.editor, address)).url).toBe(url);
    },
  );

  it("to the kecamatan's own site is published by a link of its operators, and by no word without one", async () => {
    const { address, record } = await handedTo(ours, { kecamatan: cibitung });
    const bare = await record(scene.colleague, { account: ours });
    expect([bare.status, bare.body.errors]).toEqual([422, [{ pointer: "/url", detail: "required" }]]);
    expect((await scene.colleague.put(address, { state: "failed", reason: "Ditolak." })).status).toBe(403);
    const asking = await granted(scene.colleague, address);
    const url = `${ours}/berita/7`;
    expect((await record(scene.colleague, { url })).body).toMatchObject({
      state: "published",
      account: ours,
    });
    expect(why(await asking.renew())).toEqual([409, "decided"]);
    // Nobody waits for the machine that was asking.
    await scene.colleague.post(`${address}/take-down`, { cause: "mistake" });
    expect((await granted(scene.editor, address)).kind).toBe("take_down");
  });
});

describe("an outcome", () => {
  it("published has link, id and time, and the first time of the submission stays", async () => {
    const { id, address, attempt } = await begun();
    await attempt.intend();
    scene.pass(minute);
    const first = now();
    const told = await attempt.tell("published", link);
    expect([told.status, told.body.outcome]).toEqual([200, "published"]);
    expect(await read(scene.editor, address)).toMatchObject({
      state: "published",
      published_at: first,
      held: null,
      ...link,
    });
    scene.pass(hour);
    expect((await attempt.tell("published", link)).body).toEqual(told.body);
    const second = await granted(
      scene.editor,
      await scene.planned(id, { account: "bekasikab.example.go.id" }),
    );
    await second.intend();
    await second.tell("published", { remote_id: "8" });
    expect((await read(scene.editor, address)).published_at).toBe(first);
    const row = await scene.newsroom.stores(({ store }) =>
      store
        .selectFrom("submissions")
        .select("first_published_at")
        .where("id", "=", id)
        .executeTakeFirstOrThrow(),
    );
    expect(row.first_published_at).toBe(first);
    expect((await scene.editor.get(`/submissions/${id}`)).body.shown).toBe("published");
  });

  it("needs an intent, where something was sent", async () => {
    const { attempt } = await begun();
    for (const state of ["published", "handed_over", "unclear"]) {
      expect(why(await attempt.tell(state, link))).toEqual([409, "intent"]);
    }
    expect((await attempt.tell("absent")).status, "only a lookup proves it").toBe(422);
    expect((await attempt.tell("failed", { code: "login" })).status).toBe(200);
  });

  it("failed says why, and lets the next one send at once", async () => {
    const { address, attempt } = await begun();
    await attempt.intend({ photos: ["1"] });
    await attempt.tell("failed", { code: "refused", reason: "Foto terlalu kecil" });
    expect(await read(scene.editor, address)).toMatchObject({
      state: "failed",
      reason: "Foto terlalu kecil",
      held: null,
    });
    expect((await attempt.tell("failed")).status).toBe(200);
    expect(await granted(scene.colleague, address)).toMatchObject({ kind: "send", earlier: null });
  });

  it("unclear is looked for; what is absent may be sent again with what was prepared", async () => {
    const { address, look } = await unclear();
    expect(look).toMatchObject({ kind: "look", earlier: { number: 1, outcome: "unclear" } });
    expect((await look.tell("absent")).status).toBe(200);
    expect(await read(scene.editor, address)).toMatchObject({ state: "failed", reason: "absent" });
    const again = await granted(scene.operator, address);
    expect(again).toMatchObject({
      number: 3,
      kind: "send",
      look_after: null,
      // By this the next machine knows that it sends the very same, which a channel takes once.
      earlier: { number: 1, intent: { slug: "kominfo-1" }, outcome: "absent" },
    });
  });

  it("of a look that finds nothing out leaves it unclear, for the next one", async () => {
    const { address, look } = await unclear();
    await look.tell("unclear");
    expect((await read(scene.editor, address)).state).toBe("unclear");
    expect((await granted(scene.publisher, address)).kind).toBe("look");
  });

  it("of a look that finds it is published, and its machine that tells so later is right too", async () => {
    const { address, attempt, look } = await unclear();
    await look.tell("published", link);
    expect(await read(scene.editor, address)).toMatchObject({ state: "published", ...link });
    expect((await attempt.tell("published", link)).status).toBe(200);
    expect(why(await attempt.tell("published", { remote_id: "99" }))).toEqual([409, "decided"]);
    expect(await read(scene.editor, address)).toMatchObject(link);
  });

  it("published is taken however late, also from another machine's lookup that comes to nothing", async () => {
    const { address, attempt, look } = await unclear();
    scene.pass(30 * minute);
    expect((await attempt.tell("published", link)).status).toBe(200);
    expect((await read(scene.editor, address)).state).toBe("published");
    expect(why(await look.tell("absent"))).toEqual([409, "decided"]);
    expect((await look.tell("unclear")).status).toBe(200);
    expect((await read(scene.editor, address)).state).toBe("published");
  });

  it("published is taken also when it was thought absent: the next sender is stopped before it sends", async () => {
    const { address, attempt, look } = await unclear();
    await look.tell("absent");
    const again = await granted(scene.colleague, address);
    expect((await attempt.tell("published", link)).status).toBe(200);
    expect((await read(scene.editor, address)).state).toBe("published");
    expect(why(await again.intend())).toEqual([409, "fence"]);
  });

  it("that contradicts is refused, and changes nothing", async () => {
    const { address, attempt } = await begun();
    await attempt.intend();
    await attempt.tell("published", link);
    for (const state of ["failed", "unclear", "handed_over"]) {
      expect(why(await attempt.tell(state))).toEqual([409, "decided"]);
    }
    expect(await read(scene.editor, address)).toMatchObject({ state: "published", ...link });
    const failed = await begun();
    await failed.attempt.intend();
    await failed.attempt.tell("failed");
    expect(why(await failed.attempt.tell("published", link))).toEqual([409, "decided"]);
    const down = await begun();
    await down.attempt.intend();
    await down.attempt.tell("published", link);
    await scene.editor.put(down.address, { state: "unpublished", reason: "Keliru" });
    expect((await read(scene.editor, down.address)).state).toBe("unpublished");
    expect((await down.attempt.tell("published", link)).status).toBe(200);
    expect((await read(scene.editor, down.address)).state, "told before").toBe("unpublished");
  });

  it("failed of an old attempt says nothing about the one that sends now", async () => {
    const { address, attempt, look } = await unclear();
    await look.tell("absent");
    const again = await granted(scene.colleague, address);
    await again.intend();
    expect(why(await attempt.tell("failed"))).toEqual([409, "decided"]);
    expect((await read(scene.editor, address)).state).toBe("publishing");
    await again.tell("published", link);
    expect((await read(scene.editor, address)).state).toBe("published");
  });

  it("failed of an old attempt says nothing about a later one that may be out", async () => {
    const { address, attempt } = await begun();
    await attempt.intend();
    // Its machine sleeps. Whoever looks finds nothing, a person decides, and another machine sends.
    scene.pass(10 * minute);
    await (await granted(scene.publisher, address)).tell("unclear");
    expect((await scene.editor.put(address, { state: "failed", reason: "Tidak ada." })).status).toBe(200);
    const second = await granted(scene.colleague, address);
    await second.intend({ slug: "kominfo-2" });
    expect((await second.tell("unclear", { code: "timeout" })).status).toBe(200);
    expect((await attempt.tell("failed", { code: "too-late" })).status).toBe(200);
    expect((await read(scene.editor, address)).state).toBe("unclear");
    const look = await granted(scene.publisher, address);
    expect(look).toMatchObject({ kind: "look", earlier: { number: second.number } });
    // Of the last one that sent, its own machine knows.
    expect((await second.tell("published", link)).status).toBe(200);
    expect((await read(scene.editor, address)).state).toBe("published");
  });

  it("handed over is asked for, until the website's editors have published it or sent it back", async () => {
    const { address, attempt } = await begun();
    await attempt.intend();
    await attempt.tell("handed_over", { remote_id: "70" });
    expect(await read(scene.editor, address)).toMatchObject({ state: "handed_over", remote_id: "70" });
    expect((await grant(scene.editor, address)).body).toMatchObject({ kind: "follow" });
    expect((await grant(scene.publisher, address)).body.type).toBe("urn:kominfo:problem:held");
    scene.pass(10 * minute);
    const follow = await granted(scene.publisher, address);
    await follow.tell("published", { ...link, remote_id: "70" });
    expect(await read(scene.editor, address)).toMatchObject({ state: "published", url: link.url });
    const back = await begun();
    await back.attempt.intend();
    await back.attempt.tell("handed_over", { remote_id: "71" });
    await (await granted(scene.editor, back.address)).tell("failed", { reason: "Dikembalikan redaksi web" });
    expect(await read(scene.editor, back.address)).toMatchObject({
      state: "failed",
      reason: "Dikembalikan redaksi web",
    });
  });
});

describe("a redaction", () => {
  const canary = "Nama Korban Rahasia";
  const kept = (id: string) =>
    scene.newsroom.stores(async ({ store }) => {
      const approvals = await store
        .selectFrom("approvals")
        .selectAll()
        .where("submission_id", "=", id)
        .execute();
      const attempts = await store.selectFrom("publication_attempts").selectAll().execute();
      return JSON.stringify([approvals, attempts]);
    });

  it("reaches what was frozen and what attempts are looked up by; what was sent is still looked for", async () => {
    const id = await scene.approved({ title: canary });
    const address = await scene.planned(id);
    const attempt = await granted(scene.operator, address);
    await attempt.intend({ text: canary });
    await attempt.tell("unclear");
    expect(await kept(id)).toContain(canary);
    const legal = { reason: "Diminta", legal_basis: "UU 27/2022" };
    await scene.admin.post("/redactions", { submission: id, revision: 1, ...legal });
    expect(await kept(id)).not.toContain(canary);
    const look = await granted(scene.editor, address);
    expect(JSON.stringify(look)).not.toContain(canary);
    expect(look).toMatchObject({ kind: "look", earlier: { intent: {} } });
  });
});

describe("a person decides", () => {
  it.each([
    ["published", link.url],
    ["failed", undefined],
  ])("that what is unclear is %s: an editor, with a reason", async (state, url) => {
    const { address, look } = await unclear();
    const told = { state, url, reason: "Saya lihat di situsnya." };
    for (const [who, status] of [
      [scene.operator, 403],
      [scene.publisher, 403],
    ] as const) {
      expect((await who.put(address, told)).status).toBe(status);
    }
    const bare = await scene.editor.put(address, { state, url });
    expect([bare.status, bare.body.errors[0].pointer]).toEqual([422, "/reason"]);
    const { status, body } = await scene.editor.put(address, told);
    expect([status, body]).toMatchObject([200, { state, reason: told.reason, held: null }]);
    expect((await scene.editor.put(address, { state: "scheduled", reason: "x" })).status).not.toBe(500);
    // Whoever looks is not waited for any more.
    if (state === "failed") expect((await granted(scene.operator, address)).kind).toBe("send");
    else expect(why(await look.tell("absent"))).toEqual([409, "decided"]);
  });

  it.each([
    ["published", "unclear"],
    ["failed", "unclear"],
    ["published", "handed_over"],
    ["failed", "handed_over"],
  ])(
    "that it is %s while a machine asks about what is %s: it does not get its lease again",
    async (state, from) => {
      const { address, attempt } = await begun();
      await attempt.intend();
      await attempt.tell(from, { remote_id: "70" });
      const asking = await granted(scene.editor, address);
      expect((await asking.renew()).status).toBe(200);
      const told = {
        state,
        reason: "Saya lihat di situsnya.",
        ...(state === "published" && { url: link.url }),
      };
      expect((await scene.editor.put(address, told)).status).toBe(200);
      expect(why(await asking.renew())).toEqual([409, "decided"]);
      expect(await read(scene.editor, address)).toMatchObject({ state, reason: told.reason, held: null });
      // What the decision allows is not waited for.
      if (state === "failed") expect((await granted(scene.operator, address)).kind).toBe("send");
    },
  );

  it("that it failed while its own machine was still at it, and plans it again: the machine is told so", async () => {
    const { address, attempt } = await begun();
    await attempt.intend();
    scene.pass(11 * minute);
    expect((await granted(scene.editor, address)).kind).toBe("look");
    expect(why(await attempt.renew())).toEqual([409, "fence"]);
    const { address: other, attempt: late } = await begun();
    await late.intend();
    scene.pass(11 * minute);
    const { id } = (await scene.editor.get(other.split("/publications/")[0]!)).body;
    // A look at the submission's steps settles what was left behind, without a lease.
    await scene.newsroom.stores(({ store }) =>
      store
        .updateTable("publications")
        .set({ state: "unclear" })
        .where("submission_id", "=", id)
        .where("state", "=", "publishing")
        .execute(),
    );
    expect((await late.renew()).status, "nobody has decided yet").toBe(200);
    const told = { state: "failed", reason: "Tidak ada di situsnya." };
    expect((await scene.editor.put(other, told)).status).toBe(200);
    expect((await scene.editor.put(other, { state: "planned" })).status).toBe(200);
    expect(why(await late.renew())).toEqual([409, "decided"]);
    expect(await read(scene.editor, other)).toMatchObject({ state: "planned", held: null });
  });

  it("that what was handed over is published, without a reason; an operator records the link", async () => {
    const handed = async () => {
      const { id, address, attempt } = await begun();
      await attempt.intend();
      await attempt.tell("handed_over", { remote_id: "70" });
      return { id, address };
    };
    const first = await handed();
    expect((await scene.operator.put(first.address, { state: "published" })).status).toBe(403);
    expect((await scene.editor.put(first.address, { state: "published", url: link.url })).body).toMatchObject(
      {
        state: "published",
        remote_id: "70",
        url: link.url,
      },
    );
    const second = await handed();
    const recorded = { channel: "web", account: site, state: "published", url: link.url };
    const answer = await scene.operator.post(`/submissions/${second.id}/publications`, recorded);
    expect([answer.status, answer.body.id]).toEqual([200, second.address.split("/").at(-1)]);
  });

  it("of an unclear one that an older newsroom has twice: each is a fact of its own", async () => {
    const { id, address } = await unclear();
    const twin = uuid();
    await scene.newsroom.stores(async ({ store }) => {
      const row = await store
        .selectFrom("publications")
        .selectAll()
        .where("id", "=", address.split("/").at(-1)!)
        .executeTakeFirstOrThrow();
      await store
        .insertInto("publications")
        .values({ ...row, id: twin, slot: null })
        .execute();
    });
    const told = { state: "published", url: link.url, reason: "Ada dua." };
    for (const publication of [address, `/submissions/${id}/publications/${twin}`]) {
      expect((await scene.editor.put(publication, told)).status).toBe(200);
    }
  });
});
