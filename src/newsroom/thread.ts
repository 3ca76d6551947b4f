import { Worker } from "node:worker_threads";

/** Why a job has no result: it took too long, too many others wait, it broke the thread, or the thread was closed. */
export class ThreadError extends Error {
  readonly reason: "deadline" | "busy" | "broken" | "closed";

  constructor(reason: ThreadError["reason"], cause?: unknown) {
    super(`thread: ${reason}`, { cause });
    this.reason = reason;
  }
}

/** A thread that does one job at a time, so that its work never stops the service. */
export interface Thread<Job, Result> {
  /** Does a job in its turn. Throws `ThreadError`. @param deadlineMs where it differs from the thread's */
  run(job: Job, deadlineMs?: number): Promise<Result>;
  /** Ends the thread. Jobs that wait fail as "closed". */
  close(): Promise<void>;
}

export interface ThreadOptions {
  /** The module of the thread: it answers every message with one message. */
  file: string | URL;
  /** Time for one job, in ms, from its turn on. The thread is terminated then: synchronous work cannot be asked to stop. */
  deadlineMs: number;
  /** Jobs that may wait for their turn. */
  maxWaiting: number;
  /** Heap of the thread, in MB. */
  maxHeapMb: number;
  /** An idle thread is ended after this time, in ms, because it keeps the memory of its largest job. */
  idleMs: number;
}

interface Waiting<Job, Result> {
  job: Job;
  deadlineMs: number;
  resolve(result: Result): void;
  reject(error: ThreadError): void;
}

/** Makes a thread, which starts with its first job and again after every end. Must be closed: it keeps the process alive. */
export function createThread<Job, Result>(options: ThreadOptions): Thread<Job, Result> {
  const { file, deadlineMs, maxWaiting, maxHeapMb, idleMs } = options;
  const waiting: Waiting<Job, Result>[] = [];
  let worker: Worker | undefined;
  let current: Waiting<Job, Result> | undefined;
  let timer: NodeJS.Timeout | undefined;

  const end = async (): Promise<void> => {
    const ending = worker;
    worker = undefined;
    clearTimeout(timer);
    ending?.removeAllListeners();
    // What a dying thread still reports concerns nobody.
    ending?.on("error", () => {});
    await ending?.terminate();
  };
  const settle = (answer: (job: Waiting<Job, Result>) => void): void => {
    const done = current;
    current = undefined;
    if (done) answer(done);
    next();
  };
  const fail = (error: ThreadError): void => {
    void end();
    settle((job) => job.reject(error));
  };
  const start = (): Worker => {
    const started = new Worker(file, {
      env: {},
      // An option of the process, such as --inspect or --import, need not hold here.
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
    });
    started.unref();
    started.on("message", (result: Result) => settle((job) => job.resolve(result)));
    started.on("error", (error) => fail(new ThreadError("broken", error)));
    started.on("exit", () => fail(new ThreadError("broken")));
    return started;
  };
  const next = (): void => {
    if (current) return;
    clearTimeout(timer);
    current = waiting.shift();
    if (!current) {
      timer = setTimeout(() => void end(), idleMs).unref();
      return;
    }
    worker ??= start();
    timer = setTimeout(() => fail(new ThreadError("deadline")), current.deadlineMs).unref();
    worker.postMessage(current.job);
  };

  return {
    run: (job, ownDeadlineMs = deadlineMs) =>
      new Promise((resolve, reject) => {
        if (waiting.length >= maxWaiting) return reject(new ThreadError("busy"));
        waiting.push({ job, deadlineMs: ownDeadlineMs, resolve, reject });
        next();
      }),
    async close() {
      for (const job of waiting.splice(0)) job.reject(new ThreadError("closed"));
      current?.reject(new ThreadError("closed"));
      current = undefined;
      await end();
    },
  };
}
