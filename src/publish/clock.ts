/** The newsroom's clock, as far as this machine knows it. A laptop's own clock may be off by hours. */
export interface NewsroomClock {
  now(): Date;
  /** Takes over an instant (ISO 8601) that the newsroom has just sent. */
  set(instant: string): void;
}

/** The clocks of this machine. */
export interface LocalClocks {
  /** May be wrong, and may jump. */
  now(): Date;
  /** In ms; never jumps, and may stand still while the machine sleeps. */
  monotonic(): number;
}

/** Starts with the machine's own time, until `set`. */
export function createNewsroomClock(local: LocalClocks): NewsroomClock {
  let known = local.now().getTime();
  let elapsed = stopwatch(local);
  return {
    now: () => new Date(known + elapsed()),
    set(instant) {
      known = Date.parse(instant);
      elapsed = stopwatch(local);
    },
  };
}

/**
 * Starts measuring; the function that it returns gives the ms since then. The longer of both clocks counts: one stands still in
 * sleep, and the other may be set back.
 */
export function stopwatch(local: LocalClocks): () => number {
  const [wall, monotonic] = [local.now().getTime(), local.monotonic()];
  return () => Math.max(local.now().getTime() - wall, local.monotonic() - monotonic);
}
