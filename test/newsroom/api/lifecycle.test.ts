import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  holds,
  mayRevise,
  mayTake,
  type Role,
  requestedSteps,
  roles,
  type State,
  states,
} from "../../../src/contract/lifecycle.js";
import { writers } from "../../../src/contract/roles.js";
import { as, content, startNewsroom, type TestNewsroom } from "../support/newsroom.js";

let newsroom: TestNewsroom;
const people = {} as Record<Role, ReturnType<typeof as>>;
/** What every merge in these tests goes into. */
let target: string;
beforeAll(async () => {
  newsroom = await startNewsroom();
  for (const role of roles) people[role] = as(newsroom, await newsroom.token(role));
  target = await people.operator.submit();
});
afterAll(() => newsroom.remove());

const approval = { destinations: ["kabupaten"], channels: ["web"] };
/** Everything any step may need. */
const request = (to: State) => ({ to, reason: "Alasan yang jelas.", approval, merged_into: target });
const readFirst = { "if-match": '"r1"' };

/** The states on the way from submission to each state. */
const ways: Record<State, State[]> = {
  submitted: [],
  in_review: ["in_review"],
  returned: ["in_review", "returned"],
  approved: ["in_review", "approved"],
  rejected: ["in_review", "rejected"],
  withdrawn: ["withdrawn"],
  merged: ["merged"],
};

async function submissionIn(state: State): Promise<string> {
  const id = await people.operator.submit();
  for (const to of ways[state]) {
    const by = to === "withdrawn" ? people.operator : people.editor;
    const answer = await by.post(`/submissions/${id}/transitions`, request(to), readFirst);
    expect(answer.status).toBe(200);
  }
  return id;
}

const pairs = states.flatMap((from) => states.map((to) => [from, to] as const));

describe.each(pairs)("from %s to %s", (from, to) => {
  const [step] = requestedSteps(from, { to });
  const applies = step && holds(step, { published: false, asked: null });

  test.each(roles)(step ? `${step.name} as %s` : "there is no step for %s", async (role) => {
    const id = await submissionIn(from);
    const { status, body } = await people[role].post(
      `/submissions/${id}/transitions`,
      request(to),
      readFirst,
    );
    const after = (await people.editor.get(`/submissions/${id}`)).body;
    if (!writers.includes(role)) {
      expect(status).toBe(403);
    } else if (!step) {
      expect(status).toBe(409);
      expect(body.type).toBe("urn:kominfo:problem:conflict");
      expect(body.possible).toEqual((await people[role].get(`/submissions/${id}`)).body.possible);
    } else if (!mayTake(step, role)) {
      expect(status).toBe(403);
    } else if (!applies) {
      expect(status).toBe(409);
    } else {
      expect([status, body.state]).toEqual([200, to]);
      expect(body).toEqual((await people[role].get(`/submissions/${id}`)).body);
    }
    const taken = step && applies && mayTake(step, role);
    expect(after.state).toBe(taken ? to : from);
    const { items } = (await people.editor.get(`/submissions/${id}/transitions`)).body;
    expect(items).toHaveLength(1 + ways[from].length + (taken ? 1 : 0));
    if (taken) expect(items.at(-1)).toMatchObject({ step: step.name, from, to, revision: 1 });
  });

  if (!step || !applies) return;
  const taker = step.by === "operator" ? "operator" : "editor";

  if (step.reason) {
    test(`${step.name} without a reason is refused`, async () => {
      const id = await submissionIn(from);
      const asked = { ...request(to), reason: "  " };
      const { status, body } = await people[taker].post(`/submissions/${id}/transitions`, asked, readFirst);
      expect([status, body.errors[0].pointer]).toEqual([422, "/reason"]);
    });
  }
  if (step.names_revision) {
    test(`${step.name} names the revision that was read, and the newest one`, async () => {
      const id = await submissionIn(from);
      const address = `/submissions/${id}/transitions`;
      expect((await people[taker].post(address, request(to))).status).toBe(428);
      const stale = await people[taker].post(address, request(to), { "if-match": '"r7"' });
      expect([stale.status, stale.body.revision]).toEqual([412, 1]);
      expect((await people.editor.get(`/submissions/${id}`)).body.state).toBe(from);
    });
  }
});

