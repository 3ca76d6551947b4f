import { describe, expect, it } from "vitest";
import type { Publication, Rendering, Submission } from "../../src/contract/contract.js";
import {
  mayBeSent,
  type PlanRequest,
  planPublications,
  type Seat,
  waitsForArticle,
} from "../../src/publish/plan.js";

const seat = (channel: Seat["channel"], account = `${channel}-1`): Seat => ({
  ...{ channel, account, label: `@${channel}`, mode: "publish", name: "default" },
  origin: "https://example.go.id",
});
const rendering = (channel: Rendering["channel"], changes: Partial<Rendering> = {}): Rendering => ({
  ...{ channel, text: ["Musrenbang"], link: null, length: 10, limit: 280 },
  ...{ photos: [], left_out: [], article: null, warnings: [] },
  ...changes,
});
const row = (changes: Partial<Publication>): Publication =>
  ({ revision: 2, channel: "x", account: "x-1", state: "planned", url: null, ...changes }) as Publication;
const submission = (publications: Publication[] = [], channels = ["web", "facebook", "x"]) =>
  ({ approval: { revision: 2, channels }, publications }) as unknown as Submission;

function plan(changes: Partial<PlanRequest> = {}) {
  return planPublications({
    submission: submission(),
    renderings: [rendering("x")],
    seats: [seat("x")],
    link: false,
    again: [],
    article: { url: null },
    costOf: (_, link) => (link ? 200 : 15),
    lookCostOf: () => 0,
    ...changes,
  });
}
const actionWith = (...rows: Publication[]) => plan({ submission: submission(rows) })[0]?.action;

describe("a plan of publications", () => {
  it("sends on each account of the approved channels, and leaves out those without one", () => {
    const planned = plan({
      renderings: [rendering("web"), rendering("x")],
      seats: [seat("x"), seat("facebook")],
    });
    expect(planned).toMatchObject([{ channel: "x", action: "send", cost: 15, unfit: [] }]);
  });

  it.each(["planned", "scheduled", "failed"] as const)("sends what is %s", (state) =>
    expect(actionWith(row({ state }))).toBe("send"),
  );

  it.each(["publishing", "unclear", "handed_over"] as const)(
    "goes on with what is %s, and charges nothing",
    (state) => {
      expect(plan({ submission: submission([row({ state })]) })[0]).toMatchObject({
        action: "go-on",
        cost: 0,
      });
    },
  );

  it("names what a further look costs where nobody knows whether it is out", () => {
    const lookCostOf = () => 1;
    const rows = (state: Publication["state"]) => submission([row({ state })]);
    expect(plan({ lookCostOf, submission: rows("unclear") })[0]?.cost).toBe(1);
    expect(plan({ lookCostOf, submission: rows("publishing") })[0]?.cost).toBe(0);
  });

  it("charges what sending costs for what a machine has left behind, where nobody has agreed here", () => {
    const held = { by: { id: "", name: "Rani" }, until: "2026-11-30T00:10:00Z" } as Publication["held"];
    const planned = (left: Partial<Publication>, isAgreed = () => false) =>
      plan({ submission: submission([row({ state: "publishing", ...left })]), isAgreed })[0]!;
    expect(planned({ held: null })).toMatchObject({ action: "go-on", cost: 15 });
    expect(mayBeSent(planned({ held: null }))).toBe(true);
    // Who holds it sends it, and nobody else.
    for (const none of [planned({ held }), planned({ held: null }, () => true)]) {
      expect(none).toMatchObject({ action: "go-on", cost: 0 });
      expect(mayBeSent(none)).toBe(false);
    }
  });

  it("charges the same for what this machine has interrupted itself, whatever the newsroom knows by now", () => {
    const held = { by: { id: "", name: "Siti" }, until: "2026-11-30T00:10:00Z" } as Publication["held"];
    const lookCostOf = () => 1;
    for (const left of [{ state: "publishing", held } as const, { state: "unclear" } as const]) {
      const planned = (isUnsent: boolean) =>
        plan({ submission: submission([row(left)]), lookCostOf, isUnsent: () => isUnsent })[0]!;
      expect(planned(true).cost).toBe(15);
      expect(mayBeSent(planned(true))).toBe(true);
      expect(mayBeSent(planned(false))).toBe(false);
    }
  });

  it("leaves what is published", () => expect(actionWith(row({ state: "published" }))).toBe("out"));

  it("sends again what was taken down", () => expect(actionWith(row({ state: "unpublished" }))).toBe("send"));

  it("sends a correction although the revision before is out", () =>
    expect(actionWith(row({ revision: 1, state: "published" }))).toBe("send"));

  it("leaves a correction on Instagram to a person, and asks no price for it", () => {
    const earlier = row({ channel: "instagram", account: "instagram-1", revision: 1, state: "published" });
    const request = (...rows: Publication[]) =>
      plan({
        submission: submission(rows, ["instagram"]),
        renderings: [rendering("instagram")],
        seats: [seat("instagram")],
      })[0];
    expect(request(earlier)).toMatchObject({ action: "paste", cost: 0, corrects: earlier });
    expect(request({ ...earlier, state: "unpublished" })).toMatchObject({ action: "send" });
    const recorded = row({ channel: "instagram", account: "", state: "published" });
    expect(request(earlier, recorded)).toMatchObject({ action: "out" });
  });

  it("tells the price of a correction what it corrects", () => {
    const earlier = row({ revision: 1, state: "published" });
    const costOf: PlanRequest["costOf"] = (_, _link, corrects) => (corrects === earlier ? 16 : 15);
    expect(plan({ submission: submission([earlier]), costOf })[0]?.cost).toBe(16);
    expect(plan({ costOf })[0]?.cost).toBe(15);
  });

  it("takes a link that was recorded without an account for the channel's, unless a person says again", () => {
    const recorded = submission([row({ account: "", state: "published", url: "https://x.com/a/status/1" })]);
    expect(plan({ submission: recorded })[0]?.action).toBe("out");
    expect(plan({ submission: recorded, again: ["x"] })[0]?.action).toBe("send");
  });

  it("shows a link that costs only where a person asks for it", () => {
    const link = { when: "asked" as const, at: 10, before: "\n\n" };
    const renderings = [rendering("x", { link })];
    expect(plan({ renderings })[0]).toMatchObject({ showsLink: false, cost: 15 });
    expect(plan({ renderings, link: true })[0]).toMatchObject({ showsLink: true, cost: 200 });
  });

  it.each(["too-long", "photo-needed", "hashtags-over", "mentions-over", "domain"])(
    "does not send what is %s",
    (code) => {
      const renderings = [
        rendering("x", {
          warnings: [
            { code, params: {} },
            { code: "crop", params: {} },
          ],
        }),
      ];
      expect(plan({ renderings })[0]?.unfit).toEqual([{ code, params: {} }]);
    },
  );

  it("sends a domain where the price of a link was agreed to", () => {
    const renderings = [rendering("x", { warnings: [{ code: "domain", params: {} }] })];
    expect(plan({ renderings, link: true })[0]?.unfit).toEqual([]);
  });
});

