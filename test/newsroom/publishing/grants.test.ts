import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { jpeg, photo, uploadPhoto } from "../support/newsroom.js";
import {
  announce,
  attemptOf,
  grant,
  granted,
  hour,
  kabupaten,
  minute,
  read,
  type Scene,
  setScene,
  site,
  siteOfSetu,
  uuid,
  why,
} from "./scene.js";

let scene: Scene;
beforeAll(async () => {
  scene = await setScene();
}, 60_000);
afterAll(() => scene.remove());

const later = (ms: number) => new Date(scene.newsroom.clock.now.getTime() + ms).toISOString();

describe("a grant", () => {
  it("gives the machine ten minutes, a fence, and exactly what was approved", async () => {
    const id = await scene.approved({ title: "Judul yang disetujui" });
    const address = await scene.planned(id);
    const before = (await scene.editor.get("/changes")).body.next;
    const attempt = await granted(scene.operator, address);
    expect(attempt).toMatchObject({
      number: 1,
      kind: "send",
      lease_until: later(10 * minute),
      intent_at: null,
      outcome: null,
      earlier: null,
      look_after: null,
      corrects: null,
      publication: { state: "publishing", account: site },
    });
    const { frozen, channels } = (await scene.editor.get(`/submissions/${id}/renderings`)).body;
    expect([frozen, channels[0]]).toEqual([true, attempt.rendering]);
    expect(JSON.stringify(attempt.rendering)).toContain("Judul yang disetujui");
    const seen = (await scene.editor.get(`/submissions/${id}`)).body;
    expect(seen.publications[0].held).toEqual({ by: attempt.by, until: attempt.lease_until });
    expect((await scene.editor.get(`/changes?since=${before}`)).body.items).toMatchObject([
      { submission: id, what: "publication" },
    ]);
  });

  it("is refused to everybody else while the lease runs, with who has it and until when", async () => {
    const address = await scene.planned(await scene.approved());
    const attempt = await granted(scene.operator, address);
    scene.pass(9 * minute);
    for (const other of [scene.operator, scene.colleague, scene.editor, scene.publisher]) {
      const { status, body } = await grant(other, address);
      expect([status, body.type, body.held]).toEqual([
        409,
        "urn:kominfo:problem:held",
        { by: attempt.by.name, until: attempt.lease_until },
      ]);
    }
    expect((await attempt.renew()).body.lease_until).toBe(later(10 * minute));
    scene.pass(9 * minute);
    expect((await grant(scene.colleague, address)).status).toBe(409);
    scene.pass(minute);
    expect((await read(scene.editor, address)).held).toBeNull();
    expect((await granted(scene.colleague, address)).kind).toBe("send");
  });

  it("asked for again under the same key is the same attempt, with its fence", async () => {
    const address = await scene.planned(await scene.approved());
    const key = uuid();
    const first = await grant(scene.operator, address, {}, key);
    const again = await grant(scene.operator, address, {}, key);
    expect([first.status, again.status, again.body]).toEqual([201, 201, first.body]);
    expect((await grant(scene.operator, address, { again: true }, key)).status).toBe(422);
    expect((await grant(scene.operator, address, {}, uuid())).status).toBe(409);
  });

  it("keeps the post from being revoked, planned anew, recorded or decided by hand", async () => {
    const id = await scene.approved();
    const address = await scene.planned(id);
    await granted(scene.operator, address);
    const revoked = { step: "revoke", reason: "Keliru" };
    expect((await scene.editor.post(`/submissions/${id}/transitions`, revoked)).status).toBe(409);
    for (const state of ["published", "failed", "planned", "unpublished"]) {
      const told = await scene.editor.put(address, { state, reason: "Lihat sendiri" });
      expect([told.status, told.body.possible]).toEqual([409, []]);
    }
    expect((await scene.editor.put(address, { state: "publishing" })).status).toBe(409);
    const link = { channel: "web", account: site, state: "published", url: "https://c.example/1" };
    expect(why(await scene.editor.post(`/submissions/${id}/publications`, link))).toEqual([409, "undecided"]);
  });

  it("of what an operator may not see is not found, and of nothing neither", async () => {
    const address = await scene.planned(await scene.approved());
    expect((await grant(scene.neighbour, address)).status).toBe(404);
    expect((await grant(scene.editor, address.replace(/[^/]+$/, uuid()))).status).toBe(404);
    expect(
      (await grant(scene.editor, address.replace(/\/submissions\/[^/]+/, `/submissions/${uuid()}`))).status,
    ).toBe(404);
  });

  it("asked for with a body that says more is invalid", async () => {
    const address = await scene.planned(await scene.approved());
    expect((await grant(scene.editor, address, { force: true })).status).toBe(422);
  });

  it("freezes what each channel shows, for approvals from before they did", async () => {
    const id = await scene.approved();
    const stored = () =>
      scene.newsroom.stores(({ store }) =>
        store
          .selectFrom("approvals")
          .select("renderings")
          .where("submission_id", "=", id)
          .executeTakeFirstOrThrow(),
      );
    await scene.newsroom.stores(({ store }) =>
      store.updateTable("approvals").set({ renderings: null }).where("submission_id", "=", id).execute(),
    );
    expect((await scene.editor.get(`/submissions/${id}/renderings`)).body).toMatchObject({ frozen: false });
    const attempt = await granted(scene.editor, await scene.planned(id));
    const { renderings } = await stored();
    expect(JSON.parse(renderings!).map(({ channel }: { channel: string }) => channel)).toEqual(["web", "x"]);
    expect(JSON.parse(renderings!)[0]).toEqual(attempt.rendering);
  });
});

