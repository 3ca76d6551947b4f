import { type AccountChannel, accountChannels } from "../../channels/registry.js";
import { type KominfoError, usage } from "../../errors/errors.js";
import { addDays, parseInstant, today, writtenInstant } from "../../post/dates.js";
import { oneOf, someOf } from "../../terminal/prompts/ask.js";

/** The flags of `post publish` and `review publish`. */
export interface PublishFlags {
  to?: string[];
  account?: string[];
  at?: string;
  link?: boolean;
  maxCost?: string;
  again?: string[];
  dryRun?: boolean;
  yes?: boolean;
}

/** The flags, checked. */
export interface PublishChoices {
  channels: readonly AccountChannel[];
  /** Names in the vault by channel. */
  names: ReadonlyMap<string, string>;
  /** ISO 8601; absent: now. */
  at?: string;
  link: boolean;
  /** In thousandths of a US dollar. */
  maxCost?: number;
  again: readonly string[];
  dryRun: boolean;
  agreed: boolean;
}

/**
 * Checks the flags. Throws `bad-choice`, `bad-time`, `bad-cost` (exit 2).
 *
 * @param now by the newsroom's clock, which is the one that sends
 * @param approved the channels that may be chosen
 */
export function readPublishFlags(
  now: Date,
  flags: PublishFlags,
  approved: readonly AccountChannel[],
): PublishChoices {
  // Instagram's pictures lie on the website, also where nothing is published there.
  const named = approved.includes("instagram") ? [...new Set([...approved, "web" as const])] : approved;
  const names = new Map(
    (flags.account ?? []).map((pair) => {
      const [channel = "", ...name] = pair.split("=");
      return [oneOf("--account", channel, named), name.join("=").trim()] as const;
    }),
  );
  const wanted = someOf("--to", flags.to ?? [], approved);
  const at = flags.at === undefined ? undefined : instantOf(flags.at, now);
  return {
    channels: wanted.length > 0 ? approved.filter((channel) => wanted.includes(channel)) : approved,
    names,
    ...(at !== undefined && { at }),
    link: flags.link ?? false,
    ...(flags.maxCost !== undefined && { maxCost: thousandths(flags.maxCost) }),
    again: someOf("--again", flags.again ?? [], approved),
    dryRun: flags.dryRun ?? false,
    agreed: flags.yes ?? false,
  };
}

/**
 * Checks of the flags what needs neither a login nor the newsroom: names of channels, amounts, and times that are none. Throws
 * `bad-choice`, `bad-time`, `bad-cost` (exit 2).
 *
 * @param now by the local clock
 */
export function checkPublishFlags(now: Date, { to, again, account, at, maxCost }: PublishFlags): void {
  someOf("--to", to ?? [], accountChannels);
  someOf("--again", again ?? [], accountChannels);
  for (const pair of account ?? []) oneOf("--account", pair.split("=")[0] ?? "", accountChannels);
  if (maxCost !== undefined) thousandths(maxCost);
  // Whether it is still to come is for the newsroom's clock.
  if (at !== undefined && parseInstant(at, today(now)) === undefined) throw badTime(at, now);
}

/** "besok" is the day after today in WIB, also while UTC still has yesterday. */
function instantOf(value: string, now: Date): string {
  const day = today(now);
  const instant = parseInstant(value, day);
  if (instant === undefined || Date.parse(instant) <= now.getTime()) {
    throw badTime(value, now);
  }
  return instant;
}

function badTime(value: string, now: Date): KominfoError<"bad-time"> {
  const example = writtenInstant(`${addDays(today(now), 1)}T07:00:00+07:00`);
  return usage("bad-time", { flag: "--at", value, now: writtenInstant(now.toISOString()), example });
}

/** The accounts that these flags will probably choose, unchecked: of the channels that are asked who a login is, before the approved ones are known. */
export function probableAccounts({ to = [], account = [] }: PublishFlags): {
  channels: readonly AccountChannel[];
  names: ReadonlyMap<string, string>;
} {
  const named = to.flatMap((value) => value.split(",").map((name) => name.trim().toLowerCase()));
  const isNamed = (...names: string[]) => named.length === 0 || names.some((name) => named.includes(name));
  const names = account.map((pair) => {
    const [channel = "", ...name] = pair.split("=");
    return [channel.trim().toLowerCase(), name.join("=").trim()] as const;
  });
  return {
    channels: [
      // Instagram's pictures lie on the website.
      ...(isNamed("web", "instagram") ? (["web"] as const) : []),
      ...(["facebook", "instagram"] as const).filter((channel) => isNamed(channel)),
    ],
    names: new Map(names),
  };
}

/** "0.05" or "0,05" dollars as 50 thousandths. Throws `bad-cost` (exit 2). */
export function thousandths(value: string): number {
  const typed = value.trim();
  // Number reads also what nobody means by an amount: "0x10", "1e2".
  const amount = /^\d+([.,]\d+)?$/.test(typed) ? Number(typed.replace(",", ".")) : Number.NaN;
  if (!(amount <= 1000)) throw usage("bad-cost", { value });
  return Math.round(amount * 1000);
}

/** 35 thousandths as "0.035". */
export function formatCost(cost: number): string {
  return (cost / 1000).toFixed(3);
}
