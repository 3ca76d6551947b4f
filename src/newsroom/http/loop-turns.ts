/** Resolves in a turn of the event loop that no other request has. @param who the person whose request it is */
export type TakeTurn = (who: string) => Promise<void>;

/** Persons whose last turn is remembered: more than wait at once. */
const rememberedPersons = 1000;

/**
 * Lets requests work one per turn of the event loop, person by person. What a request costs is bounded, but a connection may
 * bring sixteen at once, and SQLite answers without a turn: all of them would run before anybody else is answered. Of those
 * who wait, the one whose last turn is longest ago has the next: who asks now and then waits for one request of who asks
 * without end, not for two.
 */
export function createLoopTurns(): TakeTurn {
  const lines = new Map<string, (() => void)[]>();
  /** Whoever had a turn, the latest last. */
  const served = new Set<string>();

  const nextPerson = (): string | undefined => {
    for (const who of lines.keys()) if (!served.has(who)) return who;
    for (const who of served) if (lines.has(who)) return who;
    return undefined;
  };
  const note = (who: string): void => {
    served.delete(who);
    served.add(who);
    const [oldest] = served;
    if (served.size > rememberedPersons && oldest !== undefined) served.delete(oldest);
  };
  const next = (): void => {
    const who = nextPerson();
    if (who === undefined) return;
    note(who);
    const line = lines.get(who) ?? [];
    const resume = line.shift();
    if (line.length === 0) lines.delete(who);
    // Before the work, which may fail; it is done in the next turn all the same.
    if (lines.size > 0) setImmediate(next);
    resume?.();
  };
  return (who) =>
    new Promise((resolve) => {
      if (lines.size === 0) setImmediate(next);
      const line = lines.get(who);
      if (line) line.push(resolve);
      else lines.set(who, [resolve]);
    });
}
