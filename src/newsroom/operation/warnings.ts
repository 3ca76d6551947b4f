import type { FastifyBaseLogger } from "fastify";

/** Calls `listener` for what Node and packages warn of. */
export type OnWarning = (listener: (warning: Error) => void) => void;

/** Keeps the warnings of the process until there is a log that takes them. */
export function collectWarnings(onWarning: OnWarning | undefined): { logTo(log: FastifyBaseLogger): void } {
  const early: Error[] = [];
  let take = (warning: Error): void => {
    early.push(warning);
  };
  onWarning?.((warning) => take(warning));
  return {
    logTo(log) {
      take = (warning) => log.warn({ err: warning, reason: nameOf(warning) }, "process warning");
      for (const warning of early.splice(0)) take(warning);
    },
  };
}

/** What kind of warning it is: its name, or the one that its text begins with. The rest of a text is not logged. */
function nameOf({ name, message }: Error): string {
  return /^\w{1,60}Warning\b/.exec(message)?.[0] ?? name;
}
