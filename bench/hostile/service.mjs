// The real program in a process of its own, with `watch.mjs` in it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

const program = path.join(import.meta.dirname, "../../bin/kominfo.js");
const watch = path.join(import.meta.dirname, "watch.mjs");

/** @param {string} data the folder @param {string[]} stores the flags of other stores */
export async function startWatchedService(data, stores) {
  const words = [
    "--import",
    watch,
    program,
    "newsroom",
    "serve",
    "--port",
    "0",
    "--data",
    data,
    ...stores,
    "--json",
  ];
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit", "ipc"] });
  const [line] = await once(child.stdout.setEncoding("utf8"), "data");
  child.stdout.resume();
  let asked = 0;
  return {
    url: JSON.parse(line).url,
    pid: child.pid,
    /** The longest stop of the event loop since the last call, in ms. */
    async longestStop() {
      const id = ++asked;
      child.send({ id });
      for (;;) {
        const [answer] = await once(child, "message");
        if (answer.id === id) return answer.longestMs;
      }
    },
    /** Memory of the service and of the processes that it started, in MB. */
    memoryMb: () => processTree(child.pid).reduce((sum, pid) => sum + rssOf(pid), 0) / 1e6,
    async stop() {
      child.kill("SIGTERM");
      if (child.exitCode === null) await once(child, "exit");
    },
  };
}

/** This process and its descendants; proc(5). */
function processTree(pid) {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")
      .trim()
      .split(/\s+/)
      .filter(Boolean);
    return [pid, ...children.flatMap((child) => processTree(Number(child)))];
  } catch {
    // It has ended.
    return [];
  }
}

function rssOf(pid) {
  try {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** Size of a folder in bytes. */
export function sizeOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => {
      try {
        return sum + statSync(path.join(entry.parentPath, entry.name)).size;
      } catch {
        return sum;
      }
    }, 0);
}
