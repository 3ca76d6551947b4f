import { setTimeout as pause } from "node:timers/promises";
import type { Context } from "../context.js";
import type { ListedPublication, Submission } from "../contract/contract.js";
import type { PublicationState } from "../contract/lifecycle.js";
import { type ExitCode, exit, KominfoError } from "../errors/errors.js";
import { explain } from "../language/explain.js";
import type { NewsroomClient } from "../newsroom-client/types.js";
import { cleanLine } from "../text/clean.js";
import { newsroomAddress } from "./newsroom/address.js";
import { bringAllForward } from "./publish/interrupted.js";
import { exitOfResults, resultJson, resultLine } from "./publish/report.js";
import type { PublishResult } from "./publish/types.js";

interface Input {
  once?: boolean;
  url?: string;
}

/** How often the newsroom is asked for what is due. */
const everyMs = 30_000;
/** What another look may settle. */
const openStates: readonly PublicationState[] = ["publishing", "unclear", "handed_over"];

/**
 * Sends what is scheduled when it is due, on the accounts of this machine, and looks after what is unclear or handed over. Runs
 * until it is stopped; with `--once` one round. A line that is down is waited for.
 */
export async function run(context: Context, input: Input): Promise<ExitCode> {
  const newsroom = await context.newsroom(await newsroomAddress(context, input.url));
  if (input.once) return showRound(context, await round(context, newsroom));
  context.output.note(context.messages.publish.watching({ origin: newsroom.origin }));
  // What waits for a person is the same in every round, and said once.
  const said = new Map<string, string>();
  const log = (about: string, text: string) => {
    const line = cleanLine(text);
    if (said.get(about) !== line) context.output.log(line);
    said.set(about, line);
  };
  while (!context.host.signal.aborted) {
    try {
      for (const result of await round(context, newsroom)) {
        log(result.publication?.id ?? "", resultLine(context, context.output.noteStyle, result));
      }
      said.delete("newsroom");
    } catch (error) {
      if (!(error instanceof KominfoError) || error.exit !== exit.temporary) throw error;
      log("newsroom", explain(error, context.messages).message);
    }
    await pause(everyMs, undefined, { signal: context.host.signal }).catch(() => {});
  }
  return exit.done;
}

/** Everything that is due or open, once. */
async function round(context: Context, newsroom: NewsroomClient): Promise<PublishResult[]> {
  const due = await newsroom.publications({ state: "scheduled", due: "true" });
  const open: ListedPublication[] = [];
  for (const state of openStates) open.push(...(await newsroom.publications({ state })));
  const free = [...due, ...open].filter(({ held }) => held === null);
  const submissions = new Map<string, Submission>();
  const pending = [];
  for (const publication of free) {
    const { id } = publication.submission;
    const submission = submissions.get(id) ?? (await newsroom.submission(id));
    submissions.set(id, submission);
    pending.push({ submission, publication });
  }
  return bringAllForward(context, newsroom, pending);
}

function showRound(context: Context, results: readonly PublishResult[]): ExitCode {
  const json = { publications: results.map((result) => resultJson(context, result)) };
  context.output.result(json, (style) =>
    results.length === 0
      ? context.messages.publish.nothingDue
      : results.map((result) => resultLine(context, style, result)).join("\n"),
  );
  return exitOfResults(results);
}
