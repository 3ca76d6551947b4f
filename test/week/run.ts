import { setMaxListeners } from "node:events";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { kecamatanOfBekasi } from "../../src/region/kecamatan.js";
import { startNewsroom } from "../support/kominfo.js";
import { acts, type Scene } from "./acts.js";
import { type Asking, GivenUp, type Journal, type Person, personOf } from "./asking.js";
import { openCommandLine } from "./commands.js";
import { faults } from "./faults.js";
import { type Follower, followByAsking, followStream } from "./feeds.js";
import { emptyLedger, type Ledger, ledgerBefore } from "./ledger.js";
import { memoryMb, type Office } from "./office.js";
import { probe } from "./probes.js";

import {
  type Act,
  commandLinePerson,
  editorCount,
  type Happening,
  operatorCount,
  type Week,
  type WeekOptions,
  type WorkName,
} from "./schedule.js";
import { photoMaker } from "./uploads.js";
import { verifyThings } from "./verify-things.js";
import type { Window } from "./verify-traces.js";

/** A week that is over, to be looked at. */
export interface WeekRun {
  options: WeekOptions;
  week: Week;
  office: Office;
  ledger: Ledger;
  journal: Journal;
  windows: Window[];

  people: Map<string, Person>;
  editors: Person[];
  admin: Person;
  followers: Record<string, Follower>;
  /** Memory in MB of each process, once a second. */
  memory: Map<string, number[]>;
  /** What the works of the office found: a failed backup, a restored copy that lacks something. */
  works: string[];
  /** When it began, and when the last of its acts was done, in ms since 1970. */
  from: number;
  to: number;
}

/** How long people go on after the week until they are answered, in ms. */
const overtimeMs = 120_000;
/** A process that was killed holds its uploads for ten seconds. */
const patienceMs = 20_000;
/** A process that serves no later than this after a fault, in ms, has gone on by itself. */
export const mostRecoveryMs = 15_000;

