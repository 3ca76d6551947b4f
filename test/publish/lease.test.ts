import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Job, Outcome, Session } from "../../src/channels/publishing.js";
import { temporary } from "../../src/errors/errors.js";
import { createNewsroomClient } from "../../src/newsroom-client/client.js";
import { createNewsroomClock } from "../../src/publish/clock.js";
import { type SendDeps, sendPublication } from "../../src/publish/send.js";
import { granted, minute, read, type Scene, setScene, uuid } from "../newsroom/publishing/scene.js";
import { fakeChannel } from "./place.js";

// A slow line, at the real newsroom: its clock and this machine's are moved, and nothing waits.

let scene: Scene;
beforeAll(async () => {
  scene = await setScene();
}, 60_000);
afterAll(() => scene.remove());
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-lease-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A machine of the operator, whose channel takes what the test says to prepare. */
async function machine(prepare: (session: Session, job: Job) => Promise<void>) {
  const at = await scene.planned(await scene.approved());
  const [, submission = "", , publication = ""] = at.split("/").slice(1);
  const { signal } = new AbortController();
  const client = createNewsroomClient({
    ...{ origin: scene.newsroom.url, token: scene.operatorToken, version: "0.1.0", language: "id", signal },
  });
  const channel = fakeChannel({ proves: true });
  const now = () => scene.newsroom.clock.now;
  const clock = createNewsroomClock({ now, monotonic: () => now().getTime() });
  let tick = () => {};
  const told: string[] = [];
  const underWay: Promise<unknown>[] = [];
  const deps: SendDeps = {
    newsroom: {
      origin: client.origin,
      grantAttempt: client.grantAttempt,
      async updateAttempt(address, number, change) {
        told.push(change.intent ? "intent" : (change.outcome?.state ?? "renewal"));
        const answer = client.updateAttempt(address, number, change);
        underWay.push(answer);
        return answer;
      },
    },
    publishing: {
      ...channel.publishing,
      async prepare(session, job) {
        await prepare(session, job);
        return { media: "m" };
      },
    },
    session: {
      http: () => Promise.reject(new Error("no request")),
      ...{ origin: "https://cibitung.example.go.id", now: now(), secret: {}, newsroomNow: clock.now },
      wait: async (ms) => scene.pass(ms),
    },
    ...{ folder, clock, local: { now, monotonic: () => now().getTime() }, newKey: uuid },
    photo: async () => new Uint8Array(),
    repeat(_ms, work) {
      tick = work;
      return () => {
        tick = () => {};
      };
    },
  };
  const run = () => sendPublication(deps, { submission, publication: { id: publication }, link: null });
  return {
    ...{ run, deps, at, told, visible: channel.visible },
    /** A minute's look at the lease, until the newsroom has answered. */
    async tick() {
      tick();
      await Promise.all(underWay);
    },
  };
}

const published: Outcome["state"] = "published";
const photos = ["a", "b", "c", "d", "e", "f"];

describe("the lease of an attempt", () => {
  it("is renewed between photos of which each takes four minutes, and nobody else gets it", async () => {
    const held: number[] = [];
    const { run, at, told, visible } = await machine(async (_session, job) => {
      for (const photo of photos) {
        await job.once(photo, async () => {
          scene.pass(4 * minute);
          held.push((await scene.colleague.post(`${at}/attempts`, {}, { "idempotency-key": uuid() })).status);
          return photo;
        });
      }
    });
    expect((await run()).outcome.state).toBe(published);
    expect(held).toEqual(photos.map(() => 409));
    expect(told).toEqual([...photos.map(() => "renewal"), "intent", "published"]);
    expect(visible).toEqual(["m"]);
  });

  it("is renewed while a channel is waited for, and not at every question", async () => {
    const { run, told } = await machine(async (session) => {
      for (let n = 0; n < 15; n += 1) await session.wait(minute);
    });
    expect((await run()).outcome.state).toBe(published);
    expect(told.filter((what) => what === "renewal")).toHaveLength(3);
  });

  it("is renewed while a single photo is on its way", async () => {
    const { run, told, tick, visible, at } = await machine(async (_session, job) => {
      await job.once("a", async () => {
        for (let n = 1; n <= 14; n += 1) {
          scene.pass(minute);
          await tick();
          expect(told).toHaveLength(Math.floor(n / 4));
          expect((await read(scene.editor, at)).held).not.toBeNull();
        }
        return "a";
      });
    });
    expect((await run()).outcome.state).toBe(published);
    expect(visible).toEqual(["m"]);
  });

  it("survives a line that breaks while it is renewed", async () => {
    const { run, deps, visible } = await machine(async (_session, job) => {
      for (const photo of photos.slice(0, 2)) {
        await job.once(photo, async () => {
          scene.pass(4 * minute);
          return photo;
        });
      }
    });
    const { updateAttempt } = deps.newsroom;
    let broken = 1;
    deps.newsroom = {
      ...deps.newsroom,
      async updateAttempt(address, number, change) {
        if (change.intent || change.outcome || broken-- < 1) return updateAttempt(address, number, change);
        throw temporary("server-unreachable", { origin: "o", path: "/", reason: "ECONNRESET" });
      },
    };
    expect((await run()).outcome.state).toBe(published);
    expect(visible).toEqual(["m"]);
  });

  it("that another machine has by now ends the run before the next photo, and what it sends is left alone", async () => {
    const done: string[] = [];
    const { run, at, visible } = await machine(async (_session, job) => {
      for (const photo of photos) {
        await job.once(photo, async () => {
          done.push(photo);
          // This machine has slept.
          scene.pass(11 * minute);
          if (photo === "a") await granted(scene.colleague, at);
          return photo;
        });
      }
    });
    await expect(run()).rejects.toMatchObject({
      code: "publication-refused",
      exit: 5,
      params: { refusal: "fence" },
    });
    expect([done, visible]).toEqual([["a"], []]);
    expect((await read(scene.editor, at)).state).toBe("publishing");
    // The next run asks anew, and is told who has it.
    await expect(run()).rejects.toMatchObject({ code: "publication-held" });
  });

  it("whose end this machine has slept through, and that nobody else has, is taken up again", async () => {
    const { run, visible } = await machine(async (_session, job) => {
      await job.once("a", async () => {
        scene.pass(60 * minute);
        return "a";
      });
    });
    expect((await run()).outcome.state).toBe(published);
    expect(visible).toEqual(["m"]);
  });
});
