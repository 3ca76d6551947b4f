import { problem } from "../services/problem.js";

/** Work that is done one at a time, in turn. */
export interface Turns {
  /**
   * Waits for the person's turn, runs `work` and returns its result. Throws `too-many-requests` at once where as many wait
   * as may.
   */
  run<T>(person: string, work: () => Promise<T>): Promise<T>;
}

/** How many may wait for their turn. */
export interface TurnLimits {
  perPerson: number;
  inAll: number;
}

/**
 * Makes persons take turns: of everyone who waits, each is served once before anyone is served again, and the works of one
 * person in the order in which they came. So who sends many waits for themselves only.
 */
export function createTurns(limits: TurnLimits): Turns {
  /** Who waits, in the order of their turns, with what starts each of their works. */
  const waiting = new Map<string, (() => void)[]>();
  let count = 0;
  let isBusy = false;

  const wait = (person: string): Promise<void> => {
    const own = waiting.get(person) ?? [];
    if (own.length >= limits.perPerson || count >= limits.inAll) throw problem("too-many-requests");
    count++;
    return new Promise((start) => waiting.set(person, [...own, start]));
  };
  const passOn = () => {
    const [next] = waiting;
    if (!next) {
      isBusy = false;
      return;
    }
    const [person, [start, ...rest]] = next;
    waiting.delete(person);
    // Setting it anew puts the person behind everyone else.
    if (rest.length > 0) waiting.set(person, rest);
    count--;
    start?.();
  };
  return {
    async run(person, work) {
      if (isBusy) await wait(person);
      isBusy = true;
      try {
        return await work();
      } finally {
        passOn();
      }
    },
  };
}
