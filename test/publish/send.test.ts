import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cancelled, failed, temporary } from "../../src/errors/errors.js";
import { loadMessages } from "../../src/language/index.js";
import { sendPublication } from "../../src/publish/send.js";
import { depsOf, fakeChannel, fakeNewsroom, type Killer, killAt, request, testTime } from "./place.js";

const minute = 60_000;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-send-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The journals that a killed process leaves; its lock goes with it. */
async function survivors(from: string): Promise<string> {
  const to = path.join(folder, `after-${path.basename(from)}`);
  await cp(from, to, { recursive: true, filter: (file) => !file.endsWith(".lock") });
  return to;
}

function scene({ proves }: { proves: boolean }) {
  const time = testTime();
  const newsroom = fakeNewsroom(time);
  const channel = fakeChannel({ proves });
  const run = (machine: string, killer?: Killer) =>
    sendPublication(depsOf(time, newsroom, channel, path.join(folder, machine), killer), request);
  return { time, newsroom, channel, run };
}

describe("sending a publication", () => {
  it("sends once, tells the newsroom, and leaves no journal", async () => {
    const { newsroom, channel, run } = scene({ proves: false });
    const sent = await run("laptop");
    expect(sent).toMatchObject({ found: false, outcome: { state: "published" } });
    expect(newsroom.state).toBe("published");
    expect(channel.visible).toHaveLength(1);
    expect((await readdir(path.join(folder, "laptop"))).filter((name) => name.endsWith(".jsonl"))).toEqual(
      [],
    );
  });

  it("keeps the result of each effect, also where several are under way at once and one of them is cut off", async () => {
    const { channel, run } = scene({ proves: false });
    const done: string[] = [];
    channel.publishing.prepare = async (_session, job) => {
      const upload = (photo: string) =>
        job.once(photo, async () => {
          done.push(photo);
          return `media-${photo}`;
        });
      // The same photo twice in a post is one upload.
      return { media: (await Promise.all(["a", "b", "c", "b"].map(upload))).join() };
    };
    // Steps: the grant, then the three effects, of which one never returns.
    const killer = killAt(2, "after");
    const killed = run("laptop", killer);
    killed.catch(() => {});
    await killer.killed;
    const journal = () => readFile(path.join(folder, "laptop", `${request.publication.id}.jsonl`), "utf8");
    await expect.poll(async () => (await journal()).match(/"done"/g)?.length).toBe(2);
    expect([...done].sort()).toEqual(["a", "b", "c"]);
    const kept = (photo: string) => facts.includes(`"fact":"done","key":"${photo}"`);
    const facts = await journal();
    await run(path.basename(await survivors(path.join(folder, "laptop"))));
    // Only what is not known to have been done is done again.
    expect(done.slice(3)).toEqual(["a", "b", "c"].filter((photo) => !kept(photo)));
    expect(channel.visible).toEqual(["media-a,media-b,media-c,media-b"]);
  });

  it("does not take a torn journal as a proof that nothing was sent", async () => {
    const { channel, run } = scene({ proves: false });
    const commits: string[] = [];
    const { commit } = channel.publishing;
    channel.publishing.commit = async (...given) => {
      commits.push("sent");
      return commit(...given);
    };
    // Steps: the grant, the effect, the intent, then the commit, whose answer never comes.
    const killer = killAt(4, "after");
    run("laptop", killer).catch(() => {});
    await killer.killed;
    expect(commits).toHaveLength(1);
    const machine = await survivors(path.join(folder, "laptop"));
    const file = path.join(machine, `${request.publication.id}.jsonl`);
    const whole = await readFile(file, "utf8");
    expect(whole).toMatch(/"fact":"commit","number":1\}\n$/);
    await writeFile(file, whole.slice(0, -8));
    channel.publishing.lookup = async () => ({ state: "unclear" });
    expect(await run(path.basename(machine))).toMatchObject({ outcome: { state: "unclear" } });
    expect(commits).toHaveLength(1);
  });

  it("announces what it will look for before anything is visible", async () => {
    const { newsroom, channel, run } = scene({ proves: false });
    const { commit } = channel.publishing;
    channel.publishing.commit = async (...given) => {
      expect(newsroom.attempts[0]).toMatchObject({ intent: { media: "media-1" }, outcome: null });
      return commit(...given);
    };
    await run("laptop");
    expect.assertions(1);
  });

  it("does not send when it slept for more than 20 s after the newsroom's consent", async () => {
    const { time, newsroom, channel, run } = scene({ proves: false });
    const { updateAttempt } = newsroom.client;
    newsroom.client.updateAttempt = async (...given) => {
      if (given[2].intent) time.advance(20_001);
      return updateAttempt(...given);
    };
    const sent = await run("laptop");
    expect(sent.outcome, "in the reader's language: no words of the machine").toEqual({
      state: "failed",
      code: "too-late",
      reason: "too-late",
    });
    for (const language of ["id", "en"] as const) {
      expect((await loadMessages(language)).channels.outcomes).toHaveProperty("too-late");
    }
    expect(channel.visible).toEqual([]);
    newsroom.client.updateAttempt = updateAttempt;
    expect((await run("laptop")).outcome.state).toBe("published");
  });

  it("calls a commit that ends in an error unclear, and looks two minutes later", async () => {
    const { time, channel, run } = scene({ proves: false });
    const { commit } = channel.publishing;
    channel.publishing.commit = async (...given) => {
      await commit(...given);
      throw temporary("server-unreachable", {
        origin: "https://api.x.com",
        path: "/2/tweets",
        reason: "ECONNRESET",
      });
    };
    expect(await run("laptop")).toMatchObject({
      outcome: { state: "unclear", code: "server-unreachable" },
      not_before: new Date(time.now().getTime() + 2 * minute),
    });
    const early = await run("laptop");
    expect(early).toMatchObject({ outcome: { state: "unclear" }, not_before: expect.any(Date) });
    time.advance(2 * minute);
    expect(await run("laptop")).toMatchObject({ found: true, outcome: { state: "published" } });
    expect(channel.visible).toHaveLength(1);
  });

  it("does not look for what a redaction has taken its keys from: a person decides", async () => {
    const { time, newsroom, channel, run } = scene({ proves: false });
    channel.publishing.commit = async () => ({ state: "unclear" });
    expect((await run("laptop")).outcome.state).toBe("unclear");
    newsroom.attempts[0]!.intent = {};
    channel.publishing.lookup = () => Promise.reject(new Error("looked"));
    time.advance(10 * minute);
    expect((await run("laptop")).outcome).toEqual({ state: "unclear" });
  });

  it("frees the attempt at once when preparing fails, so that the next run need not wait", async () => {
    const { newsroom, channel, run } = scene({ proves: false });
    const { prepare } = channel.publishing;
    channel.publishing.prepare = async () => {
      throw temporary("server-slow", {
        origin: "https://api.x.com",
        path: "/2/media/upload",
        reason: "ETIMEDOUT",
      });
    };
    await expect(run("laptop")).rejects.toMatchObject({ code: "server-slow" });
    expect(newsroom.state).toBe("failed");
    channel.publishing.prepare = prepare;
    expect((await run("laptop")).outcome.state).toBe("published");
  });

  it("calls what Ctrl-C ended interrupted: nobody has cancelled what was planned", async () => {
    const { newsroom, channel, run } = scene({ proves: false });
    channel.publishing.prepare = () => Promise.reject(cancelled("cancelled"));
    const { updateAttempt } = newsroom.client;
    const told: unknown[] = [];
    newsroom.client.updateAttempt = async (...given) => {
      told.push(given[2].outcome);
      return updateAttempt(...given);
    };
    await expect(run("laptop")).rejects.toMatchObject({ code: "cancelled" });
    expect(told).toMatchObject([{ state: "failed", code: "interrupted", reason: "interrupted" }]);
  });

  it.each([
    ["a failure that may pass", temporary("server-busy", { origin: "https://x" }), false, true],
    [
      "a failure that a person has to see to",
      failed("channel-forbidden", { service: "x", origin: "https://x" }),
      true,
      undefined,
    ],
    ["what a person has stopped", cancelled("cancelled"), false, undefined],
    ["what a machine was stopped at that begins again", cancelled("cancelled"), true, true],
  ])("tells a newsroom that takes it of %s", async (_what, error, isUnattended, passing) => {
    const { time, newsroom, channel } = scene({ proves: false });
    channel.publishing.prepare = () => Promise.reject(error);
    const { updateAttempt } = newsroom.client;
    const told: unknown[] = [];
    newsroom.client.updateAttempt = async (...given) => {
      told.push(given[2].outcome?.passing);
      return updateAttempt(...given);
    };
    for (const takesPassing of [true, false]) {
      const deps = depsOf(time, newsroom, channel, path.join(folder, "laptop"));
      await expect(sendPublication({ ...deps, takesPassing, isUnattended }, request)).rejects.toBe(error);
    }
    expect(told).toEqual([passing, undefined]);
  });

  it("keeps an outcome that could not be told, and tells it in the next run", async () => {
    const { newsroom, channel, run } = scene({ proves: false });
    const { updateAttempt } = newsroom.client;
    newsroom.client.updateAttempt = async (...given) => {
      if (given[2].outcome) {
        throw temporary("server-unreachable", {
          origin: "https://redaksi.example.go.id",
          path: "/",
          reason: "ENETDOWN",
        });
      }
      return updateAttempt(...given);
    };
    expect(await run("laptop")).toMatchObject({ outcome: { state: "published" }, untold: { exit: 5 } });
    newsroom.client.updateAttempt = updateAttempt;
    expect(await run("laptop")).toMatchObject({ outcome: { state: "published" }, found: true });
    expect(newsroom.state).toBe("published");
    expect(channel.visible).toHaveLength(1);
  });
});

