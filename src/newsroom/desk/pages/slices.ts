import { performance } from "node:perf_hooks";

/** How long a page may be rendered before the event loop serves others, in ms. */
const sliceMs = 10;

/** Runs generators in slices, one slice per turn of the event loop. */
export type RunInSlices = (steps: Generator<unknown, unknown>) => Promise<unknown>;

/**
 * Liquid renders a template as a generator: each step yields what the next one waits for, a value, a promise or another
 * generator. Its own runner takes all steps at once, and for half a second of them nobody else would be answered. This one
 * lets the event loop turn after each slice; and of all pages that wait for their next slice, each turn resumes one.
 */
export function createSlicer(): RunInSlices {
  const waiting: (() => void)[] = [];
  let turnEnd = 0;

  const resumeNext = (): void => {
    turnEnd = performance.now() + sliceMs;
    waiting.shift()?.();
    if (waiting.length > 0) setImmediate(resumeNext);
  };
  const nextTurn = (): Promise<void> =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length === 1) setImmediate(resumeNext);
    });

  return async function run(steps) {
    if (waiting.length > 0) await nextTurn();
    turnEnd = Math.max(turnEnd, performance.now() + sliceMs);
    return drive(steps);
  };

  async function drive(steps: Generator<unknown, unknown>): Promise<unknown> {
    let given: unknown;
    let isError = false;
    for (;;) {
      if (performance.now() > turnEnd) await nextTurn();
      const { done, value } = isError ? steps.throw(given) : steps.next(given);
      isError = false;
      try {
        given = isGenerator(value) ? await drive(value) : value instanceof Promise ? await value : value;
      } catch (error) {
        [given, isError] = [error, true];
      }
      if (done) {
        if (isError) throw given;
        return given;
      }
    }
  }
}

function isGenerator(value: unknown): value is Generator<unknown, unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as Generator).next === "function" &&
    typeof (value as Generator).throw === "function"
  );
}
