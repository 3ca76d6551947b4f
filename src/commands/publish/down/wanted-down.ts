import { lookCostOf, removalCostOf } from "../../../channels/cost.js";
import { accountChannels, channelLabel } from "../../../channels/registry.js";
import type { Context } from "../../../context.js";
import type { ListedPublication } from "../../../contract/contract.js";
import { usage } from "../../../errors/errors.js";
import type { NewsroomClient } from "../../../newsroom-client/types.js";
import { isOn } from "../../../publish/known-account.js";
import { cleanLine } from "../../../text/clean.js";
import { loginsOf, storedAccount } from "../accounts/accounts.js";
import { formatCost } from "../input.js";
import { bringAllForward } from "../out/forward-all.js";
import { undecidedDown, wantedDown, withSubmissions } from "../out/pending.js";
import type { PublishResult } from "../types.js";

/**
 * Takes down what others have asked for, where this computer has an account of the channel. In a terminal a person is asked; without one,
 * or with `--yes`, only what costs nothing is taken down, and the rest is named with the command that agrees to its cost.
 *
 * @param except ids of publications that this run has brought forward already
 * @returns what has become of them, and whether the person left them for later
 */
export async function takeDownWanted(
  context: Context,
  newsroom: NewsroomClient,
  { except, agreed }: { except: ReadonlySet<string>; agreed: boolean },
): Promise<{ results: PublishResult[]; isLeft: boolean }> {
  const logins = await loginsOf(context, accountChannels);
  const ofThese = async (listed: readonly ListedPublication[], skipped = except) => {
    const asked = listed.filter(
      ({ id, channel, held }) =>
        logins.some((own) => own.channel === channel) && held === null && !skipped.has(id),
    );
    return asked.length > 0 ? await ofOwnAccounts(context, logins, asked) : [];
  };
  if (logins.length === 0) return { results: [], isLeft: false };
  const undecided = await ofThese(await undecidedDown(newsroom));
  const free = undecided.filter(({ channel }) => lookCostOf(channel) === 0);
  const looked = await bringAllForward(context, newsroom, await withSubmissions(newsroom, free));
  // What was found to be out is among what is taken down now.
  const settled = looked.filter(({ sent }) => sent?.outcome.state !== "published");
  const tried = settled.flatMap(({ publication }) => publication?.id ?? []);
  const published = await ofThese(await wantedDown(newsroom), new Set([...except, ...tried]));
  const costly = undecided.filter((row) => !free.includes(row));
  const { results, isLeft } = await removeWanted(context, newsroom, [...published, ...costly], agreed);
  return { results: [...settled, ...results], isLeft };
}

async function removeWanted(
  context: Context,
  newsroom: NewsroomClient,
  wanted: readonly ListedPublication[],
  agreed: boolean,
): Promise<{ results: PublishResult[]; isLeft: boolean }> {
  if (wanted.length === 0) return { results: [], isLeft: false };
  const prompter = agreed ? undefined : await context.prompter();
  if (prompter) {
    const { publish } = context.messages;
    const cost = wanted.reduce((sum, row) => sum + costOf(row), 0);
    context.output.note(
      [publish.takeDown.wanted, ...wanted.map((row) => `  ${lineOf(context, row)}`)].join("\n"),
    );
    const message = publish.takeDown.ask({
      count: wanted.length,
      cost: cost > 0 ? formatCost(cost) : undefined,
    });
    if (!(await prompter.confirm({ message, default: false }))) return { results: [], isLeft: true };
    const pending = await withSubmissions(newsroom, wanted);
    const removed = await bringAllForward(context, newsroom, pending, { removes: true });
    return { results: removed, isLeft: false };
  }
  const free = wanted.filter(({ channel }) => removalCostOf(channel) === 0);
  const results = await bringAllForward(context, newsroom, await withSubmissions(newsroom, free));
  const unpaid = wanted.filter((row) => !free.includes(row)).map(unagreed);
  return { results: [...results, ...unpaid], isLeft: false };
}

/** Of these, those on accounts that this computer's logins say they are of; where only the channel knows, all of the channel. */
async function ofOwnAccounts(
  context: Context,
  logins: Awaited<ReturnType<typeof loginsOf>>,
  asked: readonly ListedPublication[],
): Promise<ListedPublication[]> {
  const own = await Promise.all(
    logins.map(async ({ channel, login }) => ({
      channel,
      account: await storedAccount(context, channel, login),
    })),
  );
  return asked.filter((row) =>
    own.some(
      ({ channel, account }) =>
        channel === row.channel && (account === undefined || isOn({ channel, account }, row)),
    ),
  );
}

/** Of what is undecided, with the look: for each post that is read. In thousandths of a US dollar. */
function costOf({ channel, state }: Pick<ListedPublication, "channel" | "state">): number {
  return removalCostOf(channel) + (state === "published" ? 0 : lookCostOf(channel));
}

function lineOf({ messages }: Context, { channel, account, submission, state }: ListedPublication): string {
  const cost = costOf({ channel, state });
  const price = cost > 0 ? ` · ${messages.publish.cost({ cost: formatCost(cost) })}` : "";
  return cleanLine(`${submission.title} · ${channelLabel(channel)} ${account}${price}`);
}

/** A deletion that is billed, to which nobody has agreed. */
function unagreed(publication: ListedPublication): PublishResult {
  const { channel, account, submission, state } = publication;
  const cost = formatCost(costOf(publication));
  const known = {
    channel: channel as PublishResult["channel"],
    seat: { account, label: account },
    submission,
    publication,
  };
  // Nobody has looked, because that is billed: the request's own command asks for it.
  if (state !== "published") {
    return { ...known, error: usage("look-cost-unagreed", { cost, submission: submission.id }) };
  }
  return {
    ...known,
    error: usage("take-down-cost-unagreed", { cost, submission: submission.id }),
  };
}
