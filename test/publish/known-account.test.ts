import { describe, expect, it } from "vitest";
import type { Outlet, Publication } from "../../src/contract/contract.js";
import { asKnown, isOn, isSameAccount } from "../../src/publish/known-account.js";
import type { Seat } from "../../src/publish/plan.js";

const bare = "https://cibitung.go.id";
const www = "https://www.cibitung.go.id";
const inside = "https://wp.internal:8443";
const seat = (account: string, changes: Partial<Seat> = {}): Seat => ({
  ...{ channel: "web", account, label: "cibitung.go.id", mode: "publish", name: "default", origin: account },
  ...changes,
});
const row = (changes: Partial<Publication>): Publication =>
  ({ revision: 2, channel: "web", account: www, state: "published", url: null, ...changes }) as Publication;
const outlet = (account: string, changes: Partial<Outlet> = {}): Outlet =>
  ({ channel: "web", account, label: new URL(account).host, ...changes }) as Outlet;
/** The id under which the newsroom knows the account. */
const known = (own: Seat, rows: Publication[], outlets: Outlet[] = []) =>
  asKnown(own, outlets, { publications: rows, approval: { revision: 2 } as never }).account;

describe("a website under several names", () => {
  it.each([
    [bare, www],
    ["http://cibitung.go.id", bare],
    ["http://127.0.0.1:8080", "http://localhost:8080"],
    ["http://[::1]:8080", "https://127.0.0.1:8080"],
  ])("is one account: %s and %s", (one, other) => {
    expect(isSameAccount({ channel: "web", account: one }, { channel: "web", account: other })).toBe(true);
  });

  it.each([
    [bare, "https://setu.go.id"],
    [bare, "https://berita.cibitung.go.id"],
    [bare, `${bare}:8443`],
    ["http://127.0.0.1:8080", "http://127.0.0.1:8081"],
    [bare, ""],
  ])("is not another site: %s and %s", (one, other) => {
    expect(isSameAccount({ channel: "web", account: one }, { channel: "web", account: other })).toBe(false);
  });

  it("is no account of another channel, whose ids are compared as they are", () => {
    expect(isSameAccount({ channel: "web", account: bare }, { channel: "x", account: bare })).toBe(false);
    expect(isSameAccount({ channel: "x", account: www }, { channel: "x", account: bare })).toBe(false);
    expect(isOn(seat("1", { channel: "x" }), row({ channel: "x", account: "2", url: bare }))).toBe(false);
  });

  it("is found by where readers find it, if one of its names is another host", () => {
    const article = `${bare}/2026/11/panen/`;
    expect(isOn(seat(bare), row({ account: inside, url: article }))).toBe(true);
    expect(isOn(seat(inside, { home: bare }), row({ account: www }))).toBe(true);
    expect(isOn(seat(inside, { home: bare }), row({ account: "https://a.b", url: article }))).toBe(true);
    expect(isOn(seat(bare), row({ account: inside }), [outlet(inside, { label: "cibitung.go.id" })])).toBe(
      true,
    );
    expect(isOn(seat(bare), row({ account: inside }))).toBe(false);
    expect(isOn(seat(bare), row({ account: inside, url: "https://setu.go.id/panen/" }))).toBe(false);
    // A link that somebody recorded of no account.
    expect(isOn(seat(bare), row({ account: "", url: article }))).toBe(false);
  });
});

describe("an account, by the id under which the newsroom knows it", () => {
  it.each(["published", "publishing", "unclear", "handed_over"] as const)(
    "is that under which it is %s",
    (state) => {
      expect(known(seat(bare), [row({ state })])).toBe(www);
      expect(known(seat(bare), [row({ state }), row({ account: bare, state: "failed" })])).toBe(www);
      // What a correction has to be written into, or has to wait for.
      expect(known(seat(bare), [row({ state, revision: 1 })], [outlet(bare)])).toBe(www);
    },
  );

  it("is its own where that is out, too, and where nothing is known", () => {
    expect(known(seat(bare), [row({ account: bare }), row({})])).toBe(bare);
    expect(known(seat(bare), [row({ state: "unclear" }), row({ account: bare })])).toBe(bare);
    expect(known(seat(bare), [])).toBe(bare);
    expect(known(seat(bare), [row({ account: "https://setu.go.id" })], [outlet("https://setu.go.id")])).toBe(
      bare,
    );
  });

  it("is that of what is certainly out, before one of which nobody knows", () =>
    expect(known(seat(bare), [row({ account: bare, state: "unclear" }), row({})])).toBe(www));

  it("is that which was announced or planned, if its own was not", () => {
    expect(known(seat(bare), [], [outlet(www)])).toBe(www);
    expect(known(seat(bare), [], [outlet(www), outlet(bare)])).toBe(bare);
    expect(known(seat(bare), [], [outlet(www, { removed_at: "2026-11-30T00:00:00Z" })])).toBe(bare);
    expect(known(seat(bare), [row({ state: "planned" })])).toBe(www);
    expect(known(seat(bare), [row({ state: "planned" }), row({ account: bare, state: "failed" })])).toBe(
      bare,
    );
  });

  it("keeps everything else, and is left alone on other channels", () => {
    const own = seat(bare);
    expect(asKnown(own, [outlet(www)])).toEqual({ ...own, account: www });
    const page = seat("12", { channel: "facebook" });
    expect(asKnown(page, [outlet(www)])).toBe(page);
  });
});
