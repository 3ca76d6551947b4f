import { channelLabel } from "../../../channels/registry.js";
import type { Outlet } from "../../../contract/contract.js";
import type { Page } from "../../services/page.js";
import type { ViewContext } from "../types.js";
import { formatTime, kecamatanName, kecamatanOptions } from "./format.js";

/** The input of a refused decision about an account. */
export interface TypedDecision {
  channel: string;
  account: string;
  /** Code of a kecamatan, "kabupaten" or "remove". */
  owner: string;
  reason: string;
}

/** Key of an account in forms: channel, a space, the channel's own id. */
export function accountKey({ channel, account }: { channel: string; account: string }): string {
  return `${channel} ${account}`;
}

/** Channel and id of a key; both "" for what is none. */
export function accountOf(key: string): { channel: string; account: string } {
  const [, channel = "", account = ""] = /^([a-z]{1,20}) (.{1,100})$/su.exec(key) ?? [];
  return { channel, account };
}

/** "X @kec.cibitung". */
export function accountName({ channel, label }: Pick<Outlet, "channel" | "label">): string {
  return `${channelLabel(channel)} ${label}`;
}

/** What is typed on the machine that has the account, once its login is refused. */
export function loginCommand(channel: string): string {
  return `kominfo auth login ${channel}`;
}

/** The page of accounts. @param isLater whether this is not the first page */
export function accountsModel(
  context: ViewContext,
  { items, next_cursor }: Page<Outlet>,
  isLater: boolean,
  typed: TypedDecision | null,
): object {
  return {
    first: isLater ? "/accounts" : null,
    next: next_cursor && `/accounts?cursor=${next_cursor}`,
    next_label: context.messages.desk.queue.next,
    pages_label: context.messages.desk.accounts.pages,
    accounts: items.map((outlet, index) => {
      const isTyped = typed?.channel === outlet.channel && typed.account === outlet.account;
      return accountRow(context, outlet, index, isTyped ? typed : null);
    }),
  };
}

function accountRow(context: ViewContext, outlet: Outlet, index: number, typed: TypedDecision | null) {
  const messages = context.messages.desk.accounts;
  const { kecamatan, by, seen_at, claimed, publisher_seen_at, paused, decided, removed_at } = outlet;
  const owner = kecamatanName(kecamatan) || messages.kabupaten;
  const claim = claimed ?? { by, at: seen_at };
  const chosen = typed?.owner ?? (removed_at ? "remove" : (kecamatan ?? "kabupaten"));
  return {
    n: index,
    channel: outlet.channel,
    account: outlet.account,
    // A website's label often is its address.
    account_id: outlet.account === outlet.label ? null : outlet.account,
    name: accountName(outlet),
    owner: removed_at ? messages.removed({ owner }) : owner,
    is_removed: removed_at != null,
    decided: decided
      ? messages.decided({
          who: decided.by.name,
          when: formatTime(context, decided.at),
          reason: decided.reason,
        })
      : null,
    claimed: messages.by({ who: claim.by.name, when: formatTime(context, claim.at) }),
    publisher: publisher_seen_at ? formatTime(context, publisher_seen_at) : messages.never,
    is_paused: paused != null,
    state: paused
      ? messages.paused({ when: formatTime(context, paused.since), who: paused.by.name })
      : messages.works,
    remedy: paused ? messages.remedy({ command: loginCommand(outlet.channel) }) : null,
    change: messages.changeOf({ label: accountName(outlet) }),
    open: typed !== null,
    reason: typed?.reason ?? "",
    owners: [
      { value: "kabupaten", label: messages.kabupaten },
      ...kecamatanOptions(""),
      { value: "remove", label: messages.remove },
    ].map(({ value, label }) => ({ value, label, selected: value === chosen })),
  };
}

/** One line above the queue about accounts whose login is refused; null where there is none. @param count of all of them */
export function deadLogins(context: ViewContext, paused: readonly Outlet[], count: number): object | null {
  const messages = context.messages.desk.accounts;
  const [first] = paused;
  if (!first?.paused) return null;
  const text =
    paused.length === 1
      ? messages.dead({
          label: accountName(first),
          when: formatTime(context, first.paused.since),
          command: loginCommand(first.channel),
        })
      : messages.deadSeveral({ labels: paused.map(accountName), count });
  return { text, href: "/accounts", link: messages.seeAccounts };
}
