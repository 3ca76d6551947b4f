import { afterAll, beforeAll, expect, it } from "vitest";
import { attemptOf, grant, minute, read, type Scene, setScene, uuid } from "./scene.js";

// Machines that send the same publication, die, sleep and come back, on a channel that may show a post long after it was asked
// to, and takes what was prepared once (Facebook's photos, Instagram's containers). Whatever the order: readers see one post, and the
// newsroom ends with its id.

/** More of them: KOMINFO_RACES=200. */
const games = Number(process.env.KOMINFO_RACES ?? 20);
const steps = 24;

let scene: Scene;
beforeAll(async () => {
  scene = await setScene();
}, 60_000);
afterAll(() => scene.remove());

/** mulberry32 */
function randomOf(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** What a channel shows, and what is still on its way there. */
function openChannel() {
  const live: string[] = [];
  const late: string[] = [];
  const show = (prepared: string) => {
    if (!live.includes(prepared)) live.push(prepared);
  };
  return {
    live,
    late,
    show,
    arrive: () => {
      for (const prepared of late.splice(0)) show(prepared);
    },
  };
}

type Attempt = ReturnType<typeof attemptOf>;

/** One machine. It keeps its key and what it has prepared, as its journal does. */
function openMachine(
  client: Scene["operator"],
  address: string,
  channel: ReturnType<typeof openChannel>,
  random: (below: number) => number,
) {
  let key: string | undefined;
  let own: string | undefined;
  let open: { attempt: Attempt; prepared?: string } | undefined;
  const published = (prepared: string) => ({ remote_id: prepared, url: `https://c.example/${prepared}` });

  /** Tells what an earlier run has left. */
  async function settle() {
    if (!open) return;
    const { attempt, prepared } = open;
    open = undefined;
    if (attempt.kind !== "send") await attempt.tell(attempt.kind === "follow" ? "handed_over" : "unclear");
    // It has announced, slept, and not sent.
    else await attempt.tell("failed", { code: prepared === undefined ? "interrupted" : "too-late" });
  }

  return {
    settle,
    async run() {
      await settle();
      key ??= uuid();
      const answer = await grant(client, address, {}, key);
      // Killed before the answer: the key stays in the journal.
      if (random(8) === 0) return;
      if (answer.status !== 201) return;
      key = undefined;
      const attempt = attemptOf(client, address, answer.body);
      open = { attempt };
      if (random(8) === 0) return;
      if (attempt.kind === "look") {
        const { prepared } = attempt.earlier.intent;
        open = undefined;
        if (channel.live.includes(prepared)) await attempt.tell("published", published(prepared));
        else await attempt.tell(random(2) === 0 ? "absent" : "unclear");
        return;
      }
      own ??= uuid();
      const prepared: string = attempt.earlier?.outcome === "absent" ? attempt.earlier.intent.prepared : own;
      const intended = await attempt.intend({ prepared });
      if (intended.status !== 200) {
        open = undefined;
        await attempt.tell("failed", { code: "refused" });
        return;
      }
      open = { attempt, prepared };
      // Asleep between the intent and the commit.
      if (random(6) === 0) return;
      open = undefined;
      const fate = random(6);
      if (fate === 0) return void (await attempt.tell("failed", { code: "server-unreachable" }));
      const isTaken = channel.live.includes(prepared);
      if (fate <= 2) channel.late.push(prepared);
      else channel.show(prepared);
      // The answer is lost, or it refuses what is out already. Some do not live to say so.
      if (random(4) === 0) return;
      if (fate <= 3 || isTaken) await attempt.tell("unclear", { code: "timeout" });
      else await attempt.tell("published", published(prepared));
    },
  };
}

it.each(Array.from({ length: games }, (_, seed) => seed))(
  "readers see one post, game %i",
  async (seed) => {
    const random = randomOf(seed);
    const address = await scene.planned(await scene.approved());
    const channel = openChannel();
    const clients = [scene.operator, scene.colleague, scene.publisher];
    // Each has a source of its own: they run at once, and who draws first is the line's matter.
    const machines = clients.map((client, n) =>
      openMachine(client, address, channel, randomOf(1000 * (n + 1) + seed)),
    );
    for (let step = 0; step < steps; step += 1) {
      const some = machines.filter(() => random(2) === 0);
      await Promise.all(some.map((machine) => machine.run()));
      if (random(3) === 0) scene.pass((1 + random(12)) * minute);
      if (random(6) === 0) channel.arrive();
      expect(channel.live.length, `step ${step}`).toBeLessThanOrEqual(1);
    }
    channel.arrive();
    for (let round = 0; round < 40; round += 1) {
      const { state } = await read(scene.editor, address);
      if (state === "published") break;
      scene.pass(11 * minute);
      await machines[round % machines.length]!.run();
      channel.arrive();
    }
    for (const machine of machines) await machine.settle();
    const row = await read(scene.editor, address);
    expect([row.state, row.held]).toEqual(["published", null]);
    expect(channel.live).toEqual([row.remote_id]);
  },
  120_000,
);
