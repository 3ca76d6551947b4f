import { setTimeout as pause } from "node:timers/promises";
import type { Context } from "../context.js";
import type { ListedPublication } from "../contract/contract.js";
import type { PublicationState } from "../contract/lifecycle.js";
import { type ExitCode, exit, KominfoError } from "../errors/errors.js";
import { isOfTheLine } from "../errors/http.js";
import { explain } from "../language/explain.js";
import type { NewsroomClient } from "../newsroom-client/types.js";
import { isPassingCode } from "../publish/journal.js";
import type { Style } from "../terminal/style.js";
import { cleanLine } from "../text/clean.js";
import { newsroomAddress } from "./newsroom/address.js";
import { announcePresence } from "./publish/accounts/present.js";
import { bringAllForward } from "./publish/out/forward-all.js";
import { wantedDown, withSubmissions } from "./publish/out/pending.js";
import { exitOfResults, resultJson, resultLine } from "./publish/out/report.js";
import { scrubRedacted } from "./publish/scrub.js";
import type { PublishResult } from "./publish/types.js";

interface Input {
  once?: boolean;
  url?: string;
}

/** How often the newsroom is asked for what is due. */
const everyMs = 30_000;
/** How long rests what was due and failed for a reason that may pass, the first time; twice as long each time, up to `pauseMs`. */
const firstPauseMs = 60_000;
/** How long rests what has failed, or waits for a website's editors: a channel may bill each request. */
const pauseMs = 10 * 60_000;
/** How long rests what only a person can decide. */
const decisionMs = 24 * 60 * 60_000;
/** How often its journals lose what was redacted. */
const scrubEveryMs = 60 * 60_000;
/** What another look may settle. */
const openStates: readonly PublicationState[] = ["publishing", "unclear", "handed_over"];

/**
 * Tells the newsroom which accounts this machine has, sends what is scheduled on them when it is due, takes down what shall go, and
 * looks after what is unclear or handed over. Runs until it is stopped; with `--once` one round. A line that is down is waited for.
 */
export async function run(context: Context, input: Input): Promise<ExitCode> {
  const newsroom = await context.newsroom(await newsroomAddress(context, input.url));
  const paused: Paused = new Map();
  const refusedUntil = new Map<string, number>();
  const present = async (onProblem: (about: string, text: string) => void) =>
    announcePresence({ context, newsroom, service: await newsroom.service(), refusedUntil, onProblem });
  if (input.once) {
    await present((_about, text) => context.output.warn(cleanLine(text)));
    const code = showRound(context, await round(context, newsroom, paused));
    await scrubRedacted(context, newsroom);
    return code;
  }
  context.output.note(context.messages.publish.watching({ origin: newsroom.origin }));
  // What waits for a person is the same in every round, and said once.
  const said = new Map<string, string>();
  const log = (about: string, text: string) => {
    const line = cleanLine(text);
    if (said.get(about) !== line) context.output.log(line);
    said.set(about, line);
  };
  let scrubAt = 0;
  while (!context.host.signal.aborted) {
    try {
      await present(log);
      for (const result of await round(context, newsroom, paused)) {
        log(result.publication?.id ?? "", lineOf(context, context.output.noteStyle, result));
      }
      if (context.host.now().getTime() >= scrubAt) {
        await scrubRedacted(context, newsroom);
        scrubAt = context.host.now().getTime() + scrubEveryMs;
      }
      said.delete("newsroom");
    } catch (error) {
      // A service waits until a person has mended the line, too: a certificate, a proxy.
      if (!(error instanceof KominfoError) || !(error.exit === exit.temporary || isOfTheLine(error)))
        throw error;
      log("newsroom", explain(error, context.messages).message);
    }
    await pause(everyMs, undefined, { signal: context.host.signal }).catch(() => {});
  }
  return exit.done;
}

/** Publications that rest: until when, in ms since 1970, and how often they have failed one after the other. */
type Paused = Map<string, { until: number; failures: number }>;

/** Everything that is due, open or to be taken down, once. */
async function round(context: Context, newsroom: NewsroomClient, paused: Paused): Promise<PublishResult[]> {
  const due = await newsroom.publications({ state: "scheduled", due: "true" });
  const open: ListedPublication[] = [];
  for (const state of openStates) open.push(...(await newsroom.publications({ state })));
  const toGo = await wantedDown(newsroom);
  const now = context.host.now().getTime();
  const free = [...due, ...open, ...toGo].filter(
    ({ id, held }) => held === null && (paused.get(id)?.until ?? 0) <= now,
  );
  const pending = await withSubmissions(newsroom, free);
  const how = { letsRest: true, isUnattended: true, removes: true };
  const results = await bringAllForward(context, newsroom, pending, how);
  for (const result of results) {
    if (!result.publication) continue;
    const { id } = result.publication;
    const failures = hasFailed(result) ? (paused.get(id)?.failures ?? 0) + 1 : 0;
    const rest = restOf(result, failures);
    if (rest > 0) paused.set(id, { until: context.host.now().getTime() + rest, failures });
    else paused.delete(id);
  }
  return results;
}

function hasFailed({ error, sent }: PublishResult): boolean {
  return error !== undefined || sent?.outcome.state === "failed";
}

/**
 * How long the next round leaves a publication alone, in ms.
 *
 * @param failures in this process, one after the other
 */
export function restOf({ error, sent, state }: PublishResult, failures: number): number {
  const isPassing = error ? error.exit === exit.temporary : failures > 0;
  if (isPassing) return Math.min(pauseMs, firstPauseMs * 2 ** (failures - 1));
  if (error) return pauseMs;
  if (state === "waiting" || sent?.outcome.state === "handed_over") return pauseMs;
  if (sent?.outcome.state !== "unclear") return 0;
  return sent.not_before ? 0 : decisionMs;
}

/** What has become of one; of what is scheduled and has failed for now also that it is tried again. */
function lineOf(context: Context, style: Style, result: PublishResult): string {
  const line = resultLine(context, style, result);
  const { error, sent, publication } = result;
  const outcome = sent?.outcome;
  const isPassing = error
    ? error.exit === exit.temporary
    : outcome?.state === "failed" && isPassingCode(outcome.code);
  if (!isPassing || publication?.state !== "scheduled") return line;
  return `${line}\n  ${context.messages.publish.triesAgain}`;
}

function showRound(context: Context, results: readonly PublishResult[]): ExitCode {
  const json = { publications: results.map((result) => resultJson(context, result)) };
  context.output.result(json, (style) =>
    results.length === 0
      ? context.messages.publish.nothingDue
      : results.map((result) => lineOf(context, style, result)).join("\n"),
  );
  return exitOfResults(results);
}
