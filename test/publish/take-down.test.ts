import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { failed } from "../../src/errors/errors.js";
import { sendPublication } from "../../src/publish/send.js";
import { depsOf, fakeChannel, fakeNewsroom, type Killer, killAt, request, testTime } from "./place.js";

const minute = 60_000;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-take-down-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Something that is out and shall go. */
async function published() {
  const time = testTime();
  const newsroom = fakeNewsroom(time);
  const channel = fakeChannel({ proves: false });
  const run = (machine: string, killer?: Killer) =>
    sendPublication(depsOf(time, newsroom, channel, path.join(folder, machine), killer), request);
  await run("laptop");
  expect(channel.visible).toHaveLength(1);
  newsroom.askForTakeDown();
  return { time, newsroom, channel, run };
}

describe("taking a publication down", () => {
  it("removes it, tells the newsroom, and leaves no journal", async () => {
    const { newsroom, channel, run } = await published();
    expect(await run("laptop")).toMatchObject({ found: false, outcome: { state: "unpublished" } });
    expect([newsroom.state, channel.visible]).toEqual(["unpublished", []]);
    expect(await readdir(path.join(folder, "laptop"))).not.toContainEqual(expect.stringMatching(/jsonl$/));
  });

  it("that fails is told at once, leaves it published, and may be tried again", async () => {
    const { newsroom, channel, run } = await published();
    const { takeDown } = channel.publishing;
    channel.publishing.takeDown = async () => {
      throw failed("instagram-not-removable");
    };
    await expect(run("laptop")).rejects.toMatchObject({ code: "instagram-not-removable" });
    expect(newsroom.state).toBe("published");
    expect(newsroom.attempts.at(-1)).toMatchObject({ kind: "take_down", outcome: "failed" });
    channel.publishing.takeDown = takeDown;
    expect((await run("laptop")).outcome.state).toBe("unpublished");
  });

  const places = [1, 2, 3].flatMap((step) =>
    (["before", "after"] as const).flatMap((when) =>
      (["the same machine", "another machine"] as const).map((where) => ({ step, when, where })),
    ),
  );
  it.each(places)("that is killed $when step $step goes on at $where", async ({ step, when, where }) => {
    const { time, newsroom, channel, run } = await published();
    const killer = killAt(step, when);
    await Promise.race([run("laptop", killer), killer.killed]);
    // Gone for readers, but said to be so only once it is proved.
    if (newsroom.state === "unpublished") expect(channel.visible).toEqual([]);
    await cp(path.join(folder, "laptop"), path.join(folder, "after"), {
      recursive: true,
      filter: (file) => !file.endsWith(".lock"),
    });
    time.advance(11 * minute);
    if (newsroom.state === "published") await run(where === "the same machine" ? "after" : "other");
    expect([newsroom.state, channel.visible]).toEqual(["unpublished", []]);
  });
});