describe("what is sent", () => {
  it("is approved, in this revision, for this channel", async () => {
    const id = await scene.approved();
    const address = await scene.planned(id);
    await scene.editor.post(`/submissions/${id}/transitions`, { step: "revoke", reason: "Keliru" });
    expect(why(await grant(scene.editor, address))).toEqual([409, "not-approved"]);
    const second = await scene.approved();
    const old = await scene.planned(second);
    await scene.editor.post(`/submissions/${second}/publications`, {
      channel: "web",
      account: kabupaten,
      state: "published",
      url: "https://b.example/1",
    });
    await scene.correct(second, 2);
    expect(why(await grant(scene.editor, old))).toEqual([409, "not-approved"]);
  });

  it.each(["planned", "scheduled"])(
    "is no revision that is not approved any more: what is %s of it has failed and says so, at once and for both ways",
    async (state) => {
      const plan = { state, ...(state === "scheduled" && { scheduled_for: later(hour) }) };
      const stopped = { state: "failed", reason: "not-approved" };
      const revoked = await scene.approved();
      const first = await scene.planned(revoked, plan);
      const step = { step: "revoke", reason: "Keliru" };
      await scene.editor.post(`/submissions/${revoked}/transitions`, step);
      expect(await read(scene.editor, first)).toMatchObject(stopped);

      const corrected = await scene.approved();
      await scene.editor.post(`/submissions/${corrected}/publications`, {
        ...{ channel: "web", account: kabupaten, state: "published", url: "https://b.example/2" },
      });
      const second = await scene.planned(corrected, plan);
      const { content } = (await scene.operator.get(`/submissions/${corrected}`)).body;
      const revision = { content: { ...content, body: "Ralat." } };
      await scene.operator.put(`/submissions/${corrected}`, revision, { "if-match": '"r1"' });
      expect(await read(scene.editor, second)).toMatchObject(stopped);
    },
  );

  it.each(["cancelled", "not-approved", "restored"])(
    "is nothing whose plan has ended (%s), for a machine that had planned it before; only what somebody plans anew",
    async (reason) => {
      const id = await scene.approved();
      const address = await scene.planned(id);
      expect((await scene.editor.put(address, { state: "failed", reason })).status).toBe(200);
      const refused = [409, reason === "cancelled" ? "cancelled" : "plan-stopped"];
      for (const machine of [scene.operator, scene.editor, scene.publisher]) {
        expect(why(await grant(machine, address))).toEqual(refused);
        expect(why(await grant(machine, address, { again: true }))).toEqual(refused);
      }
      expect(await read(scene.editor, address)).toMatchObject({ state: "failed", reason });
      expect(await scene.planned(id), "the same row").toBe(address);
      expect((await granted(scene.operator, address)).kind).toBe("send");
    },
  );

  it("is what has failed otherwise, also without a new plan", async () => {
    const address = await scene.planned(await scene.approved());
    const attempt = await granted(scene.operator, address);
    await attempt.tell("failed", { code: "interrupted", reason: "interrupted" });
    expect((await granted(scene.operator, address)).kind).toBe("send");
  });

  it("waits for embargo, not_before and its own time, by the newsroom's clock", async () => {
    const [embargo, not_before, scheduled_for] = [later(hour), later(2 * hour), later(3 * hour)];
    const id = await scene.approved({ embargo }, { not_before });
    const address = await scene.planned(id);
    const early = async (of: string) => (await grant(scene.operator, of)).body;
    expect(await early(address)).toMatchObject({ detail: "embargo", not_before });
    const timed = await scene.planned(id, { account: kabupaten, state: "scheduled", scheduled_for });
    expect((await grant(scene.editor, timed)).body).toMatchObject({
      detail: "embargo",
      not_before: scheduled_for,
    });
    scene.pass(2 * hour - 1);
    expect(await early(address)).toMatchObject({ detail: "embargo", not_before });
    scene.pass(1);
    await granted(scene.operator, address);
    expect((await grant(scene.publisher, timed)).status).toBe(409);
    scene.pass(hour);
    await granted(scene.publisher, timed);
  });

  it("is sent two hours late, and asked about four hours late", async () => {
    const due = later(minute);
    const scheduled = { state: "scheduled", scheduled_for: due };
    const first = await scene.planned(await scene.approved(), scheduled);
    const second = await scene.planned(await scene.approved(), scheduled);
    scene.pass(minute + 2 * hour);
    await granted(scene.publisher, first);
    scene.pass(2 * hour);
    expect(why(await grant(scene.publisher, second))).toEqual([409, "late"]);
    expect((await read(scene.editor, second)).state).toBe("scheduled");
    await granted(scene.editor, second, { again: true });
  });

  it("is late also when the machine that began it in time has died", async () => {
    const address = await scene.planned(await scene.approved(), {
      state: "scheduled",
      scheduled_for: later(minute),
    });
    scene.pass(minute);
    await granted(scene.publisher, address);
    scene.pass(4 * hour);
    expect(why(await grant(scene.publisher, address))).toEqual([409, "late"]);
    expect(await read(scene.editor, address)).toMatchObject({ state: "scheduled", reason: "abandoned" });
  });

  it("goes to an account that a machine has announced, among the approval's destinations, by those whose it is", async () => {
    const onlyKecamatan = await scene.approved({}, { destinations: ["kecamatan"] });
    const onlyKabupaten = await scene.approved({}, { destinations: ["kabupaten"] });
    const to = (id: string, account: string) => scene.planned(id, { account });
    expect(why(await grant(scene.editor, await to(onlyKecamatan, "entah.example")))).toEqual([
      409,
      "unknown-account",
    ]);
    expect(why(await grant(scene.editor, await to(onlyKecamatan, kabupaten)))).toEqual([409, "destination"]);
    expect(why(await grant(scene.editor, await to(onlyKecamatan, siteOfSetu)))).toEqual([409, "destination"]);
    expect(why(await grant(scene.editor, await to(onlyKabupaten, site)))).toEqual([409, "destination"]);
    expect((await grant(scene.operator, await to(onlyKabupaten, kabupaten))).status).toBe(403);
    await granted(scene.publisher, await to(onlyKabupaten, kabupaten));
    await granted(scene.colleague, await to(onlyKecamatan, site));
    const both = await scene.approved();
    expect((await grant(scene.operator, await to(both, kabupaten))).status).toBe(403);
    await granted(scene.editor, await to(both, kabupaten));
  });

  it("is not out already by a link without its account, unless a person has agreed", async () => {
    const id = await scene.approved();
    const link = { channel: "web", state: "published", url: "https://c.example/1" };
    const address = await scene.planned(id);
    await scene.operator.post(`/submissions/${id}/publications`, link);
    expect(why(await grant(scene.operator, address))).toEqual([409, "already-out"]);
    await granted(scene.operator, address, { again: true });
    const published = await scene.approved();
    const there = await scene.planned(published);
    await scene.operator.put(there, { state: "published", url: "https://c.example/2" });
    expect(why(await grant(scene.operator, there, { again: true }))).toEqual([409, "already-out"]);
    await scene.editor.put(there, { state: "unpublished", reason: "Keliru" });
    expect(why(await grant(scene.operator, there))).toEqual([409, "taken-down"]);
  });

  it("is not out already by a link whose account a person has typed, which is no account's id", async () => {
    const id = await scene.approved();
    const link = { channel: "web", state: "published", url: "https://c.example/1" };
    const address = await scene.planned(id);
    await scene.operator.post(`/submissions/${id}/publications`, { ...link, account: "Situs kecamatan" });
    expect(why(await grant(scene.publisher, address))).toEqual([409, "already-out"]);
    // A link on another account that is known says nothing about this one.
    const other = await scene.approved();
    const there = await scene.planned(other);
    await scene.editor.post(`/submissions/${other}/publications`, { ...link, account: kabupaten });
    const attempt = await granted(scene.operator, there);
    scene.pass(minute);
    await scene.operator.post(`/submissions/${other}/publications`, { ...link, account: "Situs kami" });
    expect(why(await attempt.intend())).toEqual([409, "already-out"]);
  });

  it("has lost neither its text nor a photo to a redaction", async () => {
    const sent = await jpeg(5);
    await uploadPhoto(scene.newsroom, scene.operatorToken, sent);
    const why_ = { reason: "Diminta", legal_basis: "UU 27/2022" };
    const first = await scene.approved({ photos: [photo(sent.hash)] });
    const second = await scene.approved();
    const [withPhoto, withText] = [await scene.planned(first), await scene.planned(second)];
    await scene.admin.post("/redactions", { sha256: sent.hash, ...why_ });
    await scene.admin.post("/redactions", { submission: second, revision: 1, ...why_ });
    expect(why(await grant(scene.editor, withPhoto))).toEqual([409, "redacted"]);
    expect(why(await grant(scene.editor, withText))).toEqual([409, "redacted"]);
  });

  it("is tried a hundred times at most", async () => {
    const address = await scene.planned(await scene.approved());
    for (let n = 0; n < 100; n++) {
      const attempt = await granted(scene.editor, address);
      await attempt.tell("failed", { reason: "Situs mati" });
    }
    expect((await grant(scene.editor, address)).status).toBe(422);
  });
});

