import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ownCodes } from "../../../src/contract/failure-codes.js";
import { loadMessages } from "../../../src/language/index.js";
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
  why,
} from "./scene.js";

const xAccount = "1583012345678901234";
let scene: Scene;
beforeAll(async () => {
  scene = await setScene();
  // By the publisher, so that a time may be set for it.
  await announce(scene.publisher, xAccount, { kecamatan: cibitung }, "x");
}, 60_000);
afterAll(() => scene.remove());

const link = { url: "https://c.example/1", remote_id: "41" };
const child = { cause: "child", reason: "Orang tua meminta." };

/** A publication that a machine has sent. */
async function sent(account = site) {
  const id = await scene.approved();
  const address = await scene.planned(id, { account });
  const attempt = await granted(scene.editor, address);
  await attempt.intend();
  expect((await attempt.tell("published", link)).status).toBe(200);
  return { id, address, steps: `/submissions/${id}/transitions` };
}

/** A link that a person has recorded. */
async function recorded() {
  const id = await scene.approved();
  const wanted = { channel: "web", account: site, state: "published", ...link };
  const { body } = await scene.operator.post(`/submissions/${id}/publications`, wanted);
  return {
    id,
    address: `/submissions/${id}/publications/${body.id}`,
    steps: `/submissions/${id}/transitions`,
  };
}

describe("a request to take something down", () => {
  it("of an operator for their own kecamatan's page leaves it published, and the editors read of it", async () => {
    const { id, address, steps } = await sent();
    const { next } = (await scene.editor.get("/changes?since=0")).body;
    const asked = await scene.colleague.post(`${address}/take-down`, child);
    expect([asked.status, asked.body.state, asked.body.reason]).toEqual([200, "published", child.reason]);
    expect(asked.body.take_down).toMatchObject({ cause: "child", by: { id: expect.any(String) } });
    const { items } = (await scene.editor.get(steps)).body;
    expect(items.at(-1)).toMatchObject({ step: "unpublish", reason: "web: anak. Orang tua meminta." });
    const after = await scene.editor.get(`/changes?since=${next}`);
    expect(JSON.stringify(after.body)).toContain(id);
    const again = await scene.operator.post(`${address}/take-down`, { cause: "mistake" });
    expect(again.body, "the first request stays").toEqual(asked.body);
    expect((await scene.editor.get(steps)).body.items).toHaveLength(items.length);
  });

  it("is not an operator's for others' pages, and not a publisher's", async () => {
    const { address } = await sent(kabupaten);
    expect((await scene.operator.post(`${address}/take-down`, child)).status).toBe(403);
    expect((await scene.publisher.post(`${address}/take-down`, child)).status).toBe(403);
    expect((await scene.neighbour.post(`${address}/take-down`, child)).status).toBe(404);
    expect((await scene.editor.post(`${address}/take-down`, child)).status).toBe(200);
  });

  it("needs something that is or may be out, or is to go out, and a cause", async () => {
    const address = await scene.planned(await scene.approved());
    expect((await scene.operator.post(`${address}/take-down`, { cause: "malas" })).status).toBe(422);
    await scene.editor.put(address, { state: "failed", reason: "Tidak jadi." });
    expect((await scene.operator.post(`${address}/take-down`, child)).status).toBe(409);
  });

  it("for photos counts also where it was asked for without them", async () => {
    const { address } = await sent();
    await scene.operator.post(`${address}/take-down`, { cause: "mistake" });
    const graver = await scene.editor.post(`${address}/take-down`, child);
    expect(graver.body.take_down).toMatchObject({ cause: "child" });
    const lighter = await scene.editor.post(`${address}/take-down`, { cause: "hacked" });
    expect(lighter.body).toEqual(graver.body);
  });

  it("is listed for the machines that send", async () => {
    const { address } = await sent();
    const listed = async () =>
      (await scene.publisher.get("/publications?take_down=true")).body.items.map(
        ({ id }: { id: string }) => id,
      );
    const { id } = await read(scene.editor, address);
    expect(await listed()).not.toContain(id);
    await scene.operator.post(`${address}/take-down`, child);
    expect(await listed()).toContain(id);
    await scene.editor.put(address, { state: "unpublished", reason: "Sudah dilihat." });
    expect(await listed()).not.toContain(id);
  });

  it("for a link that was recorded by hand waits for an editor, and no machine gets it", async () => {
    const { address } = await recorded();
    await scene.operator.post(`${address}/take-down`, child);
    expect(why(await grant(scene.operator, address))).toEqual([409, "by-hand"]);
    expect(await read(scene.editor, address)).toMatchObject({ state: "published" });
    const confirmed = await scene.editor.put(address, { state: "unpublished", reason: "Sudah hilang." });
    expect(confirmed.body).toMatchObject({
      state: "unpublished",
      reason: "Sudah hilang.",
      take_down: null,
    });
    expect((await scene.operator.put(address, { state: "unpublished", reason: "Saya" })).status).toBe(403);
  });
});

