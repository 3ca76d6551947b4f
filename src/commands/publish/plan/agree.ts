import { channelLabel } from "../../../channels/registry.js";
import type { Context } from "../../../context.js";
import { cancelled, usage } from "../../../errors/errors.js";
import { renderingWarning } from "../../../language/rendering-warning.js";
import { isLookedForFirst, mayBeSent, type PlannedPublication } from "../../../publish/plan.js";
import { untouched } from "../../../terminal/prompts/untouched.js";
import { formatBytes } from "../../../text/bytes.js";
import { formatLongInstant } from "../../../text/instant.js";
import { formatCost, type PublishChoices } from "../input.js";
import { type PlanFacts, planText, totalOf } from "./plan-report.js";

/** Throws `publish-unfit` (exit 2) where a rendering cannot be sent as it is: then nothing is sent. @param at a time that was chosen */
export function requireFit(context: Context, planned: readonly PlannedPublication[], at?: string): void {
  const { messages } = context;
  const toSend = planned.filter((plan) => plan.action === "send" || isLookedForFirst(plan, at));
  const [first] = toSend.filter(({ unfit }) => unfit.length > 0);
  if (!first) return;
  const fit = toSend.filter(({ unfit }) => unfit.length === 0).map(({ channel }) => channel);
  throw usage("publish-unfit", {
    channel: channelLabel(first.channel),
    problem: renderingWarning(first.unfit[0]!, messages),
    others: fit,
    ...(first.unfit.every(({ code }) => code === "domain") && { mayLink: true }),
  });
}

/** Throws `publish-link-timed` (exit 2): a schedule tells nobody that a person has agreed to a link that costs. */
export function requireLinkNow({ at }: PublishChoices, planned: readonly PlannedPublication[]): void {
  const linked = planned.find(
    (plan) =>
      (plan.action === "send" || isLookedForFirst(plan, at)) &&
      plan.showsLink &&
      plan.rendering.link?.when === "asked",
  );
  if (at !== undefined && linked)
    throw usage("publish-link-timed", { channel: channelLabel(linked.channel) });
}

/** Throws `publish-cost-over` and `publish-cost-unagreed` (exit 2). */
export function requireAgreedCost({ maxCost, agreed, dryRun }: PublishChoices, cost: number): void {
  if (dryRun) return;
  if (maxCost !== undefined && cost > maxCost) {
    throw usage("publish-cost-over", { cost: formatCost(cost), max: formatCost(maxCost) });
  }
  if (agreed && cost > 0 && maxCost === undefined) {
    throw usage("publish-cost-unagreed", { cost: formatCost(cost) });
  }
}

/** Shows the plan and asks once, where something is sent, or looking for it costs. */
export async function agree(
  context: Context,
  choices: PublishChoices,
  planned: readonly PlannedPublication[],
  facts: PlanFacts,
): Promise<void> {
  const toSend = planned.filter((plan) => mayBeSent(plan) || isLookedForFirst(plan, choices.at));
  const costly = planned.filter((plan) => plan.action === "go-on" && plan.cost > 0 && !mayBeSent(plan));
  if (toSend.length + costly.length === 0) return;
  const prompter = await context.prompter();
  if (!prompter) throw usage("missing-input", { flag: "--yes" });
  const { messages, language, output } = context;
  output.note(planText(context, planned, facts));
  const message =
    toSend.length === 0
      ? messages.publish.askLook({ channels: costly.map(({ channel }) => channelLabel(channel)) })
      : choices.at === undefined
        ? messages.publish.ask({
            count: toSend.length,
            size: formatBytes(totalOf(facts.bytes), language),
            cost: facts.cost > 0 ? formatCost(facts.cost) : undefined,
          })
        : messages.publish.askSchedule({
            count: toSend.length,
            when: formatLongInstant(choices.at, language),
          });
  if (!(await untouched(() => prompter.confirm({ message, default: false })))) throw cancelled("declined");
}
