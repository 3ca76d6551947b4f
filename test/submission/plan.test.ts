import { describe, expect, it } from "vitest";
import type { Submission } from "../../src/contract/contract.js";
import { type State, states } from "../../src/contract/lifecycle.js";
import { allowedAction, planSubmit } from "../../src/submission/plan.js";
import { content } from "../newsroom/support/newsroom.js";

const mine = content();
const changed = content({ body: "Kegiatan berlangsung sangat tertib." });
const id = "0199a000-0000-7000-8000-000000000001";

function atNewsroom(state: State, revision = 2): Submission {
  const { kind, title, priority } = mine;
  const instant = "2026-11-17T03:00:00.000Z";
  return {
    ...{ id, kind, title, priority, state, revision, content: mine, kecamatan: "32.16.07" },
    ...{
      needed_by: null,
      embargo: null,
      claimed_by: null,
      approval: null,
      photos: 0,
      possible: ["withdraw"],
    },
    ...{
      shown: state,
      asked: null,
      contributors: [],
      related: [],
      merged_into: null,
      publications: [],
    },
    ...{ author: { id, name: "Siti" }, received_at: instant, updated_at: instant },
  };
}

describe("the action that a submission's state allows", () => {
  it("is a new submission where there is none", () => {
    expect(allowedAction(undefined)).toBe("create");
  });

  it("is a revision while the submission waits or was returned, else nothing", () => {
    const revisable = states.filter((state) => allowedAction({ state }) === "revise");
    expect(revisable.sort()).toEqual(["returned", "submitted"]);
    for (const state of states.filter((state) => !revisable.includes(state)))
      expect(allowedAction({ state })).toBe("nothing");
  });
});

describe("the action that a published submission allows", () => {
  it("is a revision while it is approved: a correction", () => {
    expect(allowedAction({ state: "approved", out: true })).toBe("revise");
    expect(allowedAction({ state: "approved" })).toBe("nothing");
    expect(allowedAction({ state: "in_review", out: true })).toBe("nothing");
  });
});

describe("what sending a post amounts to", () => {
  it("is a new submission when it was never sent", () => {
    expect(planSubmit(mine, undefined, undefined)).toEqual({ action: "create" });
  });

  it.each(states)("is nothing when the newsroom has exactly this content (%s)", (state) => {
    expect(planSubmit(mine, atNewsroom(state), 2)).toEqual({ action: "nothing" });
  });

  it("is nothing, though a key is in another order", () => {
    const turned = Object.fromEntries(Object.entries(mine).reverse()) as typeof mine;
    expect(planSubmit(turned, atNewsroom("submitted"), 2)).toEqual({ action: "nothing" });
  });

  // Table of mayRevise for an operator, and what the new revision does to the state.
  it.each<[State, boolean | "impossible"]>([
    ["submitted", false],
    ["returned", true],
    ["in_review", "impossible"],
    ["approved", "impossible"],
    ["rejected", "impossible"],
    ["withdrawn", "impossible"],
    ["merged", "impossible"],
  ])("changed content of a submission that is %s: resubmits %s", (state, resubmit) => {
    if (resubmit === "impossible") {
      expect(() => planSubmit(changed, atNewsroom(state), 2)).toThrow(
        expect.objectContaining({ code: "step-impossible", exit: 1 }),
      );
    } else {
      const update = { id, revision: 2, resubmit };
      expect(planSubmit(changed, atNewsroom(state), 2)).toEqual({ action: "revise", update });
    }
  });

  it("what is out is corrected by a revision that says what it corrects, and by no other", () => {
    const publications = [{ state: "published" }] as Submission["publications"];
    const out = { ...atNewsroom("approved"), publications };
    const corrected = { ...changed, correction_note: "Kalimat pertamanya." };
    const update = { id, revision: 2, resubmit: false };
    expect(planSubmit(corrected, out, 2)).toEqual({ action: "revise", update });
    expect(planSubmit(mine, out, 2)).toEqual({ action: "nothing" });
    const returned = { ...atNewsroom("returned"), publications };
    for (const current of [out, returned]) {
      expect(() => planSubmit(changed, current, 2)).toThrow(
        expect.objectContaining({ code: "correction-note-missing", exit: 2 }),
      );
    }
    expect(planSubmit(changed, atNewsroom("returned"), 2)).toMatchObject({ action: "revise" });
  });

  it("a returned post goes back unchanged when a message explains it, and only then", () => {
    const returned = atNewsroom("returned");
    expect(planSubmit(mine, returned, 2)).toEqual({ action: "nothing" });
    expect(planSubmit(mine, returned, 2, "Sudah benar begitu")).toEqual({
      action: "revise",
      update: { id, revision: 2, resubmit: true },
    });
    expect(planSubmit(mine, atNewsroom("submitted"), 2, "Sudah benar begitu")).toEqual({ action: "nothing" });
  });

  it("is refused when the newsroom has a revision that this machine has not seen", () => {
    for (const here of [mine, changed]) {
      expect(() => planSubmit(here, atNewsroom("submitted", 3), 2)).toThrow(
        expect.objectContaining({ code: "revision-stale", params: { revision: 3, post: mine.slug } }),
      );
    }
  });
});
