import { lookCostOf, removalCostOf } from "../../../channels/cost.js";
import { channelLabel, channelNames } from "../../../channels/registry.js";
import type { Context } from "../../../context.js";
import { deskPage, type Publication, type Submission, submissionUrl } from "../../../contract/contract.js";
import { removesPhotos, type TakeDownCause } from "../../../contract/lifecycle.js";
import { cancelled, type ExitCode, exit, failed, KominfoError, usage } from "../../../errors/errors.js";
import { explain } from "../../../language/explain.js";
import type { NewsroomClient } from "../../../newsroom-client/types.js";
import { flagOrAnswer, someOf } from "../../../terminal/prompts/ask.js";
import { untouched } from "../../../terminal/prompts/untouched.js";
import type { Style } from "../../../terminal/style.js";
import { cleanLine } from "../../../text/clean.js";
import { onePerAddress } from "../../newsroom/publication.js";
import { formatCost, thousandths } from "../input.js";
import { bringAllForward } from "../out/forward-all.js";
import type { Pending } from "../out/pending.js";
import { exitOfResults, resultJson, resultLine } from "../out/report.js";
import type { PublishResult } from "../types.js";
import { type LeftPictures, removeLeftPictures } from "./left-pictures.js";

/** The flags of `post unpublish`. */
export interface UnpublishFlags {
  from?: string[];
  reason?: string;
  maxCost?: string;
  dryRun?: boolean;
  yes?: boolean;
}

/** The words by which people name why something has to go. */
const causes = {
  "data-pribadi": "personal_data",
  anak: "child",
  keliru: "mistake",
  "akun-diretas": "hacked",
} as const satisfies Record<string, TakeDownCause>;

interface Why {
  cause: TakeDownCause;
  reason?: string;
}

/**
 * How a publication is removed: by this computer, by another one, or by a person. What is not out yet is stopped; what may be out is
 * removed once somebody knows.
 */
type How = "here" | "elsewhere" | "by_hand" | "gone" | "stop" | "undecided" | "handed_over";

/** What has become of one of them. */
interface Removal {
  publication: Publication;
  how: How;
  /** It is undecided, and this computer has a login of the channel with which to look. */
  looks: boolean;
  /** In thousandths of a US dollar. */
  cost: number;
  result?: PublishResult;
  error?: KominfoError;
}

/**
 * Takes down what is published of a submission: asks the newsroom, which stops what is not out yet, then removes from this computer's
 * accounts what it can, and says what waits for another computer or a person. Repeating it is safe. Throws `nothing-published` (exit 1),
 * `bad-take-down-reason`, `bad-choice`, `bad-cost` and `publish-cost-*` (exit 2), and as the newsroom's client.
 */
export async function unpublishSubmission(
  context: Context,
  id: string,
  flags: UnpublishFlags,
): Promise<ExitCode> {
  const from = someOf("--from", flags.from ?? [], channelNames);
  const maxCost = flags.maxCost === undefined ? undefined : thousandths(flags.maxCost);
  const why = await readWhy(context, flags.reason);
  const newsroom = await context.newsroom();
  const submission = await newsroom.submission(id);
  const chosen = submission.publications.filter(
    ({ state, channel }) =>
      // A request stops everything that is not out yet, also on channels that nobody named.
      isPlan(state) || (state !== "failed" && (from.length === 0 || from.includes(channel))),
  );
  const removeLeft = async (): Promise<LeftPictures> =>
    removesPhotos(why.cause) && !flags.dryRun
      ? removeLeftPictures(context, newsroom, id)
      : { left: [], areGone: false };
  if (chosen.length === 0) {
    await removeLeft();
    throw failed("nothing-published", { channels: from.map(channelLabel) });
  }
  const listed = await (await context.credentials()).list();
  const services = listed.map(({ service }) => service);
  const removals: Removal[] = chosen.map((publication) => {
    const how = howOf(publication, services);
    const { channel, held } = publication;
    const isUndecided = how === "undecided" || how === "handed_over";
    const looks = isUndecided && held === null && services.some((service) => service === channel);
    const cost = how === "here" || looks ? removalCostOf(channel) + (looks ? lookCostOf(channel) : 0) : 0;
    return { publication, how, looks, cost };
  });
  if (flags.dryRun) return showPlan(context, removals);
  const open = removals.filter(({ how }) => how !== "gone");
  await agree(context, open, { maxCost, agreed: flags.yes ?? false });
  // What is down already may have left its photos behind: the newsroom knows why it was taken down.
  const asked = removesPhotos(why.cause) ? removals : open;
  await removeAll(context, newsroom, submission, asked, why);
  const { left, areGone } = await removeLeft();
  // The newsroom cannot know that the photos of what was down already have just been removed.
  if (areGone) for (const removal of removals.filter(isDownAlready)) delete removal.error;
  return showRemovals(context, newsroom, submission, removals, left);
}

