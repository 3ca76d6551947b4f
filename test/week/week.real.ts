import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { kominfoFile } from "../support/kominfo.js";
import { mayMount, type Office, openOffice } from "./office.js";

import { mostRecoveryMs, runWeek, type WeekRun } from "./run.js";
import { planWeek, type WeekOptions } from "./schedule.js";
import { summaryOf } from "./summary.js";
import { verifyThings } from "./verify-things.js";
import { verifyAnswers, verifyAudit, verifyFeed, verifyGauges, verifyLog } from "./verify-traces.js";

// Set by command.mjs: npm run test:week -- --seed 7 --minutes 10 --stores postgres --upgrade-from <folder>
const { env } = process;
const options: WeekOptions = {
  seed: Number(env.KOMINFO_WEEK_SEED ?? 1),
  minutes: Number(env.KOMINFO_WEEK_MINUTES ?? 1.5),
  stores: env.KOMINFO_WEEK_STORES === "postgres" ? "postgres" : "sqlite",
  hasDisk: mayMount,
};
const before = env.KOMINFO_WEEK_UPGRADE_FROM;
const programs = {
  before: before ? path.join(path.resolve(before), "bin", "kominfo.js") : kominfoFile,
  after: kominfoFile,
};
/** What the services wrote, after the second of the week and the service. */
const logText = (office: Office, { from }: WeekRun) =>
  office.log
    .map(({ at, service, text }) => `${((at - from) / 1000).toFixed(2)} ${service} ${text}\n`)
    .join("");
/** Room for what a week brings, and a tenth that the newsroom keeps free. */
const diskMb = Math.round(400 + 60 * options.minutes);

describe(`a week of the office, seed ${options.seed}, ${options.minutes} minutes, ${options.stores}`, () => {
  let office: Office;
  let run: WeekRun;

  beforeAll(async () => {
    if (!options.hasDisk) console.warn("SKIPPED: this machine may not mount a tmpfs, so no disk is filled");
    office = await openOffice(options.stores, options.hasDisk ? diskMb : undefined, programs.before);
    run = await runWeek(options, planWeek(options), office, programs);
    console.log(summaryOf(run));
    if (env.KOMINFO_WEEK_LOG) await writeFile(env.KOMINFO_WEEK_LOG, logText(office, run));
  });
  afterAll(() => office?.stop());

  it("brought work of every kind", () => {
    for (const [part, notes] of Object.entries(run.ledger)) expect(notes.length, part).toBeGreaterThan(0);
  });

  it("was answered honestly: no failure without a fault, and never 500", () => {
    expect(verifyAnswers(run.journal, run.windows)).toEqual([]);
  });

  it("ended no process that nobody ended", () => {
    expect(office.deaths.map(({ at, ...death }) => ({ ...death, seconds: (at - run.from) / 1000 }))).toEqual(
      [],
    );
  });

  it("was served again soon after each fault", () => {
    const late = run.windows.filter(({ to, servedAt }) => servedAt - to > mostRecoveryMs);
    expect(late.map(({ name, to, servedAt }) => `${name}: ${servedAt - to} ms`)).toEqual([]);
  });

  it("has all that it acknowledged, as it was, once", async () => {
    const { ledger, people, editors, admin } = run;
    const readers = [...editors, admin];
    const inspection = { ledger, mayHaveMore: false, redactions: ledger.redactions, readers, people };
    expect(await verifyThings(inspection)).toEqual([]);
  });

  it("was upgraded and backed up, and a restored copy has all from before its backup", () => {
    expect(run.works).toEqual([]);
  });

  it("told each change in the feed, once, to whoever followed", async () => {
    const { ledger, admin, followers } = run;
    expect(await verifyFeed(ledger, admin, followers)).toEqual([]);
  });

  it("kept its audit log whole", async () => {
    expect(await verifyAudit(office, run.ledger, run.admin, 2)).toEqual([]);
  });

  it("logged no error that no fault explains, and nothing but JSON", () => {
    expect(verifyLog(office.log, run.windows)).toEqual([]);
  });

  it("has nothing open at the end", async () => {
    // What is counted in the stores is remembered for 15 seconds, and a cut connection noticed at once.
    await expect.poll(() => verifyGauges(office, run.journal), { timeout: 30_000 }).toEqual([]);
  });
});
