import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { type OpenPlan, publishAll, type Run } from "../../src/commands/publish/out/publish-all.js";
import type { Publication, Submission } from "../../src/contract/contract.js";

// Whoever is asked has seen a plan. What an editor cancels while the question stands is not planned anew by the answer.

const row = (state: string, reason: string | null = null) =>
  ({ id: "1", channel: "x", account: "1", revision: 1, state, reason, scheduled_for: null }) as Publication;

async function publishAfter(seen: Publication, now: Publication) {
  const asked: string[] = [];
  const state = await mkdtemp(path.join(tmpdir(), "kominfo-called-off-"));
  const seat = { channel: "x", account: "1", label: "@kec", mode: "publish", name: "", origin: "" };
  const submission = { id: "s", approval: { channels: ["x"] }, publications: [seen] };
  const newsroom = {
    origin: "https://redaksi.example.go.id",
    submission: async () => ({ ...submission, publications: [now] }),
    planPublication: async () => {
      asked.push("plan");
      return row("scheduled");
    },
    changePublication: async () => row("scheduled"),
  };
  const run = {
    ...{ newsroom, submission: submission as unknown as Submission, refused: [] },
    context: { host: { signal: new AbortController().signal }, paths: { state } },
    choices: { at: "2026-12-01T00:00:00.000Z", again: [], link: false },
    outlets: [{ channel: "x", account: "1", label: "@kec", mode: "publish" }],
    clock: { now: () => new Date("2026-11-30T00:00:00.000Z") },
    line: { clear: () => {}, doing: () => {}, ended: () => {} },
  } as unknown as Run;
  const plan = {
    channel: "x",
    seat,
    action: "send",
    existing: seen,
    showsLink: false,
  } as unknown as OpenPlan;
  try {
    const [result] = await publishAll(run, [plan]);
    return { asked, result };
  } finally {
    await rm(state, { recursive: true, force: true });
  }
}

it.each(["planned", "scheduled"])(
  "what was seen %s and was cancelled meanwhile stays cancelled",
  async (seen) => {
    const { asked, result } = await publishAfter(row(seen), row("failed", "cancelled"));
    expect([asked, result?.error?.code, result?.error?.params]).toEqual([
      [],
      "publication-refused",
      { refusal: "cancelled" },
    ]);
  },
);

it("what was seen cancelled, or is planned still, is planned as a person asks", async () => {
  const cancelled = row("failed", "cancelled");
  expect((await publishAfter(cancelled, cancelled)).asked).toEqual(["plan"]);
  const { asked, result } = await publishAfter(row("planned"), row("planned"));
  expect([asked, result?.state]).toEqual([["plan"], "scheduled"]);
});
