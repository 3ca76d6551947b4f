import type { Context } from "../../context.js";
import type { Outlet, Publication } from "../../contract/contract.js";
import { KominfoError } from "../../errors/errors.js";
import type { PlannedPublication, Seat } from "../../publish/plan.js";
import type { RefusedLogins } from "../../publish/refused-logins.js";
import { chooseLogins, storedAccount } from "./accounts.js";
import type { PublishChoices } from "./input.js";
import { outletOf } from "./outlets.js";

/** What planning before the accounts are open needs. */
interface EarlyPlanning {
  context: Context;
  choices: PublishChoices;
  outlets: readonly Outlet[];
  refusals: RefusedLogins;
  /** What would be sent on these accounts. Throws where a check of the run forbids it. */
  plan(seats: readonly Seat[]): Promise<PlannedPublication[]>;
  /** Plans a row at the newsroom. */
  row(planned: PlannedPublication): Promise<Publication>;
}

/** Rows that are planned while the accounts open, by `rowKey`. */
export type EarlyRows = ReadonlyMap<string, Promise<Publication>>;

export const rowKey = ({ channel, account }: Pick<Seat, "channel" | "account">) => `${channel} ${account}`;

/**
 * Plans what nobody will be asked about while the channels say who the logins are: a line's round trip less. Only where each login is
 * of an account that the newsroom knows, whose login was not refused last, so that what is planned is sent as a rule; and only where
 * every check that needs no answer of a channel has passed, so that a run that sends nothing leaves nothing. A row that has failed
 * keeps its failure until its account is open. Nothing is granted here.
 */
export async function planEarly(planning: EarlyPlanning): Promise<EarlyRows> {
  const { choices, plan, row } = planning;
  const rows = new Map<string, Promise<Publication>>();
  if (choices.at !== undefined) return rows;
  const seats = await expectedSeats(planning);
  const planned = seats && (await plan(seats).catch(undefinedWhereRefused));
  for (const one of planned ?? []) {
    if (one.action !== "send" || one.existing !== undefined) continue;
    const made = row(one);
    // Whoever sends it meets the failure.
    made.catch(() => {});
    rows.set(rowKey(one.seat), made);
  }
  return rows;
}

/** The accounts that will open, as the newsroom knows them; undefined where that is not sure of each. */
async function expectedSeats({
  context,
  choices,
  outlets,
  refusals,
}: EarlyPlanning): Promise<Seat[] | undefined> {
  const logins = await chooseLogins(context, choices).catch(undefinedWhereRefused);
  const seats = await Promise.all(
    (logins ?? []).map(async ({ channel, login }): Promise<Seat | undefined> => {
      const account = await storedAccount(context, channel, login);
      const known = account === undefined ? undefined : outletOf(outlets, { channel, account });
      if (!known || known.paused || refusals.has(login)) return undefined;
      const { label, mode } = known;
      return {
        channel,
        account: known.account,
        label,
        mode,
        name: login.account,
        origin: login.origin ?? "",
      };
    }),
  );
  const sure = seats.filter((seat) => seat !== undefined);
  return sure.length === seats.length ? sure : undefined;
}

/** The run itself meets the same failure, where it is told. */
function undefinedWhereRefused(error: unknown): undefined {
  if (!(error instanceof KominfoError)) throw error;
  return undefined;
}