describe("the editors' step", () => {
  it("asks for what kominfo has sent and for what was recorded by hand, which an editor confirms", async () => {
    const down = { step: "unpublish", reason: "Keliru" };
    const ours = await sent();
    const answer = await scene.editor.post(ours.steps, down);
    expect(answer.status).toBe(200);
    expect(answer.body.publications).toMatchObject([
      { state: "published", reason: "Keliru", take_down: { cause: null } },
    ]);
    const theirs = await recorded();
    const marked = await scene.editor.post(theirs.steps, down);
    expect(marked.body).toMatchObject({ shown: "published" });
    expect(marked.body.publications).toMatchObject([
      { state: "published", reason: "Keliru", take_down: { cause: null } },
    ]);
    expect(why(await grant(scene.editor, theirs.address))).toEqual([409, "by-hand"]);
    await scene.editor.put(theirs.address, { state: "unpublished", reason: "Sudah saya hapus." });
    expect((await scene.editor.get(`/submissions/${theirs.id}`)).body).toMatchObject({
      shown: "unpublished",
      publications: [{ state: "unpublished", reason: "Sudah saya hapus." }],
    });
  });
});

describe("what of it is not out yet", () => {
  const onX = { channel: "x", account: xAccount };
  const scheduledOn = (now: Date) => ({
    ...onX,
    state: "scheduled",
    scheduled_for: new Date(now.getTime() + hour).toISOString(),
  });
  /** Out on the website, and scheduled for X. */
  async function halfOut() {
    const made = await sent();
    const later = await scene.planned(made.id, scheduledOn(scene.newsroom.clock.now));
    return { ...made, later };
  }
  const asks = {
    "an operator's request": ({ address }: { address: string }) =>
      scene.colleague.post(`${address}/take-down`, child),
    "the editors' step": ({ steps }: { steps: string }) =>
      scene.editor.post(steps, { step: "unpublish", reason: "Keliru" }),
  };

  it.each(Object.entries(asks))("is stopped by %s, and says why", async (name, ask) => {
    const made = await halfOut();
    expect((await ask(made)).status).toBe(200);
    const reason = name === "the editors' step" ? "Keliru" : /diminta turun \(anak\): Orang tua meminta\./;
    expect(await read(scene.editor, made.later)).toMatchObject({
      state: "failed",
      reason: expect.stringMatching(reason),
    });
    scene.pass(2 * hour);
    expect(why(await grant(scene.operator, made.later))).toEqual([409, "stopped"]);
    expect(why(await grant(scene.publisher, made.later))).toEqual([409, "stopped"]);
    const again = await scene.operator.post(`/submissions/${made.id}/publications`, {
      ...onX,
      state: "planned",
    });
    expect(why(again)).toEqual([409, "stopped"]);
    const put = await scene.operator.put(made.later, { state: "planned" });
    expect(why(put)).toEqual([409, "stopped"]);
  });

  it("goes out when an editor plans it again: any machine may send it, and it is not taken down", async () => {
    const made = await halfOut();
    await asks["an operator's request"](made);
    expect((await scene.editor.put(made.later, { state: "planned" })).body).toMatchObject({
      state: "planned",
      take_down: null,
    });
    const attempt = await granted(scene.publisher, made.later);
    await attempt.intend();
    await attempt.tell("published", { remote_id: "9" });
    expect(await read(scene.editor, made.later)).toMatchObject({ state: "published", take_down: null });
  });

  it("is not to go where a person records later that it is out", async () => {
    const made = await halfOut();
    await asks["an operator's request"](made);
    const url = "https://x.com/kec/status/12";
    const recorded = await scene.editor.put(made.later, { state: "published", url });
    expect(recorded.body).toMatchObject({ state: "published", url, take_down: null });
  });

  it("goes out as a revision that an editor has approved since, once the earlier one is gone", async () => {
    const made = await halfOut();
    await asks["an operator's request"](made);
    scene.pass(minute);
    await scene.correct(made.id, 2);
    const onWeb = await scene.planned(made.id);
    expect(why(await grant(scene.editor, onWeb)), "also an editor waits").toEqual([409, "take-down-open"]);
    const onX2 = await scene.operator.post(`/submissions/${made.id}/publications`, {
      ...onX,
      state: "planned",
    });
    expect(onX2.status).toBe(201);
    const removal = await granted(scene.publisher, made.address);
    await removal.tell("unpublished");
    expect((await granted(scene.operator, onWeb)).corrects).toBeNull();
  });

  it("waits for an editor where a newer revision was approved before the request", async () => {
    const made = await sent();
    await scene.correct(made.id, 2);
    scene.pass(minute);
    await asks["an operator's request"](made);
    const planned = { channel: "web", account: site, state: "planned" };
    const path = `/submissions/${made.id}/publications`;
    expect(why(await scene.operator.post(path, planned))).toEqual([409, "stopped"]);
    expect((await scene.editor.post(path, planned)).status).toBe(201);
  });

  it("is stopped before its intent, and taken down once it is known to be out after it", async () => {
    const made = await sent();
    const early = await scene.planned(made.id, onX);
    const attempt = await granted(scene.operator, early);
    await asks["an operator's request"](made);
    expect(why(await attempt.intend())).toEqual([409, "stopped"]);
    expect(await read(scene.editor, early)).toMatchObject({ state: "failed" });

    const other = await sent();
    const late = await scene.planned(other.id, onX);
    const announced = await granted(scene.operator, late);
    await announced.intend();
    await announced.tell("unclear");
    const noted = await scene.colleague.post(`${late}/take-down`, child);
    expect([noted.status, noted.body.state]).toEqual([200, "unclear"]);
    expect(noted.body.take_down).toMatchObject({ cause: "child" });
    scene.pass(3 * minute);
    const look = await granted(scene.publisher, late);
    expect(look.kind).toBe("look");
    await look.tell("published", { remote_id: "11" });
    expect((await granted(scene.publisher, late)).kind).toBe("take_down");
  });

  it("is stopped also where nothing is out", async () => {
    const id = await scene.approved();
    const address = await scene.planned(id, scheduledOn(scene.newsroom.clock.now));
    const asked = await scene.operator.post(`${address}/take-down`, child);
    expect([asked.status, asked.body.state]).toEqual([200, "failed"]);
    const { items } = (await scene.editor.get(`/submissions/${id}/transitions`)).body;
    expect(items.at(-1)).toMatchObject({ step: "unpublish" });
    const repeated = await scene.operator.post(`${address}/take-down`, child);
    expect(repeated.body).toEqual(asked.body);
  });
});