function isDownAlready({ error }: Removal): boolean {
  return (
    error?.code === "publication-refused" &&
    (error as KominfoError<"publication-refused">).params.refusal === "already-down"
  );
}

async function readWhy(context: Context, given: string | undefined): Promise<Why> {
  const words = Object.keys(causes) as (keyof typeof causes)[];
  const { kinds, inWords, askReason: message } = context.messages.publish.takeDown;
  const typed = await flagOrAnswer(context, "--reason", given, async (prompter) => {
    const choices = words.map((value) => ({ value, name: kinds[causes[value]] }));
    const word = await prompter.select({ message, choices });
    return `${word}: ${await prompter.text({ message: inWords })}`;
  });
  const word = words.find((known) =>
    new RegExp(`^${known.replace("-", "[ -]")}(?![\\p{L}-])`, "iu").test(typed),
  );
  if (word === undefined) throw usage("bad-take-down-reason", { value: typed, causes: words });
  const reason = typed.slice(word.length).replace(/^[\s:,.]+/, "");
  return { cause: causes[word], ...(reason !== "" && { reason }) };
}

function isPlan(state: Publication["state"]): boolean {
  return state === "planned" || state === "scheduled";
}

function howOf({ state, remote_id, channel }: Publication, services: readonly string[]): How {
  if (state === "unpublished") return "gone";
  if (isPlan(state)) return "stop";
  if (state === "handed_over") return "handed_over";
  if (state !== "published") return "undecided";
  if (remote_id === null) return "by_hand";
  return services.includes(channel) ? "here" : "elsewhere";
}

/** Shows what would go, and asks once. Throws `publish-cost-*` (exit 2) where nobody agreed to the cost. */
async function agree(
  context: Context,
  open: readonly Removal[],
  { maxCost, agreed }: { maxCost: number | undefined; agreed: boolean },
): Promise<void> {
  const cost = costOf(open);
  if (maxCost !== undefined && cost > maxCost) {
    throw usage("publish-cost-over", { cost: formatCost(cost), max: formatCost(maxCost) });
  }
  if (open.length === 0) return;
  if (agreed) {
    if (cost > 0 && maxCost === undefined) throw usage("publish-cost-unagreed", { cost: formatCost(cost) });
    return;
  }
  const prompter = await context.prompter();
  if (!prompter) throw usage("missing-input", { flag: "--yes" });
  const shown = onePerLink(open);
  context.output.note(shown.map((removal) => planLine(context, removal)).join("\n"));
  const { takeDown } = context.messages.publish;
  // What a person takes down is asked for here, and goes nowhere by it.
  const count = shown.filter(({ how }) => how !== "by_hand").length;
  const message =
    count === 0 ? takeDown.askNote : takeDown.ask({ count, cost: cost > 0 ? formatCost(cost) : undefined });
  if (!(await untouched(() => prompter.confirm({ message, default: false })))) throw cancelled("declined");
}

/** One for each hand-recorded address: it may be recorded for several revisions. */
function onePerLink(removals: readonly Removal[]): Removal[] {
  const rows = onePerAddress(removals.map(({ publication }) => publication));
  return removals.filter(({ publication }) => rows.includes(publication));
}

function costOf(removals: readonly Removal[]): number {
  return removals.reduce((sum, { cost }) => sum + cost, 0);
}

/** Asks the newsroom for all of them first: whatever happens here, other machines and the editors know then. */
async function removeAll(
  context: Context,
  newsroom: NewsroomClient,
  submission: Submission,
  open: readonly Removal[],
  why: Why,
): Promise<void> {
  const pending: Pending[] = [];
  for (const removal of open) {
    const address = { submission: submission.id, publication: removal.publication.id };
    try {
      const publication = await newsroom.askForTakeDown(address, why);
      removal.publication = publication;
      if (publication.state === "unpublished") removal.how = "gone";
      // Its machine had died before it sent anything.
      else if (publication.state === "failed") removal.how = "stop";
      else if (removal.how === "here" || (removal.looks && publication.take_down))
        pending.push({ submission, publication });
    } catch (error) {
      if (!(error instanceof KominfoError) || error.exit === exit.cancelled) throw error;
      removal.error = error;
    }
  }
  const results = await bringAllForward(context, newsroom, pending, { removes: true });
  for (const removal of open) {
    const result = results.find(({ publication }) => publication?.id === removal.publication.id);
    if (result) removal.result = result;
    else if (removal.looks) Object.assign(removal, { looks: false, cost: 0 });
    // This computer has another account of the channel.
    else if (removal.how === "here" && !removal.error) Object.assign(removal, { how: "elsewhere", cost: 0 });
  }
}