describe("an article that was recorded at a site that is not the office's", () => {
  const renderings = [
    rendering("web"),
    rendering("facebook", { link: { when: "known", at: 10, before: "\n" } }),
    rendering("x", { link: { when: "asked", at: 10, before: "\n" } }),
  ];
  const recorded = row({ channel: "web", account: "", state: "published", url: "https://blog.example/a" });
  const seats = [seat("web"), seat("facebook"), seat("x")];
  const article = { url: null, elsewhere: "blog.example" };
  const planned = (changes: Partial<PlanRequest>) =>
    plan({ submission: submission([recorded]), renderings, seats, article, ...changes });

  it("is shown nowhere, waited for by nothing, not paid for, and named where it would stand", () => {
    const [web, facebook, x] = planned({ link: true });
    expect(web).toMatchObject({ action: "out" });
    for (const one of [facebook!, x!]) {
      expect(one).toMatchObject({ action: "send", showsLink: false, cost: 15 });
      expect(one.linkLeftOut).toEqual({ code: "article-elsewhere", params: { host: "blog.example" } });
      expect(waitsForArticle(one, submission([recorded]), null)).toBe(false);
    }
    expect(planned({})[2]).not.toHaveProperty("linkLeftOut");
  });

  it("is replaced by the article that the same run brings out at the office's site", () => {
    const [web, facebook] = planned({ again: ["web"] });
    expect(web).toMatchObject({ action: "send" });
    expect(facebook).toMatchObject({ showsLink: true });
    expect(facebook).not.toHaveProperty("linkLeftOut");
  });
});

describe("Facebook", () => {
  const link = { when: "known" as const, at: 10, before: "\n" };
  const facebook = (channels: string[]) => {
    const approved = submission([], channels);
    const [planned] = plan({
      submission: approved,
      renderings: [rendering("facebook", { link })],
      seats: [seat("facebook")],
    });
    return (article: string | null) => waitsForArticle(planned!, approved, article);
  };

  it("waits for the address of the article, where the web is approved", () => {
    expect(facebook(["web", "facebook"])(null)).toBe(true);
    expect(facebook(["web", "facebook"])("https://example.go.id/a")).toBe(false);
  });

  it("does not wait where there will be no article", () => expect(facebook(["facebook"])(null)).toBe(false));
});