describe("a take-down", () => {
  async function asked() {
    const made = await sent();
    await scene.operator.post(`${made.address}/take-down`, child);
    return made;
  }

  it("is granted to one machine, with what it removes and why", async () => {
    const { address } = await asked();
    const attempt = await granted(scene.publisher, address);
    expect(attempt).toMatchObject({ kind: "take_down", rendering: null, intent: null });
    expect(attempt.announced, "what it was sent with").toEqual([{ slug: "kominfo-1" }]);
    expect(attempt.publication).toMatchObject({
      remote_id: "41",
      take_down: { cause: "child" },
      held: { by: { id: expect.any(String) } },
    });
    expect((await grant(scene.operator, address)).status, "held").toBe(409);
    scene.pass(11 * minute);
    const next = await granted(scene.operator, address);
    expect(next.kind).toBe("take_down");
    expect(why(await attempt.renew())).toEqual([409, "fence"]);
    expect((await attempt.intend()).status, "no intent").toBe(409);
  });

  it("that is proved makes it unpublished, also when it is told late", async () => {
    const { address } = await asked();
    const first = await granted(scene.operator, address);
    scene.pass(11 * minute);
    const second = await granted(scene.publisher, address);
    expect((await first.tell("unpublished")).status).toBe(200);
    expect(await read(scene.editor, address)).toMatchObject({
      state: "unpublished",
      reason: child.reason,
      take_down: null,
      held: null,
      unpublished_at: scene.newsroom.clock.now.toISOString(),
    });
    expect((await second.tell("unpublished")).status, "and by the other one too").toBe(200);
    expect((await second.tell("unpublished")).status, "twice").toBe(200);
    expect(why(await grant(scene.operator, address))).toEqual([409, "taken-down"]);
  });

  it("that fails leaves it published with the request, for the next machine", async () => {
    const { address } = await asked();
    const first = await granted(scene.operator, address);
    const failed = { code: "instagram-not-removable", reason: "instagram-not-removable" };
    expect((await first.tell("failed", failed)).status).toBe(200);
    expect(await read(scene.editor, address)).toMatchObject({
      state: "published",
      reason: child.reason,
      take_down: {
        cause: "child",
        problem: { ...failed, at: scene.newsroom.clock.now.toISOString() },
      },
      held: null,
    });
    expect((await first.tell("published", link)).status, "no outcome of a take-down").toBe(422);
    const next = await granted(scene.publisher, address);
    expect((await next.tell("unpublished")).status).toBe(200);
  });

  it("that an editor has confirmed meanwhile takes every outcome, and changes nothing", async () => {
    const { address } = await asked();
    const attempt = await granted(scene.operator, address);
    await scene.editor.put(address, { state: "unpublished", reason: "Saya hapus sendiri." });
    expect((await attempt.tell("failed", { code: "x", reason: "x" })).status).toBe(200);
    expect(await read(scene.editor, address)).toMatchObject({
      state: "unpublished",
      reason: "Saya hapus sendiri.",
    });
  });

  it("that was begun before the photos had to go too leaves it asked for, so that the next machine removes them", async () => {
    const { address } = await sent();
    await scene.operator.post(`${address}/take-down`, { cause: "mistake" });
    const first = await granted(scene.publisher, address);
    scene.pass(minute);
    await scene.editor.post(`${address}/take-down`, child);
    expect((await first.tell("unpublished")).status).toBe(200);
    expect(await read(scene.editor, address)).toMatchObject({
      state: "published",
      take_down: { cause: "child" },
    });
    const second = await granted(scene.publisher, address);
    expect(second).toMatchObject({ kind: "take_down", publication: { take_down: { cause: "child" } } });
    await second.tell("unpublished");
    expect(await read(scene.editor, address)).toMatchObject({ state: "unpublished" });
    expect((await scene.editor.post(`${address}/take-down`, child)).status, "repeated").toBe(200);
  });

  it("that has left the photos is no answer to who wants them gone", async () => {
    const { address } = await sent();
    await scene.operator.post(`${address}/take-down`, { cause: "mistake" });
    await (await granted(scene.publisher, address)).tell("unpublished");
    expect(why(await scene.editor.post(`${address}/take-down`, child))).toEqual([409, "already-down"]);
    expect((await scene.editor.post(`${address}/take-down`, { cause: "hacked" })).status).toBe(200);
  });

  it("that fails says why also after a redaction, where the code is kominfo's own", async () => {
    const { id, address } = await asked();
    const first = await granted(scene.operator, address);
    await first.tell("failed", { code: "web-still-visible", reason: "Kata naskah" });
    const why_ = { reason: "Diminta", legal_basis: "UU 27/2022" };
    await scene.admin.post("/redactions", { submission: id, revision: 1, ...why_ });
    const problem = async () => (await read(scene.editor, address)).take_down.problem;
    expect(await problem()).toMatchObject({ code: "web-still-visible", reason: null });
    const second = await granted(scene.operator, address);
    await second.tell("failed", { code: "web-photos-visible", reason: "Kata naskah" });
    expect(await problem()).toMatchObject({ code: "web-photos-visible", reason: null });
    const third = await granted(scene.operator, address);
    await third.tell("failed", { code: "kata-naskah", reason: "Kata naskah" });
    const told = await problem();
    expect(told).toMatchObject({ code: "?", reason: null });
    for (const language of ["id", "en"] as const) {
      const { takeDowns, failures } = (await loadMessages(language)).desk;
      const known = { ...takeDowns.problems, ...failures };
      for (const code of [...ownCodes, told.code]) expect(known, language).toHaveProperty([code]);
    }
  });

  it("of what nobody has asked for is not granted", async () => {
    const { address } = await sent();
    expect(why(await grant(scene.editor, address))).toEqual([409, "already-out"]);
  });

  const legal = { reason: "Diminta", legal_basis: "UU 27/2022" };
  const places = {
    media: ["12 https://c.example/wp-content/uploads/kominfo-1.jpg"],
    pictures: ["https://c.example/wp-content/uploads/kominfo-2.jpg"],
    photos: ["122096800000001"],
  };
  const intentsOf = (address: string) =>
    scene.newsroom.stores(({ store }) =>
      store
        .selectFrom("publication_attempts")
        .select(["intent"])
        .where("publication_id", "=", address.split("/").at(-1)!)
        .where("intent", "is not", null)
        .execute(),
    );

  it("takes a correction with it that a machine is just sending", async () => {
    const id = await scene.approved();
    const first = await scene.planned(id);
    const sent = await granted(scene.editor, first);
    await sent.intend();
    await sent.tell("published", link);
    await scene.correct(id, 2);
    const second = await scene.planned(id);
    const elsewhere = await scene.planned(id, { account: kabupaten });
    const [correcting, other] = [await granted(scene.editor, second), await granted(scene.editor, elsewhere)];
    await correcting.intend();
    await other.intend();
    expect((await scene.operator.post(`${first}/take-down`, child)).status).toBe(200);
    expect((await correcting.tell("published", link)).status).toBe(200);
    expect((await other.tell("published", { remote_id: "8" })).status).toBe(200);
    const states = await Promise.all(
      [first, second, elsewhere].map((address) => read(scene.editor, address)),
    );
    expect(states.map(({ state, take_down }) => [state, take_down?.cause])).toEqual([
      ["published", "child"],
      ["published", "child"],
      ["published", undefined],
    ]);
  });

  it("is told what was stored for other revisions of the post, and for what is not out on the account", async () => {
    const id = await scene.approved();
    const send = async (address: string, photos: string[], state: string, more: object = {}) => {
      const attempt = await granted(scene.editor, address);
      await attempt.intend({ photos });
      expect((await attempt.tell(state, more)).status).toBe(200);
    };
    const first = await scene.planned(id);
    await send(first, ["11"], "failed", { code: "interrupted" });
    await send(first, ["12"], "published", link);
    await send(await scene.planned(id, { account: kabupaten }), ["99"], "published", { remote_id: "5" });
    await scene.correct(id, 2);
    const second = await scene.planned(id);
    await send(second, ["21"], "published", link);
    await scene.correct(id, 3);
    await send(await scene.planned(id), ["31"], "failed", { code: "interrupted" });
    await scene.operator.post(`${second}/take-down`, child);
    const { announced } = await granted(scene.operator, second);
    expect(announced.map(({ photos }: { photos: string[] }) => photos[0])).toEqual(["11", "12", "21", "31"]);
  });

  it.each([
    ["by a lookup", "published", JSON.stringify(places)],
    ["by a lookup", "handed_over", JSON.stringify(places)],
    ["by a lookup", "absent", JSON.stringify(places)],
    ["by a person", "published", JSON.stringify(places)],
    ["by a person", "failed", JSON.stringify(places)],
  ] as const)(
    "does not know more of a redacted photo than where it lies once %s it is found to be %s",
    async (by, state, left) => {
      const words = "Foto Korban Rahasia.jpg";
      const sentPhoto = await jpeg((by === "by a person" ? 60 : 40) + state.length);
      await uploadPhoto(scene.newsroom, scene.operatorToken, sentPhoto);
      const id = await scene.approved({ photos: [{ ...photo(sentPhoto.hash), children: "none" }] });
      const address = await scene.planned(id);
      const attempt = await granted(scene.editor, address);
      await attempt.intend({ titles: [words], ...places });
      await attempt.tell("unclear", { code: "http-500", reason: words });
      expect((await scene.admin.post("/redactions", { sha256: sentPhoto.hash, ...legal })).status).toBe(201);
      const [kept] = await intentsOf(address);
      expect(kept?.intent, "a lookup needs it").toContain(words);
      if (by === "by a person") {
        expect((await scene.editor.put(address, { state, reason: "Dilihat.", ...link })).status).toBe(200);
      } else {
        const look = await granted(scene.editor, address);
        expect((await look.tell(state, state === "absent" ? {} : link)).status).toBe(200);
      }
      expect(await intentsOf(address)).toEqual([{ intent: left }]);
      const failures = await scene.newsroom.stores(({ store }) =>
        store
          .selectFrom("publication_attempts")
          .select("failure")
          .where("publication_id", "=", address.split("/").at(-1)!)
          .execute(),
      );
      expect(JSON.stringify(failures)).not.toContain(words);
    },
  );

  it.each([
    ["failed", "before"],
    ["failed", "after"],
    ["unclear", "before"],
    ["unclear", "after"],
    ["handed_over", "before"],
    ["handed_over", "after"],
  ])(
    "does not repeat what a channel has said of what is %s and of a photo that was redacted %s it said so",
    async (state, when) => {
      const words = "Foto Korban Rahasia.jpg ditolak";
      const sentPhoto = await jpeg((when === "before" ? 71 : 81) + state.length);
      await uploadPhoto(scene.newsroom, scene.operatorToken, sentPhoto);
      const id = await scene.approved({ photos: [{ ...photo(sentPhoto.hash), children: "none" }] });
      const address = await scene.planned(id);
      const attempt = await granted(scene.editor, address);
      await attempt.intend();
      const redact = () => scene.admin.post("/redactions", { sha256: sentPhoto.hash, ...legal });
      const tell = () => attempt.tell(state, { code: "http-400", reason: words, facts: { file: words } });
      for (const step of when === "before" ? [redact, tell] : [tell, redact]) {
        expect((await step()).status).toBeLessThan(300);
      }
      const found = await scene.newsroom.stores(async ({ store }) => [
        await store.selectFrom("publications").selectAll().where("submission_id", "=", id).execute(),
        await store.selectFrom("publication_attempts").selectAll().execute(),
      ]);
      expect(JSON.stringify(found)).not.toContain(words);
      expect(await read(scene.editor, address)).toMatchObject({ state });
      expect(JSON.stringify(found), "the code says what is left to do").toContain("http-400");
    },
  );

  it.each(["the text", "a photo"])(
    "knows where the photos of failed attempts lie also where %s was redacted before, until they are gone",
    async (redacted) => {
      const words = "Nama Korban Rahasia";
      const sentPhoto = await jpeg(redacted === "a photo" ? 33 : 34);
      await uploadPhoto(scene.newsroom, scene.operatorToken, sentPhoto);
      const id = await scene.approved({ photos: [{ ...photo(sentPhoto.hash), children: "none" }] });
      const send = async (address: string, at: string, state: string, more: object = {}) => {
        const attempt = await granted(scene.editor, address);
        await attempt.intend({ text: words, photos: [at] });
        expect((await attempt.tell(state, more)).status).toBe(200);
      };
      const first = await scene.planned(id);
      await send(first, "11", "failed", { code: "interrupted" });
      await send(await scene.planned(id, { account: kabupaten }), "99", "published", { remote_id: "5" });
      await scene.correct(id, 2);
      const second = await scene.planned(id);
      await send(second, "21", "published", link);
      const target = redacted === "a photo" ? { sha256: sentPhoto.hash } : { submission: id, revision: 1 };
      expect((await scene.admin.post("/redactions", { ...target, ...legal })).status).toBe(201);
      expect(await intentsOf(first)).toEqual([{ intent: JSON.stringify({ photos: ["11"] }) }]);

      await scene.operator.post(`${second}/take-down`, child);
      const removal = await granted(scene.operator, second);
      expect(removal.announced.map(({ photos }: { photos: string[] }) => photos)).toEqual([["11"], ["21"]]);
      expect((await removal.tell("unpublished")).status).toBe(200);
      expect(await intentsOf(first), "nobody needs it any more").toEqual([{ intent: "{}" }]);
    },
  );

  it("keeps where photos lie of what was redacted and is taken down without them", async () => {
    const id = await scene.approved();
    const address = await scene.planned(id);
    const attempt = await granted(scene.editor, address);
    await attempt.intend({ text: "Nama Korban Rahasia", ...places });
    await attempt.tell("published", link);
    await scene.admin.post("/redactions", { submission: id, revision: 1, ...legal });
    await scene.operator.post(`${address}/take-down`, { cause: "mistake" });
    await (await granted(scene.operator, address)).tell("unpublished");
    expect(await intentsOf(address)).toEqual([{ intent: JSON.stringify(places) }]);
  });

  it.each(["the text", "a photo"])(
    "knows the photos also where %s was redacted before, and nobody does when they are gone",
    async (redacted) => {
      const words = "Nama Korban Rahasia";
      const sentPhoto = await jpeg(redacted === "a photo" ? 31 : 32);
      await uploadPhoto(scene.newsroom, scene.operatorToken, sentPhoto);
      const id = await scene.approved({ photos: [{ ...photo(sentPhoto.hash), children: "none" }] });
      const address = await scene.planned(id);
      const attempt = await granted(scene.editor, address);
      await attempt.intend({ text: words, titles: [words], ...places });
      expect((await attempt.tell("published", link)).status).toBe(200);
      const target = redacted === "a photo" ? { sha256: sentPhoto.hash } : { submission: id, revision: 1 };
      expect((await scene.admin.post("/redactions", { ...target, ...legal })).status).toBe(201);
      const intents = () => intentsOf(address);
      expect(await intents()).toEqual([{ intent: JSON.stringify(places) }]);

      await scene.operator.post(`${address}/take-down`, child);
      const removal = await granted(scene.operator, address);
      expect(removal.announced).toEqual([places]);
      expect((await removal.tell("unpublished")).status).toBe(200);
      expect(await intents()).toEqual([{ intent: "{}" }]);
    },
  );
});
