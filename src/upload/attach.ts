import { KominfoError } from "../errors/errors.js";
import { type Persistence, persist } from "../http/retry.js";
import type { Destination } from "./destination.js";
import type { Journal } from "./journal.js";
import { markOf } from "./plan.js";
import type { ReadyPhoto } from "./types.js";

/** Lists photos where they belong, in steps, while others are still on their way. */
interface Lister {
  add(photos: readonly ReadyPhoto[]): void;
  /** Lists what is left; returns once all is listed or refused. */
  finish(): Promise<void>;
  /** Hashes of photos that were refused there. */
  readonly failed: ReadonlyMap<string, KominfoError>;
  /** Why no more is listed in this run. */
  readonly stopped: KominfoError | undefined;
}

/**
 * @param order sources in the order in which they are to stand, as far as they arrive in one step
 * @param onListed told how many were listed by each step
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
        // One caption that is too long keeps no other photo out.
        const half = Math.ceil(photos.length / 2);
        await list(photos.slice(0, half));
        await list(photos.slice(half));
      }
    }
  };
  const step = async () => {
    while (waiting.length > 0 && !stopped) {
      waiting.sort((a, b) => (order.get(a.source) ?? 0) - (order.get(b.source) ?? 0));
      await list(waiting.splice(0, destination.most));
    }
  };
  const next = () => {
    work = work.then(step);
    // Thrown again by `finish`.
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
      if (waiting.length >= destination.most) void next();
    },
    finish: next,
  };
}
