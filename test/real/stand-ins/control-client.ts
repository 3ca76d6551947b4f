import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Fault, LogEntry } from "./control.mjs";

export type { Fault, LogEntry };

/** A stand-in that runs beside the tests (control.mjs says what it can). */
export interface StandIn {
  /** Of the service itself. */
  readonly origin: string;
  readonly pid: number;
  /** The line that it printed when it was ready. */
  readonly ready: Readonly<Record<string, unknown>>;
  /** A request to its control. Throws what the control refuses. */
  control<T = unknown>(method: "GET" | "PUT" | "POST" | "DELETE", path: string, body?: unknown): Promise<T>;
  log(): Promise<LogEntry[]>;
  /** Numbers requests from 1 again. */
  forgetLog(): Promise<void>;
  /** Instead of those that are there; none: everything works again. */
  faults(...faults: Fault[]): Promise<void>;
  /** Faults that have not happened: a test whose fault never happened proves nothing. */
  pendingFaults(): Promise<Fault[]>;
  /** Whom "kill-before" and "kill-after" end. */
  client(pid: number): Promise<void>;
  latency(ms: number): Promise<void>;
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts test/real/stand-ins/<program> and waits until it is ready. */
export async function startStandIn(program: string, args: readonly string[] = []): Promise<StandIn> {
  const file = path.join(import.meta.dirname, program);
  const child = spawn(process.execPath, [file, ...args], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout });
  const [line] = await Promise.race([
    once(lines, "line") as Promise<[string]>,
    once(child, "exit").then(([code]) => Promise.reject(new Error(`${program} ended with ${code}`))),
  ]);
  const ready = JSON.parse(line) as Record<string, unknown> & {
    origin: string;
    control: string;
    pid: number;
  };
  async function control<T>(method: string, address: string, body?: unknown): Promise<T> {
    const answer = await fetch(ready.control + address, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const found: unknown = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${address}: ${JSON.stringify(found)}`);
    return found as T;
  }
  return {
    origin: ready.origin,
    pid: ready.pid,
    ready,
    control,
    log: () => control("GET", "/log"),
    forgetLog: () => control("DELETE", "/log"),
    faults: (...faults) => control("PUT", "/faults", faults),
    pendingFaults: () => control("GET", "/faults"),
    client: (pid) => control("PUT", "/client", { pid }),
    latency: (ms) => control("PUT", "/latency", { ms }),
    reset: () => control("POST", "/reset"),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const end = once(child, "exit");
      child.kill("SIGTERM");
      await end;
    },
  };
}
