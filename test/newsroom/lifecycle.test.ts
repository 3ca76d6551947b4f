import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  findStep,
  mayRevise,
  mayTake,
  type Role,
  roles,
  type State,
  states,
} from "../../src/newsroom/lifecycle.js";
import { as, content, startNewsroom, type TestNewsroom } from "./support/newsroom.js";

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
  const step = findStep(from, to);

  test.each(roles)(step ? `${step.name} as %s` : "there is no step for %s", async (role) => {
    const id = await submissionIn(from);
    const { status, body } = await people[role].post(
      `/submissions/${id}/transitions`,
      request(to),
      readFirst,
    );
    const after = (await people.editor.get(`/submissions/${id}`)).body;
    if (!step) {
      expect(status).toBe(409);
      expect(body.type).toBe("urn:kominfo:problem:conflict");
      expect(body.possible).toEqual((await people[role].get(`/submissions/${id}`)).body.possible);
    } else if (!mayTake(step, role)) {
      expect(status).toBe(403);
    } else {
      expect([status, body.state]).toEqual([200, to]);
    }
    const taken = step && mayTake(step, role);
    expect(after.state).toBe(taken ? to : from);
    const { items } = (await people.editor.get(`/submissions/${id}/transitions`)).body;
    expect(items).toHaveLength(1 + ways[from].length + (taken ? 1 : 0));
    if (taken) expect(items.at(-1)).toMatchObject({ step: step.name, from, to, revision: 1 });
  });

  if (!step) return;
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
      expect(answer.status).toBe(409);
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
    expect(items.map((one: { body: string }) => one.body)).toEqual(["Siapa narasumbernya?", "Kepala desa."]);
    expect(items[1]).toMatchObject({ revision: 1, anchor: { paragraph: 1 } });
    expect((await people.operator.get(`/submissions/${id}`)).headers.get("etag")).toBe('"r1"');
  });
});
