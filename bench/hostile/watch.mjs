// Loaded into the service before its own code: tells, when asked, how long its event loop has stood still since last asked.
import { monitorEventLoopDelay } from "node:perf_hooks";

/** How often the loop is looked at, in ms; each recorded delay includes one such interval. */
const resolution = 2;
const delay = monitorEventLoopDelay({ resolution });
delay.enable();
process.on("message", ({ id }) => {
  process.send({ id, longestMs: Math.max(0, delay.max / 1e6 - resolution) });
  delay.reset();
});
process.channel?.unref();
