// Our newsroom beside a real WordPress on the same machine, the same work in turn: submit a post with a photo, list
// the queue (50 of it), read one. WordPress is Debian's, with php-fpm and opcache, nginx and MariaDB; both sync what they
// acknowledge. "No sizes" is WordPress told to make no smaller pictures of an upload, which stock WordPress does and
// our newsroom does not; ours decodes every photo, to be sure that it is one, which WordPress does not.
//
// "cpu ms" is what the server's processes used of the processors for one piece of work: on a busy machine the steadier
// figure, as is the ratio of the rates.
//
// Run: npm run bench:newsroom -- [--rounds 3] [--seconds 4] [--at-once 8] [--workers 4] [--only list,read]
// Needs root and Debian 12: it installs what is missing, starts all of it on loopback ports and stops it again.
import net from "node:net";
import { parseArgs } from "node:util";
import { cpuOf } from "./newsroom/cpu.mjs";
import { agent } from "./newsroom/http.mjs";
import { photoMaker } from "./newsroom/photo.mjs";
import { startService } from "./newsroom/service.mjs";
import { startWordPress } from "./newsroom/wordpress.mjs";

const { values: asked } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    seconds: { type: "string", default: "4" },
    "at-once": { type: "string", default: "8" },
    workers: { type: "string", default: "4" },
    only: { type: "string", default: "submit,list,read" },
  },
});
const [rounds, seconds, atOnce, workers] = ["rounds", "seconds", "at-once", "workers"].map((name) =>
  Number(asked[name]),
);
const kinds = asked.only.split(",");
const waiting = 200;
const text = {
  title: "Posyandu Balita Digelar di Desa Wanajaya",
  body: "Kegiatan berlangsung tertib dan dihadiri para kader. ".repeat(40),
};

/** Does `work` from `atOnce` sides for `seconds`; the times of what was done, in ms, and how long it all took. */
async function measure(work, groups) {
  const times = [];
  const before = cpuOf(groups);
  const start = performance.now();
  const end = start + seconds * 1000;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let at = performance.now(); at < end; at = performance.now()) {
        await work();
        times.push(performance.now() - at);
      }
    }),
  );
  return { times, took: performance.now() - start, cpu: cpuOf(groups) - before };
}

async function freePort() {
  const server = net.createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const newPhoto = await photoMaker();
const sides = [];
try {
  sides.push(await startService({ waiting, newPhoto, text }));
  sides.push(await startWordPress({ port: await freePort(), workers, waiting, newPhoto, text }));
  const measured = new Map();
  // Round -1 warms up: opcache, connections, the JIT.
  for (let round = -1; round < rounds; round++) {
    for (const kind of kinds) {
      for (const side of sides) {
        for (const [name, work] of Object.entries(side.work)) {
          if (name !== kind && !name.startsWith(`${kind},`)) continue;
          const one = await measure(work, side.groups);
          if (round < 0) continue;
          const key = `${side.name}|${name}`;
          const sum = measured.get(key) ?? { times: [], took: 0, cpu: 0 };
          for (const time of one.times) sum.times.push(time);
          sum.took += one.took;
          sum.cpu += one.cpu;
          measured.set(key, sum);
        }
      }
    }
  }
  report(measured);
} finally {
  agent.destroy();
  for (const side of sides.reverse()) await side.stop();
}

function report(measured) {
  const photo = newPhoto().bytes.length;
  console.log(
    `${atOnce} at once, ${rounds} rounds of ${seconds} s in turn, ${workers} PHP workers, photos of ${Math.round(photo / 1000)} kB, ${waiting} waiting at first`,
  );
  console.log("work             server              per second    p50 ms    p99 ms    cpu ms     ratio");
  const [ours, theirs] = sides.map(({ name }) => name);
  const perSecond = ({ times, took }) => (times.length / took) * 1000;
  const rows = [...measured].map(([key, sum]) => [...key.split("|"), sum]);
  const sumOf = (side) =>
    rows.filter(([name, work]) => name === side && !work.includes(",")).map(([, , sum]) => sum);
  for (const [server, work, sum] of rows) {
    const base = measured.get(`${ours}|${work.split(",")[0]}`);
    const ratio = server === ours ? "" : `1/${(perSecond(base) / perSecond(sum)).toFixed(1)}`;
    const times = sum.times.sort((a, b) => a - b);
    const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(1);
    const cells = [
      perSecond(sum).toFixed(1).padStart(10),
      at(0.5).padStart(9),
      at(0.99).padStart(9),
      (sum.cpu / sum.times.length).toFixed(1).padStart(9),
    ];
    console.log(`${work.padEnd(16)} ${server.padEnd(19)} ${cells.join(" ")} ${ratio.padStart(9)}`);
  }
  // One of each kind of work, one after the other: the time that it takes at these rates.
  const total = (side) => sumOf(side).reduce((sum, one) => sum + 1 / perSecond(one), 0);
  console.log(
    `in total, as much of each kind: ${ours} ${(total(theirs) / total(ours)).toFixed(1)} x ${theirs}`,
  );
}
