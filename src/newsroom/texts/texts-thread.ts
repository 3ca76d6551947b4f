// The thread's side of texts.ts: Markdown, renderings and comparisons can take seconds, during which nobody else would be answered.
import { parentPort } from "node:worker_threads";
import { type Job, perform } from "./jobs.js";

parentPort?.on("message", async (job: Job) => parentPort?.postMessage(await perform(job)));
