import type { Outlet, Publication, Submission } from "../contract/contract.js";
import { outStates } from "../contract/lifecycle.js";
import { isSameSite } from "../text/same-site.js";
import type { Seat } from "./plan.js";

interface AccountKey {
  channel: string;
  account: string;
}

/** Whether two ids name one account: a website has as many ids as it has names. */
export function isSameAccount(one: AccountKey, other: AccountKey): boolean {
  if (one.channel !== other.channel) return false;
  return one.account === other.account || (one.channel === "web" && isSameSite(one.account, other.account));
}

/**
 * Whether a publication is on this account: by its id, or, on a website that has several names, by the address at which readers find it,
 * or by what its account was announced as.
 */
export function isOn(
  seat: Pick<Seat, "channel" | "account" | "home">,
  row: Pick<Publication, "channel" | "account" | "url">,
  outlets: readonly Outlet[] = [],
): boolean {
  if (isSameAccount(seat, row)) return true;
  if (seat.channel !== "web" || row.channel !== "web" || row.account === "") return false;
  const label = outlets.find((outlet) => outlet.channel === "web" && outlet.account === row.account)?.label;
  const readAt = [row.account, row.url, label === undefined ? null : `https://${label}`];
  const names = [seat.account, seat.home ?? seat.account];
  return readAt.some((address) => address !== null && names.some((name) => isSameSite(name, address)));
}

/**
 * The account of this machine by the id under which the newsroom knows it. A website has several names, and what one laptop has sent under
 * one of them is out for all: the same row goes on, is corrected and taken down, under whichever name. What is out of this submission
 * counts first, then what machines have announced.
 */
export function asKnown<S extends Seat>(
  seat: S,
  outlets: readonly Outlet[],
  submission?: Pick<Submission, "publications" | "approval">,
): S {
  if (seat.channel !== "web") return seat;
  const rows = (submission?.publications ?? []).filter(
    (row) => row.account !== "" && isOn(seat, row, outlets),
  );
  const announced = outlets.filter(
    ({ channel, account, removed_at }) =>
      removed_at == null && isOn(seat, { channel, account, url: null }, outlets),
  );
  const isOwn = ({ account }: AccountKey) => account === seat.account;
  const out = rows.filter(({ state }) => outStates.includes(state));
  const ofRevision = out.filter(({ revision }) => revision === submission?.approval?.revision);
  const isKnown = [...rows, ...announced].some(isOwn);
  const known =
    surest(ofRevision, isOwn) ??
    surest(out, isOwn) ??
    (isKnown ? seat : (rows.at(-1) ?? announced[0] ?? seat));
  return isOwn(known) ? seat : { ...seat, account: known.account };
}

/** Of rows that are out, one that is certainly out, and if there is one, of the account's own id. */
function surest(rows: readonly Publication[], isOwn: (row: Publication) => boolean): Publication | undefined {
  const published = rows.filter(({ state }) => state === "published");
  return published.findLast(isOwn) ?? published.at(-1) ?? rows.findLast(isOwn) ?? rows.at(-1);
}
