/** Resolves in a turn of the event loop that no other request has. @param who the person whose request it is */
export type TakeTurn = (who: string) => Promise<void>;

/** Persons whose last turn is remembered. */
const rememberedPersons = 1000;

/** The requests of one person that wait. */
interface Line {
  /** Number of the person's last turn; of a newcomer, the turn at which they came. */
  since: number;
  resumes: (() => void)[];
}

/**
 * Lets requests work one per turn of the event loop, person by person. What a request costs is bounded, but a connection may
 * bring sixteen at once, and SQLite answers without a turn: all of them would run before anybody else is answered. Of those
 * who wait, the one whose last turn is longest ago has the next: who asks now and then waits for one request of who asks
 * without end, not for two. Newcomers do not go before those who wait already: from new addresses, there is no end of them.
 */
export function createLoopTurns(): TakeTurn {
  const lines = new Map<string, Line>();
  /** The number of their last turn by person, the latest last. */
  const served = new Map<string, number>();
  let turn = 0;

  const next = (): void => {
    const [first, ...others] = lines;
    if (!first) return;
    const [who, line] = others.reduce(
      (best, other) => (other[1].since < best[1].since ? other : best),
      first,
    );
    const resume = line.resumes.shift();
    turn += 1;
    line.since = turn;
    served.delete(who);
    served.set(who, turn);
    const [oldest] = served.keys();
    if (served.size > rememberedPersons && oldest !== undefined) served.delete(oldest);
    if (line.resumes.length === 0) lines.delete(who);
    // Before the work, which may fail; it is done in the next turn all the same.
    if (lines.size > 0) setImmediate(next);
    resume?.();
  };
  return (who) =>
    new Promise((resolve) => {
      if (lines.size === 0) setImmediate(next);
      const line = lines.get(who);
      if (line) line.resumes.push(resolve);
      else lines.set(who, { since: served.get(who) ?? turn, resumes: [resolve] });
    });
}
