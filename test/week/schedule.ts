import { seeded } from "../files/compiled.js";

/** Where the newsroom of the week keeps what it has: SQLite and the disk, or PostgreSQL and S3 with two processes. */
export type WeekStores = "sqlite" | "postgres";

export interface WeekOptions {
  seed: number;
  /** How long the seven days take in all. */
  minutes: number;
  stores: WeekStores;
  /** Whether this machine may have a small disk of its own. */
  hasDisk: boolean;
}

export const operatorCount = 23;
export const editorCount = 4;
/** The operator who works by the command line too: of Cibitung, as the tests' workspaces are. */
export const commandLinePerson = 6;

/** What people do, and how often a second on a working day, all people of the role together. */
const rates = {
  operator: {
    submit: 0.5,
    album: 0.05,
    revise: 0.1,
    resubmit: 0.3,
    remark: 0.1,
    withdraw: 0.03,
    "command-album": 0.02,
    "command-post": 0.02,
  },
  editor: { review: 0.5, browse: 0.4, "record-link": 0.3 },
  admin: { "redact-remark": 0.06, "redact-photo": 0.04, report: 0.05 },
  viewer: { look: 0.2 },
} as const satisfies Record<string, Record<string, number>>;

export type WeekRole = keyof typeof rates;
type ActsOf<Role extends WeekRole> = Extract<keyof (typeof rates)[Role], string>;
export type ActName = { [Role in WeekRole]: ActsOf<Role> }[WeekRole];

export interface Act {
  /** Since the beginning of the week, in ms. */
  at: number;
  role: WeekRole;
  /** Which one of the role, from 0. */
  person: number;
  name: ActName;
  /** What else is chosen in the act follows from it. */
  seed: number;
}

const lineFaults = ["line-cut", "line-slow", "line-frozen"] as const;
const diskFaults = ["disk-low", "disk-full"] as const;
const databaseFaults = [
  "database-crashed",
  "database-restarted",
  "database-terminated",
  "database-frozen",
  "database-refused",
] as const;
const objectFaults = ["objects-frozen", "objects-refused", "objects-slow"] as const;
const serviceFaults = ["service-killed"] as const;

export type FaultName =
  | (typeof lineFaults)[number]
  | (typeof diskFaults)[number]
  | (typeof databaseFaults)[number]
  | (typeof objectFaults)[number]
  | (typeof serviceFaults)[number];
/** What the office itself does to the newsroom, each at its time of the week: part of the whole, from 0 to 1. */
const works = { "first-backup": 0.22, upgrade: 0.5, "second-backup": 0.7, restore: 0.86 } as const;
export type WorkName = keyof typeof works;

export interface Happening {
  /** Since the beginning of the week, in ms. */
  at: number;
  name: FaultName | WorkName;
  /** How long a fault lasts, in ms; 0 of works. */
  ms: number;
  seed: number;
}

export interface Week {
  ms: number;
  acts: Act[];
  happenings: Happening[];
}

const days = 7;
const weekendShare = 0.1;
/** Between two faults there is time to see the newsroom go on. */
const betweenFaultsMs = 15_000;

/** The faults that there are with these stores. */
export function faultsOf({ stores, hasDisk }: Pick<WeekOptions, "stores" | "hasDisk">): FaultName[] {
  const large = stores === "postgres" ? [...databaseFaults, ...objectFaults] : [];
  return [...lineFaults, ...(hasDisk ? diskFaults : []), ...large, ...serviceFaults];
}

/** Plans a week: who does what and when, and what goes wrong. The same options give the same week. */
export function planWeek(options: WeekOptions): Week {
  const ms = options.minutes * 60_000;
  return {
    ms,
    acts: planActs(ms, seeded(options.seed)),
    happenings: planHappenings(ms, faultsOf(options), seeded(~options.seed)),
  };
}

function planActs(weekMs: number, random: () => number): Act[] {
  const dayMs = weekMs / days;
  const acts: Act[] = [];
  for (let day = 0; day < days; day++) {
    const share = day < 5 ? 1 : weekendShare;
    for (const [role, names] of Object.entries(rates) as [WeekRole, Record<ActName, number>][]) {
      for (const [name, rate] of Object.entries(names) as [ActName, number][]) {
        const expected = (rate * share * dayMs) / 1000;
        const count = Math.floor(expected) + (random() < expected % 1 ? 1 : 0);
        for (let n = 0; n < count; n++) {
          const at = Math.floor((day + officeHour(random)) * dayMs);
          acts.push({ at, role, name, person: personOf(role, name, random), seed: seedOf(random) });
        }
      }
    }
  }
  return acts.sort((a, b) => a.at - b.at);
}

/** A time of the day from 7 to 19, mostly in the middle of the day; part of it. */
function officeHour(random: () => number): number {
  return (7 + 6 * random() + 6 * random()) / 24;
}

function personOf(role: WeekRole, name: ActName, random: () => number): number {
  if (name.startsWith("command-")) return commandLinePerson;
  if (role === "operator") return Math.floor(random() * operatorCount);
  return role === "editor" ? Math.floor(random() * editorCount) : 0;
}

function seedOf(random: () => number): number {
  return Math.floor(random() * 2 ** 31);
}

/** One after the other, with time between: each kind of fault once at least, as many as there is time for. */
function planHappenings(weekMs: number, kinds: FaultName[], random: () => number): Happening[] {
  const workCount = Object.keys(works).length;
  const count = Math.max(kinds.length, Math.floor(weekMs / betweenFaultsMs) - workCount);
  const names = Array.from({ length: Math.ceil(count / kinds.length) }, () => shuffled(kinds, random));
  const faults = names.flat().slice(0, count);
  const slots = count + workCount;
  const slotMs = weekMs / slots;
  const workAt = new Map(
    Object.entries(works).map(([name, part]) => [Math.floor(part * slots), name as WorkName]),
  );
  return Array.from({ length: slots }, (_, slot) => {
    const work = workAt.get(slot);
    const name = work ?? faults.pop() ?? "line-cut";
    const at = Math.floor((slot + 0.1 + 0.15 * random()) * slotMs);
    // Stalls are what waits inside for each other; they last longer.
    const part = name.endsWith("-frozen") ? 0.4 + 0.2 * random() : 0.15 + 0.2 * random();
    return { at, name, ms: work ? 0 : Math.floor(part * slotMs), seed: seedOf(random) };
  });
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const left = [...list];
  return list.map(() => left.splice(Math.floor(random() * left.length), 1)[0]!);
}
