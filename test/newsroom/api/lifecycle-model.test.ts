import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { as, content, setu, startNewsroom, type TestNewsroom } from "../support/newsroom.js";

/*
 * Random sequences of calls against a model of the lifecycle, which is written here once more from the design and
 * shares nothing with the service. All 10,000: npm run test:lifecycle.
 */
const wanted = Number(process.env.KOMINFO_STEPS ?? 150);
const seed = 20261124;

type Actor = "operator" | "neighbour" | "editor" | "admin";
const open = "submitted in_review returned";
const later = "submitted in_review returned approved rejected";
/** name, from, to (empty: stays), by, what it needs: a reason, the revision, that it is out or not, what is asked. */
const table: [string, string, string, "operator" | "editor", string][] = [
  ["claim", "submitted", "in_review", "editor", ""],
  ["release", "in_review", "submitted", "editor", ""],
  ["reassign", "in_review", "in_review", "editor", ""],
  ["return", "in_review", "returned", "editor", "reason revision"],
  ["resubmit", "returned", "submitted", "operator", "revision"],
  ["approve", "in_review", "approved", "editor", "revision"],
  ["reject", "in_review", "rejected", "editor", "reason revision"],
  ["reopen", "rejected", "in_review", "editor", "reason"],
  ["revoke", "approved", "in_review", "editor", "reason in"],
  ["withdraw", open, "withdrawn", "operator", "reason in"],
  ["ask_withdrawal", "approved", "", "operator", "reason in not-asked:withdraw"],
  ["confirm_withdrawal", "approved", "withdrawn", "editor", "in asked:withdraw"],
  ["merge", open, "merged", "editor", "reason in"],
  ["unpublish", later, "", "editor", "reason out"],
  ["ask_unpublish", later, "", "operator", "reason out not-asked:unpublish"],
  ["decline", later, "", "editor", "reason asked"],
];

interface Model {
  id: string;
  state: string;
  revision: number;
  body: string;
  /** The revisions that are out or were taken down, one for each publication. */
  publications: { revision: number; out: boolean }[];
  approved: number;
  asked: string | null;
}

const isOut = (model: Model) => model.publications.some((publication) => publication.out);

function isPossible(model: Model, [, from, , , needs]: (typeof table)[number]): boolean {
  if (!from.split(" ").includes(model.state)) return false;
  return needs.split(" ").every((need) => {
    if (need === "in") return !isOut(model);
    if (need === "out") return isOut(model);
    if (need === "asked") return model.asked !== null;
    if (need.startsWith("asked:")) return model.asked === need.slice(6);
    if (need.startsWith("not-asked:")) return model.asked !== need.slice(10);
    return true;
  });
}

function possible(model: Model, by: "operator" | "editor"): string[] {
  const steps = table.filter((row) => row[3] === by && isPossible(model, row)).map(([name]) => name);
  if (model.state === "approved" && isOut(model)) steps.push("correct");
  return steps.sort();
}

function displayState({ state, publications }: Model): string {
  const out = publications.filter((publication) => publication.out);
  const isCorrection = (publication: { revision: number }) =>
    publications
      .slice(0, publications.indexOf(publication as never))
      .some((before) => before.revision < publication.revision);
  if (out.some(isCorrection)) return "corrected";
  if (out.length > 0) return "published";
  return state === "approved" && publications.length > 0 ? "unpublished" : state;
}

type Call =
  | {
      call: "step";
      step: number;
      wise: boolean;
      reason: boolean;
      match: "newest" | "stale" | "none";
      actor: Actor;
      at: number;
    }
  | { call: "revise"; submit: boolean; stale: boolean; fresh: boolean; actor: Actor; at: number }
  | { call: "publish"; actor: Actor; at: number }
  | { call: "submit" };

const actor = fc.constantFrom<Actor>(
  "operator",
  "operator",
  "editor",
  "editor",
  "editor",
  "admin",
  "neighbour",
);
const at = fc.nat();
const anyCall: fc.Arbitrary<Call> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<Call>({ call: "submit" }) },
  {
    weight: 12,
    arbitrary: fc.record({
      call: fc.constant("step" as const),
      step: fc.nat(),
      // Half of them are steps that are possible: only so does a walk get anywhere.
      wise: fc.boolean(),
      reason: fc.constantFrom(true, true, true, true, false),
      match: fc.constantFrom("newest" as const, "newest", "newest", "stale", "none"),
      actor,
      at,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      call: fc.constant("revise" as const),
      submit: fc.boolean(),
      stale: fc.constantFrom(false, false, false, true),
      fresh: fc.constantFrom(true, true, false),
      actor,
      at,
    }),
  },
  { weight: 3, arbitrary: fc.record({ call: fc.constant("publish" as const), actor, at }) },
);

let newsroom: TestNewsroom;
const people = {} as Record<Actor, ReturnType<typeof as>>;
let target: string;
beforeAll(async () => {
  newsroom = await startNewsroom({ token_per_minute: 10_000_000, activations_per_minute: 10 });
  for (const role of ["operator", "editor", "admin"] as const) {
    people[role] = as(newsroom, await newsroom.token(role));
  }
  people.neighbour = as(newsroom, await newsroom.token("operator", setu));
  target = await people.operator.submit();
});
afterAll(() => newsroom.remove());

/** Steps after which little can happen; by chance alone they come often enough. */
const ending = ["reject", "withdraw", "confirm_withdrawal", "merge", "unpublish"];

/** The step that a call tries. */
function rowOf(model: Model, { step, wise, actor }: Extract<Call, { call: "step" }>): (typeof table)[number] {
  const by = actor === "operator" ? "operator" : "editor";
  const likely = wise
    ? table.filter((row) => row[3] === by && isPossible(model, row) && !ending.includes(row[0]))
    : table;
  return likely[step % likely.length] ?? table[step % table.length]!;
}

