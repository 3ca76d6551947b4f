// A mixture of expensive requests by one operator, and what others notice of it.
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { contentOf } from "./texts.mjs";

/** How long the other operator works alone, in ms. */
const quietMs = 30_000;

/** Times in ms of the other operator's work, alone and under load, and of /healthz; the most memory. */
export async function measureLoad(service, scene, seconds, newPhoto) {
  const [attacker, , , other] = scene.operators;
  const alone = new AbortController();
  const quietTimes = workOf(service.url, other, alone.signal);
  await pause(quietMs);
  alone.abort();
  const quiet = await quietTimes;

  // In a thread of its own: what it costs to send all this must not slow down those who measure.
  const photos = Array.from({ length: 40 }, () => newPhoto());
  const worker = new Worker(new URL("./attacker.mjs", import.meta.url), {
    workerData: {
      url: service.url,
      token: attacker.token,
      photos,
      large: scene.large.id,
      hashes: scene.photos,
    },
  });
  const end = new AbortController();
  const loadedTimes = workOf(service.url, other, end.signal);
  const healthTimes = healthOf(service.url, end.signal);
  let memoryMb = 0;
  const until = performance.now() + seconds * 1000;
  while (performance.now() < until) {
    memoryMb = Math.max(memoryMb, service.memoryMb());
    await pause(200);
  }
  end.abort();
  const [loaded, health] = [await loadedTimes, await healthTimes];
  worker.postMessage("stop");
  const [requests] = await once(worker, "message");
  await worker.terminate();
  return { quiet: summary(quiet), loaded: summary(loaded), health: summary(health), memoryMb, requests };
}

function summary(times) {
  const sorted = times.sort((a, b) => a - b);
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
  return { p50: at(0.5), p99: at(0.99), max: sorted.at(-1) };
}

/** An operator's morning: reads the queue, a post and its comments, sends a post. */
async function workOf(url, { token }, signal) {
  const times = [];
  const timed = async (address, init = {}) => {
    const start = performance.now();
    const answer = await fetch(`${url}/api/v1${address}`, {
      ...init,
      headers: { authorization: `Bearer ${token}`, ...init.headers },
    });
    const text = await answer.text();
    times.push(performance.now() - start);
    if (!answer.ok) throw new Error(`${address}: ${answer.status} ${text.slice(0, 200)}`);
    return JSON.parse(text);
  };
  while (!signal.aborted) {
    const made = await timed("/submissions", {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": crypto.randomUUID() },
      body: JSON.stringify({ content: contentOf({ body: "Kegiatan berlangsung tertib. ".repeat(40) }) }),
    });
    await timed("/submissions?limit=20");
    await timed(`/submissions/${made.id}`);
    await timed(`/submissions/${made.id}/comments`);
    // Within the limit of requests per minute, with 20 per second.
    await pause(250);
  }
  return times;
}

async function healthOf(url, signal) {
  const times = [];
  while (!signal.aborted) {
    const start = performance.now();
    await (await fetch(`${url}/healthz`)).text();
    times.push(performance.now() - start);
    await pause(50);
  }
  return times;
}
