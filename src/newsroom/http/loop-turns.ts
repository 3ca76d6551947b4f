/** Resolves in a turn of the event loop that no other request has. @param who the person whose request it is */
export type TakeTurn = (who: string) => Promise<void>;

/**
 * Lets requests work one per turn of the event loop, person by person. What a request costs is bounded, but a connection may
 * bring sixteen at once, and SQLite answers without a turn: all of them would run before anybody else is answered. Each
 * person who waits has a turn before anyone has a second one.
 */
export function createLoopTurns(): TakeTurn {
  /** Who waits, in the order of their turns. */
  const lines = new Map<string, (() => void)[]>();

  const next = (): void => {
    const [first] = lines;
    if (!first) return;
    const [who, line] = first;
    const resume = line.shift();
    lines.delete(who);
    if (line.length > 0) lines.set(who, line);
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