describe("what a machine has left behind when its lease ends", () => {
  it("is sent by the next one, if it had not announced to send", async () => {
    const address = await scene.planned(await scene.approved());
    const first = await granted(scene.operator, address);
    scene.pass(10 * minute);
    const second = await granted(scene.publisher, address);
    expect(second).toMatchObject({ number: 2, kind: "send", earlier: null });
    for (const late of [first.renew(), first.intend()]) expect(why(await late)).toEqual([409, "fence"]);
    expect((await second.intend()).status).toBe(200);
  });

  it("is looked for by the next one, if it had: two minutes after the intent, and by one at a time", async () => {
    const address = await scene.planned(await scene.approved());
    const first = await granted(scene.operator, address);
    scene.pass(9 * minute);
    const announced = await first.intend({ slug: "kominfo-7", photos: ["1", "2"] });
    expect(announced.body.intent_at).toBe(later(0));
    const visible = later(2 * minute);
    expect((await grant(scene.colleague, address)).status).toBe(409);
    scene.pass(minute);
    const second = await granted(scene.colleague, address);
    expect(second).toMatchObject({
      number: 2,
      kind: "look",
      look_after: visible,
      publication: { state: "unclear" },
    });
    expect(second.earlier).toMatchObject({
      number: 1,
      intent: { slug: "kominfo-7", photos: ["1", "2"] },
      outcome: null,
    });
    expect((await grant(scene.publisher, address)).body.held.by).toBe(second.by.name);
    scene.pass(10 * minute);
    const third = await granted(scene.publisher, address);
    expect(third).toMatchObject({ number: 3, kind: "look", earlier: { number: 1 } });
    expect(why(await third.intend())).toEqual([409, "intent"]);
  });

  it("is settled also where nothing may be sent any more: no row stays as being published", async () => {
    const id = await scene.approved();
    const address = await scene.planned(id);
    await granted(scene.operator, address);
    const revised = {
      content: { ...(await scene.operator.get(`/submissions/${id}`)).body.content, body: "Ralat." },
    };
    expect((await scene.operator.put(`/submissions/${id}`, revised, { "if-match": '"r1"' })).body.state).toBe(
      "submitted",
    );
    scene.pass(10 * minute);
    expect(why(await grant(scene.operator, address))).toEqual([409, "not-approved"]);
    expect(await read(scene.editor, address)).toMatchObject({ state: "failed", reason: "abandoned" });
  });

  it("is settled by a step that depends on it: a laptop that died before it sent does not keep an approval from being revoked", async () => {
    const id = await scene.approved();
    const address = await scene.planned(id);
    await granted(scene.operator, address);
    const revoke = () =>
      scene.editor.post(`/submissions/${id}/transitions`, { step: "revoke", reason: "Keliru" });
    expect((await revoke()).status).toBe(409);
    scene.pass(10 * minute);
    expect((await revoke()).body.state).toBe("in_review");
    expect(await read(scene.editor, address)).toMatchObject({ state: "failed", reason: "abandoned" });
  });

  it("keeps one row of many lookups, however often a website is asked", async () => {
    const address = await scene.planned(await scene.approved());
    const first = await granted(scene.editor, address);
    await first.intend();
    await first.tell("handed_over", { remote_id: "77" });
    for (let n = 0; n < 5; n++) {
      const next = await granted(scene.editor, address);
      expect(next.kind).toBe("follow");
      expect((await next.tell("handed_over", { remote_id: "77" })).status).toBe(200);
    }
    const rows = await scene.newsroom.stores(({ store }) =>
      store
        .selectFrom("publication_attempts")
        .select("number")
        .where("publication_id", "=", address.split("/").at(-1)!)
        .orderBy("number")
        .execute(),
    );
    expect(rows.map(({ number }) => number)).toEqual([1, 5, 6]);
  });

  it("by a process that knows no attempts is unclear", async () => {
    const address = await scene.planned(await scene.approved());
    await scene.newsroom.stores(({ store }) =>
      store
        .updateTable("publications")
        .set({ state: "publishing" })
        .where("id", "=", address.split("/").at(-1)!)
        .execute(),
    );
    expect(await granted(scene.editor, address)).toMatchObject({
      kind: "look",
      earlier: null,
      look_after: null,
    });
  });
});

