import { pastedBody } from "../../../channels/paste.js";
import { type ChannelName, channelLabel } from "../../../channels/registry.js";
import type { Context } from "../../../context.js";
import {
  deskPage,
  type Rendering,
  type RenderingWarning,
  type Submission,
  submissionUrl,
} from "../../../contract/contract.js";
import { isCorrectedByHand } from "../../../contract/corrections.js";
import { isDeadLogin } from "../../../contract/failure-codes.js";
import { isCorrectedInPlace } from "../../../contract/kept-photos.js";
import { type ExitCode, exit, type KominfoError } from "../../../errors/errors.js";
import { explain } from "../../../language/explain.js";
import { explainOutcome } from "../../../language/explain-reason.js";
import { renderingWarning } from "../../../language/rendering-warning.js";
import type { NewsroomClient } from "../../../newsroom-client/types.js";
import { sendsPhotos } from "../../../publish/plan.js";
import type { Style } from "../../../terminal/style.js";
import { indent } from "../../../terminal/table.js";
import { clean, cleanLine } from "../../../text/clean.js";
import { formatInstant, formatLongInstant } from "../../../text/instant.js";
import { keptLines } from "../../newsroom/kept-photos.js";
import { quotePath } from "../../newsroom/stores.js";
import { formatCost } from "../input.js";
import { leftOutPhotos, type PlanFacts, readableText } from "../plan/plan-report.js";
import type { PublishResult } from "../types.js";

/** Prints what has become of each, and returns the exit code of the whole. */
export function showResults(
  context: Context,
  newsroom: NewsroomClient,
  submission: Submission,
  results: readonly PublishResult[],
  totals: Pick<PlanFacts, "bytes" | "cost">,
): ExitCode {
  const { id, revision, state } = submission;
  const notBefore = results
    .flatMap(({ sent, error }) => sent?.not_before?.toISOString() ?? embargoOf(error) ?? [])
    .sort()
    .at(0);
  const page = deskPage(newsroom.origin, id);
  const json = {
    submission: { id, revision, state, url: submissionUrl(newsroom.origin, id) },
    publications: results.map((result) => resultJson(context, result, totals.bytes, id)),
    cost_usd: Number(formatCost(totals.cost)),
    ...(notBefore !== undefined && { not_before: notBefore }),
  };
  context.output.result(json, (style) =>
    results
      .map((result) => {
        const leftOut =
          result.planned && sendsPhotos(result.planned) && leftOutPhotos(context, submission, result.planned);
        const line = resultLine(context, style, { ...result, page, about: id });
        return [line, ...(leftOut ? [`  ${leftOut}`] : [])].join("\n");
      })
      .join("\n"),
  );
  return exitOfResults(results);
}

/** The earliest time of what may not go out yet (ISO 8601). */
function embargoOf(error: KominfoError | undefined): string | undefined {
  return error?.code === "under-embargo" ? (error as KominfoError<"under-embargo">).params.until : undefined;
}

/** One publication in the answer of a command. @param bytes of its photos, by plan @param about id of the submission */
export function resultJson(
  context: Context,
  result: PublishResult,
  bytes: PlanFacts["bytes"] = new Map(),
  about = "",
) {
  const { messages } = context;
  const kept = isKept(result) ? keptOf(context, result, about) : [];
  const { channel, seat, planned, publication, sent, error, submission } = result;
  const { state, url, remote_id } = outcomeOf(result);
  const code = error?.code ?? codeOf(result);
  const rendering = planned?.rendering ?? result.rendering;
  return {
    id: publication?.id ?? null,
    ...(submission && { submission }),
    channel,
    account: seat.account,
    label: seat.label,
    state,
    url,
    remote_id,
    found: sent?.found ?? false,
    cost_usd: Number(formatCost(planned?.cost ?? result.removalCost ?? 0)),
    bytes: (planned && bytes.get(planned)) ?? 0,
    code: code ?? (kept.length > 0 ? "photos-kept" : null),
    message: error
      ? explain(error, messages).message
      : result.state === "uncorrected"
        ? whyByHand(messages, channel)
        : kept.length > 0
          ? kept.join(" ")
          : null,
    ...(result.state === "scheduled" && { scheduled_for: publication?.scheduled_for ?? null }),
    ...(result.state === "uncorrected" && rendering && { text: correctedText(rendering) }),
    warnings: warningsOf(result).map((warning) => ({
      code: warning.code,
      message: renderingWarning(warning, messages),
    })),
  };
}