function nameOf({ channel, account }: Publication): string {
  return cleanLine([channelLabel(channel), account].filter(Boolean).join(" "));
}

function planLine({ messages }: Context, { publication, how, looks, cost }: Removal): string {
  const price = cost > 0 ? ` · ${messages.publish.cost({ cost: formatCost(cost) })}` : "";
  const { takeDown } = messages.publish;
  const line = `${nameOf(publication)}: ${looks ? takeDown.looks : takeDown.how[how]}${price}`;
  return how === "by_hand" && publication.url !== null ? `${line}\n  ${cleanLine(publication.url)}` : line;
}

function showPlan(context: Context, removals: readonly Removal[]): ExitCode {
  const plan = removals.map(({ publication, how, cost }) => {
    const { id, channel, account, url } = publication;
    return { id, channel, account, url, how, cost_usd: Number(formatCost(cost)) };
  });
  const cost_usd = Number(formatCost(costOf(removals)));
  context.output.result({ plan, cost_usd }, () =>
    onePerLink(removals)
      .map((removal) => planLine(context, removal))
      .join("\n"),
  );
  return exit.done;
}

function showRemovals(
  context: Context,
  newsroom: NewsroomClient,
  { id, revision, state }: Submission,
  removals: readonly Removal[],
  left: readonly string[],
): ExitCode {
  const json = {
    submission: { id, revision, state, url: submissionUrl(newsroom.origin, id) },
    publications: removals.map((removal) => removalJson(context, removal)),
    cost_usd: Number(formatCost(costOf(removals))),
    left,
  };
  const page = deskPage(newsroom.origin, id);
  const isNoted = removals.some(({ how, error }) => how === "by_hand" && !error);
  context.output.result(json, (style) =>
    [
      ...onePerLink(removals).map((removal) => removalLine(context, style, removal, page)),
      ...(isNoted ? [context.messages.publish.takeDown.noted] : []),
    ].join("\n"),
  );
  const codes = [...removals.map(exitOf), ...(left.length > 0 ? [exit.partial] : [])];
  const order = [exit.denied, exit.temporary, exit.partial, exit.failed] as const;
  return order.find((code) => codes.includes(code)) ?? exit.done;
}

function removalJson(context: Context, { publication, how, result, error }: Removal) {
  if (result) return { ...resultJson(context, result), how };
  const { id, channel, account, state, url, remote_id } = publication;
  return {
    ...{ id, channel, account, label: account, state, url, remote_id, how },
    cost_usd: 0,
    code: error?.code ?? null,
    message: error ? explain(error, context.messages).message : null,
  };
}

function removalLine(context: Context, style: Style, removal: Removal, page: string): string {
  const { publication, how, result, error } = removal;
  const { takeDown } = context.messages.publish;
  if (result) {
    const line = resultLine(context, style, { ...result, page });
    if (result.channel !== "web" || result.sent?.outcome.state !== "unpublished") return line;
    const areGone = removesPhotos(publication.take_down?.cause ?? null);
    return `${line}\n  ${areGone ? takeDown.photosGone : takeDown.photosStay}`;
  }
  if (error) {
    const { message, hints } = explain(error, context.messages);
    return [`${style.bad("✗")} ${nameOf(publication)}: ${message}`, ...hints.map((hint) => `  ${hint}`)].join(
      "\n",
    );
  }
  const isDone = how === "gone" || how === "stop";
  return `${isDone ? style.good("✓") : style.warning("!")} ${planLine(context, removal)}`;
}

/** What waits for a machine passes by itself; what waits for a person does not. */
function exitOf({ how, result, error }: Removal): ExitCode {
  if (result) return exitOfResults([result]);
  if (error) return error.exit === exit.denied || error.exit === exit.temporary ? error.exit : exit.partial;
  if (how === "gone" || how === "stop") return exit.done;
  if (how === "undecided" || how === "handed_over") return exit.failed;
  return how === "elsewhere" ? exit.temporary : exit.partial;
}
