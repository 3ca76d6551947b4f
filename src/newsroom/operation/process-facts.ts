import { monitorEventLoopDelay } from "node:perf_hooks";
import { family } from "./prometheus-text.js";

/** Resource metrics of this process under their conventional Prometheus names. `close` ends the measurement. */
export function processFacts(): { text(): string; close(): void } {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  const gauge = (name: string, help: string, value: number) => family(name, "gauge", help, [{ value }]);
  return {
    close: () => void delay.disable(),
    text() {
      const { user, system } = process.cpuUsage();
      const lag = delay.percentile(99) / 1e9;
      delay.reset();
      return [
        family("process_cpu_seconds_total", "counter", "User and system time.", [
          { value: (user + system) / 1e6 },
        ]),
        gauge("process_resident_memory_bytes", "Memory in use.", process.memoryUsage.rss()),
        gauge("process_uptime_seconds", "Since the process was started.", process.uptime()),
        gauge("nodejs_eventloop_lag_p99_seconds", "99th percentile since the last reading.", lag || 0),
      ].join("\n");
    },
  };
}
