import type { ChannelName } from "../../channels/registry.js";
import type { Context } from "../../context.js";
import type { Publication, Submission, Transition } from "../../contract/contract.js";
import { uncorrectedOf } from "../../contract/corrections.js";
import { cancelledReason } from "../../contract/failure-codes.js";
import { addDays, today, writtenInstant } from "../../post/dates.js";
import { cleanLine } from "../../text/clean.js";
import { formatInstant, typedInstant } from "../../text/instant.js";
import { isSeen } from "../../workspace/state.js";
import { isLate, isStopped, isTakenDown, releaseOf } from "../newsroom/publication.js";
import { quotePath } from "../newsroom/stores.js";
import { journals } from "../publish/out/pending.js";
import { correctionState, openRequest, pendingChannels } from "./standing.js";

/** Sends what is waiting, without a question. */
export const sendWaiting: readonly string[] = ["kominfo sync"];

/**
 * What the operator may do next with a submission. While a publication is under way nothing says to publish by hand: readers would see
 * it twice. What is late is sent by nobody any more, so waiting is no advice.
 *
 * @param history of the submission
 * @param name of the post, as its commands take it
 * @param now by the newsroom's clock
 */
export async function nextSteps(
  context: Context,
  submission: Submission,
  history: readonly Transition[],
  name: string,
  now: Date,
): Promise<string[]> {
  const { messages } = context;
  const { publications } = submission;
  const asked = openRequest(submission);
  // A revision that was approved after the one before was taken down may go out.
  const isAnew = submission.shown === "unpublished" && !isTakenDown(submission);
  const shown = isAnew ? "approved" : submission.shown;
  const correction = correctionState(submission);
  // Somebody wants it gone, because of a child perhaps.
  const wanted = publications.filter(({ take_down }) => take_down);
  // No computer takes down a link that was recorded by hand.
  const isSent = wanted.some(({ state, remote_id }) => state !== "published" || remote_id !== null);
  if (wanted.length > 0) {
    const links = new Set(wanted.filter(isLeftUp).flatMap(({ url }) => url ?? []));
    return [
      ...(isSent ? ["kominfo sync"] : []),
      ...[...links].map((url) => messages.post.takeDownByHand({ url: cleanLine(url) })),
      ...(links.size > 0 ? [messages.post.haveMarked] : []),
      messages.post.wantedDown,
    ];
  }
  if (shown === "approved" && isStopped(submission, history)) return [messages.post.wantedDown];
  const release = releaseOf(submission, now);
  const open = publications.filter(({ state }) => underWay.includes(state));
  // Nothing is sent that a sender wants back.
  if (asked && open.length === 0) return [messages.postChanges.awaitAnswer[asked]];
  const usual =
    shown === "approved" && release !== undefined
      ? [
          `kominfo post preview ${name}`,
          messages.post.notBefore({ when: formatInstant(release, context.language) }),
          `kominfo post publish ${name} --at "${typedInstant(release)}"`,
        ]
      : correction
        ? messages.postChanges.correctionSteps[correction]({ post: name })
        : messages.post.nextSteps[shown](name);
  const late = [
    ...new Set(publications.filter((row) => isLate(row, now)).map(({ channel }) => channel)),
  ].join();
  const tomorrow = writtenInstant(`${addDays(today(now), 1)}T07:00:00+07:00`);
  const again = [
    `kominfo post publish ${name} --to ${late} --again ${late}`,
    `kominfo post publish ${name} --to ${late} --at "${tomorrow}"`,
  ];
  const isOut = isSeen(shown);
  const unsent = [...new Set([...unsentChannels(submission), ...pendingChannels(submission)])];
  const missing =
    isOut && !isStopped(submission, history) && !correction
      ? [...byHandSteps(messages, submission, name), ...missingSteps(messages, submission, unsent, name)]
      : [];
  if (open.length === 0) {
    return late === "" ? [...missing, ...usual] : [...again, ...missing, ...(isOut ? usual : [])];
  }
  const own = await journals(context);
  // `sync` goes on with what this computer has begun, and `post publish` with what another one has.
  const isOwn = open.some(({ id }) => own.includes(`${id}.jsonl`));
  return [
    isOwn ? "kominfo sync" : `kominfo post publish ${name}`,
    messages.post.notByHand,
    ...(late === "" ? [] : again),
    ...missing,
    ...(isOut ? usual : []),
  ];
}

/** Whether a person has to take it down where it is. */
function isLeftUp({ state, remote_id }: Publication): boolean {
  return state === "published" && remote_id === null;
}

/** Records what a person has corrected, below its text. */
function byHandSteps({ post }: Context["messages"], submission: Submission, name: string): string[] {
  const links = uncorrectedOf(submission).flatMap(({ url }) => (url === null ? [] : [cleanLine(url)]));
  if (links.length === 0) return [];
  return [post.correctThere, ...links.map((url) => `kominfo post record ${name} --url ${quotePath(url)}`)];
}

/** Brings the rest of the channels out. What the kabupaten's pages alone get is not the sender's to send. */
function missingSteps(
  { post }: Context["messages"],
  { approval }: Submission,
  channels: readonly ChannelName[],
  name: string,
): string[] {
  if (channels.length === 0) return [];
  if (!approval?.destinations.includes("kecamatan")) return [post.restByKabupaten];
  return [
    `kominfo post publish ${name} --to ${channels.join()}`,
    post.orByHand,
    `kominfo post record ${name}`,
  ];
}

/** The channels on which the approved revision has failed, and nothing else of it is there. An editor's word is no failure. */
function unsentChannels({ approval, publications }: Submission): Publication["channel"][] {
  const rows = publications.filter(({ revision }) => revision === approval?.revision);
  const isElsewise = (failed: Publication) =>
    rows.some(
      (row) => row.channel === failed.channel && row.account === failed.account && row.state !== "failed",
    );
  const failed = rows.filter(
    (row) => row.state === "failed" && row.reason !== cancelledReason && !isElsewise(row),
  );
  return [...new Set(failed.map(({ channel }) => channel))];
}

const underWay: readonly Publication["state"][] = ["publishing", "unclear", "handed_over"];
