// What the processes of a server have used of the processors, whatever else the machine does meanwhile.
import { readdirSync, readFileSync } from "node:fs";

/** Of Linux on every usual machine (sysconf(_SC_CLK_TCK)). */
const ticksPerSecond = 100;

/** User and system time of all living processes in these process groups, in ms; proc_pid_stat(5). */
export function cpuOf(groups) {
  let ticks = 0;
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      // After the name, which may hold anything: state, ppid, pgrp …
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      if (groups.includes(Number(fields[2]))) ticks += Number(fields[11]) + Number(fields[12]);
    } catch {
      // It has ended meanwhile.
    }
  }
  return (ticks / ticksPerSecond) * 1000;
}
