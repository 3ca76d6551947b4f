// What the processes of a server have used of the processors, whatever else the machine does meanwhile.
import { readdirSync, readFileSync } from "node:fs";

/** Of Linux on every usual machine (sysconf(_SC_CLK_TCK)). */
const ticksPerSecond = 100;

/** User and system time of all processes in these process groups and of those that they have ended, in ms; proc_pid_stat(5). */
export function cpuOf(groups) {
  let ticks = 0;
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      // After the name, which may hold anything: state, ppid, pgrp …; from 11: utime, stime, cutime, cstime.
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      if (groups.includes(Number(fields[2])))
        ticks += fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    } catch {
      // It has ended meanwhile.
    }
  }
  return (ticks / ticksPerSecond) * 1000;
}
