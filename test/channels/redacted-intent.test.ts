import { describe, expect, it } from "vitest";
import * as facebook from "../../src/channels/facebook/publish.js";
import * as instagram from "../../src/channels/instagram/publish.js";
import type { ChannelPublishing, Session } from "../../src/channels/publishing.js";
import * as web from "../../src/channels/web/publish.js";
import * as x from "../../src/channels/x/publish.js";
import type { LookupKeys } from "../../src/contract/contract.js";

/** What a redaction leaves of an intent names photos for a take-down, and nothing that a post is found by. */
const now = new Date("2026-11-30T01:00:00Z");
const minute = 60_000;

const channels: Record<"web" | "facebook" | "instagram" | "x", ChannelPublishing> = {
  ...{ web, facebook, instagram, x },
};

describe.each<[keyof typeof channels, LookupKeys]>([
  ["web", { media: ["12 https://cibitung.example.go.id/wp-content/uploads/kominfo.jpg"] }],
  ["facebook", { photos: ["122096800000001"] }],
  ["instagram", { pictures: ["https://cibitung.example.go.id/wp-content/uploads/kominfo.jpg"] }],
  ["x", { media: ["3_1234567890"] }],
])("an attempt on %s whose text was redacted", (channel, intent) => {
  it("is left to a person, and the channel is not asked", async () => {
    const { lookup } = channels[channel];
    const asked: string[] = [];
    const session: Session = {
      http: async ({ path }) => {
        asked.push(path);
        return { status: 500, type: "", header: () => undefined, body: undefined };
      },
      ...{ origin: "https://site.example.go.id", now, newsroomNow: () => now, wait: async () => {} },
      secret: { page_id: "104206801976382", account_id: "17841400000000000", user_id: "1", token: "t" },
    };
    expect(await lookup(session, intent, 10 * minute)).toEqual({ state: "unclear" });
    expect(asked).toEqual([]);
  });
});