describe("a grant whose answer was lost", () => {
  it("is another attempt once the lease of the first has ended, and settles that", async () => {
    const address = await scene.planned(await scene.approved());
    const key = uuid();
    const first = (await grant(scene.operator, address, {}, key)).body;
    scene.pass(10 * minute);
    const again = await grant(scene.operator, address, {}, key);
    expect([again.status, again.body]).toMatchObject([201, { number: 2, kind: "send" }]);
    expect(again.body.fence).not.toBe(first.fence);
    expect((await attemptOf(scene.operator, address, again.body).intend()).status).toBe(200);
    // Somebody else has it by now.
    expect((await grant(scene.operator, address, {}, key)).body.held.by).toEqual(expect.any(String));
    await attemptOf(scene.operator, address, again.body).tell("published", { remote_id: "7" });
    expect(why(await grant(scene.operator, address, {}, key))).toEqual([409, "already-out"]);
  });

  it("is another attempt after days, when nothing more is known of the answer", async () => {
    const address = await scene.planned(await scene.approved());
    const key = uuid();
    await grant(scene.operator, address, {}, key);
    scene.pass(10 * minute);
    await scene.newsroom.stores(({ store }) =>
      store.updateTable("idempotency_keys").set({ body: "" }).where("key", "=", key).execute(),
    );
    expect((await grant(scene.operator, address, {}, key)).body).toMatchObject({ number: 2, kind: "send" });
  });

  it("is another attempt where it was a lookup that others have followed", async () => {
    const address = await scene.planned(await scene.approved());
    const sent = await granted(scene.editor, address);
    await sent.intend();
    await sent.tell("unclear");
    const key = uuid();
    expect((await grant(scene.operator, address, {}, key)).body.kind).toBe("look");
    scene.pass(10 * minute);
    for (let n = 0; n < 3; n += 1) await (await granted(scene.editor, address)).tell("unclear");
    expect((await grant(scene.operator, address, {}, key)).body).toMatchObject({ number: 6, kind: "look" });
  });
});

