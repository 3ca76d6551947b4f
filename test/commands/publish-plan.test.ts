import { beforeAll, describe, expect, it } from "vitest";
import type { PublishChoices } from "../../src/commands/publish/input.js";
import { requireLinkNow } from "../../src/commands/publish/plan/agree.js";
import { planText } from "../../src/commands/publish/plan/plan-report.js";
import type { Context } from "../../src/context.js";
import type { Rendering, Submission } from "../../src/contract/contract.js";
import { loadMessages } from "../../src/language/index.js";
import type { PlannedPublication } from "../../src/publish/plan.js";

let context: Context;
beforeAll(async () => {
  context = { messages: await loadMessages("id"), language: "id" } as Context;
});

const crop = { code: "crop", params: { photo: "IMG_1.jpg", percent: 40 } };
const plan = (
  channel: Rendering["channel"],
  changes: Partial<Rendering> = {},
  action: PlannedPublication["action"] = "send",
): PlannedPublication => ({
  ...{ channel, action, showsLink: false, cost: 0, unfit: [], kept: [] },
  seat: { channel, account: "1", label: `@${channel}`, mode: "publish", name: "default", origin: "" },
  rendering: {
    ...{ channel, text: ["Musrenbang"], link: null, length: 10, limit: 280, photos: [] },
    ...{ left_out: [], article: null, warnings: [] },
    ...changes,
  },
});
const submission = {
  content: { photos: [{ sha256: "a".repeat(64), filename: "IMG_\u001b[31m11.jpg" }] },
} as Submission;
const textOf = (...planned: PlannedPublication[]) =>
  planText(context, planned, { submission, bytes: new Map(), quotas: new Map() }).split("\n");

describe("a plan in words", () => {
  it("makes a remark once, and names the channels that it is about", () => {
    const alt = { code: "alt-missing", params: { photo: "IMG_2.jpg" } };
    const lines = textOf(
      plan("facebook", { warnings: [alt] }),
      plan("instagram", { warnings: [crop, alt] }),
      plan("x", { warnings: [alt] }, "out"),
    );
    expect(lines).toEqual([
      "Facebook @facebook: 10 dari 280 karakter",
      "Instagram @instagram: 10 dari 280 karakter",
      "X @x: sudah terbit",
      expect.stringMatching(/^ {2}! Facebook, Instagram: Foto IMG_2\.jpg belum punya teks alternatif/),
      expect.stringMatching(/^ {2}! Instagram: Foto IMG_1\.jpg terpotong 40 persen/),
    ]);
  });

  it("names photos that are left out, those that are gone by their hash, and never their count twice", () => {
    const left_out = ["a", "b"].map((letter) => ({
      sha256: letter.repeat(64),
      reason: "too-many" as const,
    }));
    const warnings = [{ code: "photos-left-out", params: { count: 2, limit: 10 } }];
    expect(textOf(plan("instagram", { left_out, warnings }))).toEqual([
      "Instagram @instagram: 10 dari 280 karakter · 2 foto tidak ikut: IMG_11.jpg, bbbbbbbb",
    ]);
  });
});

describe("a link that costs", () => {
  const at = "2026-12-01T00:00:00.000Z";
  const choices = (changes: Partial<PublishChoices>) => changes as PublishChoices;
  const linked = (
    channel: Rendering["channel"],
    when: "asked" | "known",
    changes: Partial<PlannedPublication>,
  ) => ({
    ...plan(channel, { link: { when, at: 10, before: "" } }),
    showsLink: true,
    ...changes,
  });

  it("is not scheduled: whoever sends it then does not know that somebody has agreed", () => {
    const x = linked("x", "asked", {});
    expect(() => requireLinkNow(choices({ at }), [x])).toThrow(
      expect.objectContaining({ code: "publish-link-timed", exit: 2, params: { channel: "X" } }),
    );
    expect(() => requireLinkNow(choices({}), [x])).not.toThrow();
  });

  it("keeps nothing else from being scheduled", () => {
    const others = [
      linked("facebook", "known", {}),
      linked("x", "asked", { action: "out" }),
      linked("x", "asked", { showsLink: false }),
    ];
    expect(() => requireLinkNow(choices({ at }), others)).not.toThrow();
  });
});
