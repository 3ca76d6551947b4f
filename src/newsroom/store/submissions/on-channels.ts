import { type RawBuilder, sql } from "kysely";
import { cancelledReason } from "../../../contract/failure-codes.js";
import type { PublicationState } from "../../../contract/lifecycle.js";

/** What an approved submission is on a channel of its approval: open as long as somebody still has to bring it there. */
export type OnChannel = "approved" | "open" | "out";

/** The states of what somebody has planned, or that may come out. A request to take something down leaves none of them that it stops. */
const underWay: readonly PublicationState[] = [
  "planned",
  "scheduled",
  "publishing",
  "unclear",
  "handed_over",
];

/**
 * Condition on approved submissions: that by its newest approval one may go to one of these channels ("approved"), that it is not
 * on one of them yet ("open"), or that it is on all of them that were approved, or was taken down or stopped there ("out"). It reads the
 * approvals' lists of channels as text, which both databases can.
 *
 * @param channels names from the registry
 */
export function onChannels(channels: readonly string[], state: OnChannel): RawBuilder<boolean> {
  const approved = newestApproval(channels.map(isApprovedFor));
  if (state === "approved") return approved;
  const open = newestApproval(
    channels.map((channel) => sql`(${isApprovedFor(channel)} and not ${isDone(channel)})`),
  );
  return state === "open" ? open : sql<boolean>`(${approved} and not ${open})`;
}

function newestApproval(conditions: readonly RawBuilder<unknown>[]): RawBuilder<boolean> {
  return sql<boolean>`exists (select 1 from approvals as given where given.id = (
      select id from approvals as newest where newest.submission_id = submissions.id order by newest.id desc limit 1)
    and (${sql.join(conditions, sql` or `)}))`;
}

function isApprovedFor(channel: string): RawBuilder<unknown> {
  return sql`given.channels like ${`%"${channel}"%`}`;
}

/** As `ReadyRow` judges it: published, taken down and not planned again, or stopped before it came out. */
function isDone(channel: string): RawBuilder<unknown> {
  const row = (condition: RawBuilder<unknown>) => sql`exists (select 1 from publications as sent
    where sent.submission_id = given.submission_id and sent.revision = given.revision and sent.channel = ${channel}
      and ${condition})`;
  const isTakenDown = sql`(${row(sql`sent.state = 'unpublished'`)} and not ${row(
    sql`sent.state not in ('published', 'unpublished') and coalesce(sent.reason, '') <> ${cancelledReason}`,
  )})`;
  // Nothing of it goes out any more until an editor plans it again (`isStopped` of the services).
  const isStopped = sql`(exists (select 1 from publications as asked
      where asked.submission_id = given.submission_id and asked.take_down_requested_at >= given.at)
    and not ${row(sql`sent.state in (${sql.join(underWay)})`)})`;
  return sql`(${row(sql`sent.state = 'published'`)} or ${isTakenDown} or ${isStopped})`;
}
