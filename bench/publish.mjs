// Three channels (web, instagram, x) with four photos each over lines of 100 ms: how long `kominfo post publish --yes` takes, beside the
// round trips that the protocols force (bench/publish/chain.mjs has each and why). Everything is real but for the website, Meta and X,
// which are the stand-ins of test/real; what a line cannot be is slow in bytes: only its round trips are.
//
// Two times are told: of the whole process, and from its first request to its last answer. Starting node and loading what it needs
// costs the machine's time and no round trip, so the ratio is of the second.
//
// Run: npm run bench:publish [-- --rounds 5] [--round-trip 100] [--photos 4] [--log]
import { parseArgs } from "node:util";
import { agent } from "./newsroom/http.mjs";
import { chainsOf, costOf } from "./publish/chain.mjs";
import { lineNames, openOffice } from "./publish/office.mjs";

const { values: flags } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    "round-trip": { type: "string", default: "100" },
    photos: { type: "string", default: "4" },
    log: { type: "boolean", default: false },
  },
});
const [rounds, roundTripMs, photos] = [flags.rounds, flags["round-trip"], flags.photos].map(Number);
const channels = ["web", "instagram", "x"];
const goal = 1.2;

const office = await openOffice({ roundTripMs });
const takeLogs = () => Object.fromEntries(lineNames.map((name) => [name, office.lines[name].takeLog()]));
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const runs = [];
try {
  // The first one tells the newsroom of the accounts and makes the site's tags, as the first one of an office does.
  for (let round = 0; round <= rounds; round++) {
    const id = await office.approve(channels, photos);
    takeLogs();
    const { started, ms, answer } = await office.publish(id);
    const states = answer.publications.map(({ channel, state }) => `${channel} ${state}`);
    if (states.join() !== channels.map((channel) => `${channel} published`).join())
      throw new Error(states.join());
    const logs = takeLogs();
    const requests = lineNames.flatMap((line) => logs[line].map((request) => ({ line, ...request })));
    const first = Math.min(...requests.map(({ at }) => at));
    const last = Math.max(...requests.map(({ until }) => until + roundTripMs / 2));
    if (round > 0) runs.push({ whole: ms, between: last - first, logs, requests, started });
  }
} finally {
  await office.close();
  agent.destroy();
}

const { logs, requests, started } = runs.at(-1);
if (flags.log) {
  for (const { line, method, path, at, until, opens } of requests.toSorted((a, b) => a.at - b.at)) {
    const short = path.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}/g, "…");
    const times = [(at - started).toFixed(0).padStart(5), (until - at).toFixed(0).padStart(5)];
    console.log(`${times.join(" ")} ${opens ? "+" : " "} ${line} ${method} ${short}`);
  }
}
const chains = chainsOf(logs, channels);
const longest = chains.reduce((one, other) => (other.roundTrips > one.roundTrips ? other : one));
console.log(`The longest chain of requests (${longest.channel}), with its round trips:`);
for (const step of longest.way)
  console.log(`  ${String(costOf(step)).padStart(2)}  ${step.name.padEnd(24)} ${step.why}`);
const [whole, between] = [median(runs.map((run) => run.whole)), median(runs.map((run) => run.between))];
const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;
const forced = (count) => `${seconds(count * roundTripMs)} (${count} of ${roundTripMs} ms)`;
// What is read once counts once.
const read = costOf(longest.way[0]);
const sum = chains.reduce((all, { roundTrips }) => all + roundTrips - read, read);
console.log(`forced on the longest chain   ${forced(longest.roundTrips)}`);
console.log(
  `forced, the sum of channels   ${forced(sum)}: ${chains.map(({ channel, roundTrips }) => `${channel} ${roundTrips}`).join(", ")}, of which ${read} for all`,
);
console.log(
  `first request to last answer  ${seconds(between)}, median of ${rounds} (${runs.map((run) => seconds(run.between)).join(", ")})`,
);
console.log(`whole process                 ${seconds(whole)}, median; ${requests.length} requests`);
const ratioOf = (count) => (between / (count * roundTripMs)).toFixed(2);
console.log(`ratio to the longest chain ${ratioOf(longest.roundTrips)}`);
const ratio = ratioOf(sum);
console.log(`ratio to the sum ${ratio} of ${goal} at most: ${ratio <= goal ? "reached" : "not reached"}`);
