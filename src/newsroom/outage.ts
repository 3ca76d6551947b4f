/** A store that the newsroom cannot do without. */
export type StoreName = "database" | "blobs";

/** A store cannot be reached, or does not answer in time: the same request succeeds later. Clients are answered 503. */
export class Outage extends Error {
  override name = "Outage";
  readonly store: StoreName;
  /** Whether the store was not even asked, because it did not answer a moment ago. */
  readonly isRepeated: boolean;

  constructor(
    store: StoreName,
    { cause, isRepeated = false }: { cause?: unknown; isRepeated?: boolean } = {},
  ) {
    super(`the ${store} cannot be reached`, { cause });
    this.store = store;
    this.isRepeated = isRepeated;
  }
}

/** Makes a handler for `catch`: during an outage the result is `instead`; any other error is thrown. */
export function duringOutage<T>(instead: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof Outage) return instead;
    throw error;
  };
}

/** Keeps everybody from waiting for a store that does not answer. */
export interface Circuit {
  /**
   * Runs `work`. After one that ended in an `Outage`, others end in it at once, without running, until a single one that
   * is let through has shown that the store answers again.
   */
  run<T>(work: () => Promise<T>): Promise<T>;
}

/** How long nobody is let through after an outage, in ms. */
const pauseMs = 1000;

/** @param now ms, monotonic */
export function createCircuit(store: StoreName, now: () => number = () => performance.now()): Circuit {
  /** When the next one is let through; undefined while the store answers. */
  let retryAt: number | undefined;
  let isTrying = false;
  return {
    async run(work) {
      const isTry = retryAt !== undefined;
      if (isTry && (isTrying || now() < retryAt!)) throw new Outage(store, { isRepeated: true });
      isTrying ||= isTry;
      try {
        const result = await work();
        retryAt = undefined;
        return result;
      } catch (error) {
        // Any other answer is one, too.
        retryAt = error instanceof Outage ? now() + pauseMs : undefined;
        throw error;
      } finally {
        if (isTry) isTrying = false;
      }
    },
  };
}