/** What readers see otherwise than it was rendered. */
function warningsOf({ sent, linkLeftOut }: PublishResult): RenderingWarning[] {
  // Of what an earlier run has sent nobody knows here what it shows.
  const isLeftOut = linkLeftOut !== undefined && !sent?.found;
  return [...(sent?.warnings ?? []), ...(isLeftOut ? [linkLeftOut] : [])];
}

function outcomeOf({ state, publication, sent, error }: PublishResult): {
  state: string;
  url: string | null;
  remote_id: string | null;
} {
  const { url = null, remote_id = null } = publication ?? {};
  if (state === "out") return { state: "published", url, remote_id };
  if (state === "waiting") return { state: "planned", url, remote_id };
  if (state === "scheduled" || state === "uncorrected") return { state, url, remote_id };
  const outcome = sent?.outcome;
  if (outcome?.state === "published" || outcome?.state === "handed_over") return outcome;
  if (outcome) return { state: outcome.state === "absent" ? "failed" : outcome.state, url, remote_id };
  return { state: error ? (publication?.state ?? "failed") : "failed", url, remote_id };
}

/** A login that the channel does not take any more has a sentence, whichever code the channel has for it. */
function codeAsError(code: string | undefined): string | undefined {
  return isDeadLogin(code) ? "channel-refused" : code;
}

function codeOf({ sent, state, channel }: PublishResult): string | undefined {
  if (state === "uncorrected") {
    return isCorrectedByHand(channel) ? "instagram-not-correctable" : "recorded-by-hand";
  }
  const outcome = sent?.outcome;
  return outcome && "code" in outcome ? outcome.code : undefined;
}

/** The corrected text as a person puts it in: without the markup of a website. */
export function correctedText(rendering: Rendering): string {
  return rendering.channel === "web" ? pastedBody(rendering).plain : readableText(rendering, null);
}

/** Why a person corrects it. */
function whyByHand({ publish }: Context["messages"], channel: ChannelName): string {
  const name = channelLabel(channel);
  return isCorrectedByHand(channel)
    ? publish.paste.why({ channel: name })
    : publish.paste.byHand({ channel: name });
}

/** What a person does to correct a publication that no program may change. @param post as its commands take it */
export function pasteLines(
  { messages, output }: Context,
  { channel, url, text, post }: { channel: ChannelName; url: string | null; text: string; post: string },
): string {
  const { paste } = messages.publish;
  const name = channelLabel(channel);
  return [
    `  ${whyByHand(messages, channel)}`,
    ...(url === null ? [] : [`  ${cleanLine(url)}`]),
    `  ${isCorrectedByHand(channel) ? paste.text({ channel: name }) : paste.replace({ channel: name })}`,
    output.style.whole(indent(clean(text), "    ")),
    `  ${paste.record}`,
    `  ${output.style.command(`kominfo post record ${post} --url ${quotePath(cleanLine(url ?? "https://…"))}`)}`,
  ].join("\n");
}

/** Whether readers see what was sent, and beside it photos that are not approved any more. */
function isKept({ kept = [], state, sent, error }: PublishResult): boolean {
  if (kept.length === 0 || error) return false;
  return state === "out" || state === "uncorrected" || sent?.outcome.state === "published";
}

/** @param result.about id of the submission, as commands take it */
export function resultLine(
  context: Context,
  style: Style,
  result: PublishResult & { about?: string },
): string {
  const line = stateLine(context, style, result);
  if (!isKept(result)) return line;
  return [line, ...keptOf(context, result, result.about).map((one) => `  ${one}`)].join("\n");
}

function keptOf(context: Context, { kept = [], submission }: PublishResult, about = ""): string[] {
  return kept.flatMap((one) => keptLines(context, one, submission?.id ?? about));
}

