import { mkdtemp, rm } from "node:fs/promises";
import { Worker, isMainThread, workerData } from "node:worker_threads";
import { setTimeout as pause } from "node:timers/promises";
import { readFileSync } from "node:fs";
if (isMainThread) {
  const { startWatchedService } = await import("./hostile/service.mjs");
  const { addPerson } = await import("../dist/newsroom/local-people.js");
  const data = await mkdtemp("/tmp/flood-");
  const service = await startWatchedService(data, []);
  const added = await addPerson(data, { name: "x", role: "operator", token: true, kecamatan: "32.16.07" }, new Date());
  const w = new Worker(new URL(import.meta.url), { workerData: { url: service.url, token: added.token, kind: process.argv[2] } });
  let n = 0; w.on("message", (m) => (n = m));
  let max = 0;
  for (let i = 0; i < 30; i++) {
    await pause(1000);
    const s = readFileSync(`/proc/${service.pid}/status`, "utf8");
    const mb = (k) => (Number(new RegExp(`${k}:\\s+(\\d+)`).exec(s)[1]) / 1024).toFixed(0);
    max = Math.max(max, service.memoryMb());
    if (i % 4 === 0) console.log(i, "sent", JSON.stringify(n), "rss", mb("VmRSS"), "anon", mb("RssAnon"), "loop", (await service.longestStop()).toFixed(0));
  }
  console.log("max", max);
  await w.terminate(); await service.stop(); await rm(data, { recursive: true });
} else {
  const { url, token, kind } = workerData;
  const { parentPort } = await import("node:worker_threads");
  const { largeContent, wrongBodies } = await import("./hostile/texts.mjs");
  const { randomUUID } = await import("node:crypto");
  const body = JSON.stringify({ content: largeContent(999) });
  const counts = {}; let n = 0;
  setInterval(() => parentPort.postMessage(counts), 500);
  const one = async () => { for (;;) { try {
    const a = (kind === "get" || (n++ < 1300)) ? await fetch(`${url}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } }) : await fetch(`${url}/api/v1/submissions`, { method: "POST", headers: { authorization: `Bearer ${token}`, "content-type": "application/json", "idempotency-key": randomUUID() }, body });
    await a.text(); counts[a.status] = (counts[a.status] ?? 0) + 1; } catch (e) { const k = e.cause?.code ?? e.message; counts[k] = (counts[k] ?? 0) + 1; await pause(1);} } };
  for (let i = 0; i < 16; i++) one();
}
