import { KominfoError } from "../errors/errors.js";
import { type Persistence, persist } from "../http/retry.js";
import type { Destination } from "./destination.js";
import type { Journal } from "./journal.js";
import { markOf } from "./plan.js";
import type { ReadyPhoto } from "./types.js";

/** Lists photos in their album or post, in batches, while others are still being sent. */
interface Lister {
  add(photos: readonly ReadyPhoto[]): void;
  /** Lists the remaining photos; resolves once each is listed or refused. */
  finish(): Promise<void>;
  /** The error of each photo that was refused, by hash. */
  readonly failed: ReadonlyMap<string, KominfoError>;
  /** The error that stopped listing for this run. */
  readonly stopped: KominfoError | undefined;
}

/**
 * @param order position of each source in the list; it holds for photos that are listed in the same batch
 * @param onListed receives the number of photos listed by each batch
 */
export function createLister(
  destination: Destination,
  journal: Journal,
  persistence: Persistence,
  order: ReadonlyMap<string, number>,
  onListed: (count: number) => void = () => {},
): Lister {
  const waiting: ReadyPhoto[] = [];
  const failed = new Map<string, KominfoError>();
  let stopped: KominfoError | undefined;
  let work: Promise<void> = Promise.resolve();

  const list = async (photos: readonly ReadyPhoto[]): Promise<void> => {
    try {
      await persist(() => destination.list(photos), persistence);
      await journal.add({
        fact: "attached",
        photos: photos.map((photo): [string, string] => [photo.sha256, markOf(photo)]),
      });
      onListed(photos.length);
    } catch (error) {
      if (!(error instanceof KominfoError)) throw error;
      if (error.code !== "newsroom-refused") {
        stopped ??= error;
      } else if (photos.length === 1) {
        failed.set(photos[0]!.sha256, error);
      } else {
        // Halve the batch, so that one refused photo does not keep the others out.
        const half = Math.ceil(photos.length / 2);
        await list(photos.slice(0, half));
        await list(photos.slice(half));
      }
    }
  };
  const step = async () => {
    while (waiting.length > 0 && !stopped) {
      waiting.sort((a, b) => (order.get(a.source) ?? 0) - (order.get(b.source) ?? 0));
      await list(waiting.splice(0, destination.batchSize));
    }
  };
  const next = () => {
    work = work.then(step);
    // `finish` throws it.
    work.catch(() => {});
    return work;
  };
  return {
    failed,
    get stopped() {
      return stopped;
    },
    add(photos) {
      waiting.push(...photos);
      if (waiting.length >= destination.batchSize) void next();
    },
    finish: next,
  };
}
