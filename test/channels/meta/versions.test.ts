import { describe, expect, it } from "vitest";
import {
  defaultGraphVersion,
  graphVersionEnding,
  newestGraphVersion,
} from "../../../src/channels/meta/versions.js";

const at = (day: string) => new Date(`${day}T00:00:00Z`);

describe("a version of the Graph API", () => {
  it("is nothing to speak of until half a year before its end", () => {
    expect(graphVersionEnding(defaultGraphVersion, at("2026-11-30"))).toBeUndefined();
    expect(graphVersionEnding(defaultGraphVersion, at("2028-01-28"))).toBeUndefined();
  });

  it("ends on a known day", () => {
    const end = "2028-07-29";
    expect(graphVersionEnding("v25.0", at("2028-01-30"))).toEqual({ end, hasEnded: false });
    expect(graphVersionEnding("v25.0", at("2028-07-28"))).toEqual({ end, hasEnded: false });
    expect(graphVersionEnding("v25.0", at("2028-07-29"))).toEqual({ end, hasEnded: true });
  });

  it("has ended where it is older than all that are known, and lasts where it is newer", () => {
    expect(graphVersionEnding("v20.0", at("2026-11-30"))).toMatchObject({ hasEnded: true });
    expect(graphVersionEnding("v9.0", at("2026-11-30"))).toMatchObject({ hasEnded: true });
    expect(graphVersionEnding(newestGraphVersion, at("2030-01-01"))).toBeUndefined();
    expect(graphVersionEnding("v31.0", at("2030-01-01"))).toBeUndefined();
  });
});