/** How many steps a run has that nobody kills. */
const stepsOfRun = 5;

describe.each([
  ["whose lookup proves absence", true],
  ["whose lookup proves nothing", false],
] as const)("a run that is killed, on a channel %s", (_, proves) => {
  const places = Array.from({ length: stepsOfRun }, (_unused, step) => step + 1).flatMap((step) =>
    (["before", "after"] as const).flatMap((when) =>
      (["the same machine", "another machine"] as const).map((where) => ({ step, when, where })),
    ),
  );

  it("has as many steps as are killed here", async () => {
    const { run } = scene({ proves });
    const killer = killAt(0, "before");
    await run("laptop", killer);
    expect(killer.steps).toBe(stepsOfRun);
  });

  it.each(places)(
    "$when step $step, and goes on at $where: is visible once",
    async ({ step, when, where }) => {
      const { time, newsroom, channel, run } = scene({ proves });
      const killer = killAt(step, when);
      await Promise.race([run("laptop", killer), killer.killed]);
      const machine = where === "the same machine" ? await survivors(path.join(folder, "laptop")) : "other";
      const next = path.basename(machine);
      // Past the lease, and past every lookup.
      time.advance(11 * minute);
      await run(next).catch((error: Error) => {
        if (!error.message.includes("already") && !error.message.includes("granted although")) throw error;
      });
      time.advance(11 * minute);
      if (newsroom.state !== "published") await run(next);
      // Where a lookup proves nothing, nobody but a person says that nothing is there.
      const isUndecided = !proves && channel.visible.length === 0;
      expect(newsroom.state).toBe(isUndecided ? "unclear" : "published");
      expect(channel.visible).toHaveLength(isUndecided ? 0 : 1);
    },
  );
});