/** @param programs bin/kominfo.js of the build before the upgrade and after it */
export async function runWeek(
  options: WeekOptions,
  week: Week,
  office: Office,
  programs: { before: string; after: string },
): Promise<WeekRun> {
  const journal: Journal = { tries: [], surprises: [], unanswered: [], lostUploads: 0 };
  const givingUp = new AbortController();
  // Everybody waits for it.
  setMaxListeners(0, givingUp.signal);
  const asking: Asking = {
    urls: office.services.map(({ line }) => `http://127.0.0.1:${line.port}`),
    journal,
    until: givingUp.signal,
    patienceMs,
  };
  const ledger = emptyLedger();
  const scene: Scene = { ...asking, ledger, newPhoto: await photoMaker() };
  const people = new Map<string, Person>();
  const add = async (role: Parameters<Office["add"]>[0], name: string, kecamatan = "") => {
    const { id, token } = await office.add(role, name, kecamatan || undefined);
    const person = personOf(asking, { id, name, token, kecamatan }, people.size);
    people.set(id, person);
    return person;
  };
  const addAll = async (count: number, of: (n: number) => Promise<Person>) => {
    const added: Person[] = [];
    for (let n = 0; n < count; n++) added.push(await of(n));
    return added;
  };
  const operators = await addAll(operatorCount, (n) =>
    add("operator", `operator ${n + 1}`, kecamatanOfBekasi[n]!.code),
  );
  const editors = await addAll(editorCount, (n) => add("editor", `editor ${n + 1}`));
  const staff = {
    operator: operators,
    editor: editors,
    admin: [await add("admin", "admin")],
    viewer: [await add("viewer", "viewer")],
  };
  const [admin] = staff.admin as [Person];
  const followers = {
    events: followStream(asking, await add("editor", "reader of events")),
    pages: followByAsking(await add("editor", "reader of pages")),
  };
  const prober = probe(
    asking,
    await addAll(office.services.length, (n) =>
      add("operator", `probe ${n + 1}`, kecamatanOfBekasi[n]!.code),
    ),
  );
  const commandLine = await openCommandLine(asking.urls[0]!, operators[commandLinePerson]!);
  const memory = new Map(office.services.map(({ name }) => [name, [] as number[]]));
  const weighing = setInterval(() => {
    for (const { name, pid } of office.services) {
      const mb = memoryMb(pid);
      if (mb > 0) memory.get(name)?.push(mb);
    }
  }, 1000);

  const windows: Window[] = [];
  const works: string[] = [];
  let program = programs.before;
  const from = Date.now();
  const until = (at: number) => pause(Math.max(0, from + at - Date.now()));

  /** One thing after the other of each person; the command line is another window of the same one. */
  const busy = new Map<string, Promise<void>>();
  const begin = (act: Act) => {
    const person = staff[act.role][act.person]!;
    const isCommand = act.name === "command-album" || act.name === "command-post";
    const key = isCommand ? "command line" : person.id;
    const work = async () => {
      if (act.name === "command-album") await commandLine.album(scene, act.seed);
      else if (act.name === "command-post") await commandLine.post(scene, act.seed);
      else await acts[act.name](scene, person, act.seed);
    };
    const before = busy.get(key) ?? Promise.resolve();
    busy.set(
      key,
      before.then(work).catch((error: unknown) => {
        if (!(error instanceof GivenUp)) journal.surprises.push(`${person.name}, ${act.name}: ${error}`);
      }),
    );
  };

  const backup = path.join(office.folder, "backup");
  let backedUp = 0;
  const toDo: Record<WorkName, () => Promise<void>> = {
    "first-backup": makeBackup,
    "second-backup": makeBackup,
    async upgrade() {
      for (const service of office.services) {
        const code = await service.end("SIGTERM");
        if (code !== 0) works.push(`upgrade: ${service.name} ended with ${code}`);
        await service.start(programs.after);
      }
      program = programs.after;
    },
    restore: restoreBackup,
  };
  async function makeBackup(): Promise<void> {
    const at = Date.now();
    await office.command("newsroom", "backup", backup, "--data", office.data);
    backedUp = at;
  }
  /** Restored into a folder of its own and served: all that was acknowledged before that backup is in it. */
  async function restoreBackup(): Promise<void> {
    const folder = path.join(office.folder, "restored");
    await office.elsewhere("newsroom", "restore", backup, "--data", folder);
    works.push(
      ...(await inspectCopy(folder, { people, editors, admin, asking }, ledger, backedUp)).map(
        (text) => `restored: ${text}`,
      ),
    );
  }

  const happen = async (happening: Happening): Promise<void> => {
    const { name, ms, seed } = happening;
    const never = Number.POSITIVE_INFINITY;
    const window: Window = { name, from: Date.now(), to: never, servedAt: never };
    const isFault = name in faults;
    // A backup and a restored copy beside it disturb nobody.
    if (isFault || name === "upgrade") windows.push(window);
    try {
      if (name in toDo) await toDo[name as WorkName]();
      else await faults[name as keyof typeof faults]({ office, program, seed }, ms);
    } catch (error) {
      works.push(`${name}: ${error}`);
    }
    await revive();
    window.to = Date.now();
    window.servedAt = await prober.served(window.to, mostRecoveryMs);
  };
  /** A process that has died by itself is a defect, which is reported; the week goes on. */
  const revive = async () => {
    for (const service of office.services) if (memoryMb(service.pid) === 0) await service.start(program);
  };

  const happenings = (async () => {
    for (const happening of week.happenings) {
      await until(happening.at);
      await happen(happening);
    }
  })();
  for (const act of week.acts) {
    await until(act.at);
    begin(act);
  }
  await until(week.ms);
  await happenings;
  const givingUpTimer = setTimeout(() => givingUp.abort(), overtimeMs);
  await Promise.all(busy.values());
  clearTimeout(givingUpTimer);
  const to = Date.now();

  await prober.stop();
  await commandLine.remove();
  for (const follower of Object.values(followers)) await untilRead(follower, admin);
  for (const follower of Object.values(followers)) await follower.stop();
  clearInterval(weighing);
  return {
    ...{ options, week, office, ledger, journal, windows, people, editors, admin },
    ...{ followers, memory, works, from, to },
  };
}

/** Waits until the reader has come to the end of the feed, half a minute at most. */
async function untilRead(follower: Follower, reader: Person): Promise<void> {
  const { body } = await reader.ask({ method: "GET", path: "/changes" });
  for (let n = 0; n < 300 && follower.position() < Number(body.next); n++) await pause(100);
}

async function inspectCopy(
  folder: string,
  {
    people,
    editors,
    admin,
    asking,
  }: { people: Map<string, Person>; editors: Person[]; admin: Person; asking: Asking },
  ledger: Ledger,
  backedUp: number,
): Promise<string[]> {
  const copy = await startNewsroom({ argv: ["--data", folder], env: {} });
  try {
    const journal: Journal = { tries: [], surprises: [], unanswered: [], lostUploads: 0 };
    const at = (person: Person) => personOf({ ...asking, journal, urls: [copy.url] }, person, 0);
    const visitors = new Map([...people].map(([id, person]) => [id, at(person)]));
    return await verifyThings({
      ledger: ledgerBefore(ledger, backedUp),
      mayHaveMore: true,
      redactions: ledger.redactions,
      readers: [...editors, admin].map(({ id }) => visitors.get(id)!),
      people: visitors,
    });
  } finally {
    await copy.remove();
  }
}
