import { KominfoError } from "../errors/errors.js";
import { cleanLine } from "../text/clean.js";
import type { Host } from "./host.js";
import type { Scrubber } from "./scrubber.js";

/** The parts of the program that can be traced, as `KOMINFO_DEBUG` names them. */
export const debugSections = ["http", "photo", "upload", "vault"] as const;
export type DebugSection = (typeof debugSections)[number];

/** Writes one line to stderr. */
export type DebugLog = (message: string) => void;

interface Debug {
  /** The log of a section; undefined where the section is off. */
  log(section: DebugSection): DebugLog | undefined;
  /** Names in `KOMINFO_DEBUG` that are no section. */
  readonly unknown: readonly string[];
}

/**
 * Reads `KOMINFO_DEBUG` as node reads `NODE_DEBUG` (https://nodejs.org/api/util.html#utildebuglogsection-callback):
 * a list with commas, in any case, with `*` for every section. Lines are written whatever the flags, `--json` and
 * `--quiet` included.
 */
export function createDebug(host: Pick<Host, "env" | "pid" | "stderr">, scrubber: Scrubber): Debug {
  const names = (host.env.KOMINFO_DEBUG ?? "").split(",").map((name) => name.trim().toLowerCase());
  const sections: readonly string[] = debugSections;
  return {
    unknown: names.filter((name) => name !== "" && name !== "*" && !sections.includes(name)),
    log(section) {
      if (!names.includes(section) && !names.includes("*")) return undefined;
      const prefix = `${section.toUpperCase()} ${host.pid}:`;
      return (message) => {
        // Cleaning may take a secret apart or put one together, so the scrubber sees the text before and after it.
        const line = scrubber.scrub(cleanLine(scrubber.scrub(message)));
        host.stderr.write(`${prefix} ${line}\n`);
      };
    },
  };
}

/**
 * Gives an object whose asynchronous methods log how they ended and how long they took, such as `unlock: done, 12 ms`.
 * An error is logged by its code.
 *
 * @param describe formats the call for the log. It must leave out whatever is secret, as `outcome` must.
 * @param outcome formats the result for the log
 */
export function traceCalls<Target extends object>(
  target: Target,
  log: DebugLog | undefined,
  describe: (method: string, args: readonly unknown[]) => string,
  outcome: (result: unknown) => string = () => "done",
): Target {
  if (!log) return target;
  return new Proxy(target, {
    get(object, key) {
      const member: unknown = Reflect.get(object, key);
      if (typeof member !== "function" || typeof key !== "string") return member;
      return (...args: readonly unknown[]) => {
        const started = performance.now();
        const result: unknown = Reflect.apply(member, object, args);
        if (!(result instanceof Promise)) return result;
        const end = (ending: string) =>
          log(`${describe(key, args)}: ${ending}, ${Math.round(performance.now() - started)} ms`);
        return result.then(
          (value: unknown) => {
            end(outcome(value));
            return value;
          },
          (error: unknown) => {
            end(error instanceof KominfoError ? error.code : "bug");
            throw error;
          },
        );
      };
    },
  });
}

/** How far a transfer is. */
interface TransferStep {
  step: string;
  done?: number;
  total?: number;
  sent?: number;
  size?: number;
  waiting?: { error: KominfoError; ms: number } | undefined;
}

/** Logs a transfer: one line for each step, each item that is done, and each wait; none for the bytes in between. */
export function logTransfer(log: DebugLog | undefined): (event: TransferStep) => void {
  if (!log) return () => {};
  let last = "";
  return ({ step, done, total, sent, size, waiting }) => {
    const parts = [
      step,
      ...(total === undefined ? [] : [`${done}/${total}`]),
      ...(waiting ? [`waits ${Math.round(waiting.ms)} ms after ${waiting.error.code}`] : []),
    ].join(" ");
    if (parts === last) return;
    last = parts;
    log(size === undefined ? parts : `${parts}, ${sent}/${size} bytes`);
  };
}
