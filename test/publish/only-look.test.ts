import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { temporary } from "../../src/errors/errors.js";
import { journalPath, readPublicationJournal } from "../../src/publish/journal.js";
import { isFreeForLater, noteAgreement, sendPublication } from "../../src/publish/send.js";
import { depsOf, fakeChannel, fakeNewsroom, killAt, request, testTime } from "./place.js";

// What goes out at another time is only looked for now, wherever an earlier run was killed: nothing is sent by it.

const minute = 60_000;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-look-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function scene() {
  const time = testTime();
  const newsroom = fakeNewsroom(time);
  const channel = fakeChannel({ proves: true });
  const deps = (machine: string, killer?: ReturnType<typeof killAt>) =>
    depsOf(time, newsroom, channel, path.join(folder, machine), killer);
  const onlyLook = (machine: string) => sendPublication(deps(machine), { ...request, onlyLook: true });
  return { time, newsroom, channel, deps, onlyLook };
}

// Steps: the grant, the effect, the intent, the commit. After the outcome there is nothing to look for.
const kills = [1, 2, 3, 4].flatMap((at) =>
  (["before", "after"] as const).flatMap((when) =>
    ["the same machine", "another machine"].map((where) => ({ at, when, where })),
  ),
);

describe("a request that only looks", () => {
  it.each(kills)("sends nothing after a kill $when step $at, from $where", async ({ at, when, where }) => {
    const { time, newsroom, channel, deps, onlyLook } = scene();
    const killer = killAt(at, when);
    const { submission, publication } = request;
    const { origin } = newsroom.client;
    const agreement = { origin, submission, link: false, again: false };
    await noteAgreement(path.join(folder, "laptop"), publication.id, agreement);
    sendPublication(deps("laptop", killer), request).catch(() => {});
    await killer.killed;
    await cp(path.join(folder, "laptop"), path.join(folder, "after"), {
      recursive: true,
      filter: (file) => !file.endsWith(".lock"),
    });
    const before = channel.visible.length;
    time.advance(16 * minute);
    const sent = await onlyLook(where === "another machine" ? "other" : "after");
    expect(channel.visible).toHaveLength(before);
    const isOut = before > 0;
    expect([sent.outcome.state === "published", isFreeForLater(sent)]).toEqual([isOut, !isOut]);
    expect(newsroom.state).toBe(isOut ? "published" : "failed");
    // What was agreed to is not gone on with: it was about now.
    const { agreed } = await readPublicationJournal(journalPath(path.join(folder, "after"), publication.id));
    if (at < 4 && where === "the same machine") expect(agreed).toBeUndefined();
    // At its time it is sent.
    if (!isOut) await sendPublication(deps("publisher"), request);
    expect(channel.visible).toHaveLength(1);
  });

  it("whose word does not arrive has its schedule not yet, and is told by the next run, which sends nothing either", async () => {
    const { newsroom, channel, deps, onlyLook } = scene();
    const { updateAttempt } = newsroom.client;
    newsroom.client.updateAttempt = async (...given) => {
      if (given[2].outcome) throw temporary("server-busy", { origin: "https://redaksi.example.go.id" });
      return updateAttempt(...given);
    };
    const sent = await onlyLook("laptop");
    expect([isFreeForLater(sent), sent.untold?.code]).toEqual([false, "server-busy"]);
    newsroom.client.updateAttempt = updateAttempt;
    expect(await sendPublication(deps("laptop"), request)).toMatchObject({ outcome: { code: "postponed" } });
    expect([channel.visible, newsroom.state]).toEqual([[], "failed"]);
  });
});
