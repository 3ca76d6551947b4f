import { problem } from "../services/problem.js";

/** Work that is done in turn by person. */
export interface Turns {
  /**
   * Waits for the person's turn, runs `work` and returns its result. Throws `too-many-requests` at once where as many wait
   * as may.
   */
  run<T>(person: string, work: () => Promise<T>): Promise<T>;
}

export interface TurnOptions {
  /** How many persons work at the same time, each on one work. Default: 1. */
  atOnce?: number;
  /** How many works of one person may wait. Default: any number. */
  perPerson?: number;
  /** How many works may wait. Default: any number. */
  inAll?: number;
  /** Calls `choose`, now or later: only then it is decided who is next. Default: now. */
  schedule?: (choose: () => void) => void;
}

/** Persons whose last turn is remembered. */
const rememberedPersons = 1000;

/** The works of one person that wait. */
interface Line {
  /** Number of the turn at which the person came. */
  since: number;
  starts: (() => void)[];
}

/**
 * Makes persons take turns. Of those who wait, the one whose last turn is longest ago has the next: who asks now and then
 * waits for one work of who asks without end, not for two. Newcomers count from their arrival, and so do not go before those
 * who wait already: from new addresses, there is no end of them. The works of one person go in the order in which they came.
 */
export function createTurns({
  atOnce = 1,
  perPerson = Infinity,
  inAll = Infinity,
  schedule = (choose) => choose(),
}: TurnOptions = {}): Turns {
  const lines = new Map<string, Line>();
  /** The number of their last turn by person, the latest last. */
  const served = new Map<string, number>();
  const working = new Set<string>();
  let free = atOnce;
  let waiting = 0;
  let turn = 0;

  const lastTurn = (person: string, line: Line) => served.get(person) ?? line.since;
  const startNext = () => {
    let next: { person: string; line: Line } | undefined;
    for (const [person, line] of lines) {
      if (working.has(person)) continue;
      if (!next || lastTurn(person, line) < lastTurn(next.person, next.line)) next = { person, line };
    }
    if (!next) {
      free += 1;
      return;
    }
    const { person, line } = next;
    const start = line.starts.shift();
    if (line.starts.length === 0) lines.delete(person);
    waiting -= 1;
    working.add(person);
    start?.();
  };
  const wait = (person: string): Promise<void> => {
    const line = lines.get(person) ?? { since: turn, starts: [] };
    if (line.starts.length >= perPerson || waiting >= inAll) throw problem("too-many-requests");
    return new Promise((start) => {
      line.starts.push(start);
      lines.set(person, line);
      waiting += 1;
      if (free === 0) return;
      free -= 1;
      schedule(startNext);
    });
  };
  const finish = (person: string) => {
    working.delete(person);
    turn += 1;
    served.delete(person);
    served.set(person, turn);
    const [oldest] = served.keys();
    if (served.size > rememberedPersons && oldest !== undefined) served.delete(oldest);
    schedule(startNext);
  };
  return {
    async run(person, work) {
      await wait(person);
      try {
        return await work();
      } finally {
        finish(person);
      }
    },
  };
}
