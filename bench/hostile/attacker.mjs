// One operator who sends what costs the most, as much of it as the service takes, until told to stop.
import { randomUUID } from "node:crypto";
import { parentPort, workerData } from "node:worker_threads";
import { bodies, contentOf, largeContent, wrongBodies } from "./texts.mjs";

const { url, token, photos, large, hashes } = workerData;
const atOnce = 16;
const json = { "content-type": "application/json" };
const post = (address, body, headers = {}) => ({
  address,
  method: "POST",
  body,
  headers: { ...json, ...headers },
});
// Made once: the service shall work, not its attacker.
const largeBodies = [1, 2, 3, 4].map((seed) => JSON.stringify({ content: largeContent(seed * 999) }));
const markdown = Object.values(bodies).map((body) => JSON.stringify({ content: contentOf({ body }) }));
const known = JSON.stringify({ sha256: hashes });
const any = (list) => list[Math.floor(Math.random() * list.length)];
const ids = [];

const kinds = [
  () => post("/submissions", any(largeBodies), { "idempotency-key": randomUUID() }),
  () => post("/submissions", any(markdown), { "idempotency-key": randomUUID() }),
  () => post("/submissions", any(Object.values(wrongBodies)), { "idempotency-key": randomUUID() }),
  () => ({
    ...post(`/submissions/${any(ids) ?? large}`, any(largeBodies), {
      "if-match": '"r1"',
      "idempotency-key": randomUUID(),
    }),
    method: "PUT",
  }),
  () => post("/photos/known", known),
  () => ({ address: `/submissions/${large}`, method: "GET" }),
  () => ({ address: `/submissions/${large}/comments?limit=100`, method: "GET" }),
  () => ({ address: "/submissions?limit=100&q=tidak+ada", method: "GET" }),
  () => ({ address: "/albums/32.16.07/panen?limit=500", method: "GET" }),
  () => ({ address: "/reports/weekly?week=2026-W01", method: "GET" }),
  upload,
];

function upload() {
  const { bytes, sha256 } = any(photos);
  const fields = { sha256, filename: "a.jpg", type: "image/jpeg" };
  const metadata = Object.entries(fields).map(([name, value]) => `${name} ${btoa(value)}`);
  const headers = {
    "tus-resumable": "1.0.0",
    "upload-length": String(bytes.length),
    "upload-metadata": metadata.join(),
    "content-type": "application/offset+octet-stream",
  };
  return { address: "/uploads", method: "POST", body: bytes, headers };
}

let running = true;
const counts = { sent: 0, refused: 0 };
parentPort.once("message", () => {
  running = false;
});

async function attack() {
  while (running) {
    const { address, method, body, headers } = any(kinds)();
    try {
      const answer = await fetch(`${url}/api/v1${address}`, {
        method,
        headers: { authorization: `Bearer ${token}`, ...headers },
        ...(body ? { body } : {}),
      });
      const text = await answer.text();
      counts.sent += 1;
      if (answer.status === 201 && address === "/submissions") ids.push(JSON.parse(text).id);
      if (answer.status === 429 || answer.status === 413) counts.refused += 1;
    } catch {
      // The service closed the connection, as it may.
      counts.refused += 1;
    }
  }
}
await Promise.all(Array.from({ length: atOnce }, attack));
parentPort.postMessage(counts);
