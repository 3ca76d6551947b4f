import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { noteAgreement, noteStopped, sendPublication, settleStopped } from "../../src/publish/send.js";
import { depsOf, fakeChannel, fakeNewsroom, killAt, request, testTime } from "./place.js";

// What a person has stopped, or wants gone, is sent by no run that nobody asks for, wherever the run was stopped.

const minute = 60_000;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-stopped-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

// Steps: the grant, the effect, the intent, the commit.
const places = [1, 2, 3, 4].flatMap((at) => (["before", "after"] as const).map((when) => ({ at, when })));

/** A run that was agreed to and ended at a step, as its machine's folder holds it. */
async function ended({ at, when }: (typeof places)[number]) {
  const time = testTime();
  const newsroom = fakeNewsroom(time);
  const channel = fakeChannel({ proves: true });
  const deps = (machine: string, killer?: ReturnType<typeof killAt>) =>
    depsOf(time, newsroom, channel, path.join(folder, machine), killer);
  const { submission, publication } = request;
  const agreement = { origin: newsroom.client.origin, submission, link: false, again: false };
  await noteAgreement(path.join(folder, "laptop"), publication.id, agreement);
  const killer = killAt(at, when);
  sendPublication(deps("laptop", killer), request).catch(() => {});
  await killer.killed;
  await cp(path.join(folder, "laptop"), path.join(folder, "after"), {
    recursive: true,
    filter: (file) => !file.endsWith(".lock"),
  });
  return { time, newsroom, channel, deps, before: channel.visible.length };
}

describe.each(places)("a run that ended $when step $at", (place) => {
  it.each(["told at once", "told later"])(
    "and was stopped is not sent, %s; post publish sends it once",
    async (how) => {
      const { time, newsroom, channel, deps, before } = await ended(place);
      const mayBeOut = await noteStopped(path.join(folder, "after"), request.publication.id);
      expect(mayBeOut, "only a commit may have left").toBe(place.at === 4);
      if (how === "told at once" && !mayBeOut) await settleStopped(deps("after"), request);
      for (let run = 0; run < 2; run += 1) {
        time.advance(16 * minute);
        if (newsroom.state !== "published") {
          await sendPublication(deps("after"), { ...request, isUnasked: true });
        }
        if (!mayBeOut) expect(channel.visible).toHaveLength(before);
      }
      if (newsroom.state !== "published") await sendPublication(deps("after"), request);
      expect(channel.visible).toHaveLength(1);
    },
  );

  it("and shall be taken down is never sent", async () => {
    const { time, channel, deps, before } = await ended(place);
    for (let run = 0; run < 2; run += 1) {
      time.advance(16 * minute);
      await sendPublication(deps("after"), { ...request, wantedGone: { remove: false } }).catch(() => {});
      expect(channel.visible).toHaveLength(before);
    }
  });
});
