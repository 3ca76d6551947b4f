import { channelLabel } from "../../../channels/registry.js";
import type { Context } from "../../../context.js";
import type { Article } from "../../../contract/article.js";
import type { Rendering, Submission } from "../../../contract/contract.js";
import { type KominfoError, temporary } from "../../../errors/errors.js";
import { explain } from "../../../language/explain.js";
import { renderingWarning } from "../../../language/rendering-warning.js";
import { mayBeSent, type PlannedPublication, type Quota } from "../../../publish/plan.js";
import { formatBytes } from "../../../text/bytes.js";
import { cleanLine } from "../../../text/clean.js";
import { formatLongInstant } from "../../../text/instant.js";
import type { RefusedLogin } from "../accounts/accounts.js";
import { formatCost } from "../input.js";
import type { PublishResult } from "../types.js";

/** What a plan is about, and what it costs. */
export interface PlanFacts {
  submission: Submission;
  /** Of the photos. */
  bytes: ReadonlyMap<PlannedPublication, number>;
  quotas: ReadonlyMap<PlannedPublication, Quota>;
  /** In thousandths of a US dollar. */
  cost: number;
  /** ISO 8601; absent: now. */
  at?: string | undefined;
}

/** Of all photos of a plan. */
export function totalOf(bytes: PlanFacts["bytes"]): number {
  return [...bytes.values()].reduce((sum, size) => sum + size, 0);
}

/** What goes where, in words. A remark that several channels share is made once. */
export function planText(
  context: Context,
  planned: readonly PlannedPublication[],
  { submission, bytes, quotas }: Omit<PlanFacts, "cost">,
): string {
  const { messages, language } = context;
  const lines = planned.map((plan) => {
    const { rendering, seat, cost } = plan;
    const head = messages.publish.plan[plan.action]({
      channel: channelLabel(plan.channel),
      account: cleanLine(seat.label),
    });
    if (plan.action !== "send") {
      const price = { cost: formatCost(cost) };
      const ofPlan = mayBeSent(plan) ? messages.publish.cost(price) : messages.publish.lookCost(price);
      return cost === 0 ? head : `${head} · ${ofPlan}`;
    }
    const { length, limit, photos } = rendering;
    const quota = quotas.get(plan);
    const facts = [
      limit === null ? "" : messages.publish.length({ length, limit }),
      photos.length === 0
        ? ""
        : messages.publish.photos({
            count: photos.length,
            size: formatBytes(bytes.get(plan) ?? 0, language),
          }),
      leftOutPhotos(context, submission, plan) ?? "",
      seat.mode === "pending" ? messages.publish.handsOver : "",
      cost === 0 ? "" : messages.publish.cost({ cost: formatCost(cost) }),
      quota ? messages.publish.quota(quota) : "",
    ].filter(Boolean);
    return `${head}: ${facts.join(" · ")}`;
  });
  const spent = spentQuotas(planned, quotas).map(({ error }) => `  ! ${explain(error, messages).message}`);
  return [...lines, ...spent, ...remarksOn(context, planned)].join("\n");
}

/** What the channels will not let these accounts send today. */
function spentQuotas(planned: readonly PlannedPublication[], quotas: PlanFacts["quotas"]) {
  return planned.flatMap((plan) => {
    const quota = quotas.get(plan);
    if (!quota || quota.used < quota.total) return [];
    const { channel } = plan;
    return [{ channel, error: temporary("channel-quota-spent", { service: channel }) as KominfoError }];
  });
}

/** The warnings of what is sent, each once, with the channels that it is about. */
function remarksOn({ messages }: Context, planned: readonly PlannedPublication[]): string[] {
  const toSend = planned.filter(({ action }) => action === "send");
  const channelsByText = new Map<string, Set<string>>();
  for (const { channel, rendering, linkLeftOut } of toSend) {
    for (const warning of [...(linkLeftOut ? [linkLeftOut] : []), ...rendering.warnings]) {
      // Said with its photos' names already.
      if (warning.code === "photos-left-out") continue;
      const text = renderingWarning(warning, messages);
      channelsByText.set(text, (channelsByText.get(text) ?? new Set()).add(channelLabel(channel)));
    }
  }
  return [...channelsByText].map(([text, channels]) =>
    toSend.length === 1 ? `  ! ${text}` : `  ! ${[...channels].join(", ")}: ${text}`,
  );
}