describe.each(states)("a new revision in state %s", (state) => {
  test.each(roles)("sent by an %s", async (role) => {
    const id = await submissionIn(state);
    const revised = { content: content({ body: "Diperbaiki." }) };
    const answer = await people[role].put(`/submissions/${id}`, revised, readFirst);
    if (mayRevise(state, role)) {
      expect([answer.status, answer.body.revision, answer.body.state]).toEqual([200, 2, state]);
      expect(answer.headers.get("etag")).toBe('"r2"');
    } else {
      expect(answer.status).toBe(writers.includes(role) ? 409 : 403);
      expect((await people.editor.get(`/submissions/${id}`)).body.revision).toBe(1);
    }
  });
});

describe("review", () => {
  test("an approval says where the post may go, of which revision, and who said so", async () => {
    const id = await submissionIn("in_review");
    const address = `/submissions/${id}/transitions`;
    const missing = await people.editor.post(address, { to: "approved" }, readFirst);
    expect([missing.status, missing.body.errors[0].pointer]).toEqual([422, "/approval"]);
    await people.editor.post(address, { to: "approved", approval }, readFirst);
    const seen = (await people.operator.get(`/submissions/${id}`)).body;
    expect(seen.approval).toMatchObject({ ...approval, revision: 1, not_before: null });
    expect(seen.approval.by.name).toMatch(/^editor/);
  });

  test("an approval that was revoked is shown no more", async () => {
    const id = await submissionIn("approved");
    await people.editor.post(`/submissions/${id}/transitions`, request("in_review"));
    expect((await people.editor.get(`/submissions/${id}`)).body.approval).toBeNull();
  });

  test("a claim shows whose it is, and ends with the review", async () => {
    const id = await submissionIn("in_review");
    expect((await people.operator.get(`/submissions/${id}`)).body.claimed_by.name).toMatch(/^editor/);
    const other = as(newsroom, await newsroom.token("admin"));
    await other.post(`/submissions/${id}/transitions`, { to: "in_review" });
    expect((await people.operator.get(`/submissions/${id}`)).body.claimed_by.name).toMatch(/^admin/);
    await people.editor.post(`/submissions/${id}/transitions`, request("returned"), readFirst);
    expect((await people.operator.get(`/submissions/${id}`)).body.claimed_by).toBeNull();
  });

  test("a submission does not merge into itself, into one that is gone, or into nothing", async () => {
    const id = await submissionIn("in_review");
    const address = `/submissions/${id}/transitions`;
    const gone = await submissionIn("withdrawn");
    for (const merged_into of [id, gone, randomUUID(), undefined]) {
      const answer = await people.editor.post(address, { ...request("merged"), merged_into });
      expect([answer.status, answer.body.errors[0].pointer]).toEqual([422, "/merged_into"]);
    }
  });

  test("a returned post goes back to the editors with its new revision in one step", async () => {
    const id = await submissionIn("returned");
    const revised = { content: content({ body: "Diperbaiki." }), message: "Sudah.", submit: true };
    const { body } = await people.operator.put(`/submissions/${id}`, revised, readFirst);
    expect([body.state, body.revision]).toEqual(["submitted", 2]);
    const { items } = (await people.operator.get(`/submissions/${id}/transitions`)).body;
    expect(items.at(-1)).toMatchObject({ step: "resubmit", from: "returned", to: "submitted", revision: 2 });
  });

  test("comments are kept in order, with who said what about which revision", async () => {
    const id = await submissionIn("in_review");
    const address = `/submissions/${id}/comments`;
    expect((await people.editor.post(address, { body: "Siapa narasumbernya?" })).status).toBe(201);
    await people.operator.post(address, { body: "Kepala desa.", anchor: { paragraph: 1 } });
    const { items } = (await people.operator.get(address)).body;
    expect(items.map((comment: { body: string }) => comment.body)).toEqual([
      "Siapa narasumbernya?",
      "Kepala desa.",
    ]);
    expect(items[1]).toMatchObject({ revision: 1, anchor: { paragraph: 1 } });
    // The tag names the same revision, and another representation.
    expect((await people.operator.get(`/submissions/${id}`)).headers.get("etag")).toMatch(/^"r1\./);
  });

  test("what was merged is credited once, and is told of where it went", async () => {
    const other = as(newsroom, await newsroom.token("operator"));
    const [first, second] = [await other.submit(), await other.submit()];
    const into = await submissionIn("in_review");
    for (const id of [first, second]) {
      await people.editor.post(`/submissions/${id}/transitions`, { ...request("merged"), merged_into: into });
    }
    const seen = (await people.editor.get(`/submissions/${into}`)).body;
    expect(seen.contributors).toHaveLength(1);
    expect(seen.contributors[0].name).toMatch(/^operator/);
    expect(seen.related).toEqual([first, second]);
    expect((await other.get(`/submissions/${first}`)).body.merged_into).toBe(into);
  });

  test("an editor who approves what they wrote themselves is flagged", async () => {
    const id = await submissionIn("in_review");
    await people.editor.put(`/submissions/${id}`, { content: content({ body: "Disunting." }) }, readFirst);
    const approved = await people.editor.post(`/submissions/${id}/transitions`, request("approved"), {
      "if-match": '"r2"',
    });
    expect(approved.body.approval.own_revision).toBe(true);
  });

  test("a step is named, or the state that it leads to; one of the two", async () => {
    const id = await submissionIn("submitted");
    const address = `/submissions/${id}/transitions`;
    expect((await people.editor.post(address, { reason: "Tanpa langkah" })).status).toBe(422);
    expect((await people.editor.post(address, { step: "claim", to: "returned" })).status).toBe(409);
    expect((await people.editor.post(address, { step: "claim" })).body.state).toBe("in_review");
  });
});

describe("a claim", () => {
  test("is handed to a colleague by name, and the history says by whom and to whom", async () => {
    const id = await submissionIn("in_review");
    const added = await people.admin.post("/users", { name: "Rina", role: "editor" });
    const { user } = added.body;
    const steps = `/submissions/${id}/transitions`;
    const handed = await people.editor.post(steps, { step: "reassign", assignee: user.id });
    expect(handed.body).toMatchObject({ state: "in_review", claimed_by: { id: user.id, name: "Rina" } });
    const last = (await people.operator.get(steps)).body.items.at(-1);
    expect(last).toMatchObject({ step: "reassign", assignee: { name: "Rina" } });
    expect(last.by.name).not.toBe("Rina");
    const taken = await people.editor.post(steps, { step: "reassign" });
    expect(taken.body.claimed_by.name).toBe(last.by.name);
    expect((await people.editor.get(steps)).body.items.at(-1).assignee).toBeNull();
  });

  test("is handed to nobody who does not review", async () => {
    const id = await submissionIn("in_review");
    const { user: gone } = (await people.admin.post("/users", { name: "Joko", role: "editor" })).body;
    await people.admin.post(`/users/${gone.id}/suspend`, {});
    const { user: operator } = (await people.operator.get("/me")).body;
    for (const assignee of [gone.id, operator.id, randomUUID()]) {
      const step = { step: "reassign", assignee };
      const answer = await people.editor.post(`/submissions/${id}/transitions`, step);
      expect([answer.status, answer.body.errors?.[0].pointer]).toEqual([422, "/assignee"]);
    }
  });
});

describe("what was approved", () => {
  const steps = (id: string) => `/submissions/${id}/transitions`;
  const publications = (id: string) => `/submissions/${id}/publications`;
  const out = { channel: "web", state: "published", url: "https://web.example/posyandu" };
  async function published(): Promise<string> {
    const id = await submissionIn("approved");
    const answer = await people.operator.post(publications(id), out);
    expect(answer.status).toBe(201);
    return id;
  }

  test("is withdrawn when its operator asks and an editor confirms", async () => {
    const id = await submissionIn("approved");
    const asked = await people.operator.post(steps(id), { step: "ask_withdrawal", reason: "Keliru." });
    expect(asked.body).toMatchObject({ state: "approved", asked: "withdraw", possible: [] });
    const done = await people.editor.post(steps(id), { step: "confirm_withdrawal" });
    expect(done.body).toMatchObject({ state: "withdrawn", asked: null });
  });

  test("stays when an editor declines, and says why", async () => {
    const id = await submissionIn("approved");
    await people.operator.post(steps(id), { step: "ask_withdrawal", reason: "Keliru." });
    const declined = await people.editor.post(steps(id), { step: "decline", reason: "Sudah dijadwalkan." });
    expect(declined.body).toMatchObject({ state: "approved", asked: null });
  });

  test("is published by its author or an editor, where it was approved for, and shown so", async () => {
    const id = await submissionIn("approved");
    expect((await people.operator.post(publications(id), { ...out, channel: "x" })).status).toBe(422);
    const colleague = as(newsroom, await newsroom.token("operator"));
    expect((await colleague.post(publications(id), out)).status).toBe(403);
    const { status, body } = await people.operator.post(publications(id), out);
    expect([status, body]).toMatchObject([201, { ...out, revision: 1, correction: false }]);
    const seen = (await people.operator.get(`/submissions/${id}`)).body;
    expect(seen).toMatchObject({ state: "approved", shown: "published", publications: [body] });
    const [listed] = (await people.editor.get("/submissions?limit=1")).body.items;
    expect(listed).toMatchObject({ id, shown: "published" });
  });

  test("is recorded once per link and revision, whoever records it", async () => {
    const id = await published();
    const again = await people.editor.post(publications(id), out);
    expect(again.status).toBe(200);
    const elsewhere = await people.editor.post(publications(id), { ...out, account: "humas" });
    expect(elsewhere.status).toBe(201);
    const { items } = (await people.editor.get(publications(id))).body;
    expect(items).toEqual([again.body, elsewhere.body]);
  });

  test("is recorded and planned by any colleague of the kecamatan where it goes to its pages", async () => {
    const id = await submissionIn("in_review");
    const ofKecamatan = { ...approval, destinations: ["kecamatan"] };
    await people.editor.post(steps(id), { step: "approve", approval: ofKecamatan }, readFirst);
    const colleague = as(newsroom, await newsroom.token("operator"));
    const planned = await colleague.post(publications(id), { channel: "web", state: "planned" });
    expect(planned.status).toBe(201);
    const recorded = await colleague.put(`${publications(id)}/${planned.body.id}`, {
      ...out,
      channel: undefined,
    });
    expect([recorded.status, recorded.body.state]).toEqual([200, "published"]);
    const down = { state: "unpublished", reason: "Keliru." };
    expect((await colleague.put(`${publications(id)}/${planned.body.id}`, down)).status).toBe(403);
  });

  test("is no correction where the same revision goes out on a second channel", async () => {
    const id = await submissionIn("in_review");
    const both = { step: "approve", approval: { ...approval, channels: ["web", "facebook"] } };
    await people.editor.post(steps(id), both, readFirst);
    for (const [channel, url] of [
      ["web", out.url],
      ["facebook", "https://www.facebook.com/kec.cibitung/posts/7"],
    ] as const) {
      const { status, body } = await people.editor.post(publications(id), { ...out, channel, url });
      expect([status, body]).toMatchObject([201, { channel, revision: 1, correction: false }]);
    }
    expect((await people.editor.get(`/submissions/${id}`)).body.shown).toBe("published");
  });

  test("is not published before it was approved", async () => {
    const id = await submissionIn("in_review");
    expect((await people.editor.post(publications(id), out)).status).toBe(409);
  });

  test("keeps its approval while something of it is out", async () => {
    const id = await published();
    const { status, body } = await people.editor.post(steps(id), request("in_review"));
    expect(status).toBe(409);
    expect(body.possible).toEqual(["correct", "unpublish"]);
    const down = await people.editor.post(steps(id), { step: "unpublish", reason: "Salah foto." });
    expect(down.body).toMatchObject({ state: "approved", shown: "published" });
    const [{ id: recorded, ...row }] = down.body.publications;
    expect(row, "asked for, until an editor has seen that it is gone").toMatchObject({
      ...{ state: "published", reason: "Salah foto.", take_down: { cause: null } },
    });
    expect((await people.editor.post(steps(id), request("in_review"))).status).toBe(409);
    const gone = { state: "unpublished", reason: "Sudah dilihat." };
    expect((await people.editor.put(`${publications(id)}/${recorded}`, gone)).status).toBe(200);
    expect((await people.editor.post(steps(id), request("in_review"))).body.state).toBe("in_review");
  });

  test("is taken down at the operator's request only by an editor", async () => {
    const id = await published();
    expect((await people.operator.post(steps(id), { step: "unpublish", reason: "x" })).status).toBe(403);
    const asked = await people.operator.post(steps(id), { step: "ask_unpublish", reason: "Salah foto." });
    expect(asked.body.asked).toBe("unpublish");
    const down = await people.editor.post(steps(id), { step: "unpublish", reason: "Diminta." });
    expect(down.body).toMatchObject({ asked: null, publications: [{ take_down: { cause: null } }] });
  });

  test.each([
    ["operator", "submitted"],
    ["editor", "in_review"],
  ] as const)(
    "is corrected by an %s once it is out: read again (%s), and told as a correction",
    async (role, state) => {
      const id = await published();
      const corrected = { content: content({ body: "Yang benar." }) };
      const sent = await people[role].put(`/submissions/${id}`, corrected, readFirst);
      expect(sent.body).toMatchObject({ state, shown: "published", revision: 2 });
      if (role === "operator") await people.editor.post(steps(id), { step: "claim" });
      const second = { "if-match": '"r2"' };
      expect((await people.editor.post(steps(id), request("approved"), second)).status).toBe(200);
      const again = await people.editor.post(publications(id), out);
      expect(again.body).toMatchObject({ correction: true, revision: 2 });
      expect((await people.editor.get(`/submissions/${id}`)).body.shown).toBe("corrected");
    },
  );

  test("goes out no earlier than its embargo and its approval say, by the newsroom's clock", async () => {
    const [embargo, not_before] = ["2026-11-18T01:00:00.000Z", "2026-11-18T02:00:00.000Z"];
    const id = await people.operator.submit({ embargo });
    await people.editor.post(steps(id), { step: "claim" });
    const asked = { step: "approve", approval: { ...approval, not_before } };
    await people.editor.post(steps(id), asked, readFirst);
    const early = await people.editor.post(publications(id), out);
    expect([early.status, early.body.not_before]).toEqual([409, not_before]);
    const planned = { channel: "web", state: "scheduled" };
    expect((await people.editor.post(publications(id), { ...planned, scheduled_for: embargo })).status).toBe(
      422,
    );
    const scheduled = await people.editor.post(publications(id), { ...planned, scheduled_for: not_before });
    expect(scheduled.status).toBe(201);
    const address = `${publications(id)}/${scheduled.body.id}`;
    expect((await people.editor.put(address, { state: "published" })).status).toBe(409);
    const before = newsroom.clock.now;
    newsroom.clock.now = new Date(not_before);
    const done = await people.editor.put(address, { state: "published" });
    newsroom.clock.now = before;
    expect(done.body).toMatchObject({ state: "published", published_at: not_before });
  });
});