function stateLine(context: Context, style: Style, result: PublishResult & { about?: string }): string {
  const { messages, language } = context;
  const { channel, seat, sent, error, state } = result;
  const about = result.submission ? `${cleanLine(result.submission.title)} · ` : "";
  const name = `${about}${channelLabel(channel)} ${cleanLine(seat.label)}`.trimEnd();
  const line = (mark: string, text: string, ...more: (string | undefined)[]) =>
    [
      `${mark} ${name}: ${text}`,
      ...more.flatMap((added) => (added === undefined ? [] : `  ${cleanLine(added)}`)),
    ].join("\n");
  if (error) {
    const { message, hints } = explain(error, messages);
    return line(style.bad("✗"), message, ...hints);
  }
  const { states, lookAgain, undecided, untold, untoldStopped, waitsForArticle } = messages.publish;
  const code = codeOf(result);
  const subject = { channel, account: seat.account, name: channelLabel(channel) };
  const { url } = outcomeOf(result);
  if (state === "waiting") {
    // Whoever has just published is told how it goes on. A machine that asks again by itself needs no word of it.
    return line(style.warning("!"), waitsForArticle, result.planned && messages.publish.afterArticle);
  }
  if (state === "uncorrected") {
    const rendering = result.planned?.rendering ?? result.rendering;
    const text = rendering ? correctedText(rendering) : "";
    const post = result.submission?.id ?? result.about ?? "<naskah>";
    return [
      line(style.warning("!"), states.uncorrected),
      pasteLines(context, { channel, url, text, post }),
    ].join("\n");
  }
  if (state === "stopped") return line(style.good("✓"), messages.publish.takeDown.how.stop);
  if (state === "scheduled" && result.publication?.scheduled_for) {
    const when = formatLongInstant(result.publication.scheduled_for, language);
    return line(style.good("✓"), messages.publish.scheduledFor({ when }));
  }
  const isOld = isKept(result);
  const mark = isOld ? style.warning("!") : style.good("✓");
  const corrected = isOld && isCorrectedInPlace(channel) ? messages.publish.kept.corrected : undefined;
  if (state === "out" || state === "scheduled")
    return line(mark, corrected ?? states[state], url ?? undefined);
  const outcome = sent!.outcome;
  const told = [
    ...warningsOf(result).map((warning) => renderingWarning(warning, messages)),
    ...(sent!.untold ? [sent!.untold.exit === exit.cancelled ? untoldStopped : untold] : []),
  ];
  if (outcome.state === "published" || outcome.state === "handed_over") {
    const text = outcome.state === "published" && sent!.found ? states.found : states[outcome.state];
    return line(mark, corrected ?? text, outcome.url ?? undefined, ...told);
  }
  if (outcome.state === "unpublished") return line(style.good("✓"), states.unpublished, ...told);
  if (outcome.state === "unclear") {
    const when = sent!.not_before && formatInstant(sent!.not_before.toISOString(), language);
    return line(
      style.warning("!"),
      states.unclear,
      ...explainOutcome(messages, { ...outcome, code: codeAsError(code) }, subject),
      when ? lookAgain({ when }) : undecided({ page: result.page }),
      ...told,
    );
  }
  const facts = outcome.state === "failed" ? outcome : {};
  const why = explainOutcome(messages, { ...facts, code: codeAsError(code ?? outcome.state) }, subject);
  return line(style.bad("✗"), states.failed, ...why, ...told);
}

/** Nothing has failed: it shall not be sent any more, as a person has decided since it was planned. */
function isCalledOff(error: KominfoError): boolean {
  if (error.code !== "publication-refused") return error.code === "publish-changed";
  const { refusal } = (error as KominfoError<"publication-refused">).params;
  return refusal === "cancelled" || refusal === "plan-stopped";
}

/** 4 (login) before 5 (temporary), then 3 (some failed), then 1 (a person must decide). */
export function exitOfResults(results: readonly PublishResult[]): ExitCode {
  const codes = results.map((result): ExitCode => {
    const { error, sent, state } = result;
    if (error && isCalledOff(error)) return exit.failed;
    if (error) return error.exit === exit.denied || error.exit === exit.temporary ? error.exit : exit.partial;
    if (state === "waiting") return exit.temporary;
    // Nothing failed, and not all is done: readers there still see the old text.
    if (state === "uncorrected") return exit.partial;
    if (state === "stopped") return sent?.untold ? exit.temporary : exit.done;
    if (!sent) return isKept(result) ? exit.partial : exit.done;
    if (sent.untold) return exit.temporary;
    if (sent.warnings.some(({ code }) => code === "photo-left-at-site")) return exit.partial;
    if (sent.outcome.state === "unclear") return sent.not_before ? exit.temporary : exit.failed;
    const isDone = sent.outcome.state !== "failed" && sent.outcome.state !== "absent" && !isKept(result);
    return isDone ? exit.done : exit.partial;
  });
  const order = [exit.denied, exit.temporary, exit.partial, exit.failed] as const;
  return order.find((code) => codes.includes(code)) ?? exit.done;
}