describe("a correction", () => {
  it("is not sent while nobody knows whether the first one is out, and says then what it corrects", async () => {
    const id = await scene.approved();
    const first = await granted(scene.operator, await scene.planned(id));
    await first.intend();
    await scene.correct(id, 2);
    const address = await scene.planned(id);
    expect(why(await grant(scene.operator, address))).toEqual([409, "earlier-undecided"]);
    scene.pass(10 * minute);
    expect(why(await grant(scene.operator, address))).toEqual([409, "earlier-undecided"]);
    await first.tell("published", { remote_id: "12", url: "https://c.example/12" });
    const second = await granted(scene.operator, address);
    expect(second.corrects).toEqual({ remote_id: "12", url: "https://c.example/12" });
    expect(second.publication).toMatchObject({ revision: 2, correction: true });
    const other = await granted(scene.editor, await scene.planned(id, { account: kabupaten }));
    expect(other.corrects).toBeNull();
  });

  it("is not sent while the first one waits at the website, whose editors may publish it still", async () => {
    const id = await scene.approved();
    const onWeb = await scene.planned(id);
    const first = await granted(scene.operator, onWeb);
    await first.intend();
    await first.tell("handed_over", { remote_id: "12" });
    await scene.correct(id, 2);
    const address = await scene.planned(id);
    expect(why(await grant(scene.operator, address))).toEqual([409, "earlier-handed-over"]);
    await (await granted(scene.editor, onWeb)).tell("failed", { code: "returned" });
    expect((await granted(scene.operator, address)).corrects).toBeNull();
  });

  it("is sent once the first one's machine has died before it announced to send", async () => {
    const id = await scene.approved();
    await granted(scene.operator, await scene.planned(id));
    await scene.correct(id, 2);
    const address = await scene.planned(id);
    expect(why(await grant(scene.operator, address))).toEqual([409, "earlier-undecided"]);
    scene.pass(10 * minute);
    await granted(scene.operator, address);
  });

  it("leaves its publisher the attempt that it had, of a submission that it does not see meanwhile", async () => {
    const id = await scene.approved();
    const address = await scene.planned(id);
    const attempt = await granted(scene.publisher, address);
    await attempt.intend();
    const { content } = (await scene.operator.get(`/submissions/${id}`)).body;
    await scene.operator.put(
      `/submissions/${id}`,
      { content: { ...content, body: "Ralat." } },
      { "if-match": '"r1"' },
    );
    expect((await scene.publisher.get(`/submissions/${id}`)).status).toBe(404);
    expect((await attempt.tell("published", { remote_id: "5" })).body.outcome).toBe("published");
    expect((await read(scene.editor, address)).state).toBe("published");
  });
});

it("an account may be announced again by whoever publishes on it, and stays known", async () => {
  const again = await announce(scene.publisher, kabupaten, { destination: "kabupaten", label: "Baru" });
  expect([again.status, again.body.label]).toEqual([200, "Baru"]);
});
