import { describe, expect, it } from "vitest";
import { takeDown } from "../../../src/channels/instagram/publish.js";
import type { Removal, Session } from "../../../src/channels/publishing.js";
import { cancelled, KominfoError, temporary } from "../../../src/errors/errors.js";

const now = new Date("2026-11-30T01:00:00Z");
const pictures = ["https://cibitung.example.go.id/wp-content/uploads/kominfo.jpg"];

/** A session whose Graph API answers each request so. */
const sessionOf = (answer: () => Promise<{ status: number; body: unknown }>): Session => ({
  http: async () => ({ type: "application/json", header: () => undefined, ...(await answer()) }),
  ...{ origin: "https://graph.facebook.com", now, newsroomNow: () => now, wait: async () => {} },
  secret: { account_id: "17841400000000000", access_token: "t", app_secret: "s" },
});
const mayNotDelete = sessionOf(async () => ({
  status: 400,
  body: { error: { message: "(#10) No permission", type: "OAuthException", code: 10 } },
}));
const removalOf = (more: Partial<Removal>): Removal => ({
  ...{ photos: true, announced: [{ pictures }], once: (_, effect) => effect() },
  ...more,
});
const problem = (session: Session, removal: Removal) =>
  takeDown(session, "17900000000000001", removal).then(
    () => undefined,
    (error: unknown) => (error instanceof KominfoError ? error.code : error),
  );

describe("taking down from Instagram", () => {
  it("says that the site's pictures still open, also where Instagram lets nobody delete", async () => {
    expect(await problem(mayNotDelete, removalOf({}))).toBe("instagram-pictures-open");
    const isServed = async () => {
      throw temporary("server-failing", { origin: "https://cibitung.example.go.id", status: 503 });
    };
    expect(await problem(mayNotDelete, removalOf({ removePictures: isServed }))).toBe("server-failing");
    expect(await problem(mayNotDelete, removalOf({ removePictures: async () => {} }))).toBe(
      "instagram-not-removable",
    );
  });

  it("ends where the person ends it", async () => {
    const stopped = sessionOf(async () => {
      throw cancelled("cancelled");
    });
    expect(await problem(stopped, removalOf({}))).toBe("cancelled");
  });
});