/** The status that the model expects, after it has changed as it should. */
function step(model: Model, call: Extract<Call, { call: "step" }>, row: (typeof table)[number]): number {
  const [name, from, to, by, needs] = row;
  if (call.actor === "neighbour") return 404;
  if (!from.split(" ").includes(model.state)) return 409;
  if ((call.actor === "operator") !== (by === "operator")) return 403;
  if (!isPossible(model, row)) return 409;
  if (needs.includes("revision") && call.match === "none") return 428;
  if (call.match === "stale") return 412;
  if (needs.includes("reason") && !call.reason) return 422;
  if (name === "approve") model.approved = model.revision;
  if (name === "unpublish") for (const publication of model.publications) publication.out = false;
  if (name === "decline" || name === "unpublish") model.asked = null;
  else if (name === "ask_withdrawal") model.asked = "withdraw";
  else if (name === "ask_unpublish") model.asked = "unpublish";
  else if (to && model.asked === "withdraw") model.asked = null;
  if (to) model.state = to;
  return 200;
}

function revise(model: Model, call: Extract<Call, { call: "revise" }>, body: string): number {
  const operator = call.actor === "operator";
  if (call.actor === "neighbour") return 404;
  const corrects = model.state === "approved" && isOut(model);
  const may = operator
    ? ["submitted", "returned"].includes(model.state) || corrects
    : model.state === "in_review" || corrects;
  const changed = body !== model.body;
  if (changed && !may) return 409;
  if (!changed && call.submit && model.state === "returned" && !operator) return 403;
  if (changed && call.stale) return 412;
  if (changed) {
    model.revision += 1;
    model.body = body;
  }
  if (changed && corrects) {
    model.state = operator ? "submitted" : "in_review";
    // What is out cannot be withdrawn any more; it is read again instead.
    if (model.asked === "withdraw") model.asked = null;
  }
  if (call.submit && model.state === "returned") model.state = "submitted";
  return 200;
}

function publish(model: Model, by: Actor): number {
  if (by === "neighbour") return 404;
  if (model.state !== "approved") return 409;
  model.publications.push({ revision: model.approved, out: true });
  return 201;
}

test(`${wanted} random calls leave the service as the model says`, async () => {
  const calls = fc.sample(anyCall, { seed, numRuns: wanted });
  const models: Model[] = [];
  const begin = async () => {
    const id = await people.operator.submit({ body: "Isi." });
    const fresh = {
      id,
      state: "submitted",
      revision: 1,
      body: "Isi.",
      publications: [],
      approved: 0,
      asked: null,
    };
    models.push(fresh);
  };
  await begin();
  const reached = new Set<string>();
  for (const [i, call] of calls.entries()) {
    if (call.call === "submit") {
      await begin();
      continue;
    }
    // The newest ones live; older ones have come to their end.
    const model = models[models.length - 1 - (call.at % Math.min(3, models.length))]!;
    const before = structuredClone(model);
    const address = `/submissions/${model.id}`;
    const who = people[call.actor];
    const stale = { "if-match": '"r999"' };
    const newest = { "if-match": `"r${model.revision}"` };
    let status: number;
    let answer: Awaited<ReturnType<typeof who.post>>;
    if (call.call === "step") {
      const row = rowOf(model, call);
      status = step(model, call, row);
      answer = await who.post(
        `${address}/transitions`,
        {
          step: row[0],
          ...(call.reason ? { reason: "Alasan." } : {}),
          approval: { destinations: ["kabupaten"], channels: ["web"] },
          merged_into: target,
        },
        call.match === "none" ? {} : call.match === "stale" ? stale : newest,
      );
    } else if (call.call === "revise") {
      const body = call.fresh ? `Isi ${i}.` : model.body;
      status = revise(model, call, body);
      answer = await who.put(
        address,
        { content: content({ body }), submit: call.submit },
        call.stale ? stale : newest,
      );
    } else {
      status = publish(model, call.actor);
      const wants = { channel: "web", account: randomUUID(), state: "published" };
      answer = await who.post(`${address}/publications`, wants);
    }
    const description = `call ${i}: ${JSON.stringify(call)} on ${JSON.stringify(before)}`;
    expect(answer.status, `${description}\n${JSON.stringify(answer.body)}`).toBe(status);
    if (answer.body.publications && call.call === "step" && rowOf(before, call)[0] === "unpublish") {
      // Each link was recorded by hand: it is out until an editor confirms that it is gone.
      expect(answer.body.shown, description).toBe(displayState(before));
      for (const { id, state } of answer.body.publications) {
        if (state !== "published") continue;
        const gone = { state: "unpublished", reason: "Sudah dilihat." };
        expect((await people.editor.put(`${address}/publications/${id}`, gone)).status).toBe(200);
      }
    }
    const asOperator = (await people.operator.get(address)).body;
    const asEditor = (await people.editor.get(address)).body;
    const seen = {
      state: asEditor.state,
      revision: asEditor.revision,
      body: asEditor.content.body,
      asked: asEditor.asked,
      shown: asEditor.shown,
      operator: asOperator.possible.toSorted(),
      editor: asEditor.possible.toSorted(),
    };
    const { state, revision, body, asked } = model;
    const may = { operator: possible(model, "operator"), editor: possible(model, "editor") };
    expect(seen, description).toEqual({ state, revision, body, asked, shown: displayState(model), ...may });
    reached.add(asEditor.shown);
  }
  const all = ["submitted", "in_review", "returned", "approved", "rejected", "withdrawn", "merged"];
  if (wanted >= 5000) {
    expect([...reached].sort()).toEqual([...all, "published", "corrected", "unpublished"].sort());
  }
}, 1_200_000);
