import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seeded } from "../../files/compiled.js";
import { writeNoise } from "../../support/photos.js";
import { expectTidy, type Outcome, openPlace, outcomeOf, type Place, untilDone, upload } from "./place.js";

/** All of them: npm run test:upload-kills. */
const kills = Number(process.env.KOMINFO_UPLOAD_KILLS ?? 20);
const photos = 40;
const random = seeded(kills);
/** Slow enough that there is a middle: some 20 photos a second. */
const slowly = ["--limit-rate", "800k", "--jobs", "3"];

let undisturbed: Outcome;
const places: Place[] = [];

async function opened(): Promise<Place> {
  const place = await openPlace();
  places.push(place);
  await writeNoise(path.join(place.operator.workspace, "foto"), photos, 2);
  return place;
}

beforeAll(async () => {
  const place = await opened();
  expect(await untilDone(place.operator, upload("Dibunuh"), 1)).toBe(1);
  undisturbed = await outcomeOf(place, "dibunuh");
  expect(undisturbed.photos).toHaveLength(photos);
});
afterAll(async () => {
  for (const place of places) await place.remove();
});

async function killServer({ newsroom, line }: Place): Promise<void> {
  newsroom.process.kill("SIGKILL");
  await newsroom.restart();
  line.target = newsroom.url;
}

/** Starts the command and ends it hard at a moment between its first breath and, mostly, its last. */
async function killedClient({ operator }: Place): Promise<void> {
  const running = operator.start(upload("Dibunuh", ...slowly));
  await pause(100 + random() * 1900);
  running.kill("SIGKILL");
  await running.ended;
}

describe(`${kills} kills of one batch`, () => {
  it("of the client, then the same command: the newsroom has what it would have had", async () => {
    const place = await opened();
    for (let n = 0; n < kills; n++) await killedClient(place);
    await untilDone(place.operator, upload("Dibunuh"), 3);
    expect(await outcomeOf(place, "dibunuh")).toEqual(undisturbed);
    await expectTidy(place);
    // Nothing is left to do, and nothing is done.
    expect(await place.operator.json(["sync"])).toEqual({
      uploads: [],
      submissions: [],
      publications: [],
      redacted: [],
    });
  });

  it("of the server under it: one run of the client outlives them", async () => {
    const place = await opened();
    const running = place.operator.start(upload("Dibunuh", "--limit-rate", "300k"));
    let isOver = false;
    void running.ended.then(() => {
      isOver = true;
    });
    let killed = 0;
    while (!isOver && killed < kills / 4) {
      await pause(300 + random() * 1200);
      await killServer(place);
      killed++;
    }
    await running.ended;
    expect(killed).toBeGreaterThan(1);
    await untilDone(place.operator, upload("Dibunuh"), 3);
    expect(await outcomeOf(place, "dibunuh")).toEqual(undisturbed);
    await expectTidy(place);
  });

  it("of both", async () => {
    const place = await opened();
    for (let n = 0; n < kills / 4; n++) {
      const running = place.operator.start(upload("Dibunuh", ...slowly));
      await pause(200 + random() * 1500);
      await killServer(place);
      await pause(random() * 300);
      running.kill("SIGKILL");
      await running.ended;
    }
    await untilDone(place.operator, upload("Dibunuh"), 3);
    expect(await outcomeOf(place, "dibunuh")).toEqual(undisturbed);
    await expectTidy(place);
  });
});
