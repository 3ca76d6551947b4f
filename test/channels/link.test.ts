import { describe, expect, it } from "vitest";
import { channelOf, readLink, wrongLink } from "../../src/channels/link.js";

describe("the channel of a link", () => {
  it.each([
    ["https://www.instagram.com/p/Cx1/", "instagram"],
    ["https://m.facebook.com/kominfo/posts/1", "facebook"],
    ["https://fb.watch/abc/", "facebook"],
    ["https://x.com/kominfo/status/1", "x"],
    ["https://twitter.com/kominfo/status/1", "x"],
    ["https://www.tiktok.com/@kominfo/video/1", "tiktok"],
    ["https://vt.tiktok.com/ZS1/", "tiktok"],
    ["https://youtu.be/abc", "youtube"],
    ["https://m.youtube.com/watch?v=abc", "youtube"],
    ["https://whatsapp.com/channel/abc/1", "whatsapp"],
    ["https://cibitung.bekasikab.go.id/musrenbang", "web"],
    ["https://situs.example/musrenbang", "web"],
    ["https://blog.example/x.com", undefined],
    ["https://notx.com/1", undefined],
    ["https://instagram.com.example/p/1", undefined],
  ])("of %s is %s", (link, channel) => {
    expect(channelOf(readLink(link), "https://situs.example")).toBe(channel);
  });

  it.each([
    "http://x.com/a/1",
    "x.com/a/1",
    "javascript:alert(1)",
    "https://siti:sandi@x.com/a/1",
    `https://x.com/${"a".repeat(2000)}`,
    "",
  ])("is not looked for in %s", (typed) => {
    expect(() => readLink(typed)).toThrow(expect.objectContaining({ code: "link-invalid", exit: 2 }));
  });
});

describe("a link to a publication", () => {
  it.each([
    ["facebook", "https://www.facebook.com/kec.cibitung", "front-page"],
    ["facebook", "https://www.facebook.com/kec.cibitung/", "front-page"],
    ["facebook", "https://www.facebook.com/kec.cibitung/posts/pfbid0a", undefined],
    ["facebook", "https://www.facebook.com/104206801976382_5534", undefined],
    ["facebook", "https://www.facebook.com/permalink.php?story_fbid=1&id=2", undefined],
    ["facebook", "https://fb.watch/abc/", undefined],
    ["facebook", "https://evil.example/x", "not-there"],
    ["facebook", "https://x.com/kec/status/1", "other-channel"],
    ["instagram", "https://www.instagram.com/kec.cibitung/", "front-page"],
    ["instagram", "https://www.instagram.com/p/Cx1/", undefined],
    ["x", "https://x.com/kec_cibitung", "front-page"],
    ["x", "https://x.com/kec_cibitung/status/1", undefined],
    ["tiktok", "https://www.tiktok.com/@kec", "front-page"],
    ["tiktok", "https://vt.tiktok.com/ZS1/", undefined],
    ["youtube", "https://www.youtube.com/@kec", "front-page"],
    ["youtube", "https://www.youtube.com/watch?v=abc", undefined],
    ["youtube", "https://youtu.be/abc", undefined],
    ["web", "https://bekasikab.go.id/", "front-page"],
    ["web", "https://situs.example/musrenbang", undefined],
  ] as const)("of %s that is %s: %s", (channel, typed, wrong) => {
    const link = readLink(typed);
    expect(wrongLink(link, channel, channelOf(link))).toBe(wrong);
  });
});
