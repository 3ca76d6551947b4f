import path from "node:path";
import { describe, expect, it } from "vitest";
import { bundleLayout, isPhotoPath, matchPost } from "../../src/post/bundle.js";

describe("a bundle", () => {
  it("has its parts in the same places on every system", () => {
    expect(bundleLayout("posts/a", path.posix)).toEqual({
      index: "posts/a/index.md",
      photos: "posts/a/foto",
      machine: "posts/a/.kominfo",
      state: "posts/a/.kominfo/state.json",
      renditions: "posts/a/.kominfo/renditions",
    });
    expect(bundleLayout("C:\\posts\\a", path.win32).state).toBe("C:\\posts\\a\\.kominfo\\state.json");
  });

  it.each(["foto/a.jpg", "foto/acara 1/b.jpg", "a..b.jpg"])("holds %s", (file) =>
    expect(isPhotoPath(file)).toBe(true),
  );
  it.each([
    "/etc/passwd",
    "../a.jpg",
    "foto/../../a.jpg",
    "C:/a.jpg",
    "c:a.jpg",
    "//server/a.jpg",
    "\\\\server\\a",
    "foto\\..\\..\\a",
    ".kominfo/state.json",
    "",
    "foto//a",
    "foto/a\nb",
  ])("does not hold %j", (file) => expect(isPhotoPath(file)).toBe(false));
});

describe("finding a post", () => {
  const slugs = ["2026-11-22-musrenbang", "2026-11-22-musrenbang-2", "2026-11-23-pasar-murah"];

  it("takes the exact slug also where it is part of another", () => {
    expect(matchPost("2026-11-22-musrenbang", slugs)).toEqual({ slug: "2026-11-22-musrenbang" });
  });
  it("takes an unambiguous part in any case", () => {
    expect(matchPost("Pasar Murah", slugs)).toEqual({ slug: "2026-11-23-pasar-murah" });
  });
  it("names all that an ambiguous part could mean", () => {
    expect(matchPost("musrenbang", slugs)).toEqual({ ambiguous: slugs.slice(0, 2) });
  });
  it("names what is near when nothing fits", () => {
    expect(matchPost("pasar-murahh", slugs)).toEqual({ near: ["2026-11-23-pasar-murah"] });
    expect(matchPost("", slugs)).toEqual({ near: [] });
    // For what cannot be taken back a whole name is no part of another one.
    const whole = { whole: true };
    expect(matchPost("2026-11-23-pasar", slugs)).toEqual({ slug: "2026-11-23-pasar-murah" });
    expect(matchPost("2026-11-23-pasar", slugs, whole)).toEqual({ near: ["2026-11-23-pasar-murah"] });
    expect(matchPost("2026-11-23-PASAR-murah", slugs, whole)).toEqual({ slug: "2026-11-23-pasar-murah" });
    expect(matchPost("pasar", slugs, whole)).toEqual({ slug: "2026-11-23-pasar-murah" });
  });
});
