import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seeded } from "../../files/compiled.js";
import { writeNoise } from "../../support/photos.js";
import { expectTidy, openPlace, outcomeOf, type Place, storedBytes, untilDone, upload } from "./place.js";
import { faults } from "./proxy.js";

const count = 300;
let place: Place;

beforeAll(async () => {
  place = await openPlace(0.3, seeded(20261124));
  await writeNoise(path.join(place.operator.workspace, "foto"), count, 1);
});
afterAll(() => place?.remove());

describe("a line on which three of ten requests go wrong", () => {
  it("brings 300 photos there, each once and whole, for a third more than they weigh at most", async () => {
    const { operator, line } = place;
    const runs = await untilDone(operator, upload("Gangguan", "--jobs", "4"), 6);
    const { photos, album } = await outcomeOf(place, "gangguan");
    expect([photos.length, album.length]).toEqual([count, count]);
    expect(album.map((one) => (one as { sha256: string }).sha256)).toEqual(photos);
    await expectTidy(place);

    const again = await operator.json(upload("Gangguan"));
    const payload = again.photos.reduce((sum: number, one: { bytes: number }) => sum + one.bytes, 0);
    const stored = await storedBytes(place);
    const hit = Object.fromEntries(line.counted);
    const wrong = [...line.counted.values()].reduce((sum, one) => sum + one, 0);
    console.log(
      `${runs} runs, ${line.requests} requests, ${wrong} went wrong (${JSON.stringify(hit)}); ` +
        `${payload} bytes of photos, ${(line.sent / payload).toFixed(3)} times through the line, ` +
        `${(stored / payload).toFixed(3)} times stored`,
    );
    // Of every kind there were some, or the line was not bad.
    expect(Object.keys(hit).sort()).toEqual([...faults].sort());
    expect(wrong / line.requests).toBeGreaterThan(0.2);
    expect(line.sent / payload).toBeLessThanOrEqual(1.35);
    expect(stored / payload).toBeLessThanOrEqual(1.1);
  });
});