/** Names the photos that a channel does not show; undefined where it shows all. */
export function leftOutPhotos(
  { messages }: Context,
  { content }: Submission,
  { rendering: { left_out } }: Pick<PlannedPublication, "rendering">,
): string | undefined {
  if (left_out.length === 0) return undefined;
  const names = left_out.map(
    ({ sha256 }) =>
      cleanLine(content.photos.find((photo) => photo.sha256 === sha256)?.filename ?? "") ||
      sha256.slice(0, 8),
  );
  return messages.publish.leftOut({ count: left_out.length, names });
}

/** Accounts that do not open. */
interface Unopened {
  refused: readonly RefusedLogin[];
  siteProblem?: KominfoError | undefined;
  /** Why nothing may go out yet. */
  embargo?: KominfoError | undefined;
}

/** The answer of `--dry-run`. Tells what would fail beside it, and returns that. */
export function showPlan(
  context: Context,
  planned: readonly PlannedPublication[],
  facts: PlanFacts,
  { refused, siteProblem, embargo, article: { url } }: Unopened & { article: Article },
): PublishResult[] {
  const { bytes, quotas, cost, at } = facts;
  const { output, messages, language } = context;
  const article = url ?? messages.publish.articleToCome;
  const plan = planned.map((plan) => {
    const { channel, seat, rendering, showsLink, linkLeftOut, cost: one, action } = plan;
    return {
      channel,
      account: seat.account,
      label: seat.label,
      text: readableText(rendering, showsLink ? article : null),
      length: rendering.length,
      limit: rendering.limit,
      photos: rendering.photos.map(({ sha256, crop, alt }) => ({ sha256, crop, alt })),
      left_out: rendering.left_out,
      link: showsLink,
      cost_usd: Number(formatCost(one)),
      quota: quotas.get(plan) ?? null,
      warnings: [...rendering.warnings, ...(linkLeftOut ? [linkLeftOut] : [])].map((warning) => ({
        code: warning.code,
        message: renderingWarning(warning, messages),
      })),
      effects: action === "send" ? [seat.mode === "pending" ? "hand-over" : "publish"] : [action],
    };
  });
  const total = totalOf(bytes);
  const json = {
    ...{ plan, cost_usd: Number(formatCost(cost)), bytes: total },
    ...(at !== undefined && { scheduled_for: at }),
  };
  const count = planned.filter(mayBeSent).length;
  output.result(json, () =>
    [
      planText(context, planned, facts),
      messages.publish.total({
        count,
        size: formatBytes(total, language),
        cost: formatCost(cost),
      }),
      ...(at === undefined
        ? []
        : [messages.publish.scheduledTotal({ count, when: formatLongInstant(at, language) })]),
    ].join("\n"),
  );
  const isInstagramPlanned = planned.some(
    ({ channel, action }) => channel === "instagram" && action === "send",
  );
  const isSiteMissing =
    siteProblem && isInstagramPlanned && !refused.some(({ channel }) => channel === "web");
  const problems = [
    ...refused.map(({ channel, error }) => ({ channel, error })),
    ...(isSiteMissing ? [{ channel: "instagram" as const, error: siteProblem }] : []),
    ...spentQuotas(planned, quotas),
    ...planned.slice(0, 1).flatMap(({ channel }) => (embargo ? [{ channel, error: embargo }] : [])),
  ];
  for (const { error } of problems) output.failure(error, messages);
  return problems.map(({ channel, error }) => ({ channel, seat: { account: "", label: "" }, error }));
}

/** The text with its link, and with a mark for what only the site tells: a photo's address or number there. */
export function readableText({ text: parts, link: place }: Rendering, link: string | null): string {
  const text = parts.map((part) => (typeof part === "string" ? part : `{${part.as} ${part.photo}}`)).join("");
  if (!place || link === null) return text;
  return text.slice(0, place.at) + place.before + link + text.slice(place.at);
}
